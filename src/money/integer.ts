// Decimal strings as scaled integers: what evaluation runs on. The texts come through the gate, so they are
// `-?digits(.digits)?` and are read without checking again; a scale is never less than the text's decimal places.

const TEN_TO_NUMBER: readonly number[] = Array.from({ length: 16 }, (_, exponent) => 10 ** exponent);
const TEN_TO_BIGINT: readonly bigint[] = Array.from({ length: 64 }, (_, exponent) => 10n ** BigInt(exponent));

const MINUS = 45;
const DOT = 46;
const ZERO = 48;

/** Longer texts rarely fit a plain number: BigInt reads them at once. */
const SHORT_TEXT = 19;
/** V8 prints integers up to here several times faster than larger ones, for which its bigints are faster. */
const QUICK_TO_PRINT = 2 ** 31;

/** 10 to a whole exponent, as a bigint. */
export function powerOfTen(exponent: number): bigint {
  return TEN_TO_BIGINT[exponent] ?? 10n ** BigInt(exponent);
}

/** The same as a plain number, for exponents from 0 to 15; NaN for others. */
export function plainPowerOfTen(exponent: number): number {
  return TEN_TO_NUMBER[exponent] ?? Number.NaN;
}

/** The number of digits after the point of a decimal text, trailing zeros included. */
export function decimalPlaces(text: string): number {
  const dot = text.indexOf(".");
  return dot < 0 ? 0 : text.length - dot - 1;
}

/** A decimal text times 10^scale, whatever its length: `"12.5", 3` is 12500n. */
export function toScaledBigint(text: string, scale: number): bigint {
  if (text.length < SHORT_TEXT) {
    const small = toScaledNumber(text, scale);
    if (!Number.isNaN(small)) return BigInt(small);
  }
  const dot = text.indexOf(".");
  if (dot < 0) return BigInt(text) * powerOfTen(scale);
  const digits = BigInt(text.slice(0, dot) + text.slice(dot + 1));
  const missing = scale - (text.length - dot - 1);
  return missing === 0 ? digits : digits * powerOfTen(missing);
}

/**
 * A decimal text times 10^scale as a plain number, or NaN where that isn't a safe integer.
 *
 * Digits are accumulated in floating point: while the sum is below 2^53 it is exact, and since rounding never goes
 * below 2^53 again once the true value has passed it, the one comparison at the end catches every inexact case.
 */
export function toScaledNumber(text: string, scale: number): number {
  const length = text.length;
  const negative = text.charCodeAt(0) === MINUS;
  let value = 0;
  let missing = scale;
  for (let index = negative ? 1 : 0; index < length; index++) {
    const code = text.charCodeAt(index);
    if (code === DOT) missing = scale - (length - index - 1);
    else value = value * 10 + (code - ZERO);
  }
  if (value === 0) return 0;
  if (missing > 15) return Number.NaN;
  // The table has 16 entries and 0 <= missing <= 15.
  if (missing !== 0) value *= TEN_TO_NUMBER[missing] as number;
  if (value > Number.MAX_SAFE_INTEGER) return Number.NaN;
  return negative ? -value : value;
}

/** The decimal text of an integer divided by 10^scale: no trailing zeros, no exponent, no "-0". */
export function fromScaled(value: bigint | number, scale: number): string {
  const negative = value < 0;
  const digits = integerText(negative ? -value : value);
  const sign = negative ? "-" : "";
  if (scale === 0) return sign + digits;
  let end = digits.length;
  const point = end - scale;
  const least = Math.max(point, 0);
  while (end > least && digits.charCodeAt(end - 1) === ZERO) end -= 1;
  if (end === least) return least === 0 ? "0" : sign + digits.slice(0, least);
  return sign + withPoint(digits.slice(0, end), end - point);
}

/** The digits of a whole number, divided by 10^places: at least one digit stands before the point. */
export function withPoint(digits: string, places: number): string {
  if (places === 0) return digits;
  const point = digits.length - places;
  if (point > 0) return `${digits.slice(0, point)}.${digits.slice(point)}`;
  return `0.${"0".repeat(-point)}${digits}`;
}

/** The digits of an integer that is not negative. */
export function integerText(value: bigint | number): string {
  return typeof value === "number" && value > QUICK_TO_PRINT ? BigInt(value).toString() : value.toString();
}
