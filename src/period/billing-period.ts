import { assertParsed } from "../contract/brand.ts";
import type { Schedule } from "../contract/schedule.ts";
import { fail, issue } from "../error.ts";
import { type InstantLike, isInstantMs, toEpochMs } from "../time/instant.ts";
import {
  boundedRange,
  type IndexRange,
  type OpenPeriodRange,
  openRange,
  type PeriodRange,
  walk,
  walkedPeriods,
} from "./period-range.ts";
import {
  assertIndex,
  isPeriod,
  isStub,
  nextCycleStartMs,
  type PeriodMs,
  type Phase,
  periodIndexAt,
  periodMs,
  phaseOf,
  startOf,
  type Timeline,
  timelineOf,
} from "./timeline.ts";

export type { OpenPeriodRange, PeriodMs, PeriodRange };

/** A billing period: `start` belongs to it, `end` doesn't. One with an end is an `Interval` of date-fns. */
export interface BillingPeriod {
  /** From 1 on; 0 is the free trial. */
  readonly index: number;
  readonly phase: Phase;
  readonly start: Date;
  /** null: endless. */
  readonly end: Date | null;
  /** Whether a start between boundaries or the expiration makes it shorter than its cycle. */
  readonly stub: boolean;
}

/**
 * The billing period that contains an instant; null where none does.
 *
 * @param schedule what `parseSchedule` or `parseContract` returned.
 * @param at a Date, an ISO 8601 string with an offset, or a Temporal object with `epochMilliseconds`.
 * @throws NOT_PARSED when the schedule didn't come through the gate; INVALID_INSTANT when `at` is no instant;
 * OUT_OF_RANGE when the period leaves the calendar of the years 0001 to 9999.
 * @example
 * import { billingPeriodAt, parseSchedule } from "pure-billing";
 *
 * const schedule = parseSchedule({ cycle: "month", activation: "2026-01-31T09:00:00Z" });
 * billingPeriodAt(schedule, "2026-03-05T00:00:00Z");
 * //=> { "index": 2, "phase": "paid", "start": "2026-02-28T09:00:00Z", "end": "2026-03-31T09:00:00Z", "stub": false }
 * billingPeriodAt(schedule, "2026-01-31T08:59:59Z"); //=> null
 */
export function billingPeriodAt(schedule: Schedule, at: InstantLike): BillingPeriod | null {
  assertParsed(schedule, "schedule", "schedule");
  return madePeriodAt(timelineOf(schedule), toEpochMs(at, "at"));
}

/**
 * The billing period with an index; null where no period has it: after the end of the contract, while it is pending,
 * or on a local day that never was.
 *
 * @param index 1 is the first period, 0 the free trial.
 * @throws NOT_PARSED when the schedule didn't come through the gate; UNKNOWN_PERIOD when the index is negative,
 * fractional or unsafe, or 0 without a trial; OUT_OF_RANGE when the period leaves the calendar.
 * @example
 * import { billingPeriod, parseSchedule } from "pure-billing";
 *
 * const schedule = parseSchedule({ cycle: "year", activation: "2024-02-29T00:00:00Z" });
 * billingPeriod(schedule, 2).start; //=> "2025-02-28T00:00:00Z"
 * billingPeriod(schedule, 5).start; //=> "2028-02-29T00:00:00Z"
 */
export function billingPeriod(schedule: Schedule, index: number): BillingPeriod | null {
  assertParsed(schedule, "schedule", "schedule");
  const timeline = timelineOf(schedule);
  assertIndex(timeline, index);
  return madePeriod(timeline, index);
}

/**
 * The billing periods that touch a stretch of time, or a number of them from an instant on: the first is the one that
 * contains `from`, or else the next.
 *
 * @throws NOT_PARSED when the schedule didn't come through the gate; MISSING when a bound is; INVALID_INSTANT when one
 * is no instant; INVALID_DATES when `to` is before `from`; TOO_MANY above 100,000 periods; OUT_OF_RANGE when `count`
 * is no whole number, or a period leaves the calendar.
 * @example
 * import { billingPeriods, parseSchedule } from "pure-billing";
 *
 * const schedule = parseSchedule({ cycle: "week", cycle_start_offset: 0, activation: "2026-01-01T00:00:00Z" });
 * const periods = billingPeriods(schedule, { from: "2026-01-01T00:00:00Z", count: 3 });
 * periods.map((period) => period.start.toISOString().slice(0, 10)); //=> ["2026-01-01", "2026-01-05", "2026-01-12"]
 * periods.map((period) => period.stub); //=> [true, false, false]
 */
export function billingPeriods(schedule: Schedule, range: PeriodRange): BillingPeriod[] {
  assertParsed(schedule, "schedule", "schedule");
  const timeline = timelineOf(schedule);
  return walkedPeriods(timeline, boundedRange(timeline, range), madePeriod);
}

/**
 * The billing periods one after the other, each made when it is asked for; without bounds from the first one, for ever.
 *
 * @throws NOT_PARSED, INVALID_INSTANT, INVALID_DATES and OUT_OF_RANGE as `billingPeriods` does; the last also when the
 * periods reach the end of the calendar.
 * @example
 * import { eachBillingPeriod, parseSchedule } from "pure-billing";
 *
 * const schedule = parseSchedule({ cycle: "hour", activation: "2026-01-01T00:00:00Z" });
 * let last;
 * for (const period of eachBillingPeriod(schedule)) {
 *   last = period;
 *   if (period.index === 48) break;
 * }
 * last.end; //=> "2026-01-03T00:00:00Z"
 */
export function eachBillingPeriod(
  schedule: Schedule,
  range: OpenPeriodRange = {},
): Generator<BillingPeriod, void, undefined> {
  assertParsed(schedule, "schedule", "schedule");
  const timeline = timelineOf(schedule);
  // Outside the generator, so that a wrong range is refused at once and not at the first period.
  return generate(timeline, openRange(timeline, range));
}

/**
 * When the next cycle starts: the end of the running period of an active contract; null where no period follows.
 *
 * @throws NOT_PARSED when the schedule didn't come through the gate; INVALID_INSTANT when `at` is no instant.
 * @example
 * import { nextCycleStart, parseSchedule } from "pure-billing";
 *
 * const schedule = parseSchedule({
 *   cycle: "month",
 *   activation: "2026-01-31T00:00:00Z",
 *   expiration: "2026-04-10T00:00:00Z",
 * });
 * nextCycleStart(schedule, "2026-02-01T00:00:00Z"); //=> "2026-02-28T00:00:00Z"
 * nextCycleStart(schedule, "2026-04-01T00:00:00Z"); //=> null
 */
export function nextCycleStart(schedule: Schedule, at: InstantLike): Date | null {
  assertParsed(schedule, "schedule", "schedule");
  const nextMs = nextCycleStartMs(timelineOf(schedule), schedule, toEpochMs(at, "at"));
  return nextMs === null ? null : new Date(nextMs);
}

/**
 * The timeline's own period that a caller's period is.
 *
 * @throws UNKNOWN_PERIOD when it is none, or another contract's.
 */
export function requirePeriod(timeline: Timeline, period: BillingPeriod): PeriodMs {
  return samePeriod(timeline, period) ?? refusePeriod(period);
}

/** The timeline's own period with the same index and bounds; null where there is none. */
export function samePeriod(timeline: Timeline, period: BillingPeriod): PeriodMs | null {
  if (typeof period !== "object" || period === null) return null;
  const { index, start, end } = period;
  if (!isDate(start) || !(end === null || isDate(end))) return null;
  const startMs = start.getTime();
  // Asked by its start, since an index can lie beyond the calendar.
  if (index < 0 || !isInstantMs(startMs) || periodIndexAt(timeline, startMs) !== index) return null;
  const own = periodMs(timeline, index);
  const isSame = own?.startMs === startMs && own.endMs === (end === null ? null : end.getTime());
  return isSame ? own : null;
}

/** Refuses a period that isn't the contract's. */
export function refusePeriod(period: unknown): never {
  const allowed = "a period that a function of this library returned for the same contract";
  fail(issue("UNKNOWN_PERIOD", "P1", ["period"], "the contract has no such period", period, allowed));
}

function* generate(timeline: Timeline, indexes: IndexRange): Generator<BillingPeriod, void, undefined> {
  const next = walk(timeline, indexes, madePeriod);
  for (let period = next(); period !== null; period = next()) yield period;
}

/** The period that contains an instant, with the Dates that callers get; null where none does. */
export function madePeriodAt(timeline: Timeline, atMs: number): BillingPeriod | null {
  const index = periodIndexAt(timeline, atMs);
  return index < 0 ? null : madePeriod(timeline, index);
}

/** The period with an index, with the Dates that callers get; null where there is none. */
export function madePeriod(timeline: Timeline, index: number): BillingPeriod | null {
  const { firstBoundary, grid } = timeline;
  if (index === 0 || grid === null) {
    const period = periodMs(timeline, index);
    return period === null ? null : billingPeriodOf(period);
  }
  // What `periodMs` does for a period of the grid, without making that: it costs as much as a Date.
  grid.seek(firstBoundary + index - 1);
  const { startMs: fullStartMs, endMs: fullEndMs } = grid;
  if (!isPeriod(timeline, index, fullStartMs, fullEndMs)) return null;
  const startMs = startOf(timeline, index, fullStartMs);
  return {
    index,
    phase: phaseOf(timeline, startMs),
    start: new Date(startMs),
    end: new Date(Math.min(fullEndMs, timeline.endMs)),
    stub: isStub(timeline, startMs, fullStartMs, fullEndMs),
  };
}

/** A period with the Dates that callers get. */
export function billingPeriodOf({ index, phase, startMs, endMs, stub }: PeriodMs): BillingPeriod {
  return { index, phase, start: new Date(startMs), end: endMs === null ? null : new Date(endMs), stub };
}

/** A Date of another realm is no instance of ours. */
function isDate(value: unknown): value is Date {
  return value instanceof Date || Object.prototype.toString.call(value) === "[object Date]";
}
