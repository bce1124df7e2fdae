import { DAY_MS, dayInMonth, firstDayOfMonth, monthIndexOfDay } from "./civil.ts";
import { EARLIEST_MS, LATEST_MS } from "./instant.ts";
import type { Zone } from "./zone.ts";

/** A unit of the calendar; an hour is elapsed time instead (P6). */
export type CalendarUnit = "day" | "week" | "month" | "quarter" | "year";

/**
 * An endless row of boundaries, numbered both ways from the 0th; infinite where they lie outside the years 0001 to
 * 9999. It stands on the stretch between two of them, which was looked at last: whoever asks for one mostly wants both.
 */
export interface Grid {
  /** The number of the boundary that the stretch begins with. */
  readonly index: number;
  readonly startMs: number;
  readonly endMs: number;
  /** Moves to the stretch that begins with a boundary. */
  seek(index: number): void;
  /** Moves likewise, and gives the boundary. */
  boundaryMs(index: number): number;
  /** Moves to the stretch of an instant, and gives its number: of equal boundaries (a local day that never was) the last. */
  indexAt(epochMs: number): number;
}

type MovingGrid = { -readonly [Field in keyof Grid]: Grid[Field] };

/** Boundaries every so many milliseconds of elapsed time. */
interface ElapsedGrid extends MovingGrid {
  readonly anchorMs: number;
  readonly step: number;
}

/** Boundaries that are local times: every `step` milliseconds of local time, or every `step` months. */
interface LocalGrid extends MovingGrid {
  readonly zone: Zone;
  /** Boundary 0 where an instant was given for it, even in the second pass of a repeated hour; else NaN. */
  readonly anchorMs: number;
  /** Boundary 0 as a local time. */
  originMs: number;
  readonly meanStepMs: number;
  readonly step: number;
  /** Months a boundary's day is clamped to the end of; 0 where steps are not of months. */
  readonly span: number;
  readonly originMonth: number;
  /** Days from the first of the month, and time of day, of every boundary of a grid of months. */
  readonly dayOffset: number;
  readonly timeMs: number;
}

const DAYS = { day: 1, week: 7 } as const;
const MONTHS = { month: 1, quarter: 3, year: 12 } as const;
const HOUR_MS = 3_600_000;
/** 400 years are 4,800 months and 146,097 days. */
const MEAN_MONTH_MS = (146_097 / 4_800) * DAY_MS;
/** More than any offset. */
const EDGE_MS = 2 * DAY_MS;
const EPOCH_MONTH = 1970 * 12;
const LAST_MONTH = 10_000 * 12;
/** Beyond the calendar, whatever the step: boundaries from there on are infinite. */
const FAR_INDEX = 2 ** 30;

/**
 * Every `count` units from the anchor, which is boundary 0 itself, always counted from there.
 *
 * @rule P2 (boundaries of an anniversary grid)
 */
export function anniversaryGrid(
  zone: Zone,
  unit: CalendarUnit | "hour",
  count: number,
  anchorMs: number,
): Grid {
  if (unit === "hour") return elapsedGrid(count * HOUR_MS, anchorMs);
  const local = anchorMs + zone.offsetMsAt(anchorMs);
  if (unit === "day" || unit === "week") return dayGrid(zone, local, count * DAYS[unit], anchorMs);
  const days = Math.floor(local / DAY_MS);
  const month = monthIndexOfDay(days);
  const dayOffset = dayInMonth(days, month) - 1;
  // Clamping is to the month that a step lands in, whatever the unit.
  return monthGrid(zone, month, count * MONTHS[unit], 1, dayOffset, local - days * DAY_MS, anchorMs);
}

/**
 * Every `count`-th natural start of the unit plus `offsetDays`, at local midnight.
 * Boundary 0 is the last one at or before `startMs`.
 *
 * @rule P3
 */
export function calendarGrid(
  zone: Zone,
  unit: CalendarUnit,
  count: number,
  offsetDays: number,
  startMs: number,
): Grid {
  if (unit === "day" || unit === "week") {
    const length = DAYS[unit];
    // The day 0, 1970-01-01, was a Thursday: Monday was three days earlier.
    const origin = unit === "day" ? 0 : (offsetDays - 3) * DAY_MS;
    const first = dayGrid(zone, origin, length).indexAt(startMs);
    return dayGrid(zone, origin + first * length * DAY_MS, count * length);
  }
  const length = MONTHS[unit];
  const first = monthGrid(zone, EPOCH_MONTH, length, length, offsetDays, 0).indexAt(startMs);
  return monthGrid(zone, EPOCH_MONTH + first * length, count * length, length, offsetDays, 0);
}

function boundaryOf(this: Grid, index: number): number {
  this.seek(index);
  return this.startMs;
}

/** @rule P6 */
function elapsedGrid(step: number, anchorMs: number): Grid {
  const grid: ElapsedGrid = {
    index: 0,
    startMs: anchorMs,
    endMs: anchorMs + step,
    anchorMs,
    step,
    seek: seekElapsed,
    boundaryMs: boundaryOf,
    indexAt: elapsedIndex,
  };
  return grid;
}

function seekElapsed(this: ElapsedGrid, index: number): void {
  this.index = index;
  this.startMs = withinYears(this.anchorMs + index * this.step);
  this.endMs = withinYears(this.anchorMs + (index + 1) * this.step);
}

function elapsedIndex(this: ElapsedGrid, epochMs: number): number {
  this.seek(Math.floor((epochMs - this.anchorMs) / this.step));
  return this.index;
}

function dayGrid(zone: Zone, originMs: number, stepDays: number, anchorMs = NaN): Grid {
  return localGrid(zone, anchorMs, originMs, stepDays * DAY_MS, 0, 0, 0, 0);
}

/** Steps of months from `origin`; `dayOffset` days into each, clamped to the last day of the `span` months. */
function monthGrid(
  zone: Zone,
  origin: number,
  step: number,
  span: number,
  dayOffset: number,
  timeMs: number,
  anchorMs = NaN,
): Grid {
  const grid = localGrid(zone, anchorMs, 0, step, span, origin, dayOffset, timeMs);
  grid.originMs = localMs(grid, 0);
  return grid;
}

/** Grids are data of one shape with shared functions: closures over each cost a third more. */
function localGrid(
  zone: Zone,
  anchorMs: number,
  originMs: number,
  step: number,
  span: number,
  originMonth: number,
  dayOffset: number,
  timeMs: number,
): LocalGrid {
  return {
    zone,
    anchorMs,
    originMs,
    meanStepMs: span === 0 ? step : step * MEAN_MONTH_MS,
    step,
    span,
    originMonth,
    dayOffset,
    timeMs,
    index: FAR_INDEX,
    startMs: Infinity,
    endMs: Infinity,
    seek: seekLocal,
    boundaryMs: boundaryOf,
    indexAt: localIndex,
  };
}

function seekLocal(this: LocalGrid, index: number): void {
  if (index === this.index) return;
  this.startMs = index === this.index + 1 ? this.endMs : instantOf(this, index, localMs(this, index));
  this.endMs = instantOf(this, index + 1, localMs(this, index + 1));
  this.index = index;
}

function localIndex(this: LocalGrid, epochMs: number): number {
  if (epochMs >= this.startMs && epochMs < this.endMs) return this.index;
  const local = epochMs + this.zone.offsetMsAt(epochMs);
  // Days and months of the calendar are small integers, with which machines count faster.
  let index = Math.floor((local - this.originMs) / this.meanStepMs) | 0;
  // The mean is off by one at most; after that the local times are, where a clock was changed.
  let localStart = localMs(this, index);
  let localEnd = localMs(this, index + 1);
  while (local < localStart) {
    localEnd = localStart;
    localStart = localMs(this, --index);
  }
  while (local >= localEnd) {
    localStart = localEnd;
    localEnd = localMs(this, ++index + 1);
  }
  let start = instantOf(this, index, localStart);
  let end = instantOf(this, index + 1, localEnd);
  while (epochMs < start) {
    end = start;
    start = instantOf(this, --index, localMs(this, index));
  }
  while (epochMs >= end) {
    start = end;
    end = instantOf(this, ++index + 1, localMs(this, index + 1));
  }
  this.index = index;
  this.startMs = start;
  this.endMs = end;
  return index;
}

function localMs(grid: LocalGrid, index: number): number {
  if (grid.span === 0) return grid.originMs + index * grid.step;
  const month = grid.originMonth + index * grid.step;
  if (month < 0) return -Infinity;
  if (month > LAST_MONTH) return Infinity;
  let day = firstDayOfMonth(month) + grid.dayOffset;
  if (grid.dayOffset >= 28) day = Math.min(day, firstDayOfMonth(month + grid.span) - 1);
  return day * DAY_MS + grid.timeMs;
}

function instantOf(grid: LocalGrid, index: number, local: number): number {
  if (index === 0 && !Number.isNaN(grid.anchorMs)) return grid.anchorMs;
  if (local > EARLIEST_MS + EDGE_MS && local < LATEST_MS - EDGE_MS) return grid.zone.instantOf(local);
  // Zones are asked about the calendar's years only, and about the days around them.
  if (local < EARLIEST_MS - EDGE_MS) return -Infinity;
  if (local > LATEST_MS + EDGE_MS) return Infinity;
  return withinYears(grid.zone.instantOf(local));
}

function withinYears(epochMs: number): number {
  if (epochMs < EARLIEST_MS) return -Infinity;
  return epochMs > LATEST_MS ? Infinity : epochMs;
}
