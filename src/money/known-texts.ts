import { plainPowerOfTen } from "./integer.ts";

// What is printed again and again is printed once: fractions of a few digits, and the denominators that there are.
const MOST_KNOWN_PLACES = 4;
const FRACTIONS: (string | undefined)[] = new Array(2 * 10 ** MOST_KNOWN_PLACES).fill(undefined);
const MOST_KNOWN_PRIMES = 40;
const DENOMINATORS: (string | undefined)[] = new Array(MOST_KNOWN_PRIMES ** 2).fill(undefined);

/** A fraction of up to nine digits with its point, nothing for none: `25, 4` is ".0025". */
export function fractionText(fraction: number, places: number): string {
  // The digit in front keeps the zeros that the fraction begins with.
  const digits = plainPowerOfTen(places) + fraction;
  return FRACTIONS[digits] ?? printFraction(digits);
}

function printFraction(digits: number): string {
  const text = digits === 1 ? "" : `.${String(digits).slice(1)}`;
  if (digits < FRACTIONS.length) FRACTIONS[digits] = text;
  return text;
}

/** 2^twos * 5^fives. */
export function denominatorText(twos: number, fives: number): string {
  return DENOMINATORS[twos * MOST_KNOWN_PRIMES + fives] ?? printDenominator(twos, fives);
}

function printDenominator(twos: number, fives: number): string {
  const text = (2n ** BigInt(twos) * 5n ** BigInt(fives)).toString();
  if (twos < MOST_KNOWN_PRIMES && fives < MOST_KNOWN_PRIMES) {
    DENOMINATORS[twos * MOST_KNOWN_PRIMES + fives] = text;
  }
  return text;
}
