import {
  type BillingPeriod,
  type Contract,
  eachBillingPeriod,
  type Invoice,
  type InvoiceRange,
  type InvoiceTrigger,
} from "../index.ts";
import { minorUnitDigits } from "../money/currency.ts";
import { timelineOf } from "../period/timeline.ts";
import { parseInstant, toEpochMs } from "../time/instant.ts";
import { invoiceTable } from "./invoice-table.ts";
import { localClock } from "./local-time.ts";
import { facts } from "./table.ts";
import { timeline } from "./timeline.ts";
import { titleOf } from "./title.ts";

/** Invoices as people read them. */
export function invoiceReport(contract: Contract, invoices: readonly Invoice[], range: InvoiceRange): string {
  const { contract_summary: summary, plan } = contract;
  const clock = localClock(contract);
  const trigger = summary.configuration?.invoice_trigger ?? "immediate";
  const head = facts([
    ["Invoiced", invoicedText(trigger)],
    ["Time zone", clock.zone],
    ["Currency", summary.currency],
  ]);
  const sections =
    invoices.length === 0
      ? [`No invoice is dated from ${clock.show(range.from as string)} to ${clock.show(range.to as string)}.`]
      : [
          drawn(contract, invoices, range),
          // The gate let only known currencies through.
          invoiceTable(contract, invoices, minorUnitDigits(summary.currency) as number, clock),
        ];
  return [titleOf(summary, plan), head, ...sections].filter((section) => section !== "").join("\n\n");
}

function drawn(contract: Contract, invoices: readonly Invoice[], range: InvoiceRange): string {
  const periods: Iterable<BillingPeriod> = eachBillingPeriod(contract, range);
  const stretch = { fromMs: toEpochMs(range.from, "from"), toMs: toEpochMs(range.to, "to") };
  const dates = invoices.map(({ date }) => parseInstant(date));
  return timeline(stretch, timelineOf(contract).zone, periods, dates);
}

/** When invoices are written, in words: "as charges are made", "every 2 quarters, on day 1". */
function invoicedText(trigger: InvoiceTrigger): string {
  if (trigger === "immediate") return "as charges are made";
  if (trigger === "manual") return "by hand";
  if (trigger === "every_cycle") return "at the start and at the end of every period";
  const { cycle, cycle_count, cycle_start_offset: day } = trigger.periodic;
  const count = cycle_count ?? 1;
  const cycles = count === 1 ? `every ${cycle}` : `every ${count} ${cycle}s`;
  return day == null ? `${cycles} from the start on` : `${cycles}, on day ${day}`;
}
