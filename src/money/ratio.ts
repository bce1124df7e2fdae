import { fromScaled, powerOfTen } from "./integer.ts";

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

/** A ratio on its way through a calculation; the denominator is positive, terms need not be lowest. */
export interface Ratio {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

const LARGEST_PLAIN_SCALE = 15;

/**
 * Prints the unrounded amount `value / (10^scale * divisor)`.
 *
 * @rule X1 (unrounded amounts)
 */
export function exactAmount(value: number | bigint, scale: number, divisor: bigint): ExactAmount {
  if (typeof value === "number" && scale <= LARGEST_PLAIN_SCALE && divisor === 1n)
    return plainAmount(value, scale);
  return ratioAmount({ numerator: BigInt(value), denominator: powerOfTen(scale) * divisor });
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

function plainAmount(value: number, scale: number): ExactAmount {
  const exact = fromScaled(value, scale);
  if (value === 0) return { exact, exact_ratio: { numerator: "0", denominator: "1" } };
  let numerator = value;
  let twos = scale;
  let fives = scale;
  for (; twos > 0 && numerator % 2 === 0; twos -= 1) numerator /= 2;
  for (; fives > 0 && numerator % 5 === 0; fives -= 1) numerator /= 5;
  const denominator = 2 ** twos * 5 ** fives;
  return { exact, exact_ratio: { numerator: numerator.toString(), denominator: denominator.toString() } };
}

function greatestCommonDivisor(first: bigint, second: bigint): bigint {
  let a = first < 0n ? -first : first;
  let b = second;
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}
