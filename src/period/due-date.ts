import { assertParsed } from "../contract/brand.ts";
import type { PaymentTerms } from "../contract/configuration.ts";
import type { Schedule } from "../contract/schedule.ts";
import { fail, issue } from "../error.ts";
import { DAY_MS, dayInMonth, dayOfMonthClamped, daysInMonth, monthIndexOfDay } from "../time/civil.ts";
import { formatDate, type InstantLike, isInstantMs, toEpochMs } from "../time/instant.ts";
import type { Zone } from "../time/zone.ts";
import type { BillingPeriod } from "./billing-period.ts";
import { closingMs } from "./closing.ts";
import { outOfRange } from "./compile-timeline.ts";
import { requireAnyPeriod } from "./feature-period.ts";
import { closingEndMs, type PeriodMs, type Timeline, timelineOf } from "./timeline.ts";

/** What falls due: a fixed charge, the flat fee of a usage price, or usage. */
export type DueCharge = "fixed" | "flat_fee" | "usage";

const DUE_CHARGES: readonly string[] = ["fixed", "flat_fee", "usage"];

/**
 * When a charge of a period falls due, by the contract's due date policies and payment terms, invoiced when it is made.
 *
 * @param period a billing period of the contract, or a period of a feature's own cycle.
 * @param charge `fixed` (the default), `flat_fee` of a usage price, or `usage`, which is made when it closes.
 * @returns null where usage never closes, in an endless period.
 * @throws NOT_PARSED when the schedule didn't come through the gate; UNKNOWN_PERIOD when the period is another
 * contract's; UNKNOWN_VALUE when `charge` is none of the three; OUT_OF_RANGE when the date leaves the calendar.
 * @example
 * import { billingPeriod, dueDateOf, parseSchedule } from "pure-billing";
 *
 * const schedule = parseSchedule({
 *   cycle: "month",
 *   activation: "2026-01-31T09:00:00Z",
 *   configuration: { due_date_policy: "end_of_period", payment_terms: { net_days: 14 } },
 * });
 * dueDateOf(schedule, billingPeriod(schedule, 1)); //=> "2026-03-14T09:00:00Z"
 */
export function dueDateOf(
  schedule: Schedule,
  period: BillingPeriod,
  charge: DueCharge = "fixed",
): Date | null {
  assertParsed(schedule, "schedule", "schedule");
  if (!DUE_CHARGES.includes(charge)) {
    fail(issue("UNKNOWN_VALUE", "D1", ["charge"], "no such charge", charge, DUE_CHARGES.join(", ")));
  }
  const timeline = timelineOf(schedule);
  const own = requireAnyPeriod(schedule, period);
  const madeMs = charge === "usage" ? usageMadeMs(timeline, own, null) : own.startMs;
  const dueMs = chargeDueMs(timeline, own, charge, madeMs);
  return dueMs === null ? null : new Date(dueMs);
}

/**
 * The local date of an instant in the contract's time zone, for printing.
 *
 * @throws NOT_PARSED when the schedule didn't come through the gate; INVALID_INSTANT when `instant` is none.
 * @example
 * import { localDateOf, parseSchedule } from "pure-billing";
 *
 * const schedule = parseSchedule({ cycle: "month", time_zone: "Asia/Tokyo", activation: "2026-01-01T00:00:00Z" });
 * localDateOf(schedule, "2026-01-31T15:00:00Z"); //=> "2026-02-01"
 */
export function localDateOf(schedule: Schedule, instant: InstantLike): string {
  assertParsed(schedule, "schedule", "schedule");
  const { zone } = timelineOf(schedule);
  const epochMs = toEpochMs(instant, "instant");
  return formatDate(Math.floor((epochMs + zone.offsetMsAt(epochMs)) / DAY_MS));
}

/** When usage is made: when it closes, else at its period's end, which of an endless period is the contract's. */
export function usageMadeMs(timeline: Timeline, period: PeriodMs, closedMs: number | null): number | null {
  return closingMs(timeline, period, closedMs) ?? closingEndMs(timeline, period);
}

/**
 * When a charge falls due, in epoch milliseconds.
 *
 * @rule D2
 * @rule D4
 * @param invoicedMs the date of the invoice, or where none is known, when the charge is made.
 */
export function chargeDueMs(
  timeline: Timeline,
  period: PeriodMs,
  charge: DueCharge,
  invoicedMs: number | null,
): number | null {
  if (invoicedMs === null) return null;
  const configuration = timeline.summary.configuration ?? {};
  const fixed = configuration.due_date_policy ?? "start_of_period";
  const policy = charge === "fixed" ? fixed : (configuration.flat_fee_due_date_policy ?? fixed);
  const baseMs = charge === "usage" ? invoicedMs : policyDateMs(timeline, period, policy === "end_of_period");
  return termsDateMs(timeline.zone, Math.max(baseMs, invoicedMs), configuration.payment_terms ?? null);
}

/**
 * The start or the end of a period as it was when its charges were made: a contract that moves on leaves them so (M5).
 *
 * @rule D1
 */
function policyDateMs({ expirationMs }: Timeline, { fullEndMs, startMs }: PeriodMs, atEnd: boolean): number {
  if (!atEnd) return startMs;
  const endMs = Math.min(fullEndMs ?? Number.POSITIVE_INFINITY, expirationMs ?? Number.POSITIVE_INFINITY);
  return endMs === Number.POSITIVE_INFINITY ? startMs : endMs;
}

/**
 * The date that payment terms give, counted in local days from an instant and at its local time of day.
 *
 * @rule D3
 */
export function termsDateMs(zone: Zone, fromMs: number, terms: PaymentTerms | null): number {
  if (terms === null) return fromMs;
  const localMs = fromMs + zone.offsetMsAt(fromMs);
  const day = Math.floor(localMs / DAY_MS);
  const dueMs = zone.instantOf(localMs + (termsDay(day, terms) - day) * DAY_MS);
  if (!isInstantMs(dueMs)) outOfRange("the due date", terms);
  // The same day of this month can be over, and the first pass of a repeated hour too.
  return Math.max(fromMs, dueMs);
}

function termsDay(day: number, terms: PaymentTerms): number {
  // Of the three forms the gate lets one through; the others can be null.
  const { net_days, plus_days, proximo }: TermFields = terms;
  if (net_days != null) return day + net_days;
  const month = monthIndexOfDay(day);
  if (proximo == null) return dayOfMonthClamped(month, 31) + (plus_days ?? 0);
  const isLate = dayInMonth(day, month) > Math.min(proximo.cutoff_day, daysInMonth(month));
  return dayOfMonthClamped(month + proximo.months + (isLate ? 1 : 0), proximo.day);
}

interface TermFields {
  readonly net_days?: number | null;
  readonly plus_days?: number | null;
  readonly proximo?: { readonly cutoff_day: number; readonly months: number; readonly day: number } | null;
}
