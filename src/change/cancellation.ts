import type { ChargeLine, DraftLine } from "../charge/charge-line.ts";
import type { ChargeRun } from "../charge/charge-run.ts";
import { amendContract } from "../contract/amend.ts";
import { assertParsed } from "../contract/brand.ts";
import type { Contract } from "../contract/contract.ts";
import { type BillingIssue, collect, issue, refuse } from "../error.ts";
import { draftInvoices } from "../invoice/draft-invoices.ts";
import { type Invoice, sumLines, sumOf } from "../invoice/invoice.ts";
import { invoicesIn } from "../invoice/project-invoices.ts";
import { periodMsAt, timelineOf } from "../period/timeline.ts";
import { formatInstant, readInstant } from "../time/instant.ts";
import { creditOf, runningCharges } from "./credit.ts";
import { checkActive, refuseDate } from "./effective-at.ts";
import { type ChangeOptions, endedRun } from "./runs.ts";
import { unusedShare } from "./unused-share.ts";

/** When a cancellation takes effect: at once, or when the running period is over. */
export type CancellationMode = "end_of_period" | "now";

/** How a contract is canceled, and what that depends on. */
export interface CancellationOptions extends ChangeOptions {
  readonly mode: CancellationMode;
}

/** What a cancellation comes to. Instants are ISO 8601, amounts decimal strings. */
export interface CancellationPreview {
  readonly effective_at: string;
  /** What was invoiced for time that isn't used: lines of the kind `credit`, below zero. */
  readonly credits: readonly ChargeLine[];
  /** The invoices from then on: the last usage, and what was charged but not invoiced. */
  readonly remains_to_pay_current_contract: readonly Invoice[];
  /** What remains to be paid, less the credits; below zero where these are more. */
  readonly net: string;
  /** With its `expiration`. */
  readonly contract: Contract;
}

const MODES: readonly unknown[] = ["end_of_period", "now"];

/**
 * What it comes to when a contract is canceled: its end, the credit for what was paid and isn't used, and what remains
 * to be paid. The day on which it ends counts as used.
 *
 * What was invoiced before stays as it is; what wasn't yet is charged as the expiring contract charges it (P9, W4).
 *
 * @rule M3 (cancellation)
 * @param options `at`: the instant of the request; `mode`: `now`, or `end_of_period` for the end of the period that runs
 * at `at`; `usage` in any form; `tax_rates` in percent by tax code.
 * @throws NOT_PARSED when the contract didn't come through the gate; INVALID_DATES when it isn't active at `at`, or has
 * no period that ends; UNKNOWN_VALUE for another mode; what `projectInvoices` throws of usage and rates.
 * @example
 * import { parseContract, previewCancellation } from "pure-billing";
 *
 * const contract = parseContract({
 *   contract_summary: { cycle: "month", currency: "eur", activation: "2026-03-01T00:00:00Z" },
 *   plan: { features: [{ slug: "base", price: { amount: "31", strategy_details: { pricing_strategy: "flat" } } }] },
 * });
 * const preview = previewCancellation(contract, { at: "2026-03-21T10:00:00Z", mode: "now" });
 * preview.credits.map((credit) => credit.subtotal); //=> ["-10.00"]
 * preview.contract.contract_summary.expiration; //=> "2026-03-21T10:00:00Z"
 */
export function previewCancellation(contract: Contract, options: CancellationOptions): CancellationPreview {
  assertParsed(contract, "contract", "contract");
  const { at, mode } = options ?? {};
  const issues: BillingIssue[] = [];
  const atMs = collect(issues, readInstant(at, ["at"]), 0);
  if (!MODES.includes(mode)) {
    issues.push(issue("UNKNOWN_VALUE", "M3", ["mode"], "not a mode", mode, MODES.join(", ")));
  }
  refuse(issues);
  const endMs = endOf(contract, atMs, mode);
  const effective_at = formatInstant(endMs);
  const canceled = amendContract(contract, { expiration: effective_at });
  // Until it ends, what it charges and invoices is what it would have, were it to go on elsewhere.
  const charged = amendContract(contract, { moved_at: effective_at });
  const run = endedRun(contract, canceled, contract, options, endMs);
  const chargedRun = endedRun(contract, charged, contract, options, endMs);
  const credits = sumLines(chargedRun, creditsAt(chargedRun, endMs));
  const remains = [...invoicesIn(run, { fromMs: endMs, toMs: Infinity })];
  const totals = [credits, ...remains].map((each) => each.total_including_tax);
  return {
    effective_at,
    credits: credits.lines,
    remains_to_pay_current_contract: remains,
    net: sumOf(totals, run.digits),
    contract: canceled,
  };
}

function endOf(contract: Contract, atMs: number, mode: CancellationMode): number {
  const timeline = timelineOf(contract);
  checkActive(timeline, atMs, "at");
  if (mode === "now") return atMs;
  const endMs = periodMsAt(timeline, atMs)?.endMs ?? timeline.expirationMs;
  return endMs ?? refuseDate(["mode"], "the running period never ends", atMs, "now");
}

function creditsAt(run: ChargeRun, endMs: number): DraftLine[] {
  const charges = runningCharges(run, endMs);
  const fromMs = Math.min(endMs, ...charges.map(({ madeMs }) => madeMs ?? endMs));
  const invoiced = new Set<string>();
  for (const { lines } of draftInvoices(run, { fromMs, toMs: endMs })) {
    for (const line of lines) invoiced.add(keyOf(run, line));
  }
  const isManual = run.timeline.summary.configuration?.invoice_trigger === "manual";
  return charges
    .filter((charge) => isManual || invoiced.has(keyOf(run, charge)))
    .flatMap(
      (charge) =>
        creditOf(run, charge, endMs, unusedShare(run.timeline, charge.period, endMs, "ended")) ?? [],
    );
}

/** A charge made for a period. */
function keyOf({ items }: ChargeRun, { item, kind, period }: DraftLine): string {
  return `${items.indexOf(item)} ${kind} ${period.startMs}`;
}
