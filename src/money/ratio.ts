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
  return typeof value === "number" ? plainAmount(value, scale) : decimalAmount(value, scale);
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

/** On plain numbers: two divisions cost less than looking for zeros in the text. */
function plainAmount(value: number, scale: number): ExactAmount {
  let digits = value;
  let places = value === 0 ? 0 : scale;
  for (; places > 0; places--) {
    const tenth = Math.floor(digits / 10);
    if (tenth * 10 !== digits) break;
    digits = tenth;
  }
  const text = digits.toString();
  if (places === 0) return { exact: text, exact_ratio: { numerator: text, denominator: "1" } };
  const exact = withPoint(text, places);
  // Over a power of ten only 2 and 5 can be reduced, and since no ten is left only one of them.
  const isEven = Math.floor(digits / 2) * 2 === digits;
  const prime = isEven ? 2 : 5;
  let left = places;
  for (; left > 0; left--) {
    const part = Math.floor(digits / prime);
    if (part * prime !== digits) break;
    digits = part;
  }
  const denominator = isEven ? primesText(left, places) : primesText(places, left);
  const numerator = left === places ? text : digits.toString();
  return { exact, exact_ratio: { numerator, denominator } };
}

/** On bigints, whose divisions cost more than their text. */
function decimalAmount(value: bigint, scale: number): ExactAmount {
  const digits = value.toString();
  let end = digits.length;
  const least = Math.max(1, end - scale);
  while (end > least && digits.charCodeAt(end - 1) === ZERO) end--;
  const text = digits.slice(0, end);
  const places = text === "0" ? 0 : scale - (digits.length - end);
  if (places === 0) return { exact: text, exact_ratio: { numerator: text, denominator: "1" } };
  const exact = withPoint(text, places);
  const last = digits.charCodeAt(end - 1) - ZERO;
  const isEven = (last & 1) === 0;
  if (!isEven && last !== 5) {
    return { exact, exact_ratio: { numerator: text, denominator: primesText(places, places) } };
  }
  let numerator = BigInt(text);
  let left = places;
  if (isEven) {
    for (let twos = trailingZeroBits(numerator, left); twos > 0; twos = trailingZeroBits(numerator, left)) {
      numerator >>= BigInt(twos);
      left -= twos;
    }
  } else {
    for (; left > 0 && numerator % 5n === 0n; left--) numerator /= 5n;
  }
  const denominator = isEven ? primesText(left, places) : primesText(places, left);
  return { exact, exact_ratio: { numerator: numerator.toString(), denominator } };
}

const ZERO = "0".charCodeAt(0);

/** How often 2 divides a bigint that isn't zero, as far as 31 times and at most `most`. */
function trailingZeroBits(value: bigint, most: number): number {
  const low = Number(BigInt.asUintN(32, value));
  return Math.min(most, low === 0 ? 31 : 31 - Math.clz32(low & -low));
}

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
