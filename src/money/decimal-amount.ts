import { integerText, plainPowerOfTen, powerOfTen, withPoint } from "./integer.ts";
import { denominatorText, fractionText } from "./known-texts.ts";

/** A ratio of whole numbers in lowest terms, as decimal strings; the denominator is positive. */
export interface ExactRatio {
  readonly numerator: string;
  readonly denominator: string;
}

/** An unrounded amount (X1). */
export interface ExactAmount {
  /** The amount as a decimal string; null where it doesn't terminate. */
  readonly exact: string | null;
  readonly exact_ratio: ExactRatio;
}

/** So many digits are a small integer, which V8 calculates with several times faster. */
export const MOST_SMALL_PLACES = 9;

const ZERO = 48;

/** Prints an amount of `value / 10^scale` that is not negative. */
export function decimalAmount(value: number | bigint, scale: number): ExactAmount {
  if (typeof value === "number" && scale <= MOST_SMALL_PLACES) {
    const one = plainPowerOfTen(scale);
    const whole = Math.floor(value / one);
    return smallFractionAmount(value, scale, integerText(whole), value - whole * one);
  }
  const exact = BigInt(value);
  return digitsAmount(exact, exact.toString(), scale);
}

/** The same of an amount whose whole part is printed, and whose fraction of up to nine digits is known. */
export function smallFractionAmount(
  value: number,
  scale: number,
  whole: string,
  fraction: number,
): ExactAmount {
  let rest = fraction | 0;
  if (rest === 0) return wholeAmount(whole);
  let places = scale;
  for (; rest % 10 === 0; places--) rest = (rest / 10) | 0;
  const exact = whole + fractionText(rest, places);
  // Over a power of ten only 2 and 5 can be reduced, and since no ten is left only one of them.
  const isEven = (rest & 1) === 0;
  const prime = isEven ? 2 : 5;
  let common = plainPowerOfTen(scale - places);
  let left = places;
  for (; left > 0 && rest % prime === 0; left--) {
    rest = (rest / prime) | 0;
    common *= prime;
  }
  const denominator = isEven ? denominatorText(left, places) : denominatorText(places, left);
  return { exact, exact_ratio: { numerator: integerText(value / common), denominator } };
}

/** The same on bigints, whose divisions cost more than looking at their digits: `digits` is the value, printed. */
export function digitsAmount(value: bigint, digits: string, scale: number): ExactAmount {
  let end = digits.length;
  const least = Math.max(1, end - scale);
  while (end > least && digits.charCodeAt(end - 1) === ZERO) end--;
  const zeros = digits.length - end;
  const text = digits.slice(0, end);
  const places = text === "0" ? 0 : scale - zeros;
  if (places === 0) return wholeAmount(text);
  const exact = withPoint(text, places);
  let rest = lastDigits(text);
  const isEven = (rest & 1) === 0;
  const prime = isEven ? 2 : 5;
  const told = Math.max(0, places - MOST_SMALL_PLACES);
  let common = 1;
  let left = places;
  for (; left > told && rest % prime === 0; left--) {
    rest = (rest / prime) | 0;
    common *= prime;
  }
  if (common === 1) {
    return { exact, exact_ratio: { numerator: text, denominator: denominatorText(places, places) } };
  }
  let numerator = value / (powerOfTen(zeros) * BigInt(common));
  if (left === told) {
    const divisor = BigInt(prime);
    for (; left > 0 && numerator % divisor === 0n; left--) numerator /= divisor;
  }
  const denominator = isEven ? denominatorText(left, places) : denominatorText(places, left);
  return { exact, exact_ratio: { numerator: numerator.toString(), denominator } };
}

function wholeAmount(text: string): ExactAmount {
  return { exact: text, exact_ratio: { numerator: text, denominator: "1" } };
}

/** The last digits as a small integer: of n digits, so many tell of n twos and fives that divide the whole. */
function lastDigits(digits: string): number {
  let value = 0;
  for (let index = Math.max(0, digits.length - MOST_SMALL_PLACES); index < digits.length; index++) {
    value = value * 10 + (digits.charCodeAt(index) - ZERO);
  }
  return value;
}
