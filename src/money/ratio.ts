import { decimalPlaces, fromScaled, powerOfTen, toScaledBigint } from "./integer.ts";

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

/**
 * Prints the unrounded amount `value / (10^scale * divisor)`.
 *
 * @rule X1 (unrounded amounts)
 */
export function exactAmount(value: number | bigint, scale: number, divisor: bigint): ExactAmount {
  if (divisor !== 1n || value < 0) {
    return ratioAmount({ numerator: BigInt(value), denominator: powerOfTen(scale) * divisor });
  }
  const digits = value.toString();
  let end = digits.length;
  const least = Math.max(1, end - scale);
  while (end > least && digits.charCodeAt(end - 1) === ZERO) end--;
  const text = end === digits.length ? digits : digits.slice(0, end);
  const places = text === "0" ? 0 : scale - (digits.length - end);
  if (places === 0) return { exact: text, exact_ratio: { numerator: text, denominator: "1" } };
  return { exact: withPoint(text, places), exact_ratio: lowestTerms(text, places) };
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

/** Over a power of ten only 2 and 5 can be reduced, and where the last digit isn't zero only one of them. */
function lowestTerms(digits: string, places: number): ExactRatio {
  const last = digits.charCodeAt(digits.length - 1) - ZERO;
  const isEven = (last & 1) === 0;
  if (!isEven && last !== 5) return { numerator: digits, denominator: primesText(places, places) };
  let left = places;
  let numerator: number | bigint;
  if (digits.length <= MOST_PLAIN_DIGITS) {
    const prime = isEven ? 2 : 5;
    numerator = Number(digits);
    for (; left > 0; left--) {
      const part = Math.floor(numerator / prime);
      if (part * prime !== numerator) break;
      numerator = part;
    }
  } else {
    numerator = BigInt(digits);
    const prime = isEven ? 2n : 5n;
    for (; left > 0 && numerator % prime === 0n; left--) numerator /= prime;
  }
  const denominator = isEven ? primesText(left, places) : primesText(places, left);
  return { numerator: numerator.toString(), denominator };
}

const ZERO = "0".charCodeAt(0);
const MOST_PLAIN_DIGITS = 15;
const MOST_PLACES = 40;
const PRIMES_TEXTS: (string | undefined)[] = new Array(MOST_PLACES ** 2).fill(undefined);

/** 2^twos * 5^fives, printed once. */
function primesText(twos: number, fives: number): string {
  const index = twos * MOST_PLACES + fives;
  const known = PRIMES_TEXTS[index];
  if (known !== undefined) return known;
  const text = (2n ** BigInt(twos) * 5n ** BigInt(fives)).toString();
  if (twos < MOST_PLACES && fives < MOST_PLACES) PRIMES_TEXTS[index] = text;
  return text;
}

function withPoint(digits: string, places: number): string {
  const point = digits.length - places;
  if (point > 0) return `${digits.slice(0, point)}.${digits.slice(point)}`;
  return `0.${"0".repeat(-point)}${digits}`;
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
