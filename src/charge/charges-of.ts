import type { Contract } from "../contract/contract.ts";
import { type BillingPeriod, requirePeriod } from "../period/billing-period.ts";
import { type ChargeLine, chargeLine } from "./charge-line.ts";
import { type ChargeOptions, chargeRun } from "./charge-run.ts";
import { periodLines } from "./draft-lines.ts";

/**
 * What a billing period is charged: the lines of its invoices, in the document's order.
 *
 * The one path from contract to money: estimates select from these lines, invoices group them.
 *
 * @rule I2 (lines)
 * @param contract what `parseContract` returned.
 * @param period a billing period of this contract; own-cycle features (P13) are charged in the period in which their
 * own period begins.
 * @param options `usage` in any form; `at` and `closed_at` as instants; `tax_rates` in percent by tax code.
 * @throws NOT_PARSED when the contract did not come through the gate; UNKNOWN_PERIOD when the period is not the
 * contract's; what `usage` can get wrong (UNKNOWN_SLUG, INVALID_DECIMAL, ...); INVALID_INSTANT for `at` and
 * `closed_at`; INVALID_DECIMAL or OUT_OF_RANGE for a tax rate; NEEDS_EVENTS when a price depends on events that were
 * not given.
 * @example
 * import { billingPeriod, chargesOf, parseContract } from "pure-billing";
 *
 * const contract = parseContract({
 *   contract_summary: { cycle: "month", currency: "eur", activation: "2026-01-31T00:00:00Z" },
 *   plan: {
 *     features: [
 *       {
 *         slug: "calls",
 *         price: { amount: "0.01", strategy_details: { pricing_strategy: "usage", flat_fee: "9.90" } },
 *       },
 *     ],
 *   },
 * });
 * const period = billingPeriod(contract, 2);
 * const lines = chargesOf(contract, period, { usage: { sums: { calls: "1234" } } });
 * lines.map((line) => [line.kind, line.unit_count, line.subtotal, line.due_date]);
 * //=> [["flat_fee", null, "9.90", "2026-02-28T00:00:00Z"], ["usage", "1234", "12.34", "2026-03-31T00:00:00Z"]]
 */
export function chargesOf(
  contract: Contract,
  period: BillingPeriod,
  options: ChargeOptions = {},
): ChargeLine[] {
  const run = chargeRun(contract, options);
  return periodLines(run, requirePeriod(run.timeline, period)).map((line) => chargeLine(run, line));
}
