import type { Price } from "../contract/price.ts";
import { decimalPlaces } from "../money/integer.ts";
import { type Arithmetic, buildCurve, type Curve, type CurveSource } from "./curve.ts";
import { perEventPlaces } from "./percentage.ts";

/** A price in one number type: its curve, and flat fee and limits as integers over the curve's denominator. */
export interface PriceNumbers<N extends number | bigint> {
  readonly curve: Curve<N>;
  readonly flatFee: N;
  readonly minimum: N | null;
  readonly maximum: N | null;
  /** 10^amountScale * divisor: what all amounts are over. */
  readonly denominator: N;
  /** denominator / 10^digits: what an amount is divided by to be in minor units. */
  readonly minorDivisor: N;
}

/**
 * A price in the numbers of one arithmetic, over one denominator.
 *
 * @param digits the decimals of the currency.
 * @param unitScale the decimals of quantities.
 */
export function priceNumbers<N extends number | bigint>(
  price: Price,
  source: CurveSource,
  digits: number,
  unitScale: number,
  arithmetic: Arithmetic<N>,
): PriceNumbers<N> {
  const { strategy_details: details, minimum_charge: minimum, maximum_charge: maximum } = price;
  const flatFee = "flat_fee" in details ? details.flat_fee : null;
  let amountScale = digits;
  for (const text of [flatFee, minimum, maximum]) {
    if (text != null) amountScale = Math.max(amountScale, decimalPlaces(text));
  }
  if (details.pricing_strategy === "percentage") amountScale = Math.max(amountScale, perEventPlaces(details));
  const curve = buildCurve(source, unitScale, amountScale, arithmetic);
  const { parse, powerOfTen, of, multiply } = arithmetic;
  const divisor = of(curve.divisor);
  const inAmounts = (text: string): N => multiply(parse(text, curve.amountScale), divisor);
  return {
    curve,
    flatFee: flatFee == null ? of(0n) : inAmounts(flatFee),
    minimum: minimum == null ? null : inAmounts(minimum),
    maximum: maximum == null ? null : inAmounts(maximum),
    denominator: multiply(powerOfTen(curve.amountScale), divisor),
    minorDivisor: multiply(powerOfTen(curve.amountScale - digits), divisor),
  };
}
