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
  const { numerator, denominator } = lowestTerms(ratio);
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

/** The same ratio in lowest terms. */
export function lowestTerms({ numerator, denominator }: Ratio): Ratio {
  const common = greatestCommonDivisor(numerator, denominator);
  return { numerator: numerator / common, denominator: denominator / common };
}

/** The greatest common divisor of two integers, the second one positive. */
export function greatestCommonDivisor(first: bigint, second: bigint): bigint {
  let a = first < 0n ? -first : first;
  let b = second;
  while (b !== 0n) {
    // Plain numbers are several times faster, and most terms soon fit them.
    if (a <= Number.MAX_SAFE_INTEGER && b <= Number.MAX_SAFE_INTEGER)
      return plainDivisor(Number(a), Number(b));
    [a, b] = [b, a % b];
  }
  return a;
}

function plainDivisor(first: number, second: number): bigint {
  let [a, b] = [first, second];
  while (b !== 0) [a, b] = [b, a % b];
  return BigInt(a);
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

/** The first ratio divided by the second, which isn't zero. */
export function divideRatios(a: Ratio, b: Ratio): Ratio {
  const sign = b.numerator < 0n ? -1n : 1n;
  return {
    numerator: sign * a.numerator * b.denominator,
    denominator: sign * a.denominator * b.numerator,
  };
}

/** The greatest integer that isn't above a ratio. */
export function floorOf({ numerator, denominator }: Ratio): bigint {
  const quotient = numerator / denominator;
  return numerator < 0n && quotient * denominator !== numerator ? quotient - 1n : quotient;
}

/** Below zero where `a` is less than `b`, above where it is more, zero where they are equal. */
export function compareRatios(a: Ratio, b: Ratio): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
