import { fromScaled, toScaledBigint } from "./integer.ts";

/** Why a value isn't an exact decimal within the limits. */
export interface DecimalRefusal {
  readonly refused: "INVALID_TYPE" | "INVALID_DECIMAL" | "OUT_OF_RANGE";
}

const MOST_DIGITS = 26;
const MOST_PLACES = 12;
const LIMIT = 10n ** BigInt(MOST_DIGITS);

const INVALID_TYPE: DecimalRefusal = { refused: "INVALID_TYPE" };
const INVALID_DECIMAL: DecimalRefusal = { refused: "INVALID_DECIMAL" };
const OUT_OF_RANGE: DecimalRefusal = { refused: "OUT_OF_RANGE" };

const MINUS = 45;
const DOT = 46;
const ZERO = 48;
const NINE = 57;

/**
 * The canonical text of a decimal string, safe integer or bigint (no leading zeros, none at the end of a fraction, no
 * "-0"), or why it is refused: more than 12 decimals, |x| >= 10^26, an exponent, hex, blanks, a binary fraction.
 *
 * @rule T5 (limits)
 */
export function readDecimal(value: unknown): string | DecimalRefusal {
  if (typeof value === "string") return readText(value);
  if (typeof value === "number") return Number.isSafeInteger(value) ? String(value) : INVALID_DECIMAL;
  if (typeof value !== "bigint") return INVALID_TYPE;
  return value > -LIMIT && value < LIMIT ? value.toString() : OUT_OF_RANGE;
}

function readText(text: string): string | DecimalRefusal {
  const length = text.length;
  const start = text.charCodeAt(0) === MINUS ? 1 : 0;
  let dot = length;
  for (let index = start; index < length; index++) {
    const code = text.charCodeAt(index);
    if (code === DOT && dot === length) dot = index;
    else if (code < ZERO || code > NINE) return INVALID_DECIMAL;
  }
  const places = length - dot - 1;
  if (dot === start || places === 0 || places > MOST_PLACES) return INVALID_DECIMAL;
  if (dot - start > MOST_DIGITS) return OUT_OF_RANGE;
  const leading = text.charCodeAt(start) === ZERO && dot - start > 1;
  const trailing = places > 0 && text.charCodeAt(length - 1) === ZERO;
  const zero = start === 1 && text.charCodeAt(1) === ZERO;
  return leading || trailing || zero ? canonical(text, Math.max(places, 0)) : text;
}

function canonical(text: string, places: number): string {
  return fromScaled(toScaledBigint(text, places), places);
}
