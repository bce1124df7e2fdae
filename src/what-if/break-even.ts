import { assertParsed } from "../contract/brand.ts";
import type { Price } from "../contract/price.ts";
import { attempt, type BillingIssue, collect, issue, refuse } from "../error.ts";
import { compareRatios, type ExactAmount, ratioAmount, ratioOf, ZERO_RATIO } from "../money/ratio.ts";
import { type CompiledPrice, compilePrice } from "../price/compile-price.ts";
import { refuseEvents } from "../price/price-function.ts";
import { type Quantity, readQuantity } from "../usage/quantity.ts";
import { type AmountFunction, chargeFunction } from "./amount-function.ts";
import { type ComparedInterval, comparedIntervals, type UnitsRange } from "./compared-intervals.ts";

/** Quantities at which A is cheaper, B is, or neither. A single quantity is its own `from` and `to`. */
export interface BreakEvenInterval {
  readonly from: ExactAmount;
  /** null: it never ends. */
  readonly to: ExactAmount | null;
  readonly from_included: boolean;
  readonly to_included: boolean;
  readonly cheaper: "a" | "b" | "neither";
}

/** Where which of two is cheaper. */
export interface BreakEven {
  readonly currency: string;
  /**
   * Amounts are compared exactly, before the one rounding of a charge. So next to a point of break-even, where they
   * differ by less than a minor unit, what is invoiced may be equal, or the other way round.
   */
  readonly rounding: "none";
  /** From the least quantity to the greatest, without gaps; no two neighbours say the same. */
  readonly intervals: readonly BreakEvenInterval[];
}

/** The quantities that are asked about, both ends included. */
export interface BreakEvenRange {
  /** Default: 0. */
  readonly from?: Quantity;
  /** Default: there is no end. */
  readonly to?: Quantity;
}

/**
 * Where one price is cheaper than another: every interval of quantities, solved exactly on the two price functions, with
 * tiers, flat fees, batches and limits, before rounding and before tax.
 *
 * Quantities are any numbers, not only whole ones or those with a decimal form: prices may break even at 1000/3 units.
 * Of contracted units the price is taken as a function too; the count in it doesn't matter.
 *
 * @param options `range`: only these quantities; its `to` is required where batches make the two cross without end.
 * @throws NOT_PARSED when a price did not come through the gate; NEEDS_EVENTS when one depends on events, as percentage
 * and matrix prices do; CURRENCY_MISMATCH; INVALID_TYPE, INVALID_DECIMAL or OUT_OF_RANGE for the range; MISSING when it
 * needs an end; TOO_MANY above 10,000 intervals, or where 200,000 batches don't tell.
 * @example
 * import { breakEven, parsePrice } from "pure-billing";
 *
 * const usage = (amount, flat_fee) =>
 *   parsePrice({ amount, currency: "usd", strategy_details: { pricing_strategy: "usage", flat_fee } });
 * const { rounding, intervals } = breakEven(usage("0.05", "0"), usage("0.02", "10"));
 * rounding; //=> "none"
 * intervals.map(({ cheaper }) => cheaper); //=> ["a", "neither", "b"]
 * intervals[1].from; //=> { "exact": null, "exact_ratio": { "numerator": "1000", "denominator": "3" } }
 * intervals[2].to; //=> null
 */
export function breakEven(
  price_a: Price,
  price_b: Price,
  options: { readonly range?: BreakEvenRange | null } = {},
): BreakEven {
  const issues: BillingIssue[] = [];
  const range = readUnitsRange(options?.range, issues);
  const a = attempt(issues, () => comparable(price_a, "price_a"));
  const b = attempt(issues, () => comparable(price_b, "price_b"));
  if (a !== null && b !== null) checkCurrencies(a.currency, b.currency, "price_b", issues);
  refuse(issues);
  // Whatever isn't there has its issue.
  const [first, second] = [a, b] as readonly [CompiledPrice, CompiledPrice];
  return breakEvenOf(first.currency, chargeFunction(first, null), chargeFunction(second, null), range);
}

/** The answer for two amounts as functions of one quantity. */
export function breakEvenOf(
  currency: string,
  a: AmountFunction,
  b: AmountFunction,
  range: UnitsRange,
): BreakEven {
  return { currency, rounding: "none", intervals: comparedIntervals(a, b, range).map(printedInterval) };
}

/** Reads a range of quantities; what is wrong with it is added to the issues. */
export function readUnitsRange(range: unknown, issues: BillingIssue[]): UnitsRange {
  if (range === undefined || range === null) return { from: ZERO_RATIO, to: null };
  if (typeof range !== "object") {
    issues.push(issue("INVALID_TYPE", null, ["range"], "not a range of quantities", range, "{ from, to }"));
    return { from: ZERO_RATIO, to: null };
  }
  const { from, to } = range as BreakEvenRange;
  const known = issues.length;
  const start = ratioOf(collect(issues, readQuantity(from ?? "0", ["range", "from"]), "0"));
  const end = to == null ? null : ratioOf(collect(issues, readQuantity(to, ["range", "to"]), "0"));
  if (issues.length === known && end !== null && compareRatios(end, start) < 0) {
    issues.push(issue("OUT_OF_RANGE", null, ["range", "to"], "to is below from", to, "from or more"));
  }
  return { from: start, to: end };
}

/** What is of several currencies can't be compared. */
export function checkCurrencies(a: string, b: string, name: string, issues: BillingIssue[]): void {
  if (a === b) return;
  const problem = "the two are not in the same currency";
  issues.push(issue("CURRENCY_MISMATCH", "A3", [name], problem, b, a));
}

function comparable(price: Price, name: string): CompiledPrice {
  assertParsed(price, "price", name);
  const compiled = compilePrice(price);
  refuseEvents(compiled, "breakEven", [name]);
  return compiled;
}

function printedInterval({
  from,
  isFromIncluded,
  to,
  isToIncluded,
  sign,
}: ComparedInterval): BreakEvenInterval {
  return {
    from: ratioAmount(from),
    to: to === null ? null : ratioAmount(to),
    from_included: isFromIncluded,
    to_included: isToIncluded,
    cheaper: sign < 0 ? "a" : sign > 0 ? "b" : "neither",
  };
}
