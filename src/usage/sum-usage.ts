import type { Contract } from "../contract/contract.ts";
import { decimalPlaces, toScaledBigint } from "../money/integer.ts";
import { type BillingPeriod, requirePeriod } from "../period/billing-period.ts";
import { closingMs } from "../period/closing.ts";
import { featureTimeline } from "../period/feature-period.ts";
import { closingEndMs, type Timeline, timelineOf } from "../period/timeline.ts";
import { type InstantLike, toEpochMs } from "../time/instant.ts";
import { sumOfEvents } from "./quantity.ts";
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

/** What the events of one period come to. */
export interface SummedEvents {
  readonly units: string;
  /** The events that count, in the order of their timestamps. */
  readonly counted: readonly ReadEvent[];
  readonly late: number;
  readonly discarded: number;
}

/**
 * Sums the events of [startMs, endMs) that are known at `atMs`, in one pass more than there are kinds of events: late
 * ones drop out, the last absolute one replaces what was before it, the rest is added.
 *
 * @rule U3
 * @rule U4
 * @param closesMs when the period closes; null: never, so that nothing is late.
 */
export function sumEvents(
  events: readonly ReadEvent[],
  startMs: number,
  endMs: number,
  closesMs: number | null,
  atMs: number,
): SummedEvents {
  const inTime: ReadEvent[] = [];
  let late = 0;
  let isOrdered = true;
  let absolute: ReadEvent | null = null;
  for (const event of events) {
    if (event.atMs < startMs || event.atMs >= endMs || event.atMs > atMs) continue;
    if (event.reportedMs !== null && closesMs !== null && event.reportedMs >= closesMs) {
      late += 1;
      continue;
    }
    const last = inTime[inTime.length - 1];
    if (last !== undefined && event.atMs < last.atMs) isOrdered = false;
    inTime.push(event);
    if (event.isAbsolute && replaces(event, absolute)) absolute = event;
  }
  const counted = absolute === null ? inTime : countedFrom(absolute, inTime);
  if (!isOrdered) counted.sort((first, second) => first.atMs - second.atMs);
  return {
    units: sumOfEvents(counted),
    counted,
    late,
    discarded: inTime.length - counted.length,
  };
}

/** The later absolute event wins, at one timestamp the larger. */
function replaces(event: ReadEvent, former: ReadEvent | null): boolean {
  if (former === null || event.atMs !== former.atMs) return former === null || event.atMs > former.atMs;
  const scale = Math.max(decimalPlaces(event.units), decimalPlaces(former.units));
  return toScaledBigint(event.units, scale) > toScaledBigint(former.units, scale);
}

/** An absolute event and what is added to it: at one timestamp absolute events come first. */
function countedFrom(absolute: ReadEvent, events: readonly ReadEvent[]): ReadEvent[] {
  return [absolute, ...events.filter((event) => !event.isAbsolute && event.atMs >= absolute.atMs)];
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
  const timeline = timelineOf(contract);
  const read = readUsage(contract, { events }).events.get(slug) ?? [];
  const endMs = closingEndMs(timeline, own) ?? Number.POSITIVE_INFINITY;
  const sum = sumEvents(read, own.startMs, endMs, closingMs(timeline, own, closedMs), atMs);
  return {
    units: sum.units,
    counted: sum.counted.length,
    late: sum.late,
    refused: refusedCount(read, timeline, atMs),
    discarded: sum.discarded,
  };
}

function refusedCount(
  events: readonly ReadEvent[],
  { activationMs, endMs }: Timeline,
  untilMs: number,
): number {
  let refused = 0;
  for (const { atMs } of events) {
    if (atMs <= untilMs && (activationMs === null || atMs < activationMs || atMs >= endMs)) refused += 1;
  }
  return refused;
}
