import { addAmounts, type Invoice } from "pure-billing";
import type { TimelineRange } from "./timeline-facts.ts";

/** Invoices that lie too close together for marks of their own. */
export interface InvoiceGroup {
  readonly date: Date;
  readonly invoices: readonly Invoice[];
  readonly total: string;
}

/** Invoices by where they fall on an axis: those within a fraction of it are one group. */
export function invoiceGroups(
  invoices: readonly Invoice[],
  { from, to }: TimelineRange,
  fraction: number,
): InvoiceGroup[] {
  const nearMs = (to.getTime() - from.getTime()) * fraction;
  const groups: Invoice[][] = [];
  for (const invoice of invoices) {
    const group = groups.at(-1);
    const first = group?.[0];
    if (group !== undefined && first !== undefined && msBetween(first, invoice) < nearMs) group.push(invoice);
    else groups.push([invoice]);
  }
  return groups.map((group) => {
    // A group begins with one invoice.
    const [first] = group as [Invoice];
    const totals = group.map((invoice) => invoice.total_including_tax);
    return {
      date: new Date(first.date),
      invoices: group,
      total: addAmounts(totals, first.currency),
    };
  });
}

function msBetween(first: Invoice, second: Invoice): number {
  return new Date(second.date).getTime() - new Date(first.date).getTime();
}
