import { assertParsed } from "../contract/brand.ts";
import type { Contract } from "../contract/contract.ts";
import { OWN_CYCLES, type OwnCycle } from "../contract/cycle.ts";
import { featureId } from "../contract/group-rules.ts";
import type { Plan } from "../contract/plan.ts";
import type { Schedule } from "../contract/schedule.ts";
import { fail, issue } from "../error.ts";
import { type InstantLike, toEpochMs } from "../time/instant.ts";
import { type BillingPeriod, madePeriod, madePeriodAt, refusePeriod, samePeriod } from "./billing-period.ts";
import { ownTimelineOf } from "./own-cycle.ts";
import { boundedRange, type PeriodRange, walkedPeriods } from "./period-range.ts";
import { type PeriodMs, type Timeline, timelineOf } from "./timeline.ts";

/**
 * The period that a feature's usage belongs to at an instant: of its own cycle if it has one, else of the contract.
 * Null where there is none; own cycles begin after the trial.
 *
 * @rule U5
 * @param slug a feature's slug, the plan's, or a group's id; a feature charged with its group has the group's cycle.
 * @throws NOT_PARSED when the contract didn't come through the gate; UNKNOWN_SLUG when nothing is called that;
 * INVALID_INSTANT when `at` is no instant.
 * @example
 * import { featurePeriodAt, parseContract } from "pure-billing";
 *
 * const flat = { amount: "9", strategy_details: { pricing_strategy: "flat" } };
 * const contract = parseContract({
 *   contract_summary: { cycle: "year", currency: "eur", activation: "2026-03-15T00:00:00Z" },
 *   plan: { features: [{ slug: "calls", charge_trigger: "month", price: flat }] },
 * });
 * featurePeriodAt(contract, "calls", "2026-12-24T00:00:00Z").start; //=> "2026-12-15T00:00:00Z"
 */
export function featurePeriodAt(contract: Contract, slug: string, at: InstantLike): BillingPeriod | null {
  return madePeriodAt(featureTimeline(contract, slug), toEpochMs(at, "at"));
}

/**
 * The periods of a feature's usage that touch a stretch of time, or a number of them from an instant on.
 *
 * @rule P13 (periods)
 * @param slug a feature's slug, the plan's, or a group's id.
 * @throws NOT_PARSED when the contract didn't come through the gate; UNKNOWN_SLUG when nothing is called that; and as
 * `billingPeriods` does.
 * @example
 * import { featurePeriods, parseContract } from "pure-billing";
 *
 * const flat = { amount: "9", strategy_details: { pricing_strategy: "flat" } };
 * const contract = parseContract({
 *   contract_summary: { cycle: "year", cycle_start_offset: 0, currency: "eur", activation: "2026-03-15T00:00:00Z" },
 *   plan: { features: [{ slug: "calls", charge_trigger: "quarter", price: flat }] },
 * });
 * const periods = featurePeriods(contract, "calls", { from: "2026-01-01T00:00:00Z", to: "2026-05-01T00:00:00Z" });
 * periods.map((period) => [period.start, period.stub]);
 * //=> [["2026-03-15T00:00:00Z", true], ["2026-04-01T00:00:00Z", false]]
 */
export function featurePeriods(contract: Contract, slug: string, range: PeriodRange): BillingPeriod[] {
  const timeline = featureTimeline(contract, slug);
  return walkedPeriods(timeline, boundedRange(timeline, range), madePeriod);
}

/**
 * The period in epoch milliseconds that a caller's period is: of the contract, or of the own cycle of one of its
 * features.
 *
 * @throws UNKNOWN_PERIOD when it is none of them.
 */
export function requireAnyPeriod(schedule: Schedule, period: BillingPeriod): PeriodMs {
  const timeline = timelineOf(schedule);
  const billed = samePeriod(timeline, period);
  if (billed !== null) return billed;
  const { charge_trigger, features, groups }: Partial<Plan> = schedule.plan ?? {};
  const triggers = new Set([
    charge_trigger,
    ...[...(features ?? []), ...(groups ?? [])].map((each) => each.charge_trigger),
  ]);
  for (const unit of OWN_CYCLES) {
    const own = triggers.has(unit) ? samePeriod(ownTimelineOf(timeline, unit), period) : null;
    if (own !== null) return own;
  }
  refusePeriod(period);
}

/** The timeline of the usage of what a slug names. */
export function featureTimeline(contract: Contract, slug: string): Timeline {
  assertParsed(contract, "contract", "contract");
  const timeline = timelineOf(contract);
  const unit = ownCycleOf(contract, slug);
  return unit === null ? timeline : ownTimelineOf(timeline, unit);
}

/** The own cycle of what a slug names; null where it has the contract's. */
function ownCycleOf({ contract_summary, plan }: Contract, slug: string): OwnCycle | null {
  const strategy = contract_summary.strategy ?? plan.strategy;
  const groups = plan.groups ?? [];
  const feature = plan.features?.find((each) => each.slug === slug);
  const isGrouped = strategy === "group";
  const group = groups.find((each) =>
    feature === undefined
      ? each.id === slug
      : isGrouped && each.feature_ids.some((id) => id === featureId(feature)),
  );
  const isPlan = slug === (plan.slug ?? (strategy === "plan" ? "plan" : null));
  // Where the plan's own price is charged, a feature of the same slug isn't.
  const named = isPlan && strategy === "plan" ? plan : (group ?? feature ?? (isPlan ? plan : undefined));
  if (named === undefined) {
    fail(
      issue(
        "UNKNOWN_SLUG",
        "U5",
        ["slug"],
        "the contract has no such feature",
        slug,
        "a feature's slug, the plan's, or a group's id",
      ),
    );
  }
  return OWN_CYCLES.find((unit) => unit === named.charge_trigger) ?? null;
}
