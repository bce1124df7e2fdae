import type { DraftLine } from "../charge/charge-line.ts";
import { type ChargeOptions, type ChargeRun, chargeRun } from "../charge/charge-run.ts";
import { draftLines } from "../charge/draft-lines.ts";
import type { Contract } from "../contract/contract.ts";
import { isOwnCycle } from "../contract/cycle.ts";
import type { PricedItem } from "../contract/priced-items.ts";
import { BillingError, type BillingIssue, fail, issue } from "../error.ts";
import { formatMinor } from "../money/amounts.ts";
import { addMinor, type Minor, subtractMinor } from "../money/minor.ts";
import { ownTimelineOf } from "../period/own-cycle.ts";
import { type PeriodMs, periodMsAt } from "../period/timeline.ts";
import { type InstantLike, toEpochMs } from "../time/instant.ts";

/** What a price comes to in its current period with the usage so far (E4). Decimal strings. */
export interface ChargeEstimate {
  /** Before discount. */
  readonly subtotal: string;
  /** After its share of the discount. */
  readonly total: string;
}

/** The price that is meant: a feature's, a group's or the plan's own. */
export type PriceSelection =
  | { readonly feature: string }
  | { readonly group: string }
  | { readonly plan: true };

/** Estimates of one contract at one instant: what they share is worked out once. */
export interface Estimates {
  readonly run: ChargeRun;
  readonly atMs: number;
  /** The billing period that runs then. */
  readonly current: PeriodMs | null;
  /** By the indexes of billing periods. */
  readonly drafted: Map<number, DraftedPeriod>;
}

/** The lines of a billing period, and what went wrong with them. */
interface DraftedPeriod {
  readonly lines: readonly DraftLine[];
  /** Where the lines of a price begin: they stand together. */
  readonly firstOf: ReadonlyMap<PricedItem, number>;
  readonly issues: readonly BillingIssue[];
}

/**
 * What one price comes to in its current period, with the usage so far: a selection from the period's charges.
 *
 * @param selection `{ feature: slug }`, `{ group: id }` or `{ plan: true }`.
 * @param options `at`: the instant that is asked about; `usage` in any form.
 * @returns null in the trial, where there is no current period, and where the price isn't charged in it.
 * @throws NOT_PARSED when the contract did not come through the gate; UNKNOWN_SLUG when it has no such price;
 * INVALID_INSTANT when `at` is none; NEEDS_EVENTS when the price depends on events that were not given; what `usage`
 * can get wrong.
 * @example
 * import { parseContract, totalChargeEstimate } from "pure-billing";
 *
 * const contract = parseContract({
 *   contract_summary: { cycle: "month", currency: "eur", activation: "2026-01-31T00:00:00Z" },
 *   plan: {
 *     features: [{ slug: "calls", price: { amount: "0.01", strategy_details: { pricing_strategy: "usage" } } }],
 *   },
 *   discount: { discount_type: "percentage", amount: "10" },
 * });
 * const usage = { sums: { calls: "1000" } };
 * totalChargeEstimate(contract, { feature: "calls" }, { at: "2026-02-14T12:00:00Z", usage });
 * //=> { "subtotal": "10.00", "total": "9.00" }
 */
export function totalChargeEstimate(
  contract: Contract,
  selection: PriceSelection,
  options: ChargeOptions & { readonly at: InstantLike },
): ChargeEstimate | null {
  const atMs = toEpochMs(options.at, "at");
  const run = chargeRun(contract, options);
  const item = selectedItem(run, selection);
  if (item === null) return null;
  const estimate = estimateOf(estimatesAt(run, atMs), item);
  if (estimate !== null && "issues" in estimate) throw new BillingError(estimate.issues);
  return estimate;
}

/** The item of a selection; null where the contract has it but doesn't charge it. */
function selectedItem(run: ChargeRun, selection: PriceSelection): PricedItem | null {
  const { plan } = run.contract;
  const [kind, key] = Object.entries(selection ?? {})[0] ?? [];
  const isKnown =
    (kind === "plan" && key === true) ||
    (kind === "group" && plan.groups?.some(({ id }) => id === key)) ||
    (kind === "feature" && plan.features?.some(({ slug }) => slug === key));
  if (!isKnown) {
    const allowed = "{ feature: slug }, { group: id } or { plan: true } of this contract";
    fail(issue("UNKNOWN_SLUG", "E4", ["selection"], "the contract has no such price", key, allowed));
  }
  return run.items.find((item) => item.kind === kind && (kind === "plan" || item.key === key)) ?? null;
}

/** Estimates of a run at an instant. */
export function estimatesAt(run: ChargeRun, atMs: number): Estimates {
  return { run, atMs, current: periodMsAt(run.timeline, atMs), drafted: new Map() };
}

function draftedPeriod({ run, drafted }: Estimates, billing: PeriodMs): DraftedPeriod {
  const known = drafted.get(billing.index);
  if (known !== undefined) return known;
  const issues: BillingIssue[] = [];
  const lines = draftLines(run, billing, issues);
  const firstOf = new Map<PricedItem, number>();
  let last: PricedItem | null = null;
  for (let index = 0; index < lines.length; index++) {
    const { item } = lines[index] as DraftLine;
    if (item !== last) firstOf.set(item, index);
    last = item;
  }
  const period = { lines, firstOf, issues };
  drafted.set(billing.index, period);
  return period;
}

/**
 * The estimate of one item, or what went wrong with it.
 *
 * @rule E4
 */
export function estimateOf(
  estimates: Estimates,
  item: PricedItem,
): ChargeEstimate | { readonly issues: readonly BillingIssue[] } | null {
  const { run, atMs } = estimates;
  const { timeline } = run;
  const trigger = item.charge_trigger;
  const isOwn = isOwnCycle(trigger);
  const current = isOwn ? periodMsAt(ownTimelineOf(timeline, trigger), atMs) : estimates.current;
  // An own period may have begun in an earlier billing period than the one that runs now: its charges are found there.
  const billing = isOwn && current !== null ? periodMsAt(timeline, current.startMs) : current;
  if (current === null || billing === null || billing.phase === "trial") return null;
  const draft = draftedPeriod(estimates, billing);
  if (draft.issues.length > 0) {
    const own = draft.issues.filter(({ path }) => item.path.every((step, index) => path[index] === step));
    if (own.length > 0) return { issues: own };
  }
  let isCharged = false;
  let subtotal: Minor = 0;
  let discount: Minor = 0;
  const { lines, firstOf } = draft;
  for (let index = firstOf.get(item) ?? lines.length; lines[index]?.item === item; index++) {
    const line = lines[index] as DraftLine;
    if (line.period.startMs !== current.startMs) continue;
    isCharged = true;
    subtotal = addMinor(subtotal, line.subtotal);
    discount = addMinor(discount, line.discount);
  }
  if (!isCharged) return null;
  return {
    subtotal: formatMinor(subtotal, run.digits),
    total: formatMinor(subtractMinor(subtotal, discount), run.digits),
  };
}
