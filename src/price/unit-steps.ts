import type { BatchRounding, MatrixEntry, PercentageDetails, Price, Tier } from "../contract/price.ts";
import {
  addRatios,
  compareRatios,
  multiplyRatios,
  type Ratio,
  ratioAmount,
  ratioOf,
  subtractRatios,
  ZERO_RATIO,
} from "../money/ratio.ts";
import { divideRounded } from "../money/rounding.ts";
import type { UsedEvent, UsedQuantity } from "../usage/quantity.ts";
import { compilePrice } from "./compile-price.ts";
import { splitByProperties } from "./matrix.ts";

/** What a step of an explanation does. */
export type StepKind =
  | "included_units"
  | "minimum_units"
  | "batch"
  | "tier"
  | "tier_flat_fee"
  | "unit_price"
  | "over_usage"
  | "amount"
  | "percentage"
  | "fixed_fee"
  | "event"
  | "minimum_per_event"
  | "maximum_per_event"
  | "matrix"
  | "flat_fee"
  | "minimum_charge"
  | "maximum_charge"
  | "proration"
  | "waiver"
  | "rounding"
  | "flat_fee_line"
  | "charged"
  | "discount"
  | "tax";

/** What a step works with, by name: decimal strings, counts and words. */
export interface StepOperands {
  readonly [name: string]: string | number | null | MatrixEntry["when"];
}

/** A step with its exact value, which is zero where it only changes the quantity. */
export interface DraftStep {
  readonly kind: StepKind;
  readonly operands: StepOperands;
  readonly value: Ratio;
}

/** A ratio as people read it: a decimal where it ends, else a fraction. */
export function ratioText(ratio: Ratio): string {
  const { exact, exact_ratio } = ratioAmount(ratio);
  return exact ?? `${exact_ratio.numerator}/${exact_ratio.denominator}`;
}

/**
 * The steps from a quantity to the units part of its charge, read off the price field by field: nothing compiled is
 * used, so that the steps are a second calculation of what the curve says.
 *
 * @rule X1 (units)
 */
export function unitSteps(price: Price, used: UsedQuantity): DraftStep[] {
  if (price.by != null && price.by.length > 0) {
    return splitByProperties(compilePrice(price).matrix, used).flatMap(({ part, used: share }) => [
      { kind: "matrix", operands: { when: part.when, units: share.units }, value: ZERO_RATIO },
      ...unitSteps(part.price, share),
    ]);
  }
  const { amount, strategy_details: details } = price;
  switch (details.pricing_strategy) {
    case "flat":
      return [{ kind: "amount", operands: { amount }, value: ratioOf(amount) }];
    case "per_unit":
      return priced("unit_price", ratioOf(used.units), amount, {});
    case "unit_tiered":
      return tierSteps(ratioOf(used.units), details);
    case "usage_tiered": {
      const { steps, units } = billableSteps(used.units, details);
      return [...steps, ...tierSteps(units, details)];
    }
    case "usage": {
      const { steps, units } = billableSteps(used.units, details);
      const { maximum_units: maximum, over_usage_price: overPrice } = details;
      const limit = maximum == null || overPrice == null ? null : ratioOf(maximum);
      if (limit === null || overPrice == null || compareRatios(units, limit) <= 0) {
        return [...steps, ...priced("unit_price", units, amount, details)];
      }
      if (details.over_usage_charge_strategy === "all_usage_overcharge") {
        return [...steps, ...priced("over_usage", units, overPrice, details)];
      }
      const beyond = subtractRatios(units, limit);
      return [
        ...steps,
        ...priced("unit_price", limit, amount, details),
        ...priced("over_usage", beyond, overPrice, details),
      ];
    }
    case "percentage":
      return used.events === null ? percentageSteps(details, used) : eventSteps(details, used.events);
  }
}

interface Billable {
  readonly included_units?: string | null;
  readonly minimum_units?: string | null;
}

/** Used units without the included ones, raised to the minimum. */
function billableSteps(used: string, { included_units: included, minimum_units: minimum }: Billable) {
  const steps: DraftStep[] = [];
  let units = ratioOf(used);
  if (included != null && compareRatios(ratioOf(included), ZERO_RATIO) > 0) {
    const beyond = subtractRatios(units, ratioOf(included));
    const left = compareRatios(beyond, ZERO_RATIO) < 0 ? ZERO_RATIO : beyond;
    const operands = { units: used, included_units: included, left: ratioText(left) };
    steps.push({ kind: "included_units", operands, value: ZERO_RATIO });
    units = left;
  }
  if (minimum != null && compareRatios(units, ratioOf(minimum)) < 0) {
    const operands = { units: ratioText(units), minimum_units: minimum };
    steps.push({ kind: "minimum_units", operands, value: ZERO_RATIO });
    units = ratioOf(minimum);
  }
  return { steps, units };
}

interface Batches {
  readonly batch_size?: string | null;
  readonly batch_rounding?: BatchRounding | null;
}

/** Units in batches, where the price is per batch, times the unit price. */
function priced(
  kind: StepKind,
  units: Ratio,
  unitPrice: string,
  { batch_size: size, batch_rounding: rounding }: Batches,
  context: StepOperands = {},
): DraftStep[] {
  if (size == null) {
    const operands = { ...context, units: ratioText(units), unit_price: unitPrice };
    return [{ kind, operands, value: multiplyRatios(units, ratioOf(unitPrice)) }];
  }
  const { numerator, denominator } = ratioOf(size);
  const exact = multiplyRatios(units, { numerator: denominator, denominator: numerator });
  const whole = (mode: "up" | "down"): Ratio => ({
    numerator: divideRounded(exact.numerator, exact.denominator, mode),
    denominator: 1n,
  });
  const batches = rounding === "none" ? exact : whole(rounding ?? "up");
  const counted = {
    ...context,
    units: ratioText(units),
    batch_size: size,
    batch_rounding: rounding ?? "up",
    batches: ratioText(batches),
  };
  const operands = { ...context, batches: ratioText(batches), unit_price: unitPrice };
  return [
    { kind: "batch", operands: counted, value: ZERO_RATIO },
    { kind, operands, value: multiplyRatios(batches, ratioOf(unitPrice)) },
  ];
}

interface Tiered extends Batches {
  readonly tiers: readonly Tier[];
  readonly tier_mode?: "graduated" | "volume" | null;
}

function tierSteps(units: Ratio, details: Tiered): DraftStep[] {
  const steps: DraftStep[] = [];
  let lower = ZERO_RATIO;
  for (const [index, { up_to, unit_price, flat_fee }] of details.tiers.entries()) {
    const upper = up_to === null || compareRatios(units, ratioOf(up_to)) <= 0 ? units : ratioOf(up_to);
    const isVolume = details.tier_mode === "volume";
    const isLast = upper === units;
    if (!isVolume || isLast) {
      const context = { tier: index + 1, from: ratioText(lower), up_to };
      const inTier = isVolume ? units : subtractRatios(upper, lower);
      steps.push(...priced("tier", inTier, unit_price, details, context));
      if (flat_fee != null) {
        steps.push({
          kind: "tier_flat_fee",
          operands: { tier: index + 1, flat_fee },
          value: ratioOf(flat_fee),
        });
      }
    }
    if (isLast) break;
    lower = upper;
  }
  return steps;
}

function percentOf(details: PercentageDetails, amount: Ratio): Ratio {
  return multiplyRatios(multiplyRatios(ratioOf(details.rate), amount), { numerator: 1n, denominator: 100n });
}

function percentageSteps(details: PercentageDetails, used: UsedQuantity): DraftStep[] {
  const { rate, fixed_fee_per_event: fee } = details;
  const value = percentOf(details, ratioOf(used.units));
  const steps: DraftStep[] = [{ kind: "percentage", operands: { amount: used.units, rate }, value }];
  const count = used.event_count ?? 0;
  if (fee != null && count > 0) {
    const fees = multiplyRatios({ numerator: BigInt(count), denominator: 1n }, ratioOf(fee));
    steps.push({ kind: "fixed_fee", operands: { events: count, fixed_fee_per_event: fee }, value: fees });
  }
  return steps;
}

function eventSteps(details: PercentageDetails, events: readonly UsedEvent[]): DraftStep[] {
  const { rate, fixed_fee_per_event: fee, free_events, free_amount } = details;
  const { minimum_per_event: minimum, maximum_per_event: maximum } = details;
  const least = minimum == null ? null : ratioOf(minimum);
  const most = maximum == null ? null : ratioOf(maximum);
  const steps: DraftStep[] = [];
  let freeEvents = free_events || null;
  let freeAmount =
    compareRatios(ratioOf(free_amount ?? "0"), ZERO_RATIO) > 0 ? ratioOf(free_amount ?? "0") : null;
  let covers = freeEvents !== null || freeAmount !== null;
  for (const [index, event] of events.entries()) {
    const amount = ratioOf(event.units);
    covers = covers && freeEvents !== 0 && (freeAmount === null || freeAmount.numerator > 0n);
    const covered = !covers ? ZERO_RATIO : freeAmount === null ? amount : lesser(amount, freeAmount);
    if (covers && freeEvents !== null) freeEvents -= 1;
    if (covers && freeAmount !== null) freeAmount = subtractRatios(freeAmount, covered);
    const rest = subtractRatios(amount, covered);
    const isFree = covers && rest.numerator === 0n;
    const value = isFree ? ZERO_RATIO : addRatios(percentOf(details, rest), ratioOf(fee ?? "0"));
    const context = { event: index + 1 };
    const operands = {
      ...context,
      amount: event.units,
      free: ratioText(covered),
      charged: ratioText(rest),
      rate,
      fixed_fee: fee ?? "0",
    };
    steps.push({ kind: "event", operands, value });
    if (!isFree) steps.push(...limitSteps(value, least, most, "per_event", context));
  }
  return steps;
}

function lesser(a: Ratio, b: Ratio): Ratio {
  return compareRatios(a, b) < 0 ? a : b;
}

/** The steps that raise a charge to its minimum and then lower it to its maximum, where they change it. */
export function limitSteps(
  charge: Ratio,
  minimum: Ratio | null,
  maximum: Ratio | null,
  of: "per_event" | "charge",
  context: StepOperands = {},
): DraftStep[] {
  const steps: DraftStep[] = [];
  let value = charge;
  if (minimum !== null && compareRatios(value, minimum) < 0) {
    const operands = { ...context, charge: ratioText(value), minimum: ratioText(minimum) };
    steps.push({ kind: `minimum_${of}`, operands, value: subtractRatios(minimum, value) });
    value = minimum;
  }
  if (maximum !== null && compareRatios(value, maximum) > 0) {
    const operands = { ...context, charge: ratioText(value), maximum: ratioText(maximum) };
    steps.push({ kind: `maximum_${of}`, operands, value: subtractRatios(maximum, value) });
  }
  return steps;
}
