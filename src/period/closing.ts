import { milliseconds } from "date-fns/milliseconds";
import type { UsageClosingPolicy } from "../contract/configuration.ts";
import { closingEndMs, type PeriodMs, type Timeline } from "./timeline.ts";

const DELAYS = { "15 minutes": { minutes: 15 }, "1 hour": { hours: 1 }, "1 day": { days: 1 } } as const;

/**
 * When the usage of a period closes; null where it never does.
 *
 * @rule U1
 * @param closedMs when the caller closed usage, which only the policy `manual` asks for; before the period's end it
 * says nothing about this period.
 */
export function closingMs(timeline: Timeline, period: PeriodMs, closedMs: number | null): number | null {
  const endMs = closingEndMs(timeline, period);
  const policy = timeline.summary.configuration?.usage_period_closing_policy ?? "automatic";
  if (endMs === null) return null;
  if (policy === "manual") return closedMs !== null && closedMs >= endMs ? closedMs : null;
  return endMs + closingDelayMs(policy);
}

/** How long after the end of its period usage closes: elapsed time, a day is 24 hours; none where that is done by hand. */
export function closingDelayMs(policy: UsageClosingPolicy): number {
  if (policy === "automatic" || policy === "manual") return 0;
  if (typeof policy === "string") return milliseconds(DELAYS[policy]);
  const { days, hours, minutes } = policy.delay;
  return milliseconds({ days: days ?? 0, hours: hours ?? 0, minutes: minutes ?? 0 });
}
