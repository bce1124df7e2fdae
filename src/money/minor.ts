import { divideRounded, divideRoundedNumber, type RoundingMode } from "./rounding.ts";

/** Minor units: a plain whole number while that is safe, since V8 calculates with bigints many times slower. */
export type Minor = number | bigint;

/** The sum of two amounts. */
export function addMinor(a: Minor, b: Minor): Minor {
  if (typeof a === "number" && typeof b === "number") {
    const sum = a + b;
    if (Number.isSafeInteger(sum)) return sum;
  }
  return BigInt(a) + BigInt(b);
}

/** The first amount less the second. */
export function subtractMinor(a: Minor, b: Minor): Minor {
  if (typeof a === "number" && typeof b === "number") {
    const difference = a - b;
    if (Number.isSafeInteger(difference)) return difference;
  }
  return BigInt(a) - BigInt(b);
}

/** A share of an amount that is not negative, rounded once. */
export function shareOfMinor(
  amount: Minor,
  numerator: bigint,
  denominator: bigint,
  rounding: RoundingMode,
): Minor {
  if (typeof amount === "number") {
    const product = amount * Number(numerator);
    const divisor = Number(denominator);
    if (product <= Number.MAX_SAFE_INTEGER && divisor <= Number.MAX_SAFE_INTEGER) {
      return divideRoundedNumber(product, divisor, rounding);
    }
  }
  return divideRounded(BigInt(amount) * numerator, denominator, rounding);
}
