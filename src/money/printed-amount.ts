import { formatMinor } from "./amounts.ts";
import { digitsAmount, type ExactAmount, MOST_SMALL_PLACES, smallFractionAmount } from "./decimal-amount.ts";
import { integerText, plainPowerOfTen, powerOfTen, withPoint } from "./integer.ts";
import { fractionText } from "./known-texts.ts";
import { exactAmount } from "./ratio.ts";
import { divideRounded, divideRoundedNumber, dropDigits, type RoundingMode } from "./rounding.ts";

/** An amount as results show it: rounded to its currency's digits, and exactly. */
export interface PrintedAmount extends ExactAmount {
  readonly rounded: string;
}

/**
 * Prints an amount of `value / (10^scale * divisor)` that is not negative, on plain numbers.
 *
 * @param minorDivisor what the value is divided by to be in minor units.
 * @param digits the currency's.
 */
export function printPlain(
  value: number,
  scale: number,
  divisor: bigint,
  minorDivisor: number,
  digits: number,
  rounding: RoundingMode,
): PrintedAmount {
  const minor = divideRoundedNumber(value, minorDivisor, rounding);
  if (scale > MOST_SMALL_PLACES || divisor !== 1n) {
    const { exact, exact_ratio } = exactAmount(value, scale, divisor);
    return { rounded: formatMinor(minor, digits), exact, exact_ratio };
  }
  // Both texts begin with the same whole part, unless rounding goes up to the next.
  const one = plainPowerOfTen(scale);
  const whole = Math.floor(value / one);
  const text = integerText(whole);
  const cents = minor - whole * plainPowerOfTen(digits);
  const rounded =
    cents < plainPowerOfTen(digits) ? text + fractionText(cents, digits) : formatMinor(minor, digits);
  const { exact, exact_ratio } = smallFractionAmount(value, scale, text, value - whole * one);
  return { rounded, exact, exact_ratio };
}

/** The same on bigints: where the amount terminates, its digits are printed once and cut for both texts. */
export function printExact(
  value: bigint,
  scale: number,
  divisor: bigint,
  digits: number,
  rounding: RoundingMode,
): PrintedAmount {
  if (divisor !== 1n) {
    const minor = divideRounded(value, powerOfTen(scale - digits) * divisor, rounding);
    const { exact, exact_ratio } = exactAmount(value, scale, divisor);
    return { rounded: formatMinor(minor, digits), exact, exact_ratio };
  }
  const text = value.toString();
  const { exact, exact_ratio } = digitsAmount(value, text, scale);
  return { rounded: withPoint(dropDigits(text, scale - digits, rounding), digits), exact, exact_ratio };
}
