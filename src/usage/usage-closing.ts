import { assertParsed } from "../contract/brand.ts";
import type { Schedule } from "../contract/schedule.ts";
import { fail, issue } from "../error.ts";
import type { BillingPeriod } from "../period/billing-period.ts";
import { closingMs } from "../period/closing.ts";
import { requireAnyPeriod } from "../period/feature-period.ts";
import { closingEndMs, type PeriodMs, type Timeline, timelineOf } from "../period/timeline.ts";
import { type InstantLike, toEpochMs } from "../time/instant.ts";

export { closingMs };

/** What becomes of usage that is reported now: all of it counts, late usage still does, or none does any more. */
export type UsagePeriodState = "open" | "closing" | "closed";

/** When the caller closed the usage of a period, which the policy `manual` asks for. */
export interface ClosingOptions {
  readonly closed_at?: InstantLike;
}

/**
 * When the usage of a period closes; null where it never does: under `manual` until it is closed, and in an endless
 * period of a contract that doesn't expire.
 *
 * @param period a billing period of the contract, or a period of a feature's own cycle.
 * @param options `closed_at`: when the caller closed it; no other policy than `manual` reads it.
 * @throws NOT_PARSED when the schedule didn't come through the gate; UNKNOWN_PERIOD when the period is another
 * contract's; INVALID_INSTANT when `closed_at` is none; INVALID_DATES when it is before the period's end.
 * @example
 * import { billingPeriod, parseSchedule, usageClosingOf } from "pure-billing";
 *
 * const schedule = parseSchedule({
 *   cycle: "month",
 *   activation: "2026-01-01T00:00:00Z",
 *   configuration: { usage_period_closing_policy: "1 hour" },
 * });
 * usageClosingOf(schedule, billingPeriod(schedule, 1)); //=> "2026-02-01T01:00:00Z"
 */
export function usageClosingOf(
  schedule: Schedule,
  period: BillingPeriod,
  options: ClosingOptions = {},
): Date | null {
  assertParsed(schedule, "schedule", "schedule");
  const timeline = timelineOf(schedule);
  const closesMs = closingOf(timeline, requireAnyPeriod(schedule, period), options);
  return closesMs === null ? null : new Date(closesMs);
}

/**
 * Whether the usage of a period is open, closing (over, but late usage still counts) or closed at an instant.
 *
 * @rule U2
 * @param options `closed_at`: when the caller closed it; no other policy than `manual` reads it.
 * @throws what `usageClosingOf` does, and INVALID_INSTANT when `at` is no instant.
 * @example
 * import { billingPeriod, parseSchedule, usagePeriodState } from "pure-billing";
 *
 * const schedule = parseSchedule({
 *   cycle: "month",
 *   activation: "2026-01-01T00:00:00Z",
 *   configuration: { usage_period_closing_policy: "1 day" },
 * });
 * const january = billingPeriod(schedule, 1);
 * usagePeriodState(schedule, january, "2026-01-31T23:59:59Z"); //=> "open"
 * usagePeriodState(schedule, january, "2026-02-01T00:00:00Z"); //=> "closing"
 * usagePeriodState(schedule, january, "2026-02-02T00:00:00Z"); //=> "closed"
 */
export function usagePeriodState(
  schedule: Schedule,
  period: BillingPeriod,
  at: InstantLike,
  options: ClosingOptions = {},
): UsagePeriodState {
  assertParsed(schedule, "schedule", "schedule");
  const timeline = timelineOf(schedule);
  const own = requireAnyPeriod(schedule, period);
  const closesMs = closingOf(timeline, own, options);
  const endMs = closingEndMs(timeline, own);
  const atMs = toEpochMs(at, "at");
  if (endMs === null || atMs < endMs) return "open";
  return closesMs === null || atMs < closesMs ? "closing" : "closed";
}

function closingOf(timeline: Timeline, period: PeriodMs, options: ClosingOptions | null): number | null {
  const closed_at = options?.closed_at ?? null;
  if (closed_at === null) return closingMs(timeline, period, null);
  const closedMs = toEpochMs(closed_at, "closed_at");
  const endMs = closingEndMs(timeline, period);
  if (endMs !== null && closedMs < endMs) {
    fail(
      issue(
        "INVALID_DATES",
        "U1",
        ["closed_at"],
        "usage is closed before its period ends",
        closed_at,
        "the period's end or later",
      ),
    );
  }
  return closingMs(timeline, period, closedMs);
}
