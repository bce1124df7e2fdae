import { amendContract, type ContractChange, sharing } from "../contract/amend.ts";
import { completePlan } from "../contract/complete-plan.ts";
import type { Contract, ContractSummary } from "../contract/contract.ts";
import { COMPUTED } from "../contract/known-names.ts";
import { isObject, type JsonObject } from "../contract/read.ts";
import type { Continuation } from "../contract/schedule.ts";
import { outOfRange, ownOriginMs } from "../period/compile-timeline.ts";
import { type Timeline, timelineOf } from "../period/timeline.ts";
import { formatInstant, isInstantMs } from "../time/instant.ts";
import { addLocalDays } from "../time/local-days.ts";
import { termsIn, type UpgradeWords } from "./upgrade-request.ts";

/** What a successor doesn't have of the contract before it: what names that one, what it went through, its sums. */
const OF_THE_OLD = [...COMPUTED, "id", "created", "updated", "status", "is_pending", "moved_at", "continues"];
/** What a new plan has of its own, or not at all. */
const OF_THE_PLAN = [
  "strategy",
  "free_cycles",
  "discount_id",
  "plan",
  "plan_id",
  "plan_internal_name",
  "plan_external_name",
  "plan_slug",
  "pricing_id",
];
const TERMS_OF_THE_OLD = ["discount", "discounts", "feature_configuration", "unit_count_configuration"];

/**
 * The contract with the terms that a change makes of it, not yet placed in time.
 *
 * @rule M5 (terms)
 * @throws what is wrong with the terms, as `amendContract` does.
 */
export function changedTerms(contract: Contract, words: UpgradeWords): Contract {
  const isNewPlan = words.upgrade_strategy === "new_plan";
  const terms = termsIn(words);
  const plan = terms.plan === undefined ? {} : { plan: withoutUsedUnits(terms.plan) as object };
  return amendContract(carriedOver(contract, isNewPlan), {
    ...terms,
    ...plan,
    ...gridChange(contract, words),
  });
}

/** What goes on from a contract into its successor. */
function carriedOver(contract: Contract, isNewPlan: boolean): Contract {
  const { contract_summary: summary } = contract;
  const left = isNewPlan ? [...OF_THE_OLD, ...OF_THE_PLAN] : OF_THE_OLD;
  const parts: { [name: string]: unknown } = {
    contract_summary: Object.fromEntries(Object.entries(summary).filter(([name]) => !left.includes(name))),
  };
  for (const name of [...COMPUTED, "id", ...(isNewPlan ? TERMS_OF_THE_OLD : [])]) parts[name] = undefined;
  const plan = withoutUsedUnits(contract.plan);
  if (plan !== contract.plan) {
    completePlan(plan as JsonObject, summary.currency);
    parts["plan"] = plan;
  }
  return sharing(contract, parts);
}

/** What was used until now was used of the old contract; the same object where it says nothing of that. */
function withoutUsedUnits(value: unknown): unknown {
  if (Array.isArray(value)) {
    const entries = value.map(withoutUsedUnits);
    return entries.every((entry, index) => entry === value[index]) ? value : entries;
  }
  if (!isObject(value)) return value;
  const fields = Object.entries(value).filter(([name]) => name !== "used_unit_count");
  const kept = fields.map(([name, field]) => [name, withoutUsedUnits(field)] as const);
  const isSame =
    kept.length === Object.keys(value).length && kept.every(([name, field]) => field === value[name]);
  return isSame ? value : Object.fromEntries(kept);
}

function isGridKept(
  { contract_summary: { cycle, cycle_count: count } }: Contract,
  words: UpgradeWords,
): boolean {
  if (words.anchor !== undefined) return words.anchor === "keep";
  return (words.cycle ?? cycle) === cycle && (words.cycle_count ?? count ?? 1) === (count ?? 1);
}

/** A grid of its own is one of anniversaries; another cycle doesn't come with the old one's count. */
function gridChange(contract: Contract, words: UpgradeWords): ContractChange {
  const { cycle, cycle_anchor, cycle_count, cycle_start_offset, configuration } = contract.contract_summary;
  const isOtherCycle = words.cycle !== undefined && words.cycle !== cycle;
  const isCountLeft = isOtherCycle && words.cycle_count === undefined && cycle_count != null;
  const count = isCountLeft ? { cycle_count: null } : {};
  if (isGridKept(contract, words)) return count;
  return {
    ...count,
    ...(cycle_anchor != null && { cycle_anchor: null }),
    ...(cycle_start_offset != null && { cycle_start_offset: null }),
    ...(configuration?.cycle_alignment != null && {
      configuration: { ...configuration, cycle_alignment: null },
    }),
  };
}

/** The contract that takes over from another at an instant, with the terms that the change has made. */
export function successorAt(
  contract: Contract,
  terms: Contract,
  words: UpgradeWords,
  atMs: number,
): Contract {
  const timeline = timelineOf(contract);
  const trialEndMs = trialEnd(timeline, words, atMs);
  const continues = continuation(contract, words, atMs);
  return amendContract(terms, {
    activation: formatInstant(atMs),
    free_trial_end: trialEndMs === null ? null : formatInstant(trialEndMs),
    ...(continues !== null && { continues }),
  });
}

/** No trial is granted again but on request; that of a contract whose units change goes on. */
function trialEnd(timeline: Timeline, words: UpgradeWords, atMs: number): number | null {
  const { free_trial_days: days, upgrade_strategy: strategy } = words;
  if (days !== undefined) {
    const endMs = addLocalDays(timeline.zone, atMs, days);
    if (!isInstantMs(endMs)) outOfRange("the free trial", days);
    return days === 0 ? null : endMs;
  }
  const { trialEndMs } = timeline;
  return strategy === "change_unit_count" && trialEndMs !== null && trialEndMs > atMs ? trialEndMs : null;
}

/**
 * What a successor carries on: the old boundaries, and where the units alone change, the numbers of periods.
 *
 * @rule M3 (successor)
 */
function continuation(contract: Contract, words: UpgradeWords, atMs: number): Continuation | null {
  const timeline = timelineOf(contract);
  const { continues }: ContractSummary = contract.contract_summary;
  const boundary = isGridKept(contract, words) ? formatInstant(ownOriginMs(timeline)) : null;
  // A contract that never began a period has none to go on with.
  const begun = timeline.startMs < atMs ? formatInstant(timeline.startMs) : null;
  const numbered =
    words.upgrade_strategy === "change_unit_count" ? (continues?.numbered_from ?? begun) : null;
  if (boundary === null && numbered === null) return null;
  return { ...(boundary && { boundary }), ...(numbered && { numbered_from: numbered }) };
}
