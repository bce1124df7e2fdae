import { type ChargeOptions, type ChargeRun, chargeRun } from "../charge/charge-run.ts";
import type { Contract } from "../contract/contract.ts";
import type { BillingIssue } from "../error.ts";
import { draftInvoices } from "./draft-invoices.ts";
import { type InvoiceRange, type RangeMs, readInvoiceRange } from "./invoice-range.ts";

/** A stretch of time, and what charges at other instants than those of periods: on demand, or closed by hand. */
export interface InvoiceDateOptions extends InvoiceRange, Pick<ChargeOptions, "usage" | "closed_at"> {}

/**
 * The dates that a contract's invoices carry in a stretch of time, one after the other, each made when it is asked for.
 *
 * Under `immediate` every instant at which something is charged is one. Under the other triggers every scheduled date
 * is, whether or not something is charged by then, or instead of it the closing of usage that its invoice waits for; and
 * last the date of the final invoice, if something is left for it. Under `manual` there are none.
 *
 * @rule I1 (dates)
 * @param options `from`, `to`: `to` is not included; `usage`, of which only on-demand charges matter; `closed_at`: when
 * usage was closed by hand. Without on-demand charges there are no dates for them.
 * @throws NOT_PARSED when the contract didn't come through the gate; MISSING, INVALID_INSTANT or INVALID_DATES for the
 * range, as `billingPeriods` does; what `usage` can get wrong, all in one error; OUT_OF_RANGE at the end of the calendar.
 * @example
 * import { invoiceDates, parseContract } from "pure-billing";
 *
 * const contract = parseContract({
 *   contract_summary: {
 *     cycle: "month",
 *     currency: "eur",
 *     activation: "2026-01-31T00:00:00Z",
 *     configuration: { invoice_trigger: "every_cycle", usage_period_closing_policy: "1 day" },
 *   },
 *   plan: { features: [{ slug: "calls", price: { amount: "1", strategy_details: { pricing_strategy: "usage" } } }] },
 * });
 * [...invoiceDates(contract, { from: "2026-01-01T00:00:00Z", to: "2026-04-01T00:00:00Z" })];
 * //=> ["2026-01-31T00:00:00Z", "2026-03-01T00:00:00Z"]
 */
export function invoiceDates(
  contract: Contract,
  options: InvoiceDateOptions,
): Generator<Date, void, undefined> {
  const issues: BillingIssue[] = [];
  const range = readInvoiceRange(issues, options);
  const { usage, closed_at } = options ?? {};
  const run = chargeRun(
    contract,
    { usage: usage ?? null, ...(closed_at !== undefined && { closed_at }) },
    issues,
  );
  // Amounts move no date, so that usage needn't be there, nor suffice.
  const book = { ...run.book, form: "none" } as const;
  return generate({ ...run, book, runningMs: -Infinity, untilMs: range.toMs - 1 }, range);
}

function* generate(run: ChargeRun, range: RangeMs): Generator<Date, void, undefined> {
  for (const { dateMs } of draftInvoices(run, range)) yield new Date(dateMs);
}
