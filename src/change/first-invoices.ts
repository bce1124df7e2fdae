import type { ChargeRun } from "../charge/charge-run.ts";
import type { Invoice } from "../invoice/invoice.ts";
import { invoicesIn } from "../invoice/project-invoices.ts";
import type { PeriodMs } from "../period/timeline.ts";
import { DAY_MS } from "../time/civil.ts";

/** Own cycles of a year, and usage that closes ten years later, are invoiced by then. */
const LATEST_MS = 12 * 366 * DAY_MS;

/** The invoices that a contract writes in its first period, and where there are none, the first one after. */
export function firstInvoices(run: ChargeRun, { startMs, endMs }: PeriodMs): Invoice[] {
  const invoices = endMs === null ? [] : [...invoicesUntil(run, startMs, endMs)];
  if (invoices.length > 0) return invoices;
  for (const invoice of invoicesUntil(run, startMs, startMs + LATEST_MS)) return [invoice];
  return [];
}

function invoicesUntil(run: ChargeRun, fromMs: number, toMs: number): Generator<Invoice, void, undefined> {
  return invoicesIn({ ...run, untilMs: toMs - 1 }, { fromMs, toMs });
}
