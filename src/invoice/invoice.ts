import { type ChargeLine, chargeLine, type DraftLine } from "../charge/charge-line.ts";
import type { ChargeRun } from "../charge/charge-run.ts";
import { formatMinor } from "../money/amounts.ts";
import { toScaledBigint } from "../money/integer.ts";
import { chargeDueMs } from "../period/due-date.ts";
import { formatInstant } from "../time/instant.ts";
import type { InvoiceDraft } from "./draft-invoices.ts";

/** Lines and their sums. Instants are ISO 8601 in UTC, amounts decimal strings. */
export interface SummedLines {
  /** In the document's order: the plan's price, groups, features, then by the start of the period. */
  readonly lines: readonly ChargeLine[];
  readonly subtotal: string;
  readonly discount_amount: string;
  readonly total_excluding_tax: string;
  /** null: no line has a rate. */
  readonly tax_amount: string | null;
  readonly total_including_tax: string;
  readonly currency: string;
}

/** One invoice. */
export interface Invoice extends SummedLines {
  readonly date: string;
  /** The earliest of its lines'. */
  readonly due_date: string;
}

/**
 * Prints an invoice: its lines fall due by its date.
 *
 * @rule I2 (invoices)
 */
export function printInvoice(run: ChargeRun, { dateMs, lines: drafts }: InvoiceDraft): Invoice {
  const due = drafts.map((line) => ({ ...line, dueMs: dueMsOf(run, line, dateMs) }));
  return {
    date: formatInstant(dateMs),
    due_date: formatInstant(Math.min(...due.map(({ dueMs }) => dueMs))),
    ...sumLines(run, due),
  };
}

/**
 * Prints lines and sums them.
 *
 * @rule A2 (invoices)
 */
export function sumLines(run: ChargeRun, drafts: readonly DraftLine[]): SummedLines {
  const lines = inDocumentOrder(run, drafts).map((line) => chargeLine(run, line));
  const sum = (amounts: readonly string[]): string => sumOf(amounts, run.digits);
  const taxes = lines.flatMap(({ tax_amount: tax }) => (tax === null ? [] : [tax]));
  return {
    lines,
    subtotal: sum(lines.map((line) => line.subtotal)),
    discount_amount: sum(lines.map((line) => line.discount_amount)),
    total_excluding_tax: sum(lines.map((line) => line.total_excluding_tax)),
    tax_amount: taxes.length === 0 ? null : sum(taxes),
    total_including_tax: sum(lines.map((line) => line.total_including_tax)),
    currency: run.contract.contract_summary.currency,
  };
}

function inDocumentOrder({ items }: ChargeRun, lines: readonly DraftLine[]): DraftLine[] {
  return [...lines].sort(
    (first, second) =>
      items.indexOf(first.item) - items.indexOf(second.item) || first.period.startMs - second.period.startMs,
  );
}

/** When a line falls due: never before it is invoiced. */
function dueMsOf({ timeline }: ChargeRun, { kind, period }: DraftLine, invoicedMs: number): number {
  const charge = kind === "usage" || kind === "flat_fee" ? kind : "fixed";
  return chargeDueMs(timeline, period, charge, invoicedMs) ?? invoicedMs;
}

/** The sum of printed amounts, however large. */
export function sumOf(amounts: readonly string[], digits: number): string {
  return formatMinor(
    amounts.reduce((sum, amount) => sum + toScaledBigint(amount, digits), 0n),
    digits,
  );
}
