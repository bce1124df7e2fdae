import type { StrategyDetails } from "../contract/price.ts";
import { decimalPlaces, powerOfTen, toScaledBigint } from "../money/integer.ts";

/** The used units, over 10^scale, above which usage without an over-usage price is over the limit. */
export interface OverLimit {
  readonly above: bigint;
  readonly scale: number;
}

/** The limit of a price; null where it has none, or usage above it has a price of its own. */
export function overLimitOf(details: StrategyDetails): OverLimit | null {
  if (details.pricing_strategy !== "usage" || details.over_usage_price != null) return null;
  const { maximum_units: maximum, included_units: included, minimum_units: minimum } = details;
  if (maximum == null) return null;
  const scale = Math.max(...[maximum, included ?? "0", minimum ?? "0"].map(decimalPlaces));
  const most = toScaledBigint(maximum, scale);
  if (toScaledBigint(minimum ?? "0", scale) > most) return { above: -1n, scale };
  return { above: most + toScaledBigint(included ?? "0", scale), scale };
}

/** Whether used units are above the limit. */
export function isOverLimit({ above, scale }: OverLimit, units: string): boolean {
  const finer = Math.max(scale, decimalPlaces(units));
  return toScaledBigint(units, finer) > above * powerOfTen(finer - scale);
}
