import type { MatrixEntry, Price, StrategyDetails } from "../contract/price.ts";
import { minorUnitDigits } from "../money/currency.ts";
import { decimalPlaces, fromScaled, powerOfTen, toScaledBigint } from "../money/integer.ts";
import type { Ratio } from "../money/ratio.ts";
import { quantityText, type UsedQuantity } from "../usage/quantity.ts";
import {
  type Arithmetic,
  buildCurve,
  type Curve,
  type CurveSource,
  EXACT,
  evaluateExact,
  isExact,
  PLAIN,
  unitPlaces,
} from "./curve.ts";
import { type MatrixPart, matrixOf } from "./matrix.ts";
import { percentageOf, perEventPlaces } from "./percentage.ts";

/** A price in one number type: its curve, and flat fee and limits as integers over the curve's denominator. */
export interface PriceNumbers<N extends number | bigint> {
  readonly curve: Curve<N>;
  readonly flatFee: N;
  readonly minimum: N;
  /** null: no maximum. */
  readonly maximum: N | null;
  /** 10^amountScale * divisor: what all amounts are over. */
  readonly denominator: N;
  /** denominator / 10^digits: what an amount is divided by to be in minor units. */
  readonly minorDivisor: N;
}

/** The used units, over 10^scale, above which usage without an over-usage price is over the limit. */
export interface OverLimit {
  readonly above: bigint;
  readonly scale: number;
}

/** A price made ready for evaluation: compiled once per frozen price, on first use. */
export interface CompiledPrice {
  /** Where all of it is below 2^53, and the price is one curve over one quantity. */
  readonly plain: PriceNumbers<number> | null;
  /** For everything else; its quantities have all the decimals that there can be. Compiled when it is first needed. */
  readonly exact: () => PriceNumbers<bigint>;
  /** The parts of a matrix price (R7), the price itself last; none for others. */
  readonly matrix: readonly MatrixPart[];
  /** Whether the price depends on the events (R6, R7), and so is no function of one quantity. */
  readonly isSum: boolean;
  /** Decimals of the currency. */
  readonly digits: number;
  readonly hasFlatFee: boolean;
  /** Fixed prices are charged at the start of their period and prorated whole; metered ones by what was used. */
  readonly isFixed: boolean;
  /** The quantity of a fixed price; null for `flat` and metered prices. */
  readonly contractedUnits: string | null;
  readonly overLimit: OverLimit | null;
}

const MOST_UNIT_PLACES = 12;

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
  const source = curveSource(price);
  const matrix = matrixParts(price);
  const isSum = matrix.length > 0 || details.pricing_strategy === "percentage";
  const plain = isSum ? null : numbersOf(price, source, digits, unitPlaces(source), PLAIN);
  let exact: PriceNumbers<bigint> | undefined;
  return {
    plain: plain !== null && isExactPrice(plain) ? plain : null,
    exact: () => {
      exact ??= numbersOf(price, source, digits, MOST_UNIT_PLACES, EXACT);
      return exact;
    },
    matrix,
    isSum,
    digits,
    hasFlatFee: "flat_fee" in details && Number(details.flat_fee ?? 0) > 0,
    isFixed: "contracted_unit_count" in details || details.pricing_strategy === "flat",
    contractedUnits:
      "contracted_unit_count" in details
        ? quantityText(details.contracted_unit_count, ["contracted_unit_count"])
        : null,
    overLimit: overLimit(details),
  };
}

function numbersOf<N extends number | bigint>(
  price: Price,
  source: CurveSource,
  digits: number,
  unitScale: number,
  arithmetic: Arithmetic<N>,
): PriceNumbers<N> {
  const details = price.strategy_details;
  const flatFee = ("flat_fee" in details ? details.flat_fee : null) ?? "0";
  const minimum = price.minimum_charge ?? "0";
  const maximum = price.maximum_charge ?? "0";
  const amountScale = Math.max(
    digits,
    decimalPlaces(flatFee),
    decimalPlaces(minimum),
    decimalPlaces(maximum),
    details.pricing_strategy === "percentage" ? perEventPlaces(details) : 0,
  );
  const curve = buildCurve(source, unitScale, amountScale, arithmetic);
  const { parse, of, multiply } = arithmetic;
  const divisor = of(curve.divisor);
  const inAmounts = (text: string): N => multiply(parse(text, curve.amountScale), divisor);
  return {
    curve,
    flatFee: inAmounts(flatFee),
    minimum: inAmounts(minimum),
    maximum: price.maximum_charge == null ? null : inAmounts(maximum),
    denominator: multiply(of(powerOfTen(curve.amountScale)), divisor),
    minorDivisor: multiply(of(powerOfTen(curve.amountScale - digits)), divisor),
  };
}

function isExactPrice({ curve, flatFee, minimum, maximum, minorDivisor }: PriceNumbers<number>): boolean {
  return isExact(curve) && !Number.isNaN(flatFee + minimum + (maximum ?? 0) + minorDivisor);
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
      if (overPrice == null || maximum == null) {
        return { ...details, mode: "graduated", tiers: single(amount) };
      }
      const tiers = [{ up_to: maximum, unit_price: amount }, ...single(overPrice)];
      const all = details.over_usage_charge_strategy === "all_usage_overcharge";
      return { ...details, mode: all ? "volume" : "graduated", tiers };
    }
    case "percentage":
      return { mode: "graduated", tiers: single(percentText(details.rate)) };
  }
}

/** A rate in percent as a price per unit of money. */
function percentText(rate: string): string {
  const scale = decimalPlaces(rate);
  return fromScaled(toScaledBigint(rate, scale), scale + 2);
}

/** The unrounded units part of a price at a quantity: before flat fee, limits and proration. */
export function unitsPart(price: Price, used: UsedQuantity): Ratio {
  const { exact, matrix } = compilePrice(price);
  if (matrix.length > 0) return matrixOf(matrix, used);
  const { curve, denominator } = exact();
  const details = price.strategy_details;
  if (details.pricing_strategy === "percentage") return percentageOf(details, curve, used);
  return {
    numerator: evaluateExact(curve, toScaledBigint(used.units, curve.unitScale)),
    denominator,
  };
}

/** The parts of a matrix price: what an entry leaves out is the price's own. */
function matrixParts(price: Price): readonly MatrixPart[] {
  if (price.by == null || price.by.length === 0) return [];
  const part = (when: MatrixPart["when"], entry: Partial<MatrixEntry>): MatrixPart => {
    const details = { ...(entry.strategy_details ?? price.strategy_details), flat_fee: null };
    const own = { amount: entry.amount ?? price.amount, currency: price.currency, strategy_details: details };
    return { when, price: own as Price, unitsPart: (used) => unitsPart(own as Price, used) };
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
