import type { Contract } from "../contract/contract.ts";
import type { BillingPeriod } from "../period/billing-period.ts";
import type { InstantLike } from "../time/instant.ts";
import { toEpochMs } from "../time/instant.ts";
import { decimalPlaces, toScaledBigint } from "../money/integer.ts";
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
  return events.filter((event) => event === absolute || (!event.isAbsolute && event.atMs >= absolute.atMs));
}
