import type { PricedItem } from "../contract/priced-items.ts";
import { ownPeriodsStartingIn, ownTimelineOf } from "../period/own-cycle.ts";
import { closingEndMs, cycleNumber, type PeriodMs, type Timeline } from "../period/timeline.ts";
import type { ReadDemand } from "../usage/usage.ts";
import type { ChargeRun } from "./charge-run.ts";

/** One time that an item is charged: for which period, and on whose demand. */
export interface Occasion {
  /** The contract's billing period, or the item's own (P13). */
  readonly period: PeriodMs;
  /** The number of the full period in its cycle; 0 for a leading stub. */
  readonly cycleNumber: number;
  /** Recurring and own-cycle charges can be prorated and waived; once-only and on-demand ones can't. */
  readonly isRecurring: boolean;
  /** Who asked for it; null: nobody had to. */
  readonly demand: ReadDemand | null;
}

/**
 * When an item is charged in a billing period: on demand, as far as demands are known, and on its own cycle, as far as
 * the run goes where the billing period never ends.
 *
 * @rule W1
 * @throws TOO_MANY when own cycles would go on for ever.
 */
export function occasionsOf(
  { timeline, book, atMs: knownMs, untilMs }: ChargeRun,
  item: PricedItem,
  period: PeriodMs,
): Occasion[] {
  const number = cycleNumber(timeline, period.index);
  switch (item.charge_trigger) {
    case "every_cycle":
      return [{ period, cycleNumber: number, isRecurring: true, demand: null }];
    case "first_cycle":
      return isFirst(timeline, period)
        ? [{ period, cycleNumber: number, isRecurring: false, demand: null }]
        : [];
    case "on_demand": {
      const endMs = closingEndMs(timeline, period) ?? Number.POSITIVE_INFINITY;
      return (book.demands.get(item.key) ?? [])
        .filter(({ atMs }) => atMs >= period.startMs && atMs < endMs && atMs <= (knownMs ?? atMs))
        .sort((first, second) => first.atMs - second.atMs)
        .map((demand) => ({ period, cycleNumber: number, isRecurring: false, demand }));
    }
    default: {
      const own = ownTimelineOf(timeline, item.charge_trigger);
      const endMs = closingEndMs(timeline, period) ?? (untilMs === null ? null : untilMs + 1);
      return ownPeriodsStartingIn(own, period.startMs, endMs).map((each) => ({
        period: each,
        cycleNumber: cycleNumber(own, each.index),
        isRecurring: true,
        demand: null,
      }));
    }
  }
}

/**
 * Whether a period is the first one: not of a contract that goes on numbering another's periods.
 *
 * @rule M5 (first-cycle charges)
 */
function isFirst({ summary }: Timeline, { index }: PeriodMs): boolean {
  return index === 1 && summary.continues?.numbered_from == null;
}
