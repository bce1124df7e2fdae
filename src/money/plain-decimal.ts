const LONGEST = 15;
const MOST_PLACES = 12;
const DOT = 46;
const ZERO = 48;

/** A short canonical decimal from 0 in plain numbers: `"12.5"` is 125 with one place. */
export interface PlainDecimal {
  readonly digits: number;
  readonly places: number;
}

/** The usual quantity, read in one pass; null for any text but a canonical decimal of up to 15 characters. */
export function plainDecimal(text: string): PlainDecimal | null {
  const { length } = text;
  if (length > LONGEST) return null;
  let digits = 0;
  let dot = length;
  for (let index = 0; index < length; index++) {
    const digit = text.charCodeAt(index) - ZERO;
    if (digit >= 0 && digit <= 9) digits = digits * 10 + digit;
    else if (digit === DOT - ZERO && dot === length) dot = index;
    else return null;
  }
  const places = length - dot - 1;
  if (dot === 0 || places === 0 || places > MOST_PLACES) return null;
  if (dot > 1 && text.charCodeAt(0) === ZERO) return null;
  if (places < 0) return { digits, places: 0 };
  return text.charCodeAt(length - 1) === ZERO ? null : { digits, places };
}
