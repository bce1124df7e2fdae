import type { PercentageDetails } from "../contract/price.ts";
import { fail, issue } from "../error.ts";
import { decimalPlaces, powerOfTen, toScaledBigint } from "../money/integer.ts";
import type { Ratio } from "../money/ratio.ts";
import type { UsedEvent, UsedQuantity } from "../usage/quantity.ts";
import { type Curve, evaluateExact } from "./curve.ts";

/** The decimals that a percentage price's amounts per event need. */
export function perEventPlaces(details: PercentageDetails): number {
  const { fixed_fee_per_event: fee, minimum_per_event: minimum, maximum_per_event: maximum } = details;
  return Math.max(decimalPlaces(fee ?? "0"), decimalPlaces(minimum ?? "0"), decimalPlaces(maximum ?? "0"));
}

/**
 * The charge of the money moved: the curve of the rate, evaluated event by event where they are known.
 *
 * @rule R6
 * @throws NEEDS_EVENTS when allowances or limits per event meet a sum, or a fixed fee meets a sum without a count;
 * OUT_OF_RANGE when an event's amount is negative.
 */
export function percentageOf(details: PercentageDetails, curve: Curve<bigint>, used: UsedQuantity): Ratio {
  const numerator =
    used.events === null ? ofSum(details, curve, used) : ofEvents(details, curve, used.events);
  return { numerator, denominator: powerOfTen(curve.amountScale) };
}

function ofSum(details: PercentageDetails, curve: Curve<bigint>, used: UsedQuantity): bigint {
  const count = used.event_count ?? (used.units === "0" ? 0 : null);
  const dependsOnEvents =
    hasAllowance(details) || details.minimum_per_event != null || details.maximum_per_event != null;
  const fee = toScaledBigint(details.fixed_fee_per_event ?? "0", curve.amountScale);
  if (dependsOnEvents ? count !== 0 : count === null && fee !== 0n) {
    const allowed = dependsOnEvents ? "{ events: [...] }" : "{ units, event_count } or { events: [...] }";
    const problem = "this price depends on the events, not on their sum";
    fail(issue("NEEDS_EVENTS", "R6", ["quantity"], problem, used.units, allowed));
  }
  const rated = evaluateExact(curve, toScaledBigint(used.units, curve.unitScale));
  return rated + fee * BigInt(count ?? 0);
}

function hasAllowance(details: PercentageDetails): boolean {
  return (details.free_events ?? 0) > 0 || Number(details.free_amount ?? "0") > 0;
}

function ofEvents(details: PercentageDetails, curve: Curve<bigint>, events: readonly UsedEvent[]): bigint {
  for (const [index, { units, position }] of events.entries()) {
    if (!units.startsWith("-")) continue;
    const path = ["quantity", "events", position ?? index, "amount"];
    fail(issue("OUT_OF_RANGE", "R6", path, "the amount of an event is negative", units, "an amount from 0"));
  }
  const inAmounts = (text: string): bigint => toScaledBigint(text, curve.amountScale);
  const fee = inAmounts(details.fixed_fee_per_event ?? "0");
  const minimum = inAmounts(details.minimum_per_event ?? "0");
  const maximum = details.maximum_per_event == null ? null : inAmounts(details.maximum_per_event);

  // Where only one of the two allowances is given, the other never runs out.
  let covering = hasAllowance(details);
  const freeEvents = details.free_events || Number.POSITIVE_INFINITY;
  let remaining: bigint | null = toScaledBigint(details.free_amount ?? "0", curve.unitScale);
  if (remaining === 0n) remaining = null;
  let sum = 0n;
  for (const [index, { units }] of events.entries()) {
    let moved = toScaledBigint(units, curve.unitScale);
    covering = covering && index < freeEvents && remaining !== 0n;
    if (covering) {
      if (remaining === null) continue;
      const covered: bigint = moved < remaining ? moved : remaining;
      remaining -= covered;
      moved -= covered;
      if (moved === 0n) continue;
    }
    const charge = evaluateExact(curve, moved) + fee;
    const raised = charge < minimum ? minimum : charge;
    sum += maximum !== null && raised > maximum ? maximum : raised;
  }
  return sum;
}
