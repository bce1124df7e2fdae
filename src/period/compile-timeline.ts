import type { OwnCycle } from "../contract/cycle.ts";
import type { Schedule, ScheduleSummary } from "../contract/schedule.ts";
import { fail, issue } from "../error.ts";
import { anniversaryGrid, calendarGrid, type Grid } from "../time/grid.ts";
import { isInstantMs, parseInstant } from "../time/instant.ts";
import { addLocalDays } from "../time/local-days.ts";
import { type Zone, zoneNamed } from "../time/zone.ts";

/** What periods follow from, as instants: of a contract, or of the own cycle of one of its features (P13). */
export interface Timeline {
  readonly summary: ScheduleSummary;
  readonly zone: Zone;
  /** null while pending. */
  readonly activationMs: number | null;
  /** The end of the free trial; null without one. */
  readonly trialEndMs: number | null;
  /** Where cycles begin (T4); infinite while pending. */
  readonly startMs: number;
  readonly expirationMs: number | null;
  /** No period begins from here on: the earlier of expiration and `moved_at`, infinite without either. */
  readonly endMs: number;
  /** null: one endless period (P7). */
  readonly grid: Grid | null;
  /** The grid's greatest boundary at or before the start: that of period 1. */
  readonly firstBoundary: number;
  /** The number of period 1's full period; 0 for a leading stub (P4), which goes with the first of them. */
  readonly firstNumber: number;
  /** Periods that begin before this are free (W3); infinite where all are. */
  readonly freeUntilMs: number;
}

/**
 * Works out a schedule's instants.
 *
 * @rule P9
 */
export function compileTimeline(schedule: Schedule): Timeline {
  const summary = schedule.contract_summary;
  const zone = zoneOf(summary);
  if (summary.activation == null || summary.is_pending === true) return pendingTimeline(summary, zone);
  const activationMs = parseInstant(summary.activation);
  const trialEndMs = trialEnd(schedule, zone, activationMs);
  const startMs = trialEndMs ?? activationMs;
  const expirationMs = summary.expiration == null ? null : parseInstant(summary.expiration);
  const movedMs = summary.moved_at == null ? Infinity : parseInstant(summary.moved_at);
  const grid = gridOf(summary, zone, startMs);
  const first = firstPeriod(summary, grid, startMs);
  return {
    summary,
    zone,
    activationMs,
    trialEndMs,
    startMs,
    expirationMs,
    endMs: Math.min(expirationMs ?? Infinity, movedMs),
    grid,
    ...first,
    freeUntilMs: freeUntil(summary.free_cycles ?? 0, grid, first),
  };
}

/**
 * The timeline of an own cycle: its periods count from the contract's boundary at or before the start.
 *
 * @rule P13 (boundaries)
 */
export function compileOwnTimeline(contract: Timeline, unit: OwnCycle): Timeline {
  const { startMs, summary, zone } = contract;
  if (contract.activationMs === null) return contract;
  const grid = anniversaryGrid(zone, unit, 1, ownOriginMs(contract));
  const first = firstPeriod(summary, grid, startMs);
  return { ...contract, activationMs: startMs, trialEndMs: null, grid, ...first };
}

/** The boundary from which own cycles count; for a contract that continues another, that of the other. */
export function ownOriginMs({ firstBoundary, grid, startMs, summary }: Timeline): number {
  const originMs = boundaryOf(summary) ?? (grid === null ? startMs : grid.boundaryMs(firstBoundary));
  if (!isInstantMs(originMs)) outOfRange("the own cycle of the contract", summary.activation);
  return originMs;
}

/**
 * The boundary of the contract that this one continues.
 *
 * @rule M3 (boundaries kept)
 */
function boundaryOf({ continues }: ScheduleSummary): number | null {
  return continues?.boundary == null ? null : parseInstant(continues.boundary);
}

/** Refuses dates that no calendar of four-digit years has. */
export function outOfRange(what: string, found: unknown): never {
  fail(
    issue(
      "OUT_OF_RANGE",
      null,
      [],
      `${what} leaves the calendar`,
      found,
      "instants of the years 0001 to 9999",
    ),
  );
}

/** @rule T3 */
function zoneOf({ time_zone }: ScheduleSummary): Zone {
  const zone = zoneNamed(time_zone ?? "UTC");
  if (zone !== undefined) return zone;
  // The gate let only known zones through, but the platform may have lost one since.
  fail(issue("UNKNOWN_VALUE", "T3", ["time_zone"], "unknown time zone", time_zone, "an IANA time zone"));
}

/** @rule P8 */
function trialEnd({ contract_summary, plan }: Schedule, zone: Zone, activationMs: number): number | null {
  const { free_trial_end } = contract_summary;
  if (free_trial_end !== undefined) {
    const endMs = free_trial_end === null ? activationMs : parseInstant(free_trial_end);
    return endMs > activationMs ? endMs : null;
  }
  const days = plan?.free_trial_days ?? 0;
  if (days === 0) return null;
  const endMs = addLocalDays(zone, activationMs, days);
  if (!isInstantMs(endMs)) outOfRange("the free trial", days);
  return endMs;
}

/**
 * The grid that cuts a contract into periods, from the anchor or the calendar.
 *
 * @rule P2 (alignment)
 * @rule T4 (anchor)
 */
function gridOf(summary: ScheduleSummary, zone: Zone, startMs: number): Grid | null {
  const { cycle, cycle_anchor, cycle_start_offset } = summary;
  if (cycle === "once" || cycle === "constant") return null;
  const count = summary.cycle_count ?? 1;
  const given = summary.configuration?.cycle_alignment;
  const isCalendar = given == null ? cycle_start_offset != null : given === "calendar";
  const fromMs = boundaryOf(summary) ?? startMs;
  // Hours have no natural start.
  if (isCalendar && cycle !== "hour")
    return calendarGrid(zone, cycle, count, cycle_start_offset ?? 0, fromMs);
  return anniversaryGrid(zone, cycle, count, cycle_anchor == null ? fromMs : parseInstant(cycle_anchor));
}

/**
 * The grid's stretch of period 1, and its number: counted on where the contract continues another's periods.
 *
 * @rule P4
 * @rule M5 (numbers go on)
 */
function firstPeriod({ continues }: ScheduleSummary, grid: Grid | null, startMs: number): FirstPeriod {
  if (grid === null) return { firstBoundary: 0, firstNumber: 1 };
  const countedMs = continues?.numbered_from == null ? startMs : parseInstant(continues.numbered_from);
  const countedFrom = grid.indexAt(countedMs);
  const number = grid.startMs < countedMs ? 0 : 1;
  const firstBoundary = grid.indexAt(startMs);
  return { firstBoundary, firstNumber: number + firstBoundary - countedFrom };
}

type FirstPeriod = Pick<Timeline, "firstBoundary" | "firstNumber">;

/** The first `cycles` full periods are free, and a leading stub before them. */
function freeUntil(cycles: number, grid: Grid | null, { firstBoundary, firstNumber }: FirstPeriod): number {
  if (cycles === 0) return -Infinity;
  if (grid === null) return Infinity;
  return grid.boundaryMs(firstBoundary + cycles + 1 - firstNumber);
}

function pendingTimeline(summary: ScheduleSummary, zone: Zone): Timeline {
  return {
    summary,
    zone,
    activationMs: null,
    trialEndMs: null,
    startMs: Infinity,
    expirationMs: null,
    endMs: -Infinity,
    grid: null,
    firstBoundary: 0,
    firstNumber: 1,
    freeUntilMs: -Infinity,
  };
}
