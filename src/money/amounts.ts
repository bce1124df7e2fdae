import { type BillingIssue, collect, issue, refuse } from "../error.ts";
import {
  decimalPlaces,
  integerText,
  plainPowerOfTen,
  powerOfTen,
  toScaledBigint,
  withPoint,
} from "./integer.ts";
import { fractionText } from "./known-texts.ts";
import { type Amount, readAmount, readAmounts, readCurrency, readRounding, tooFine } from "./read-amount.ts";
import { divideRounded, type RoundingMode } from "./rounding.ts";

const LIMIT_DIGITS = 26;
const LARGEST_PLAIN = BigInt(Number.MAX_SAFE_INTEGER);

/**
 * Rounds an amount once to its currency's minor unit.
 *
 * @rule A1 (one amount)
 * @param amount a decimal string, or whole major units; negative amounts are allowed.
 * @param currency a lower-case ISO 4217 code.
 * @param mode `half_up` (half away from zero) unless another is given.
 * @returns the amount with exactly the currency's digits.
 * @throws INVALID_DECIMAL or OUT_OF_RANGE when the amount isn't a decimal of at most 12 places below 10^26.
 * @throws UNKNOWN_VALUE when the currency or the mode is not known.
 * @example
 * import { roundAmount } from "pure-billing";
 *
 * roundAmount("1.005", "usd"); //=> "1.01"
 * roundAmount("-1.005", "usd"); //=> "-1.01"
 * roundAmount("1.005", "usd", "half_even"); //=> "1.00"
 * roundAmount("1234.5", "jpy"); //=> "1235"
 */
export function roundAmount(amount: Amount, currency: string, mode: RoundingMode = "half_up"): string {
  const issues: BillingIssue[] = [];
  const digits = collect(issues, readCurrency(currency), 0);
  collect(issues, readRounding(mode, ["mode"]), "half_up");
  const text = collect(issues, readAmount(amount, ["amount"]), "0");
  refuse(issues);
  return formatMinor(roundedMinor(text, digits, mode), digits);
}

/**
 * Adds amounts, each rounded to the currency's minor unit before it is added, so that a total is the sum of what is
 * printed above it.
 *
 * @rule A2 (amounts)
 * @param amounts decimal strings, or whole major units; negative amounts are allowed.
 * @param currency a lower-case ISO 4217 code.
 * @param mode how each amount is rounded; amounts that came from this library already are.
 * @returns the sum with exactly the currency's digits; zero for no amounts.
 * @throws INVALID_DECIMAL or OUT_OF_RANGE for each amount that isn't a decimal of at most 12 places below 10^26.
 * @throws UNKNOWN_VALUE when the currency or the mode is not known.
 * @throws INVALID_TYPE when the amounts aren't an array.
 * @example
 * import { addAmounts } from "pure-billing";
 *
 * addAmounts(["0.10", "0.20"], "usd"); //=> "0.30"
 * addAmounts(["10.333", "10.333", "10.333"], "usd"); //=> "30.99"
 */
export function addAmounts(
  amounts: readonly Amount[],
  currency: string,
  mode: RoundingMode = "half_up",
): string {
  const issues: BillingIssue[] = [];
  const digits = collect(issues, readCurrency(currency), 0);
  collect(issues, readRounding(mode, ["mode"]), "half_up");
  const texts = readAmounts(issues, amounts, "amounts");
  refuse(issues);
  let sum = 0n;
  for (const text of texts) sum += roundedMinor(text, digits, mode);
  return formatMinor(sum, digits);
}

/**
 * Compares two amounts of one currency by value, as `Array.prototype.sort` wants it.
 *
 * @param a a decimal string, or whole major units; `b` likewise.
 * @returns -1 where `a` is less than `b`, 1 where it is more, 0 where they are equal.
 * @throws INVALID_DECIMAL or OUT_OF_RANGE when one isn't a decimal of at most 12 places below 10^26.
 * @example
 * import { compareAmounts } from "pure-billing";
 *
 * compareAmounts("9.50", "10"); //=> -1
 * compareAmounts("10.0", "10.00"); //=> 0
 */
export function compareAmounts(a: Amount, b: Amount): -1 | 0 | 1 {
  const issues: BillingIssue[] = [];
  const first = collect(issues, readAmount(a, ["a"]), "0");
  const second = collect(issues, readAmount(b, ["b"]), "0");
  refuse(issues);
  const scale = Math.max(decimalPlaces(first), decimalPlaces(second));
  const firstScaled = toScaledBigint(first, scale);
  const secondScaled = toScaledBigint(second, scale);
  return firstScaled < secondScaled ? -1 : firstScaled > secondScaled ? 1 : 0;
}

/**
 * Converts an amount to a whole number of the currency's minor unit: cents of usd, yen of jpy.
 *
 * @param amount a decimal string, or whole major units; finer than the minor unit is refused, not rounded.
 * @param currency a lower-case ISO 4217 code.
 * @throws INVALID_DECIMAL when the amount isn't a decimal or has more digits than the currency.
 * @throws OUT_OF_RANGE when it isn't below 10^26, UNKNOWN_VALUE when the currency is not known.
 * @example
 * import { toMinorUnits } from "pure-billing";
 *
 * toMinorUnits("54.25", "usd"); //=> 5425n
 * toMinorUnits("1200", "jpy"); //=> 1200n
 */
export function toMinorUnits(amount: Amount, currency: string): bigint {
  const issues: BillingIssue[] = [];
  const digits = collect(issues, readCurrency(currency), 0);
  const text = collect(issues, readAmount(amount, ["amount"]), "0");
  refuse(issues);
  const problem = tooFine(text, digits, currency, ["amount"]);
  if (problem !== null) refuse([problem]);
  return toScaledBigint(text, digits);
}

/**
 * Converts a whole number of the currency's minor unit to an amount.
 *
 * @param minorUnits a bigint or a safe integer: cents of usd, yen of jpy; may be negative.
 * @param currency a lower-case ISO 4217 code.
 * @returns the amount with exactly the currency's digits.
 * @throws INVALID_TYPE when the number isn't a whole, safe one, OUT_OF_RANGE when the amount isn't below 10^26.
 * @throws UNKNOWN_VALUE when the currency is not known.
 * @example
 * import { fromMinorUnits } from "pure-billing";
 *
 * fromMinorUnits(5425n, "usd"); //=> "54.25"
 * fromMinorUnits(-5, "kwd"); //=> "-0.005"
 */
export function fromMinorUnits(minorUnits: bigint | number, currency: string): string {
  const issues: BillingIssue[] = [];
  const digits = collect(issues, readCurrency(currency), 0);
  const path = ["minor_units"];
  const allowed = "a bigint or a safe integer, with an amount below 10^26";
  if (typeof minorUnits !== "bigint" && !Number.isSafeInteger(minorUnits)) {
    issues.push(issue("INVALID_TYPE", "T5", path, "not a whole number", minorUnits, allowed));
  } else {
    const limit = powerOfTen(LIMIT_DIGITS + digits);
    if (minorUnits >= limit || minorUnits <= -limit) {
      issues.push(issue("OUT_OF_RANGE", "T5", path, "too large", minorUnits, allowed));
    }
  }
  refuse(issues);
  return formatMinor(minorUnits, digits);
}

/**
 * Prints minor units as an amount: exactly `digits` decimals, no exponent, no "-0".
 *
 * @rule A4 (printing)
 */
export function formatMinor(minor: bigint | number, digits: number): string {
  if (minor < 0) return `-${formatMinor(-minor, digits)}`;
  if (typeof minor === "bigint") {
    // V8 prints numbers faster.
    return minor <= LARGEST_PLAIN ? formatMinor(Number(minor), digits) : withPoint(minor.toString(), digits);
  }
  const one = plainPowerOfTen(digits);
  const whole = Math.floor(minor / one);
  return integerText(whole) + fractionText(minor - whole * one, digits);
}

function roundedMinor(text: string, digits: number, mode: RoundingMode): bigint {
  const places = decimalPlaces(text);
  if (places <= digits) return toScaledBigint(text, digits);
  return divideRounded(toScaledBigint(text, places), powerOfTen(places - digits), mode);
}
