import { type BillingIssue, issue } from "../error.ts";
import { decimalPlaces, powerOfTen, toScaledBigint } from "../money/integer.ts";
import { addMinor, type Minor, shareOfMinor, subtractMinor } from "../money/minor.ts";
import type { Ratio } from "../money/ratio.ts";
import { type Amount, readAmount } from "../money/read-amount.ts";
import type { RoundingMode } from "../money/rounding.ts";

/** Percent by tax code, as decimals: `{ "standard": "19", "reduced": "7" }`; `default` is for codes without a rate. */
export interface TaxRates {
  readonly [code: string]: Amount;
}

/** Rates after reading: by tax code, as shares of the amount before tax. */
export type ReadTaxRates = ReadonlyMap<string, Ratio>;

/** What a line comes to, in minor units: `excluding` plus `tax` is `including`. */
export interface TaxedAmount {
  readonly excluding: Minor;
  /** null: no rate is known. */
  readonly tax: Minor | null;
  readonly including: Minor;
}

const ALLOWED = "percent as a decimal string from 0, by tax code";

/**
 * Reads the rates that a caller gave; null where none are given. What is wrong with them is added to the issues.
 *
 * @rule K1 (rates)
 */
export function readTaxRates(issues: BillingIssue[], rates: unknown): ReadTaxRates | null {
  if (rates === undefined || rates === null) return null;
  const read = new Map<string, Ratio>();
  if (typeof rates !== "object" || Array.isArray(rates)) {
    issues.push(issue("INVALID_TYPE", "K1", ["tax_rates"], "not rates by tax code", rates, ALLOWED));
    return read;
  }
  for (const [code, rate] of Object.entries(rates)) {
    const path = ["tax_rates", code];
    const text = readAmount(rate, path);
    if (typeof text !== "string") {
      issues.push(issue(text.code, "K1", path, "not a rate", rate, ALLOWED));
    } else if (text.startsWith("-")) {
      issues.push(issue("OUT_OF_RANGE", "K1", path, "the rate is negative", rate, ALLOWED));
    } else {
      const scale = decimalPlaces(text);
      read.set(code, { numerator: toScaledBigint(text, scale), denominator: powerOfTen(scale + 2) });
    }
  }
  return read;
}

/** The rate of a tax code; null where none is known: rates are never guessed. */
export function taxRateOf(rates: ReadTaxRates | null, code: string | null): Ratio | null {
  return (code === null ? undefined : rates?.get(code)) ?? rates?.get("default") ?? null;
}

/**
 * Adds tax to an amount, or under `tax_included` takes it out of the amount; rounded once, from the exact product.
 *
 * @rule K1 (amounts)
 * @param total what a line comes to after its discount, in minor units.
 */
export function taxed(
  total: Minor,
  rate: Ratio | null,
  policy: "tax_excluded" | "tax_included",
  rounding: RoundingMode,
): TaxedAmount {
  if (rate === null) return { excluding: total, tax: null, including: total };
  // A credit mirrors what was charged, in every rounding mode.
  if (total < 0) return negated(taxed(-total, rate, policy, rounding));
  const { numerator, denominator } = rate;
  const isIncluded = policy === "tax_included";
  const tax = shareOfMinor(total, numerator, isIncluded ? denominator + numerator : denominator, rounding);
  return isIncluded
    ? { excluding: subtractMinor(total, tax), tax, including: total }
    : { excluding: total, tax, including: addMinor(total, tax) };
}

function negated({ excluding, tax, including }: TaxedAmount): TaxedAmount {
  return { excluding: -excluding, tax: tax === null ? null : -tax, including: -including };
}
