import type { StrategyDetails, Tier } from "../../src/contract/price.ts";
import {
  ceilingOf,
  type Fraction,
  floorOf,
  fraction,
  isLess,
  least,
  minus,
  most,
  over,
  plus,
  times,
  ZERO,
} from "./fraction.ts";

/** A price as the reference takes it: the document's own words, nothing parsed. */
export interface NaivePrice {
  readonly amount: string;
  readonly strategy_details: StrategyDetails;
  readonly minimum_charge?: string | null;
  readonly maximum_charge?: string | null;
}

/** R1 to R5 read out step by step, on fractions, with nothing compiled or shared. */
export function naiveCharge(price: NaivePrice, units: string): Fraction {
  const details = price.strategy_details;
  let charge = plus(
    fraction(("flat_fee" in details ? details.flat_fee : null) ?? "0"),
    unitsPart(price, units),
  );
  if (price.minimum_charge != null) charge = most(charge, fraction(price.minimum_charge));
  if (price.maximum_charge != null) charge = least(charge, fraction(price.maximum_charge));
  return charge;
}

function unitsPart({ amount, strategy_details: details }: NaivePrice, units: string): Fraction {
  switch (details.pricing_strategy) {
    case "flat":
      return fraction(amount);
    case "per_unit":
      return times(fraction(units), fraction(amount));
    case "unit_tiered":
      return tiered(fraction(units), details.tiers, details.tier_mode, batcher(details));
    case "usage_tiered":
      return tiered(billable(units, details), details.tiers, details.tier_mode, batcher(details));
    case "usage": {
      const billed = billable(units, details);
      const batches = batcher(details);
      const { maximum_units: maximum, over_usage_price: overPrice } = details;
      const isOver = maximum != null && overPrice != null && isLess(fraction(maximum), billed);
      if (!isOver) return times(batches(billed), fraction(amount));
      if (details.over_usage_charge_strategy === "all_usage_overcharge") {
        return times(batches(billed), fraction(overPrice));
      }
      const first = times(batches(fraction(maximum)), fraction(amount));
      return plus(first, times(batches(minus(billed, fraction(maximum))), fraction(overPrice)));
    }
    case "percentage":
      return over(times(fraction(units), fraction(details.rate)), fraction(100));
  }
}

function billable(
  units: string,
  details: { readonly included_units?: string | null; readonly minimum_units?: string | null },
): Fraction {
  const beyond = most(ZERO, minus(fraction(units), fraction(details.included_units ?? "0")));
  return most(beyond, fraction(details.minimum_units ?? "0"));
}

function batcher(details: {
  readonly batch_size?: string | null;
  readonly batch_rounding?: string | null;
}): (units: Fraction) => Fraction {
  if (details.batch_size == null) return (units) => units;
  const size = fraction(details.batch_size);
  return (units) => {
    const batches = over(units, size);
    if (details.batch_rounding === "none") return batches;
    return fraction(details.batch_rounding === "down" ? floorOf(batches) : ceilingOf(batches));
  };
}

function tiered(
  units: Fraction,
  tiers: readonly Tier[],
  mode: string | null | undefined,
  batches: (units: Fraction) => Fraction,
): Fraction {
  let sum = ZERO;
  let lower = ZERO;
  for (const { up_to, unit_price, flat_fee } of tiers) {
    const isReached = lower.n === 0n || isLess(lower, units);
    const isLast = up_to === null || !isLess(fraction(up_to), units);
    const fee = fraction(flat_fee ?? "0");
    if (mode === "volume") {
      if (isReached && isLast) return plus(fee, times(batches(units), fraction(unit_price)));
    } else if (isReached) {
      const upper = up_to === null ? units : least(units, fraction(up_to));
      sum = plus(sum, plus(fee, times(batches(minus(upper, lower)), fraction(unit_price))));
    }
    if (up_to !== null) lower = fraction(up_to);
  }
  return sum;
}
