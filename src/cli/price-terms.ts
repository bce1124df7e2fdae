import type { Price, StrategyDetails, Tier } from "../index.ts";
import { printedName } from "./plain-text.ts";

const MOST_TIERS = 8;

/** The terms of a price in words, so that its charge can be followed by hand. */
export function priceTerms({ amount, strategy_details: details, ...price }: Price): string {
  const parts = [...strategyTerms(details, amount)];
  if (price.by != null) parts.push(`other prices for ${price.by.length} kinds of usage`);
  if (isCharged(price.minimum_charge)) parts.push(`at least ${price.minimum_charge}`);
  if (price.maximum_charge != null) parts.push(`at most ${price.maximum_charge}`);
  const { free_cycles } = price;
  if (free_cycles) parts.push(free_cycles === 1 ? "first cycle free" : `first ${free_cycles} cycles free`);
  return parts.join("; ");
}

function* strategyTerms(details: StrategyDetails, amount: string): Generator<string> {
  if (details.pricing_strategy === "flat") {
    yield amount;
    return;
  }
  if (isCharged(details.flat_fee)) yield `${details.flat_fee} flat fee`;
  const unit = printedName(details.unit_name ?? "unit");
  if ("included_units" in details && isCharged(details.included_units)) {
    yield `${details.included_units} ${unit} included`;
  }
  if (
    details.pricing_strategy !== "per_unit" &&
    "minimum_units" in details &&
    isCharged(details.minimum_units)
  ) {
    yield `at least ${details.minimum_units} ${unit} charged`;
  }
  const each = batchText(details, unit);
  switch (details.pricing_strategy) {
    case "per_unit":
      yield `${amount} per ${unit}`;
      break;
    case "usage": {
      yield `${amount} per ${each}`;
      const { maximum_units: maximum, over_usage_price: over } = details;
      const parts = details.over_usage_charge_strategy === "all_usage_overcharge" ? "all of it" : "the rest";
      if (maximum != null && over != null) yield `above ${maximum} ${unit} ${parts} at ${over}`;
      break;
    }
    case "percentage":
      yield* percentageTerms(details);
      break;
    default:
      yield `${details.tier_mode ?? "graduated"} tiers per ${each}: ${tierTexts(details.tiers).join(", ")}`;
  }
}

function batchText(details: StrategyDetails, unit: string): string {
  if (!("batch_size" in details) || details.batch_size == null) return unit;
  const { batch_size: size, batch_rounding: rounding } = details;
  if (rounding === "none") return `${size} ${unit}, in proportion`;
  return `${rounding === "down" ? "full" : "started"} ${size} ${unit}`;
}

function tierTexts(tiers: readonly Tier[]): string[] {
  const texts = tiers.map(({ up_to, unit_price, flat_fee }) => {
    const fee = isCharged(flat_fee) ? ` (+ ${flat_fee})` : "";
    return `${unit_price}${fee} ${up_to === null ? "above" : `up to ${up_to}`}`;
  });
  if (texts.length <= MOST_TIERS) return texts;
  return [...texts.slice(0, MOST_TIERS - 2), "...", ...texts.slice(-1)];
}

function* percentageTerms(
  details: Extract<StrategyDetails, { pricing_strategy: "percentage" }>,
): Generator<string> {
  const { fixed_fee_per_event: fee, minimum_per_event: minimum, maximum_per_event: maximum } = details;
  yield `${details.rate} %${isCharged(fee) ? ` + ${fee} per event` : ""}`;
  if (details.free_events) yield `first ${details.free_events} events free`;
  if (isCharged(details.free_amount)) yield `first ${details.free_amount} free`;
  if (isCharged(minimum)) yield `at least ${minimum} per event`;
  if (maximum != null) yield `at most ${maximum} per event`;
}

function isCharged(amount: string | null | undefined): amount is string {
  return amount != null && amount !== "0";
}
