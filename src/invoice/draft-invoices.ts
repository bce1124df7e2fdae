import type { DraftLine } from "../charge/charge-line.ts";
import type { ChargeRun } from "../charge/charge-run.ts";
import { periodLines } from "../charge/draft-lines.ts";
import { lastIndex, periodWalk } from "../period/period-range.ts";
import { closingEndMs } from "../period/timeline.ts";
import { firstDrafted } from "./first-drafted.ts";
import type { RangeMs } from "./invoice-range.ts";
import { type InvoiceSchedule, invoiceScheduleOf } from "./invoice-schedule.ts";

/** An invoice on its way: its scheduled date, which its own is or follows, and its lines in the order of charging. */
export interface InvoiceDraft {
  readonly scheduledMs: number;
  dateMs: number;
  readonly lines: DraftLine[];
}

/**
 * The invoices dated in a range, by date; scheduled ones are there without lines too.
 *
 * Billing periods are drafted one after the other, since their discounts are worked out over each as a whole. An
 * invoice is ready as soon as every billing period that begins up to its date is drafted: all that a later one is
 * charged comes later.
 *
 * @rule I1 (what an invoice takes)
 */
export function* draftInvoices(run: ChargeRun, range: RangeMs): Generator<InvoiceDraft, void, undefined> {
  const { timeline } = run;
  // A pending contract has no start from which dates could count.
  const schedule = timeline.activationMs === null ? null : invoiceScheduleOf(timeline);
  if (schedule === null) return;
  const { fromMs, toMs } = range;
  const first = firstDrafted(run, schedule, fromMs);
  const next = periodWalk(timeline, { first, last: lastIndex(timeline, toMs), count: Infinity });
  const open = new Map<number, InvoiceDraft>();
  let emptyMs = schedule.isFixed ? schedule.dateFrom(fromMs) : Infinity;
  let period = next();
  while (period !== null) {
    for (const line of periodLines(run, period)) takeLine(run, schedule, open, line);
    period = next();
    const beforeMs = period?.startMs ?? toMs;
    for (; emptyMs < Math.min(beforeMs, timeline.endMs); emptyMs = schedule.dateFrom(emptyMs + 1)) {
      invoiceAt(open, emptyMs);
    }
    for (const invoice of readyInvoices(open, beforeMs)) {
      if (invoice.dateMs >= fromMs && invoice.dateMs < toMs) yield invoice;
    }
  }
}

/** Puts a line on its invoice; usage that never ends is on none. */
function takeLine(
  { timeline }: ChargeRun,
  schedule: InvoiceSchedule,
  open: Map<number, InvoiceDraft>,
  line: DraftLine,
): void {
  const { kind, madeMs, period } = line;
  const fromMs = kind === "usage" && schedule.isFixed ? closingEndMs(timeline, period) : madeMs;
  const scheduledMs = fromMs === null ? Infinity : schedule.dateFrom(fromMs);
  if (madeMs === null || scheduledMs === Infinity) return;
  const invoice = invoiceAt(open, scheduledMs);
  invoice.dateMs = Math.max(invoice.dateMs, madeMs);
  invoice.lines.push(line);
}

function invoiceAt(open: Map<number, InvoiceDraft>, scheduledMs: number): InvoiceDraft {
  let invoice = open.get(scheduledMs);
  if (invoice === undefined) {
    invoice = { scheduledMs, dateMs: scheduledMs, lines: [] };
    open.set(scheduledMs, invoice);
  }
  return invoice;
}

/** Takes out the invoices dated before an instant, by date, and at one date by their scheduled dates. */
function readyInvoices(open: Map<number, InvoiceDraft>, beforeMs: number): InvoiceDraft[] {
  const ready = [...open.values()].filter(({ dateMs }) => dateMs < beforeMs);
  for (const { scheduledMs } of ready) open.delete(scheduledMs);
  return ready.sort(
    (first, second) => first.dateMs - second.dateMs || first.scheduledMs - second.scheduledMs,
  );
}
