import type { Contract } from "../contract/contract.ts";
import { type BillingPeriod, requirePeriod } from "../period/billing-period.ts";
import { closingMs } from "../period/closing.ts";
import { featureTimeline } from "../period/feature-period.ts";
import { closingEndMs, type PeriodMs, type Timeline, timelineOf } from "../period/timeline.ts";
import { type InstantLike, toEpochMs } from "../time/instant.ts";
import { refusedCount, sumEvents } from "./sum-events.ts";
import { type ReadEvent, readUsage, type UsageEvent } from "./usage.ts";

/** The sum of a period's usage, and what became of the events. */
export interface UsageSum {
  /** The units that count, never negative: a decimal string. */
  readonly units: string;
  /** How many events make up the sum. */
  readonly counted: number;
  /** How many arrived at or after the closing of the period. */
  readonly late: number;
  /** How many lie before the activation, or outside every period. */
  readonly refused: number;
  /** How many an absolute event replaced. */
  readonly discarded: number;
}

/**
 * Sums the usage of one slug in one period, and says what became of each event.
 *
 * Events of other slugs and of other periods are left alone; those before the activation or after the contract's end
 * are refused.
 *
 * @rule U3 (one slug)
 * @param slug a feature's slug, the plan's, or a group's id.
 * @param period the feature's usage period (U5): its own where it has a cycle of its own, else a billing period.
 * @param events in any order.
 * @param options `at`: later events don't count; `closed_at`: when the period was closed by hand.
 * @throws NOT_PARSED when the contract didn't come through the gate; UNKNOWN_SLUG for a slug that it doesn't have;
 * UNKNOWN_PERIOD when the period isn't the slug's; INVALID_DECIMAL, OUT_OF_RANGE, INVALID_INSTANT or INVALID_TYPE for
 * events, all in one error.
 * @example
 * import { billingPeriod, parseContract, sumUsage } from "pure-billing";
 *
 * const contract = parseContract({
 *   contract_summary: { cycle: "month", currency: "eur", activation: "2026-01-01T00:00:00Z" },
 *   plan: {
 *     features: [{ slug: "storage", price: { amount: "1", strategy_details: { pricing_strategy: "usage" } } }],
 *   },
 * });
 * const events = [
 *   { feature_slug: "storage", units: "100", timestamp: "2026-01-03T00:00:00Z" },
 *   { feature_slug: "storage", units: "40", timestamp: "2026-01-09T00:00:00Z", is_absolute: true },
 *   { feature_slug: "storage", units: "-1.5", timestamp: "2026-01-10T00:00:00Z" },
 *   { feature_slug: "storage", units: "7", timestamp: "2025-12-31T00:00:00Z" },
 * ];
 * sumUsage(contract, "storage", billingPeriod(contract, 1), events, { at: "2026-02-01T00:00:00Z" });
 * //=> { "units": "38.5", "counted": 2, "late": 0, "refused": 1, "discarded": 1 }
 */
export function sumUsage(
  contract: Contract,
  slug: string,
  period: BillingPeriod,
  events: readonly UsageEvent[],
  options: { readonly at: InstantLike; readonly closed_at?: InstantLike },
): UsageSum {
  const own = requirePeriod(featureTimeline(contract, slug), period);
  const atMs = toEpochMs(options.at, "at");
  const closedMs = options.closed_at === undefined ? null : toEpochMs(options.closed_at, "closed_at");
  const read = readUsage(contract, { events }).events.get(slug) ?? [];
  return sumOfPeriod(timelineOf(contract), own, read, atMs, closedMs);
}

/** The sum of one slug's events in one of its periods; null: in none, so that no event counts. */
export function sumOfPeriod(
  timeline: Timeline,
  period: PeriodMs | null,
  events: readonly ReadEvent[],
  atMs: number,
  closedMs: number | null,
): UsageSum {
  const refused = refusedCount(events, timeline, atMs);
  if (period === null) return { units: "0", counted: 0, late: 0, refused, discarded: 0 };
  const endMs = closingEndMs(timeline, period) ?? Number.POSITIVE_INFINITY;
  const closesMs = closingMs(timeline, period, closedMs);
  const { units, counted, late, discarded } = sumEvents(events, period.startMs, endMs, closesMs, atMs);
  return { units, counted: counted.length, late, refused, discarded };
}
