import type { MatrixEntry, Price, StrategyDetails } from "../contract/price.ts";
import { minorUnitDigits } from "../money/currency.ts";
import { decimalPlaces, fromScaled, powerOfTen, toScaledBigint } from "../money/integer.ts";
import type { Ratio } from "../money/ratio.ts";
import { quantityText, type UsedQuantity } from "../usage/quantity.ts";
import { buildCurve, type Curve, type CurveSource, evaluateExact } from "./curve.ts";
import { type MatrixPart, matrixOf } from "./matrix.ts";
import { percentageOf, perEventPlaces } from "./percentage.ts";

/** A price's own part beside its curve: flat fee and limits, as integers over the curve's denominator. */
export interface PriceNumbers<N extends number | bigint> {
  readonly flatFee: N;
  readonly minimum: N;
  /** null: no maximum. */
  readonly maximum: N | null;
  /** 10^amountScale * divisor / 10^digits: what an amount is divided by to be in minor units. */
  readonly minorDivisor: N;
}

/** The used units, over 10^scale, above which usage without an over-usage price is over the limit. */
export interface OverLimit {
  readonly above: bigint;
  readonly scale: number;
}

/** A price made ready for evaluation: compiled once per frozen price, on first use. */
export interface CompiledPrice {
  readonly curve: Curve;
  /** The parts of a matrix price (R7), the price itself last; none for others. */
  readonly matrix: readonly MatrixPart[];
  /** The units part as a sum of evaluations, for prices that are not one curve over one quantity (R6, R7). */
  readonly sum: ((used: UsedQuantity) => Ratio) | null;
  readonly exact: PriceNumbers<bigint>;
  readonly plain: PriceNumbers<number> | null;
  /** Decimals of the currency. */
  readonly digits: number;
  /** Fixed prices are charged at the start of their period and prorated whole; metered ones by what was used. */
  readonly isFixed: boolean;
  /** The quantity of a fixed price; null for `flat` and metered prices. */
  readonly contractedUnits: string | null;
  readonly overLimit: OverLimit | null;
}

const compiled = new WeakMap<Price, CompiledPrice>();

/** The compiled form of a price, from the cache where it was used before. */
export function compilePrice(price: Price): CompiledPrice {
  let result = compiled.get(price);
  if (result === undefined) {
    result = compile(price);
    compiled.set(price, result);
  }
  return result;
}

function compile(price: Price): CompiledPrice {
  const details = price.strategy_details;
  // The gate let only known currencies through.
  const digits = minorUnitDigits(price.currency) as number;
  const flatFee = ("flat_fee" in details ? details.flat_fee : null) ?? "0";
  const minimum = price.minimum_charge ?? "0";
  const maximum = price.maximum_charge ?? null;
  const amountScale = Math.max(
    digits,
    decimalPlaces(flatFee),
    decimalPlaces(minimum),
    maximum === null ? 0 : decimalPlaces(maximum),
    details.pricing_strategy === "percentage" ? perEventPlaces(details) : 0,
  );
  const matrix = matrixParts(price);
  const curve = buildCurve(curveSource(price), amountScale);
  const inAmounts = (text: string): bigint => toScaledBigint(text, curve.amountScale) * curve.divisor;
  const exact: PriceNumbers<bigint> = {
    flatFee: inAmounts(flatFee),
    minimum: inAmounts(minimum),
    maximum: maximum === null ? null : inAmounts(maximum),
    minorDivisor: powerOfTen(curve.amountScale - digits) * curve.divisor,
  };
  return {
    curve,
    matrix,
    sum: sumOf(price, curve, matrix),
    exact,
    plain: curve.plain === null ? null : toPlain(exact),
    digits,
    isFixed: "contracted_unit_count" in details || details.pricing_strategy === "flat",
    contractedUnits:
      "contracted_unit_count" in details
        ? quantityText(details.contracted_unit_count, ["contracted_unit_count"])
        : null,
    overLimit: overLimit(details),
  };
}

function toPlain(exact: PriceNumbers<bigint>): PriceNumbers<number> | null {
  const { flatFee, minimum, maximum, minorDivisor } = exact;
  const limit = BigInt(Number.MAX_SAFE_INTEGER);
  if (flatFee > limit || minimum > limit || minorDivisor > limit || (maximum ?? 0n) > limit) return null;
  return {
    flatFee: Number(flatFee),
    minimum: Number(minimum),
    maximum: maximum === null ? null : Number(maximum),
    minorDivisor: Number(minorDivisor),
  };
}

/**
 * Every strategy as tiers over one quantity: the one place that tells strategies apart.
 *
 * @rule R5
 */
function curveSource(price: Price): CurveSource {
  const details = price.strategy_details;
  const { amount } = price;
  const single = (unitPrice: string, fee?: string): CurveSource["tiers"] => [
    { up_to: null, unit_price: unitPrice, flat_fee: fee },
  ];
  switch (details.pricing_strategy) {
    case "flat":
      return { mode: "graduated", tiers: single("0", amount) };
    case "per_unit":
      return { mode: "graduated", tiers: single(amount) };
    case "unit_tiered":
    case "usage_tiered":
      return { ...details, mode: details.tier_mode ?? "graduated" };
    case "usage": {
      const { over_usage_price: overPrice, maximum_units: maximum } = details;
      if (overPrice == null || maximum == null)
        return { ...details, mode: "graduated", tiers: single(amount) };
      const tiers = [{ up_to: maximum, unit_price: amount }, ...single(overPrice)];
      const all = details.over_usage_charge_strategy === "all_usage_overcharge";
      return { ...details, mode: all ? "volume" : "graduated", tiers };
    }
    case "percentage":
      return { mode: "graduated", tiers: single(percentText(details.rate)) };
  }
}

/** The unrounded units part of a price at a quantity: before flat fee, limits and proration. */
export function unitsPart(price: CompiledPrice, used: UsedQuantity): Ratio {
  if (price.sum !== null) return price.sum(used);
  const { curve } = price;
  const refinementScale = Math.max(0, decimalPlaces(used.units) - curve.unitScale);
  const refinement = powerOfTen(refinementScale);
  const quantity = toScaledBigint(used.units, curve.unitScale + refinementScale);
  const denominator = powerOfTen(curve.amountScale) * curve.divisor;
  return {
    numerator: evaluateExact(curve.exact, quantity, refinement, curve.roundBatchUp),
    denominator: curve.exact.batch === 0n ? denominator * refinement : denominator,
  };
}

/** A rate in percent as a price per unit. */
function percentText(rate: string): string {
  const scale = decimalPlaces(rate);
  return fromScaled(toScaledBigint(rate, scale), scale + 2);
}

function sumOf(price: Price, curve: Curve, matrix: readonly MatrixPart[]): CompiledPrice["sum"] {
  const details = price.strategy_details;
  if (matrix.length > 0) return (used) => matrixOf(matrix, used);
  return details.pricing_strategy === "percentage" ? (used) => percentageOf(details, curve, used) : null;
}

function matrixParts(price: Price): readonly MatrixPart[] {
  if (price.by == null || price.by.length === 0) return [];
  const part = (when: MatrixPart["when"], entry: Partial<MatrixEntry>): MatrixPart => {
    const details = {
      ...(entry.strategy_details ?? price.strategy_details),
      flat_fee: null,
    } as StrategyDetails;
    const own = { amount: entry.amount ?? price.amount, currency: price.currency, strategy_details: details };
    return { when, price: own, unitsPart: (used) => unitsPart(compilePrice(own), used) };
  };
  return [...price.by.map((entry) => part(entry.when, entry)), part(null, {})];
}

function overLimit(details: StrategyDetails): OverLimit | null {
  if (details.pricing_strategy !== "usage" || details.over_usage_price != null) return null;
  const { maximum_units: maximum, included_units: included, minimum_units: minimum } = details;
  if (maximum == null) return null;
  const scale = Math.max(...[maximum, included ?? "0", minimum ?? "0"].map(decimalPlaces));
  const most = toScaledBigint(maximum, scale);
  if (toScaledBigint(minimum ?? "0", scale) > most) return { above: -1n, scale };
  return { above: most + toScaledBigint(included ?? "0", scale), scale };
}
