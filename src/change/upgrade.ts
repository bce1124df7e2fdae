import type { ChargeLine, DraftLine } from "../charge/charge-line.ts";
import type { ChargeRun } from "../charge/charge-run.ts";
import { draftLines } from "../charge/draft-lines.ts";
import { amendContract } from "../contract/amend.ts";
import { assertParsed } from "../contract/brand.ts";
import type { Contract } from "../contract/contract.ts";
import { attempt, type BillingIssue, collect, refuse } from "../error.ts";
import { type Invoice, sumLines, sumOf } from "../invoice/invoice.ts";
import { invoicesIn } from "../invoice/project-invoices.ts";
import { type PeriodMs, periodMsAt } from "../period/timeline.ts";
import { formatInstant, readInstant } from "../time/instant.ts";
import { creditOf, runningCharges } from "./credit.ts";
import { isDowngrade } from "./downgrade.ts";
import { effectiveAt } from "./effective-at.ts";
import { firstInvoices } from "./first-invoices.ts";
import { type ChangeOptions, endedRun, successorRun } from "./runs.ts";
import { changedTerms, successorAt } from "./successor.ts";
import { unusedShare } from "./unused-share.ts";
import { readUpgrade, type UpgradeRequest } from "./upgrade-request.ts";

/** What a change of contract comes to. Instants are ISO 8601, amounts decimal strings. */
export interface UpgradePreview {
  readonly is_downgrade: boolean;
  /** When the old contract ends and the new one begins. */
  readonly effective_at: string;
  /** The new contract's first period. */
  readonly new_contract_period: { readonly start: string; readonly end: string | null };
  /** The invoices of the new contract's first period; where it writes none then, the first one after. */
  readonly price_on_new_contract: readonly Invoice[];
  /** The invoices of the old contract from then on: its last usage, and what it had charged but not invoiced. */
  readonly remains_to_pay_current_contract: readonly Invoice[];
  /** What the old contract charged for time that the new one takes over: lines of the kind `credit`, below zero. */
  readonly credits: readonly ChargeLine[];
  /** What the new contract charges at that instant, less the credits; below zero where these are more. */
  readonly net: string;
  /** With `moved_at`. */
  readonly old_contract: Contract;
  readonly new_contract: Contract;
}

/**
 * What it comes to when a contract is changed: to another plan, or to other unit counts.
 *
 * The old contract ends at the instant at which the change takes effect, and keeps what it charged, less credits for the
 * unused part; the new one begins then, by default in the old one's grid. A downgrade that isn't allowed waits for the
 * end of the running period.
 *
 * @rule M3 (preview)
 * @param change the API's upgrade configuration, flat or under `upgrade_configuration`.
 * @param options `at`: the instant of the request; `usage` of both contracts, in any form; `tax_rates` in percent by tax
 * code.
 * @throws NOT_PARSED when the contract didn't come through the gate; INVALID_DATES when it isn't active when the change
 * takes effect, or that would be before `at`; CURRENCY_MISMATCH for another currency; CONFLICT when a change of unit
 * counts names what it keeps; what `amendContract` throws of the new terms, and `projectInvoices` of usage and rates.
 * @example
 * import { parseContract, previewUpgrade } from "pure-billing";
 *
 * const seats = { pricing_strategy: "per_unit", contracted_unit_count: "5" };
 * const contract = parseContract({
 *   contract_summary: { cycle: "month", currency: "eur", activation: "2026-03-01T00:00:00Z" },
 *   plan: { features: [{ slug: "seats", price: { amount: "12", strategy_details: seats } }] },
 * });
 * const change = { upgrade_strategy: "change_unit_count", unit_count_configuration: { seats: "8" } } as const;
 * const preview = previewUpgrade(contract, change, { at: "2026-03-21T10:00:00Z" });
 * preview.credits.map((credit) => credit.subtotal); //=> ["-21.29"]
 * preview.price_on_new_contract.map((invoice) => invoice.subtotal); //=> ["34.06"]
 * [preview.is_downgrade, preview.net]; //=> [false, "12.77"]
 */
export function previewUpgrade(
  contract: Contract,
  change: UpgradeRequest,
  options: ChangeOptions,
): UpgradePreview {
  assertParsed(contract, "contract", "contract");
  const issues: BillingIssue[] = [];
  const atMs = collect(issues, readInstant(options?.at, ["at"]), 0);
  const words = readUpgrade(contract, change, issues);
  const terms = attempt(issues, () => changedTerms(contract, words));
  refuse(issues);
  // There are terms where there are no issues.
  const newTerms = terms as Contract;
  const isLess = isDowngrade(contract, newTerms);
  const effectiveMs = effectiveAt(contract, words, atMs, isLess && words.downgrade_allowed !== true);
  const effective_at = formatInstant(effectiveMs);
  const old_contract = amendContract(contract, { moved_at: effective_at });
  const new_contract = successorAt(contract, newTerms, words, effectiveMs);
  const ended = endedRun(contract, old_contract, new_contract, options, effectiveMs);
  const successor = successorRun(ended, new_contract, options);
  // A contract has a period at its activation.
  const period = periodMsAt(successor.timeline, effectiveMs) as PeriodMs;
  const credits = sumLines(ended, creditsAt(ended, effectiveMs));
  const charged = sumLines(successor, chargedAt(successor, period));
  return {
    is_downgrade: isLess,
    effective_at,
    new_contract_period: {
      start: effective_at,
      end: period.endMs === null ? null : formatInstant(period.endMs),
    },
    price_on_new_contract: firstInvoices(successor, period),
    remains_to_pay_current_contract: [...invoicesIn(ended, { fromMs: effectiveMs, toMs: Infinity })],
    credits: credits.lines,
    net: sumOf([credits.total_including_tax, charged.total_including_tax], ended.digits),
    old_contract,
    new_contract,
  };
}

function creditsAt(run: ChargeRun, atMs: number): DraftLine[] {
  return runningCharges(run, atMs).flatMap((charge) => {
    const share = unusedShare(run.timeline, charge.period, atMs, "successor");
    return creditOf(run, charge, atMs, share) ?? [];
  });
}

/** What a contract charges as it begins. */
function chargedAt(run: ChargeRun, period: PeriodMs): DraftLine[] {
  const issues: BillingIssue[] = [];
  const lines = draftLines({ ...run, untilMs: period.startMs }, period, issues);
  refuse(issues);
  return lines.filter(({ madeMs }) => madeMs === period.startMs);
}
