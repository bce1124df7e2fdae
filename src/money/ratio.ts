import { decimalAmount, type ExactAmount } from "./decimal-amount.ts";
import { decimalPlaces, fromScaled, powerOfTen, toScaledBigint } from "./integer.ts";

export type { ExactAmount, ExactRatio } from "./decimal-amount.ts";

/** A ratio on its way through a calculation; the denominator is positive, terms need not be lowest. */
export interface Ratio {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/**
 * Prints the unrounded amount `value / (10^scale * divisor)`.
 *
 * @rule X1 (unrounded amounts)
 */
export function exactAmount(value: number | bigint, scale: number, divisor: bigint): ExactAmount {
  if (divisor !== 1n || value < 0) {
    return ratioAmount({ numerator: BigInt(value), denominator: powerOfTen(scale) * divisor });
  }
  return decimalAmount(value, scale);
}

/** The same of any ratio. */
export function ratioAmount(ratio: Ratio): ExactAmount {
  const common = greatestCommonDivisor(ratio.numerator, ratio.denominator);
  const numerator = ratio.numerator / common;
  const denominator = ratio.denominator / common;
  let rest = denominator;
  let twos = 0;
  let fives = 0;
  for (; (rest & 1n) === 0n; twos += 1) rest >>= 1n;
  for (; rest % 5n === 0n; fives += 1) rest /= 5n;
  const places = Math.max(twos, fives);
  return {
    exact: rest === 1n ? fromScaled(numerator * (powerOfTen(places) / denominator), places) : null,
    exact_ratio: { numerator: numerator.toString(), denominator: denominator.toString() },
  };
}

function greatestCommonDivisor(first: bigint, second: bigint): bigint {
  let a = first < 0n ? -first : first;
  let b = second;
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

/** The ratio that a decimal text is. */
export function ratioOf(text: string): Ratio {
  const scale = decimalPlaces(text);
  return { numerator: toScaledBigint(text, scale), denominator: powerOfTen(scale) };
}

/** Nothing, as a ratio. */
export const ZERO_RATIO: Ratio = Object.freeze({ numerator: 0n, denominator: 1n });

/** The sum of two ratios. */
export function addRatios(a: Ratio, b: Ratio): Ratio {
  const numerator = a.numerator * b.denominator + b.numerator * a.denominator;
  return { numerator, denominator: a.denominator * b.denominator };
}

/** The first ratio less the second. */
export function subtractRatios(a: Ratio, b: Ratio): Ratio {
  return addRatios(a, { numerator: -b.numerator, denominator: b.denominator });
}

/** The product of two ratios. */
export function multiplyRatios(a: Ratio, b: Ratio): Ratio {
  return { numerator: a.numerator * b.numerator, denominator: a.denominator * b.denominator };
}

/** Below zero where `a` is less than `b`, above where it is more, zero where they are equal. */
export function compareRatios(a: Ratio, b: Ratio): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
