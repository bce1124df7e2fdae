import { Temporal } from "temporal-polyfill";
import type { Contract } from "../../src/contract/contract.ts";
import type { Cycle, OwnCycle } from "../../src/contract/cycle.ts";

/** A period as charges see it. Written from the rules alone: it walks, and asks Temporal for every boundary. */
export interface NaiveSpan {
  /** P1; own cycles count alike. */
  readonly index: number;
  /** 0 for a leading stub, then the full periods from 1. */
  readonly number: number;
  readonly start: number;
  /** null: endless. */
  readonly end: number | null;
  /** The end that was known when its charges were made: as if the contract had not been moved (M5). */
  readonly servedEnd: number | null;
  /** The period of the grid around it; null: endless. */
  readonly full: { readonly start: number; readonly end: number } | null;
  /** The local time at which the grid's days begin: midnight, or that of the instant it counts from. */
  readonly timeOfDay: string;
  readonly isUnderOneDay: boolean;
  readonly stub: boolean;
}

export const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

export function instantMs(text: string): number {
  return Temporal.Instant.from(text).epochMilliseconds;
}

export function zoned(ms: number, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
}

function timeOf(ms: number, zone: string): string {
  return zoned(ms, zone).toPlainTime().toString();
}

export function zoneOf(contract: Contract): string {
  return contract.contract_summary.time_zone ?? "UTC";
}

/** P8: null where there is no trial. */
export function trialEndOf({ contract_summary: summary, plan }: Contract): number | null {
  const activation = instantMs(summary.activation as string);
  const days = plan.free_trial_days ?? 0;
  const end =
    "free_trial_end" in summary
      ? summary.free_trial_end && instantMs(summary.free_trial_end)
      : zoned(activation, summary.time_zone ?? "UTC").add({ days }).epochMilliseconds;
  return end && end > activation ? end : null;
}

/** T4. */
export function startOf(contract: Contract): number {
  return trialEndOf(contract) ?? instantMs(contract.contract_summary.activation as string);
}

function textMs(text: string | null | undefined): number {
  return text ? instantMs(text) : Number.POSITIVE_INFINITY;
}

export function expirationOf({ contract_summary: { expiration } }: Contract): number {
  return textMs(expiration);
}

export function movedOf({ contract_summary: { moved_at } }: Contract): number {
  return textMs(moved_at);
}

const MONTHS: { readonly [cycle: string]: number } = { month: 1, quarter: 3, year: 12 };

function added(ms: number, zone: string, cycle: Cycle | OwnCycle, count: number): number {
  if (count === 0) return ms;
  if (cycle === "hour") return ms + count * HOUR_MS;
  const step = { day: { days: count }, week: { days: 7 * count } }[cycle as "day" | "week"];
  return zoned(ms, zone).add(step ?? { months: (MONTHS[cycle] as number) * count }).epochMilliseconds;
}

interface NaiveGrid {
  readonly boundary: (k: number) => number;
  readonly cycle: Cycle | OwnCycle;
  readonly count: number;
  readonly timeOfDay: string;
}

const MIDNIGHT = "00:00:00";

/** P3: the j-th natural start around Start, and N days on, at local midnight. */
function naturalBoundary(startMs: number, zone: string, cycle: Cycle, offset: number, j: number): number {
  const date = zoned(startMs, zone).toPlainDate();
  let natural = date;
  let next = date;
  if (cycle === "day") {
    natural = date.add({ days: j });
    next = natural.add({ days: 1 });
  } else if (cycle === "week") {
    natural = date.subtract({ days: date.dayOfWeek - 1 }).add({ days: 7 * j });
    next = natural.add({ days: 7 });
  } else {
    const months = MONTHS[cycle] as number;
    natural = date.with({ month: 1, day: 1 });
    while (Temporal.PlainDate.compare(natural.add({ months }), date) <= 0) natural = natural.add({ months });
    natural = natural.add({ months: months * j });
    next = natural.add({ months });
  }
  const days = Math.min(offset, natural.until(next, { largestUnit: "days" }).days - 1);
  return natural.add({ days }).toZonedDateTime({ timeZone: zone, plainTime: "00:00" }).epochMilliseconds;
}

function contractGrid(contract: Contract): NaiveGrid {
  const { contract_summary: summary } = contract;
  const { cycle } = summary;
  const [zone, start, count] = [zoneOf(contract), startOf(contract), summary.cycle_count ?? 1];
  const alignment =
    summary.configuration?.cycle_alignment ??
    (summary.cycle_start_offset == null ? "anniversary" : "calendar");
  if (alignment === "calendar" && cycle !== "hour") {
    const natural = (j: number): number =>
      naturalBoundary(start, zone, cycle, summary.cycle_start_offset ?? 0, j);
    const first = lastAtOrBefore(natural, start);
    return { boundary: (k) => natural(first + k * count), cycle, count, timeOfDay: MIDNIGHT };
  }
  const anchor = summary.cycle_anchor ? instantMs(summary.cycle_anchor) : start;
  const timeOfDay = timeOf(anchor, zone);
  return { boundary: (k) => added(anchor, zone, cycle, k * count), cycle, count, timeOfDay };
}

function lastAtOrBefore(boundary: (k: number) => number, ms: number): number {
  let k = 0;
  while (boundary(k) > ms) k--;
  while (boundary(k + 1) <= ms) k++;
  return k;
}

function isEndless({ contract_summary: { cycle } }: Contract): boolean {
  return cycle === "once" || cycle === "constant";
}

/** The periods of the contract after its trial, one by one (P1 to P9). */
export function* contractSpans(contract: Contract): Generator<NaiveSpan> {
  if (!isEndless(contract)) {
    yield* spansOf(contract, contractGrid(contract));
    return;
  }
  const start = startOf(contract);
  if (start >= Math.min(expirationOf(contract), movedOf(contract))) return;
  yield {
    index: 1,
    number: 1,
    start,
    end: null,
    servedEnd: null,
    full: null,
    timeOfDay: MIDNIGHT,
    isUnderOneDay: false,
    stub: false,
  };
}

/** The periods of a feature's own cycle (P13). */
export function* ownSpans(contract: Contract, cycle: OwnCycle): Generator<NaiveSpan> {
  const start = startOf(contract);
  let origin = start;
  if (!isEndless(contract)) {
    const grid = contractGrid(contract);
    origin = grid.boundary(lastAtOrBefore(grid.boundary, start));
  }
  const zone = zoneOf(contract);
  const boundary = (k: number): number => added(origin, zone, cycle, k);
  yield* spansOf(contract, { boundary, cycle, count: 1, timeOfDay: timeOf(origin, zone) });
}

function* spansOf(contract: Contract, grid: NaiveGrid): Generator<NaiveSpan> {
  const start = startOf(contract);
  const [expiration, moved] = [expirationOf(contract), movedOf(contract)];
  const first = lastAtOrBefore(grid.boundary, start);
  const leads = grid.boundary(first) !== start;
  for (let index = 1; ; index++) {
    const full = { start: grid.boundary(first + index - 1), end: grid.boundary(first + index) };
    const from = index === 1 ? start : full.start;
    if (from >= Math.min(expiration, moved)) return;
    // A local day that never was (P5).
    if (from >= full.end) continue;
    yield {
      index,
      number: leads ? index - 1 : index,
      start: from,
      end: Math.min(full.end, expiration, moved),
      servedEnd: Math.min(full.end, expiration),
      full,
      timeOfDay: grid.timeOfDay,
      isUnderOneDay: grid.cycle === "hour" && grid.count < 24,
      // The cut of a move makes no stub; the expiration behind it, which was known before, does.
      stub: (leads && index === 1) || expiration < full.end,
    };
  }
}

/** The contract's period in which an instant lies. */
export function spanAt(spans: Iterable<NaiveSpan>, ms: number): NaiveSpan | null {
  for (const span of spans) {
    if (span.start > ms) return null;
    if (span.end === null || ms < span.end) return span;
  }
  return null;
}
