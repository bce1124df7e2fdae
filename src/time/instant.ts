import { type BillingIssue, fail, type IssuePath, issue } from "../error.ts";
import { DAY_MS, dayInMonth, firstDayOfMonth, isCivilDate, monthIndexOfDay } from "./civil.ts";

/** What is taken as an instant: a Date, an ISO 8601 string with an offset, or a Temporal object that has one. */
export type InstantLike = Date | string | { readonly epochMilliseconds: number };

/** 0001-01-01T00:00:00Z. */
export const EARLIEST_MS = -62_135_596_800_000;
/** 9999-12-31T23:59:59.999Z. */
export const LATEST_MS = 253_402_300_799_999;

const ALLOWED = "an instant with an offset in the years 0001 to 9999, such as 2026-01-31T09:30:00Z";

/** Tells whether a number of milliseconds is an instant of the years 0001 to 9999. */
export function isInstantMs(epochMs: number): boolean {
  return epochMs >= EARLIEST_MS && epochMs <= LATEST_MS;
}

/**
 * Reads an ISO 8601 instant as epoch milliseconds: NaN where it doesn't exist or has no offset.
 * Digits below the millisecond are cut.
 */
export function parseInstant(text: string): number {
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  const hour = twoDigits(text, 11);
  const minute = twoDigits(text, 14);
  if (!(text[4] === "-" && text[7] === "-" && text[10] === "T" && text[13] === ":")) return NaN;
  // Comparisons are false for the NaN of a missing digit.
  if (!(year >= 1 && hour <= 23 && minute <= 59 && isCivilDate(year, month, day))) return NaN;

  let at = 16;
  let secondsMs = 0;
  if (text[at] === ":") {
    const second = twoDigits(text, 17);
    if (!(second <= 59)) return NaN;
    secondsMs = second * 1000;
    at = 19;
    if (text[at] === ".") {
      const first = ++at;
      let weight = 100;
      for (let digit = digitAt(text, at); digit >= 0; digit = digitAt(text, ++at)) {
        secondsMs += digit * weight;
        weight = weight === 100 ? 10 : weight === 10 ? 1 : 0;
      }
      if (at === first) return NaN;
    }
  }

  const offsetMs = parseOffset(text, at);
  const days = firstDayOfMonth(year * 12 + month - 1) + day - 1;
  const epochMs = days * DAY_MS + hour * 3_600_000 + minute * 60_000 + secondsMs - offsetMs;
  return isInstantMs(epochMs) ? epochMs : NaN;
}

// The lines of a document share a few instants: what is printed again and again is printed once.
// A prime: instants of one time of day don't share the few slots that a power of two would leave them.
const SLOTS = 251;
const PRINTED_MS: number[] = new Array(SLOTS).fill(Number.NaN);
const PRINTED: string[] = new Array(SLOTS).fill("");

/** Writes an instant as ISO 8601 in UTC, milliseconds only where they aren't zero: "2026-01-31T09:30:00Z". */
export function formatInstant(epochMs: number): string {
  const slot = Math.abs(Math.floor(epochMs / 60_000)) % SLOTS;
  if (PRINTED_MS[slot] !== epochMs) {
    PRINTED[slot] = printInstant(epochMs);
    PRINTED_MS[slot] = epochMs;
  }
  return PRINTED[slot] as string;
}

function printInstant(epochMs: number): string {
  const days = Math.floor(epochMs / DAY_MS);
  const msOfDay = epochMs - days * DAY_MS;
  const seconds = Math.floor(msOfDay / 1000);
  const milliseconds = msOfDay - seconds * 1000;
  const hour = (seconds / 3600) | 0;
  const minute = ((seconds - hour * 3600) / 60) | 0;
  const fraction = milliseconds === 0 ? "" : `.${String(1000 + milliseconds).slice(1)}`;
  const time = `${PAIRS[hour]}:${PAIRS[minute]}:${PAIRS[seconds % 60]}${fraction}`;
  return `${formatDate(days)}T${time}Z`;
}

/** Writes a day number as a date: "2026-01-31". */
export function formatDate(days: number): string {
  const monthIndex = monthIndexOfDay(days);
  const year = Math.floor(monthIndex / 12);
  const month = monthIndex - year * 12 + 1;
  const century = (year / 100) | 0;
  return `${PAIRS[century]}${PAIRS[year - century * 100]}-${PAIRS[month]}-${PAIRS[dayInMonth(days, monthIndex)]}`;
}

/** Epoch milliseconds of an instant that a caller gave, or the issue that it is none of the years 0001 to 9999. */
export function readInstant(value: unknown, path: IssuePath): number | BillingIssue {
  const epochMs = epochMsOf(value);
  if (Number.isInteger(epochMs) && isInstantMs(epochMs)) return epochMs;
  return issue("INVALID_INSTANT", null, path, "not an instant", value, ALLOWED);
}

/**
 * The same for a caller's argument, which is the only clock there is; `name` is what the caller calls it.
 *
 * @rule S3
 * @throws INVALID_INSTANT when it isn't an instant of the years 0001 to 9999.
 */
export function toEpochMs(value: InstantLike, name: string): number {
  const epochMs = readInstant(value, [name]);
  return typeof epochMs === "number" ? epochMs : fail(epochMs);
}

function epochMsOf(value: unknown): number {
  if (typeof value === "string") return parseInstant(value);
  if (typeof value !== "object" || value === null) return NaN;
  try {
    if (value instanceof Date) return value.getTime();
    const { epochMilliseconds, getTime } = value as { epochMilliseconds?: unknown; getTime?: unknown };
    if (typeof epochMilliseconds === "number") return epochMilliseconds;
    // A Date of another realm is no instance of ours.
    return typeof getTime === "function" ? Number(getTime.call(value)) : NaN;
  } catch {
    return NaN;
  }
}

const PAIRS: readonly string[] = Array.from({ length: 100 }, (_, number) => String(100 + number).slice(1));

function digitAt(text: string, at: number): number {
  const digit = text.charCodeAt(at) - 48;
  return digit >= 0 && digit <= 9 ? digit : -1;
}

/** NaN where there aren't two digits. */
function twoDigits(text: string, at: number): number {
  const tens = digitAt(text, at);
  const ones = digitAt(text, at + 1);
  return tens < 0 || ones < 0 ? NaN : tens * 10 + ones;
}

/** Z, ±hh:mm or ±hhmm up to the end of the text; NaN where it isn't one. */
function parseOffset(text: string, at: number): number {
  const sign = text[at];
  if (sign === "Z") return text.length === at + 1 ? 0 : NaN;
  if (sign !== "+" && sign !== "-") return NaN;
  const minuteAt = text[at + 3] === ":" ? at + 4 : at + 3;
  const hours = twoDigits(text, at + 1);
  const minutes = twoDigits(text, minuteAt);
  if (!(hours <= 23 && minutes <= 59 && text.length === minuteAt + 2)) return NaN;
  return (sign === "-" ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}
