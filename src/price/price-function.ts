import type { Price } from "../contract/price.ts";
import { type BillingIssueCode, fail, type IssuePath, issue } from "../error.ts";
import { fromScaled, powerOfTen } from "../money/integer.ts";
import {
  addRatios,
  type ExactAmount,
  multiplyRatios,
  type Ratio,
  ratioAmount,
  ratioOf,
  subtractRatios,
} from "../money/ratio.ts";
import { type Quantity, quantityText } from "../usage/quantity.ts";
import { type CompiledPrice, compilePrice, exactNumbers, parsedPrice } from "./compile-price.ts";
import { evaluateExact } from "./curve.ts";
import { exactCharge } from "./exact-charge.ts";

/** A stretch of a price over which each unit, or batch, costs the same. Decimal strings. */
export interface PriceSegment {
  /** The quantity above which the segment holds; the first holds from 0 on. */
  readonly from: string;
  /** The quantity up to which it holds; null: for ever. */
  readonly to: string | null;
  /** What a unit costs, or a batch where there is one. */
  readonly rate: ExactAmount;
  /** Units of a batch that is rounded; null where every fraction of a unit is priced. */
  readonly batch: string | null;
  /** The quantity from which batches are counted, at most `from`. */
  readonly batch_origin: string | null;
  readonly batch_rounding: "up" | "down" | null;
  /** By how much the charge jumps just above `from`: at 0, the charge without usage. */
  readonly jump: ExactAmount;
}

/**
 * What the next unit costs, or the next batch where units are charged in batches: before rounding, with tier fees and
 * limits that it meets.
 *
 * @rule R4 (marginal)
 * @param units the quantity so far.
 * @throws NOT_PARSED when `price` did not come through the gate; INVALID_DECIMAL or OUT_OF_RANGE when `units` is no
 * quantity; NEEDS_EVENTS when the price depends on events.
 * @example
 * import { marginalPrice, parsePrice } from "pure-billing";
 *
 * const price = parsePrice({
 *   currency: "usd",
 *   strategy_details: {
 *     pricing_strategy: "usage_tiered",
 *     tiers: [{ up_to: "10", unit_price: "1" }, { up_to: null, unit_price: "0.5", flat_fee: "3" }],
 *   },
 * });
 * [marginalPrice(price, 8).exact, marginalPrice(price, 10).exact, marginalPrice(price, 11).exact]; //=> ["1", "3.5", "0.5"]
 */
export function marginalPrice(price: Price, units: Quantity): ExactAmount {
  ofOneQuantity(price, "marginalPrice");
  const text = quantityText(units, ["units"]);
  const details = price.strategy_details;
  const step = ("batch_size" in details ? details.batch_size : null) ?? "1";
  const next = ratioAmount(addRatios(ratioOf(text), ratioOf(step))).exact;
  // A sum of two decimals is a decimal.
  const above = unroundedCharge(price, next as string);
  return ratioAmount(subtractRatios(above, unroundedCharge(price, text)));
}

/**
 * What a unit costs on average: the charge before rounding, divided by the quantity.
 *
 * @param units a quantity above zero.
 * @throws what `marginalPrice` does; OUT_OF_RANGE when `units` is zero.
 * @example
 * import { averagePrice, parsePrice } from "pure-billing";
 *
 * const price = parsePrice({
 *   amount: "2",
 *   currency: "usd",
 *   strategy_details: { pricing_strategy: "usage", flat_fee: "10" },
 * });
 * averagePrice(price, 4).exact; //=> "4.5"
 * averagePrice(price, 3).exact_ratio; //=> { "numerator": "16", "denominator": "3" }
 */
export function averagePrice(price: Price, units: Quantity): ExactAmount {
  ofOneQuantity(price, "averagePrice");
  const text = quantityText(units, ["units"]);
  const { numerator, denominator } = ratioOf(text);
  if (numerator === 0n) {
    fail(issue("OUT_OF_RANGE", "T5", ["units"], "no average of nothing", units, "a quantity above 0"));
  }
  return ratioAmount(
    multiplyRatios(unroundedCharge(price, text), { numerator: denominator, denominator: numerator }),
  );
}

/**
 * The price as a function: its segments over the quantity, flat fee included and before the limits of the charge.
 *
 * @throws NOT_PARSED when `price` did not come through the gate; NEEDS_EVENTS when it depends on events.
 * @example
 * import { parsePrice, priceSegments } from "pure-billing";
 *
 * const price = parsePrice({
 *   currency: "usd",
 *   strategy_details: {
 *     pricing_strategy: "usage_tiered",
 *     flat_fee: "5",
 *     tiers: [{ up_to: "10", unit_price: "1" }, { up_to: null, unit_price: "0.5", flat_fee: "3" }],
 *   },
 * });
 * priceSegments(price).map(({ from, to, rate, jump }) => [from, to, rate.exact, jump.exact]);
 * //=> [["0", "10", "1", "5"], ["10", null, "0.5", "3"]]
 */
export function priceSegments(price: Price): PriceSegment[] {
  const { curve, flatFee } = exactNumbers(ofOneQuantity(price, "priceSegments"));
  const { segments, batch } = curve;
  const denominator = powerOfTen(curve.amountScale) * curve.divisor;
  return segments.map(({ from, origin, base, rate }, index) => {
    const next = segments[index + 1];
    // Just above its left edge a segment has the steps that lie between its origin and there.
    const above = from - origin;
    const steps = batch === 0n ? above : above / batch + (curve.roundBatchUp ? 1n : 0n);
    const jump =
      index === 0 ? evaluateExact(curve, 0n) + flatFee : base + rate * steps - evaluateExact(curve, from);
    return {
      from: fromScaled(from, curve.unitScale),
      to: next === undefined ? null : fromScaled(next.from, curve.unitScale),
      rate: ratioAmount({
        numerator: batch === 0n ? rate * powerOfTen(curve.unitScale) : rate,
        denominator,
      }),
      batch: batch === 0n ? null : fromScaled(batch, curve.unitScale),
      batch_origin: batch === 0n ? null : fromScaled(origin, curve.unitScale),
      batch_rounding: batch === 0n ? null : curve.roundBatchUp ? "up" : "down",
      jump: ratioAmount({ numerator: jump, denominator }),
    };
  });
}

/** The compiled form of a price that is a function of one quantity. */
function ofOneQuantity(price: Price, name: string): CompiledPrice {
  const compiled = parsedPrice(price);
  refuseEvents(compiled, name, ["price"]);
  return compiled;
}

/** Refuses a price that is no function of one quantity; `name` is what asked for one. */
export function refuseEvents(compiled: CompiledPrice, name: string, path: IssuePath): void {
  if (!compiled.isSum) return;
  const code: BillingIssueCode = "NEEDS_EVENTS";
  const details = compiled.price.strategy_details;
  const why =
    compiled.matrix.length > 0
      ? "the properties of the events decide its parts (R7)"
      : "it is priced event by event (R6)";
  const problem = `${name} is a function of one quantity, and of this price ${why}`;
  fail(issue(code, "X1", path, problem, details.pricing_strategy, "prices over one quantity"));
}

/** The charge before rounding. */
function unroundedCharge(price: Price, units: string): Ratio {
  const used = { units, event_count: null, events: null };
  const { whole, scale, divisor } = exactCharge(compilePrice(price), used, null);
  return { numerator: whole, denominator: powerOfTen(scale) * divisor };
}
