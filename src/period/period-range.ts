import { type BillingIssue, collect, fail, issue, refuse } from "../error.ts";
import { type InstantLike, readInstant } from "../time/instant.ts";
import { type PeriodMs, periodIndexAt, periodMs, type Timeline } from "./timeline.ts";

/** A stretch of time, `to` not included, or a number of periods. */
export type PeriodRange =
  | { readonly from: InstantLike; readonly to: InstantLike }
  | { readonly from: InstantLike; readonly count: number };

/** Bounds that may be left out: from the first period, to the last one, any number. */
export interface OpenPeriodRange {
  readonly from?: InstantLike;
  readonly to?: InstantLike;
  readonly count?: number;
}

/** Indexes of periods, both included, of which at most `count` are taken. */
export interface IndexRange {
  readonly first: number;
  readonly last: number;
  readonly count: number;
}

const MOST_PERIODS = 100_000;
const RANGES = "{ from, to } or { from, count }";

/** The indexes of the periods that touch a range of which any bound may be open. */
export function openRange(timeline: Timeline, range: OpenPeriodRange): IndexRange {
  const issues: BillingIssue[] = [];
  const indexes = readRange(timeline, range, issues);
  refuse(issues);
  return indexes;
}

/**
 * The indexes of the periods that touch a range with both bounds.
 *
 * @throws MISSING without them.
 */
export function boundedRange(timeline: Timeline, range: PeriodRange): IndexRange {
  const issues: BillingIssue[] = [];
  const indexes = readRange(timeline, range, issues);
  const { from, to, count }: OpenPeriodRange = range;
  if (from === undefined) issues.push(missing("from"));
  if (to === undefined && count === undefined) issues.push(missing("to"));
  refuse(issues);
  return indexes;
}

function readRange(timeline: Timeline, range: OpenPeriodRange, issues: BillingIssue[]): IndexRange {
  if (typeof range !== "object" || range === null) {
    fail(issue("INVALID_TYPE", null, ["range"], "the range is not an object", range, RANGES));
  }
  const { from, to, count = Infinity } = range;
  const before = -Infinity;
  const after = Infinity;
  const fromMs = from === undefined ? before : collect(issues, readInstant(from, ["from"]), before);
  const toMs = to === undefined ? after : collect(issues, readInstant(to, ["to"]), after);
  if (fromMs > toMs)
    issues.push(issue("INVALID_DATES", null, ["to"], "to is before from", to, "from or later"));
  if (range.count !== undefined && !(Number.isSafeInteger(count) && count >= 0)) {
    const allowed = "a whole number of at least 0";
    issues.push(issue("OUT_OF_RANGE", null, ["count"], "count is no number of periods", count, allowed));
  }
  if (issues.length > 0) return { first: 0, last: -1, count: 0 };
  return { ...indexesIn(timeline, fromMs, toMs), count };
}

/** The indexes of all periods that touch a stretch of time. */
export function indexesIn(timeline: Timeline, fromMs: number, toMs: number): IndexRange {
  const last = fromMs === toMs ? -1 : lastIndex(timeline, toMs);
  return { first: firstIndex(timeline, fromMs), last, count: Infinity };
}

function missing(bound: string): BillingIssue {
  return issue("MISSING", null, [bound], `${bound} is missing: the range is open`, undefined, RANGES);
}

/**
 * All periods of a range of indexes, as `make` makes them.
 *
 * @throws TOO_MANY above 100,000, before the first of them is made.
 */
export function walkedPeriods<Period>(
  timeline: Timeline,
  indexes: IndexRange,
  make: PeriodMaker<Period>,
): Period[] {
  const number = Math.min(indexes.count, indexes.last - indexes.first + 1);
  if (number > MOST_PERIODS) {
    fail(issue("TOO_MANY", null, [], "the range has too many periods", number, `at most ${MOST_PERIODS}`));
  }
  const periods: Period[] = [];
  for (let index = indexes.first; index <= indexes.last && periods.length < indexes.count; index++) {
    const period = make(timeline, index);
    if (period !== null) periods.push(period);
  }
  return periods;
}

/** Makes the period with an index; null where there is none. */
export type PeriodMaker<Period> = (timeline: Timeline, index: number) => Period | null;

/** A function that makes one period of a range of indexes after the other, then null. */
export function walk<Period>(
  timeline: Timeline,
  { first, last, count }: IndexRange,
  make: PeriodMaker<Period>,
): () => Period | null {
  let index = first;
  let left = count;
  return () => {
    while (index <= last && left > 0) {
      const period = make(timeline, index++);
      if (period === null) continue;
      left--;
      return period;
    }
    return null;
  };
}

/** The same for periods in epoch milliseconds. */
export function periodWalk(timeline: Timeline, indexes: IndexRange): () => PeriodMs | null {
  return walk(timeline, indexes, periodMs);
}

/** The index of the period that contains an instant, or of the first one after it; Infinity after the last. */
function firstIndex(timeline: Timeline, fromMs: number): number {
  const { activationMs, trialEndMs } = timeline;
  if (activationMs !== null && fromMs <= activationMs) return trialEndMs === null ? 1 : 0;
  const index = periodIndexAt(timeline, fromMs);
  return index < 0 ? Infinity : index;
}

/** The index of the last period that begins before an instant; -1 where none does. */
export function lastIndex(timeline: Timeline, toMs: number): number {
  const beforeMs = Math.min(toMs, timeline.endMs);
  if (beforeMs !== Infinity) return periodIndexAt(timeline, beforeMs - 1);
  return timeline.grid === null ? 1 : Infinity;
}
