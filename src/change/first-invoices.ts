import type { ChargeRun } from "../charge/charge-run.ts";
import type { Invoice } from "../invoice/invoice.ts";
import { invoicesIn } from "../invoice/project-invoices.ts";
import type { PeriodMs } from "../period/timeline.ts";
import { DAY_MS } from "../time/civil.ts";

/** Own cycles of a year, and usage that closes ten years later, are invoiced by then. */
const LOOKAHEAD_MS = 12 * 366 * DAY_MS;

/** The invoices of a contract's first period, of an endless one those at its start; where there are none, the next. */
export function firstInvoices(run: ChargeRun, { startMs, endMs }: PeriodMs): Invoice[] {
  const invoices = [...invoicesUntil(run, startMs, endMs ?? startMs + 1)];
  if (invoices.length > 0) return invoices;
  for (const invoice of invoicesUntil(run, startMs, startMs + LOOKAHEAD_MS)) return [invoice];
  return [];
}

function invoicesUntil(run: ChargeRun, fromMs: number, toMs: number): Generator<Invoice, void, undefined> {
  return invoicesIn({ ...run, untilMs: toMs - 1 }, { fromMs, toMs });
}
