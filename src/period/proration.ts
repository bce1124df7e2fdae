import type { ProrationBasis } from "../contract/configuration.ts";
import { fail, issue } from "../error.ts";
import { DAY_MS, dayInMonth, daysInMonth, monthIndexOfDay } from "../time/civil.ts";
import { formatInstant, isInstantMs } from "../time/instant.ts";
import type { Zone } from "../time/zone.ts";

/** A share of a period, not reduced: whole numbers, the numerator at most the denominator. */
export interface ProrationRatio {
  readonly numerator: number;
  readonly denominator: number;
}

/** What cuts a service short. */
export interface ServiceEnd {
  /** Another contract takes over, and with it the day that the end touches. */
  readonly endsByChange?: boolean;
}

/**
 * The share of its full period that a service makes up, exactly.
 *
 * Two services that share out a period by a change at an instant add up to one: the earlier with `endsByChange`.
 *
 * @rule M2
 * @param basis how it is counted: local days, elapsed milliseconds, or one of the two conventions of 30-day months.
 * @throws INVALID_DATES when the full period is empty, or the service isn't inside it.
 */
export function prorationRatio(
  basis: ProrationBasis,
  zone: Zone,
  serviceStartMs: number,
  serviceEndMs: number,
  fullStartMs: number,
  fullEndMs: number,
  { endsByChange = false }: ServiceEnd = {},
): ProrationRatio {
  checkService(serviceStartMs, serviceEndMs, fullStartMs, fullEndMs);
  const days = dayGridOf(zone, fullStartMs, fullEndMs);
  // A period under a day has no days to count.
  if (basis === "second" || fullEndMs < dayStart(days, 1)) {
    return { numerator: serviceEndMs - serviceStartMs, denominator: fullEndMs - fullStartMs };
  }
  const months = basis === "day" ? 0 : wholeMonths(days, fullEndMs);
  if (basis === "30/360" && months > 0) {
    const between = (startMs: number, endMs: number) =>
      thirtyDayMonths(zone, endMs) - thirtyDayMonths(zone, startMs);
    return ratioOf(between(serviceStartMs, serviceEndMs), between(fullStartMs, fullEndMs));
  }
  const firstDay = dayAt(days, serviceStartMs);
  const lastDay = endsByChange ? dayAt(days, serviceEndMs) : daysBefore(days, serviceEndMs);
  const touched = serviceStartMs === serviceEndMs ? 0 : lastDay - firstDay;
  return ratioOf(touched, months > 0 ? 30 * months : daysBefore(days, fullEndMs));
}

/** The local days of a full period, each from the same local time to the same one of the next day. */
interface DayGrid {
  readonly zone: Zone;
  readonly startMs: number;
  /** Local midnight of the day that the period starts on. */
  readonly midnightMs: number;
  /** The time of day at which days change. */
  readonly timeMs: number;
}

function dayGridOf(zone: Zone, startMs: number, endMs: number): DayGrid {
  const startMidnight = localMidnight(zone, startMs);
  const endMidnight = localMidnight(zone, endMs);
  const endTime = endMs + zone.offsetMsAt(endMs) - endMidnight;
  const grid = (timeMs: number): DayGrid => ({ zone, startMs, midnightMs: startMidnight, timeMs });
  // A boundary in a gap of the clock was moved forward: its time of day is known from elsewhere, if it isn't midnight.
  if (zone.instantOf(startMidnight) === startMs && zone.instantOf(endMidnight) === endMs) return grid(0);
  if (zone.instantOf(startMidnight + endTime) === startMs) return grid(endTime);
  return grid(startMs + zone.offsetMsAt(startMs) - startMidnight);
}

function localMidnight(zone: Zone, epochMs: number): number {
  return Math.floor((epochMs + zone.offsetMsAt(epochMs)) / DAY_MS) * DAY_MS;
}

/** Start of a day of the period; day 0 begins with it, even in the second pass of a repeated hour. */
function dayStart({ zone, startMs, midnightMs, timeMs }: DayGrid, day: number): number {
  return day === 0 ? startMs : zone.instantOf(midnightMs + timeMs + day * DAY_MS);
}

/** The day that an instant is in. */
function dayAt(grid: DayGrid, epochMs: number): number {
  const localMs = epochMs + grid.zone.offsetMsAt(epochMs);
  let day = Math.floor((localMs - grid.midnightMs - grid.timeMs) / DAY_MS);
  while (dayStart(grid, day) > epochMs) day--;
  while (dayStart(grid, day + 1) <= epochMs) day++;
  return day;
}

/** How many days were begun before an instant. */
function daysBefore(grid: DayGrid, epochMs: number): number {
  const day = dayAt(grid, epochMs);
  return dayStart(grid, day) === epochMs ? day : day + 1;
}

/** The months of a full period that is some whole ones, by local date, clamping and time of day; else 0. */
function wholeMonths({ zone, midnightMs, timeMs }: DayGrid, endMs: number): number {
  const endMidnight = localMidnight(zone, endMs);
  const isSameTime = endMs + zone.offsetMsAt(endMs) === endMidnight + timeMs;
  if (!isSameTime && zone.instantOf(endMidnight + timeMs) !== endMs) return 0;
  const startMonth = monthIndexOfDay(midnightMs / DAY_MS);
  const endMonth = monthIndexOfDay(endMidnight / DAY_MS);
  const startDay = dayInMonth(midnightMs / DAY_MS, startMonth);
  const endDay = dayInMonth(endMidnight / DAY_MS, endMonth);
  const isClamped =
    startDay < endDay ? startDay === daysInMonth(startMonth) : endDay === daysInMonth(endMonth);
  return startDay === endDay || isClamped ? endMonth - startMonth : 0;
}

/** Days to the local date of an instant, if every month had thirty. */
function thirtyDayMonths(zone: Zone, epochMs: number): number {
  const day = localMidnight(zone, epochMs) / DAY_MS;
  const month = monthIndexOfDay(day);
  return 30 * month + Math.min(dayInMonth(day, month), 30);
}

function ratioOf(numerator: number, denominator: number): ProrationRatio {
  return { numerator: Math.min(numerator, denominator), denominator };
}

function checkService(
  serviceStartMs: number,
  serviceEndMs: number,
  fullStartMs: number,
  fullEndMs: number,
): void {
  if (!(fullStartMs < fullEndMs)) {
    refuse("full", "the full period is empty", fullStartMs, fullEndMs, "an end after its start");
  }
  if (serviceStartMs <= serviceEndMs && serviceStartMs >= fullStartMs && serviceEndMs <= fullEndMs) return;
  refuse(
    "service",
    "the service leaves the full period",
    serviceStartMs,
    serviceEndMs,
    "a stretch inside it",
  );
}

function refuse(name: string, problem: string, startMs: number, endMs: number, allowed: string): never {
  const shown = [startMs, endMs].map((each) => (isInstantMs(each) ? formatInstant(each) : "no instant"));
  fail(issue("INVALID_DATES", "M2", [name], problem, shown.join(" to "), allowed));
}
