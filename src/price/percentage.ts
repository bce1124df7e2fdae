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
export function percentageOf(details: PercentageDetails, curve: Curve, used: UsedQuantity): Ratio {
  return used.events === null ? ofSum(details, curve, used) : ofEvents(details, curve, used.events);
}

function ofSum(details: PercentageDetails, curve: Curve, used: UsedQuantity): Ratio {
  const count = used.event_count ?? (used.units === "0" ? 0 : null);
  const dependsOnEvents =
    hasAllowance(details) || details.minimum_per_event != null || details.maximum_per_event != null;
  const fee = details.fixed_fee_per_event ?? "0";
  if (dependsOnEvents ? count !== 0 : count === null && Number(fee) !== 0) {
    const allowed = dependsOnEvents ? "{ events: [...] }" : "{ units, event_count } or { events: [...] }";
    const problem = "this price depends on the events, not on their sum";
    fail(issue("NEEDS_EVENTS", "R6", ["quantity"], problem, used.units, allowed));
  }
  const scale = decimalPlaces(used.units);
  const refinement = powerOfTen(scale);
  const rated = evaluateExact(curve.exact, toScaledBigint(used.units, scale), refinement, true);
  const fees = toScaledBigint(fee, curve.amountScale) * refinement * BigInt(count ?? 0);
  return { numerator: rated + fees, denominator: powerOfTen(curve.amountScale + scale) };
}

function hasAllowance(details: PercentageDetails): boolean {
  return (details.free_events ?? 0) > 0 || Number(details.free_amount ?? "0") > 0;
}

function ofEvents(details: PercentageDetails, curve: Curve, events: readonly UsedEvent[]): Ratio {
  let scale = decimalPlaces(details.free_amount ?? "0");
  for (const [index, event] of events.entries()) {
    scale = Math.max(scale, decimalPlaces(event.units));
    if (!event.units.startsWith("-")) continue;
    const path = ["quantity", "events", index, "amount"];
    fail(
      issue(
        "OUT_OF_RANGE",
        "R6",
        path,
        "the amount of an event is negative",
        event.units,
        "an amount from 0",
      ),
    );
  }
  const refinement = powerOfTen(scale);
  const inAmounts = (text: string): bigint => toScaledBigint(text, curve.amountScale) * refinement;
  const fee = inAmounts(details.fixed_fee_per_event ?? "0");
  const minimum = inAmounts(details.minimum_per_event ?? "0");
  const maximum = details.maximum_per_event == null ? null : inAmounts(details.maximum_per_event);

  // Where only one of the two allowances is given, the other never runs out.
  const allowance = hasAllowance(details);
  const freeEvents = allowance ? details.free_events || Number.POSITIVE_INFINITY : 0;
  const freeAmount = toScaledBigint(details.free_amount ?? "0", scale);
  let remaining = freeAmount > 0n ? freeAmount : null;
  let covering = allowance;
  let numerator = 0n;
  for (const [index, event] of events.entries()) {
    let moved = toScaledBigint(event.units, scale);
    covering = covering && index < freeEvents && remaining !== 0n;
    if (covering) {
      if (remaining === null) continue;
      const covered = moved < remaining ? moved : remaining;
      remaining -= covered;
      moved -= covered;
      if (moved === 0n) continue;
    }
    const charge = evaluateExact(curve.exact, moved, refinement, true) + fee;
    const raised = charge < minimum ? minimum : charge;
    numerator += maximum !== null && raised > maximum ? maximum : raised;
  }
  return { numerator, denominator: powerOfTen(curve.amountScale + scale) };
}
