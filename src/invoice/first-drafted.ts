import type { ChargeRun } from "../charge/charge-run.ts";
import { isOwnCycle } from "../contract/cycle.ts";
import { closingDelayMs } from "../period/closing.ts";
import { ownTimelineOf } from "../period/own-cycle.ts";
import { periodIndexAt, periodMsAt } from "../period/timeline.ts";
import type { InvoiceSchedule } from "./invoice-schedule.ts";

/**
 * The index of the first billing period that can be charged on an invoice dated at or after an instant: usage is
 * charged when its period closes, and an own period may have begun many billing periods before it ends.
 */
export function firstDrafted(run: ChargeRun, schedule: InvoiceSchedule, fromMs: number): number {
  const { timeline } = run;
  const policy = timeline.summary.configuration?.usage_period_closing_policy ?? "automatic";
  // What is closed by hand may be closed all at once.
  if (policy === "manual" && run.closedMs !== null && run.closedMs >= fromMs) return 1;
  // The first invoice that can be dated so takes what comes after the date before it.
  const afterMs = schedule.dateBefore(fromMs - closingDelayMs(policy));
  if (afterMs < timeline.startMs) return 1;
  if (afterMs >= timeline.endMs) return Infinity;
  const own = run.items
    .map((item) => item.charge_trigger)
    .filter(isOwnCycle)
    .map((unit) => periodMsAt(ownTimelineOf(timeline, unit), afterMs)?.startMs ?? afterMs);
  return Math.min(...[afterMs, ...own].map((epochMs) => periodIndexAt(timeline, epochMs)));
}
