import { type BillingIssue, collect, type IssuePath, issue } from "../error.ts";
import { minorUnitDigits } from "./currency.ts";
import { readDecimal } from "./decimal-text.ts";
import { decimalPlaces } from "./integer.ts";
import { ROUNDING_MODES, type RoundingMode } from "./rounding.ts";

/** An amount of money: a decimal string, or a whole number of major units as a safe integer or bigint. */
export type Amount = string | number | bigint;

const ALLOWED = "a decimal string with up to 12 decimals or a safe integer, |x| below 10^26";

const PROBLEMS = {
  INVALID_TYPE: "not an amount",
  INVALID_DECIMAL: "not an exact decimal",
  OUT_OF_RANGE: "too large",
} as const;

/** The canonical text of an amount, which may be negative, or the issue that it has. */
export function readAmount(value: unknown, path: IssuePath): string | BillingIssue {
  if (value === undefined) return issue("MISSING", "T5", path, "no amount", value, ALLOWED);
  const text = readDecimal(value);
  if (typeof text === "string") return text;
  return issue(text.refused, "T5", path, PROBLEMS[text.refused], value, ALLOWED);
}

/** The digits of a currency, or the issue that it is not known. */
export function readCurrency(currency: unknown): number | BillingIssue {
  const digits = typeof currency === "string" ? minorUnitDigits(currency) : undefined;
  if (digits !== undefined) return digits;
  const allowed = "a lower-case ISO 4217 code with a minor unit, such as usd, eur or jpy";
  return issue("UNKNOWN_VALUE", "A3", ["currency"], "not a known currency", currency, allowed);
}

/** Reads a list of amounts; what is wrong with them is added to the issues. */
export function readAmounts(issues: BillingIssue[], amounts: unknown, name: string): string[] {
  if (!Array.isArray(amounts)) {
    issues.push(issue("INVALID_TYPE", "T5", [name], "not a list", amounts, "an array of amounts"));
    return [];
  }
  return Array.from(amounts, (amount, index) => collect(issues, readAmount(amount, [name, index]), "0"));
}

/** The issue of an amount that is finer than its currency's minor unit, else null. */
export function tooFine(
  text: string,
  digits: number,
  currency: string,
  path: IssuePath,
): BillingIssue | null {
  if (decimalPlaces(text) <= digits) return null;
  const allowed = `at most ${digits} decimals (${currency})`;
  return issue("INVALID_DECIMAL", "A4", path, "finer than the currency's minor unit", text, allowed);
}

/** The rounding mode of an option, `half_up` where there is none, or the issue that it has. */
export function readRounding(mode: unknown, path: IssuePath = ["rounding"]): RoundingMode | BillingIssue {
  if (mode === undefined) return "half_up";
  if (ROUNDING_MODES.includes(mode as RoundingMode)) return mode as RoundingMode;
  return issue("UNKNOWN_VALUE", "A1", path, "not a rounding mode", mode, ROUNDING_MODES.join(", "));
}
