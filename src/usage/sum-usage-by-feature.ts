import { assertParsed } from "../contract/brand.ts";
import type { Contract } from "../contract/contract.ts";
import { isOwnCycle } from "../contract/cycle.ts";
import { type PricedItem, pricedItems } from "../contract/priced-items.ts";
import { METERED_STRATEGIES } from "../contract/strategy.ts";
import { type BillingIssue, collect, issue, refuse } from "../error.ts";
import { type BillingPeriod, billingPeriodOf, requirePeriod } from "../period/billing-period.ts";
import { ownTimelineOf } from "../period/own-cycle.ts";
import { periodMsAt, type Timeline, timelineOf } from "../period/timeline.ts";
import { type InstantLike, readInstant } from "../time/instant.ts";
import { sumOfPeriod, type UsageSum } from "./sum-usage.ts";
import { readUsage, type UsageEvent } from "./usage.ts";

/** What was used of one metered price in one of its periods. */
export interface FeatureUsage extends UsageSum {
  /** A feature's slug, a group's id or the plan's slug. */
  readonly feature_slug: string;
  /** null where no period contains the instant; then no event counts. */
  readonly period: BillingPeriod | null;
}

/** Which periods are summed, and what is known of them. */
export interface SumOptions {
  /** Events after it don't count; periods are those that contain it. */
  readonly at: InstantLike;
  /** When the periods were closed by hand, for the policy `manual`. */
  readonly closed_at?: InstantLike;
  /** By slug, the periods that are summed instead: of slugs that are closing, mostly. */
  readonly periods?: { readonly [slug: string]: BillingPeriod };
}

/**
 * Sums the usage of every metered price, each in its own period that contains an instant, reading the events once.
 *
 * @rule U3 (all slugs)
 * @param events of any slugs and periods, in any order.
 * @param options `at`; `closed_at`; `periods`: by slug, the periods to sum instead of those that contain `at`.
 * @returns in the document's order, for each feature, group or plan whose price is metered.
 * @throws NOT_PARSED when the contract didn't come through the gate; UNKNOWN_SLUG for a slug that isn't metered, or that
 * no event can have; UNKNOWN_PERIOD when a period isn't its slug's; INVALID_DECIMAL, OUT_OF_RANGE, INVALID_INSTANT or
 * INVALID_TYPE for events, all in one error.
 * @example
 * import { parseContract, sumUsageByFeature } from "pure-billing";
 *
 * const price = { amount: "1", strategy_details: { pricing_strategy: "usage" } };
 * const contract = parseContract({
 *   contract_summary: { cycle: "month", currency: "eur", activation: "2026-01-01T00:00:00Z" },
 *   plan: { features: [{ slug: "calls", price }, { slug: "storage", charge_trigger: "day", price }] },
 * });
 * const events = [
 *   { feature_slug: "storage", units: "2.5", timestamp: "2026-01-20T10:00:00Z" },
 *   { feature_slug: "calls", units: "100", timestamp: "2026-01-03T00:00:00Z" },
 *   { feature_slug: "storage", units: "7", timestamp: "2026-01-19T10:00:00Z" },
 * ];
 * const sums = sumUsageByFeature(contract, events, { at: "2026-01-20T12:00:00Z" });
 * sums.map(({ feature_slug, units }) => [feature_slug, units]); //=> [["calls", "100"], ["storage", "2.5"]]
 * sums[1].period.start; //=> "2026-01-20T00:00:00Z"
 */
export function sumUsageByFeature(
  contract: Contract,
  events: readonly UsageEvent[],
  options: SumOptions,
): FeatureUsage[] {
  assertParsed(contract, "contract", "contract");
  const { at, closed_at: closedAt, periods = {} }: Partial<SumOptions> = options ?? {};
  const issues: BillingIssue[] = [];
  const atMs = collect(issues, readInstant(at, ["at"]), 0);
  const closedMs = closedAt === undefined ? null : collect(issues, readInstant(closedAt, ["closed_at"]), 0);
  const metered = pricedItems(contract).filter(isMetered);
  refuseUnknownSlugs(periods, metered, issues);
  refuse(issues);
  const timeline = timelineOf(contract);
  const read = readUsage(contract, { events }).events;
  return metered.map((item) => {
    const { key } = item;
    const own = itemTimeline(timeline, item);
    const given = Object.hasOwn(periods, key) ? periods[key] : undefined;
    const period = given === undefined ? periodMsAt(own, atMs) : requirePeriod(own, given);
    const sum = sumOfPeriod(timeline, period, read.get(key) ?? [], atMs, closedMs);
    return { feature_slug: key, period: period === null ? null : billingPeriodOf(period), ...sum };
  });
}

function isMetered({ price }: PricedItem): boolean {
  return METERED_STRATEGIES.includes(price.strategy_details.pricing_strategy);
}

function itemTimeline(contract: Timeline, { charge_trigger: trigger }: PricedItem): Timeline {
  return isOwnCycle(trigger) ? ownTimelineOf(contract, trigger) : contract;
}

function refuseUnknownSlugs(
  periods: { readonly [slug: string]: unknown },
  metered: readonly PricedItem[],
  issues: BillingIssue[],
): void {
  for (const slug of Object.keys(periods)) {
    if (metered.some(({ key }) => key === slug)) continue;
    const allowed = metered.map(({ key }) => key).join(", ");
    issues.push(
      issue("UNKNOWN_SLUG", "U5", ["periods", slug], "no metered price is called that", slug, allowed),
    );
  }
}
