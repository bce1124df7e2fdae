import { type ChargeOptions, type ChargeRun, chargeRun, runOver } from "../charge/charge-run.ts";
import type { Contract } from "../contract/contract.ts";
import type { BillingIssue } from "../error.ts";
import { draftInvoices } from "./draft-invoices.ts";
import { type Invoice, printInvoice } from "./invoice.ts";
import { type InvoiceRange, type RangeMs, readInvoiceRange } from "./invoice-range.ts";

export type { Invoice, InvoiceRange };

/** What invoices to come depend on beside the contract. */
export interface ProjectionOptions extends InvoiceRange, ChargeOptions {}

/**
 * The invoices of a contract dated in a stretch of time, one after the other by date, each made when it is asked for:
 * the lines of `chargesOf`, grouped as the contract's `invoice_trigger` says.
 *
 * Usage that isn't given is assumed (`used_unit_count` for the running period, else zero), and its line says so. Where
 * a period's usage is closed by hand, it is expected at the period's end; `closed_at` closes at once all that ended
 * before. What never ends is never invoiced.
 *
 * @rule I3
 * @param options `from`, `to`: dates of invoices, `to` not included; `usage` in any form; `tax_rates` in percent by tax
 * code; `closed_at`: when usage was closed by hand; `at`: later usage events don't count, and sums are of the period
 * that runs then. Without `at` all events count, and sums are of the period that runs at `from`, or of the first one.
 * @throws NOT_PARSED when the contract didn't come through the gate; MISSING, INVALID_INSTANT or INVALID_DATES for the
 * range, as `billingPeriods` does; what `usage` and `tax_rates` can get wrong, all in one error; on the way NEEDS_EVENTS
 * when a price depends on events that were not given, TOO_MANY above 100,000 own periods in one billing period, and
 * OUT_OF_RANGE at the end of the calendar.
 * @example
 * import { parseContract, projectInvoices } from "pure-billing";
 *
 * const contract = parseContract({
 *   contract_summary: {
 *     cycle: "month",
 *     currency: "eur",
 *     activation: "2026-01-15T00:00:00Z",
 *     configuration: { invoice_trigger: { periodic: { cycle: "quarter", cycle_start_offset: 1 } } },
 *   },
 *   plan: { features: [{ slug: "seats", price: { amount: "9.90", strategy_details: { pricing_strategy: "flat" } } }] },
 * });
 * const range = { from: "2026-01-01T00:00:00Z", to: "2027-01-01T00:00:00Z" };
 * const invoices = [...projectInvoices(contract, { ...range, tax_rates: { default: "19" } })];
 * invoices.map(({ date, lines, total_including_tax }) => [date, lines.length, total_including_tax]);
 * //=> [["2026-04-01T00:00:00Z", 3, "35.34"], ["2026-07-01T00:00:00Z", 3, "35.34"], ["2026-10-01T00:00:00Z", 3, "35.34"]]
 */
export function projectInvoices(
  contract: Contract,
  options: ProjectionOptions,
): Generator<Invoice, void, undefined> {
  const issues: BillingIssue[] = [];
  const range = readInvoiceRange(issues, options);
  const run = chargeRun(contract, options ?? {}, issues);
  // Outside the generator, so that wrong options are refused at once and not at the first invoice.
  return invoicesIn(runOver(run, range), range);
}

/** The invoices of a run dated in a range, one after the other. */
export function* invoicesIn(run: ChargeRun, range: RangeMs): Generator<Invoice, void, undefined> {
  for (const invoice of draftInvoices(run, range)) {
    if (invoice.lines.length > 0) yield printInvoice(run, invoice);
  }
}
