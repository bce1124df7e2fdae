import type { Price } from "../contract/price.ts";
import { decimalPlaces, fromScaled, toScaledBigint } from "../money/integer.ts";
import type { CurveSource } from "./curve.ts";

/**
 * Every strategy as tiers over one quantity: the one place that tells strategies apart.
 *
 * @rule R5
 */
export function curveSource(price: Price): CurveSource {
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
