import type { PercentageDetails, Price, StrategyDetails, Tier, UsageDetails } from "../index.ts";
import { printedName } from "./plain-text.ts";

const MOST_TIERS = 8;

/** The terms of a price in words, so that its charge can be followed by hand. */
export function priceTerms({ amount, strategy_details: details, ...price }: Price): string {
  const parts = details.pricing_strategy === "flat" ? [amount] : [...strategyTerms(details, amount)];
  const others = price.by?.length ?? 0;
  if (others > 0) parts.push(`${others} other ${others === 1 ? "price" : "prices"} by properties of events`);
  if (isCharged(price.minimum_charge)) parts.push(`in all at least ${price.minimum_charge}`);
  if (price.maximum_charge != null) parts.push(`in all at most ${price.maximum_charge}`);
  if (price.free_cycles) parts.push(`${firstOf(price.free_cycles, "full cycle")} free`);
  return parts.join("; ");
}

function* strategyTerms(
  details: Exclude<StrategyDetails, { pricing_strategy: "flat" }>,
  amount: string,
): Generator<string> {
  const unit = printedName(details.unit_name ?? "unit");
  if (isCharged(details.flat_fee)) yield `${details.flat_fee} flat fee`;
  if (details.pricing_strategy === "usage" || details.pricing_strategy === "usage_tiered") {
    const { included_units: included, minimum_units: minimum } = details;
    if (isCharged(included)) yield `${included} ${unit} included`;
    if (isCharged(minimum)) yield `at least ${minimum} ${unit} charged`;
  }
  switch (details.pricing_strategy) {
    case "per_unit":
      yield `${amount} per ${unit}`;
      break;
    case "usage":
      yield `${amount} per ${batchText(details, unit)}${overUsageText(details)}`;
      break;
    case "percentage":
      yield* percentageTerms(details);
      break;
    default:
      yield `${details.tier_mode ?? "graduated"} tiers per ${batchText(details, unit)}: ${tiersText(details.tiers)}`;
  }
}

function batchText(
  { batch_size: size, batch_rounding: rounding }: Pick<UsageDetails, "batch_size" | "batch_rounding">,
  unit: string,
): string {
  if (size == null) return unit;
  if (rounding === "none") return `${size} ${unit} in proportion`;
  return `${rounding === "down" ? "full" : "started"} ${size} ${unit}`;
}

function overUsageText({
  maximum_units: maximum,
  over_usage_price: over,
  over_usage_charge_strategy: strategy,
}: UsageDetails): string {
  if (maximum == null || over == null) return "";
  return ` up to ${maximum}, ${strategy === "all_usage_overcharge" ? `else ${over} for all` : `${over} above`}`;
}

function tiersText(tiers: readonly Tier[]): string {
  const texts = tiers.map(({ up_to, unit_price, flat_fee }) => {
    const fee = isCharged(flat_fee) ? ` (+ ${flat_fee})` : "";
    return `${unit_price}${fee} ${up_to === null ? "above" : `up to ${up_to}`}`;
  });
  if (texts.length > MOST_TIERS) texts.splice(MOST_TIERS - 2, texts.length - MOST_TIERS + 1, "...");
  return texts.join(", ");
}

function* percentageTerms({ rate, ...details }: PercentageDetails): Generator<string> {
  const { fixed_fee_per_event: fee, minimum_per_event: minimum, maximum_per_event: maximum } = details;
  yield `${rate} %${isCharged(fee) ? ` + ${fee} per event` : ""}`;
  if (details.free_events) yield `${firstOf(details.free_events, "event")} free`;
  if (isCharged(details.free_amount)) yield `first ${details.free_amount} free`;
  if (isCharged(minimum)) yield `at least ${minimum} per event`;
  if (maximum != null) yield `at most ${maximum} per event`;
}

function firstOf(count: number, noun: string): string {
  return count === 1 ? `first ${noun}` : `first ${count} ${noun}s`;
}

function isCharged(amount: string | null | undefined): amount is string {
  return amount != null && /[1-9]/.test(amount);
}
