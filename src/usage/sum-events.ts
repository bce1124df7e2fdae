import { decimalPlaces, toScaledBigint } from "../money/integer.ts";
import type { Timeline } from "../period/timeline.ts";
import { sumOfEvents } from "./quantity.ts";
import type { ReadEvent } from "./usage.ts";

/** What the events of one period come to. */
export interface SummedEvents {
  readonly units: string;
  /** The events that count, in the order in which they were given. */
  readonly counted: readonly ReadEvent[];
  readonly late: number;
  readonly discarded: number;
}

/**
 * Sums the events of [startMs, endMs) that are known at `atMs`, whatever their order, in time that grows as their number
 * does: late ones drop out, the last absolute one replaces what was before it, the rest is added.
 *
 * @rule U3 (events)
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
  let absolute: ReadEvent | null = null;
  for (const event of events) {
    if (event.atMs < startMs || event.atMs >= endMs || event.atMs > atMs) continue;
    if (event.reportedMs !== null && closesMs !== null && event.reportedMs >= closesMs) {
      late += 1;
      continue;
    }
    inTime.push(event);
    if (event.isAbsolute && replaces(event, absolute)) absolute = event;
  }
  const counted = absolute === null ? inTime : countedFrom(absolute, inTime);
  return {
    units: sumOfEvents(counted),
    counted,
    late,
    discarded: inTime.length - counted.length,
  };
}

/** Events in the order of their timestamps, which prices that depend on it need (R6). */
export function inOrder(events: readonly ReadEvent[]): readonly ReadEvent[] {
  const isOrdered = events.every(
    (event, index) => index === 0 || (events[index - 1]?.atMs ?? 0) <= event.atMs,
  );
  return isOrdered ? events : [...events].sort((first, second) => first.atMs - second.atMs);
}

/** How many events lie before the activation, or from the contract's end on. */
export function refusedCount(
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
