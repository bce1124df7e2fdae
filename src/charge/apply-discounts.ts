import type { Discount } from "../contract/discount.ts";
import { parseDiscounts } from "../contract/parse-discounts.ts";
import { type BillingIssue, collect, isBillingError, issue, refuse } from "../error.ts";
import { formatMinor } from "../money/amounts.ts";
import { minorUnitDigits } from "../money/currency.ts";
import { toScaledBigint } from "../money/integer.ts";
import { addMinor, type Minor, subtractMinor } from "../money/minor.ts";
import { type Amount, readAmounts, readRounding, tooFine } from "../money/read-amount.ts";
import type { RoundingMode } from "../money/rounding.ts";
import { discountTogether, periodDiscounts } from "./discount.ts";

/** What discounts take off charges that are made together. Decimal strings in the currency given. */
export interface AppliedDiscounts {
  readonly discount: string;
  /** What is left of the lines together. */
  readonly total: string;
  /** The discount of each line, in their order; they sum to `discount`. */
  readonly line_discounts: readonly string[];
}

/** What discounts depend on beside the lines. */
export interface DiscountOptions {
  /** A lower-case ISO 4217 code. */
  readonly currency: string;
  /** The number of the full billing period, from 1; 0 is a leading stub. */
  readonly period_index: number;
  readonly rounding?: RoundingMode;
}

/**
 * Takes discounts off lines that are made at one instant: percentages first, then flat ones, each on what the former
 * left and rounded once, spread over the lines by largest remainder.
 *
 * @rule C1 (amounts)
 * @param lines amounts no finer than the currency; negative ones are credits and take no discount.
 * @param discounts as a contract has them.
 * @throws INVALID_TYPE, INVALID_DECIMAL, OUT_OF_RANGE or UNKNOWN_VALUE for lines, discounts and options, all in one
 * error.
 * @example
 * import { applyDiscounts } from "pure-billing";
 *
 * const discounts = [
 *   { discount_type: "flat", amount: "5" },
 *   { discount_type: "percentage", amount: "10", duration: 3 },
 * ];
 * applyDiscounts(["10.00", "20.00"], discounts, { currency: "usd", period_index: 1 });
 * //=> { "discount": "8.00", "total": "22.00", "line_discounts": ["2.67", "5.33"] }
 */
export function applyDiscounts(
  lines: readonly Amount[],
  discounts: readonly Discount[],
  options: DiscountOptions,
): AppliedDiscounts {
  const { currency, period_index: periodIndex } = options ?? {};
  const issues: BillingIssue[] = [];
  const rounding = collect(issues, readRounding(options?.rounding), "half_up");
  const parsed = readDiscounts(discounts, currency, issues);
  const amounts = readAmounts(issues, lines, "lines");
  const digits = minorUnitDigits(currency) ?? 0;
  for (const [index, amount] of amounts.entries()) {
    const problem = tooFine(amount, digits, currency, ["lines", index]);
    if (problem !== null) issues.push(problem);
  }
  if (!Number.isSafeInteger(periodIndex) || periodIndex < 0) {
    const allowed = "a whole number of at least 0";
    issues.push(issue("OUT_OF_RANGE", "C2", ["period_index"], "no number of a period", periodIndex, allowed));
  }
  refuse(issues);
  const minor = amounts.map((amount) => toScaledBigint(amount, digits));
  const parts = discountTogether(
    minor,
    periodDiscounts(parsed, periodIndex, null, digits, rounding),
    rounding,
  );
  const sum = (values: readonly Minor[]): Minor => values.reduce(addMinor, 0);
  return {
    discount: formatMinor(sum(parts), digits),
    total: formatMinor(subtractMinor(sum(minor), sum(parts)), digits),
    line_discounts: parts.map((part) => formatMinor(part, digits)),
  };
}

function readDiscounts(discounts: unknown, currency: unknown, issues: BillingIssue[]): readonly Discount[] {
  try {
    return parseDiscounts(discounts, currency);
  } catch (error) {
    if (!isBillingError(error)) throw error;
    issues.push(...error.issues);
    return [];
  }
}
