import { type ChargeRun, chargeRun } from "../charge/charge-run.ts";
import { assertParsed } from "../contract/brand.ts";
import type { Contract } from "../contract/contract.ts";
import { isOwnCycle } from "../contract/cycle.ts";
import { pricedItems } from "../contract/priced-items.ts";
import { attempt, type BillingIssue, collect, issue, refuse } from "../error.ts";
import { featureTimeline } from "../period/feature-period.ts";
import { type InstantLike, readInstant } from "../time/instant.ts";
import type { Usage } from "../usage/usage.ts";
import type { AmountFunction } from "./amount-function.ts";
import {
  type BreakEven,
  type BreakEvenRange,
  breakEvenOf,
  checkCurrencies,
  readUnitsRange,
} from "./break-even.ts";
import { totalFunction } from "./contract-total.ts";

/** What a break-even of contracts depends on beside them. */
export interface BreakEvenUsageOptions {
  /** The instant whose running periods are compared. */
  readonly at: InstantLike;
  /** Of everything else: units of the slug itself in those periods don't matter. */
  readonly usage?: Usage | null;
  /** Only these quantities. */
  readonly range?: BreakEvenRange | null;
}

/**
 * At which quantities of one feature a contract is cheaper than another, all other features held fixed: whole contracts,
 * with flat fees, discounts and the shares of stubs, before tax.
 *
 * Compared is what the billing period costs in which the feature's running period is charged. The quantity is the usage
 * of a metered price, the contracted units of a fixed one ("from how many seats on?"); a flat price, or a feature that
 * comes without a price of its own, costs the same at any. The feature's own charge isn't rounded, nor is the discount
 * on what is charged with it; everything else is, as on an invoice. Amounts are the prices', whether tax is in them
 * or comes on top.
 *
 * @param slug a feature's slug, the plan's, or a group's id; both contracts have it.
 * @throws NOT_PARSED when a contract did not come through the gate; UNKNOWN_SLUG when one hasn't got the slug;
 * CURRENCY_MISMATCH; CONFLICT when their cycles differ (`compareContracts` compares those), or the price is charged on
 * demand; UNKNOWN_PERIOD when one charges nothing at `at`; MISSING or INVALID_INSTANT for `at`; NEEDS_EVENTS when a price
 * depends on events; what `usage` can get wrong; and what `breakEven` says of the range.
 * @example
 * import { breakEvenUsage, parseContract } from "pure-billing";
 *
 * const withSeats = (base, seat) =>
 *   parseContract({
 *     contract_summary: { cycle: "month", currency: "eur", activation: "2026-01-01T00:00:00Z" },
 *     plan: {
 *       features: [
 *         { slug: "base", price: { amount: base, strategy_details: { pricing_strategy: "flat" } } },
 *         {
 *           slug: "seats",
 *           price: { amount: seat, strategy_details: { pricing_strategy: "per_unit", contracted_unit_count: "1" } },
 *         },
 *       ],
 *     },
 *   });
 * const answer = breakEvenUsage(withSeats("0", "12"), withSeats("50", "7"), "seats", { at: "2026-02-01T00:00:00Z" });
 * answer.intervals.map(({ from, to, cheaper }) => [from.exact, to?.exact, cheaper]);
 * //=> [["0", "10", "a"], ["10", "10", "neither"], ["10", undefined, "b"]]
 */
export function breakEvenUsage(
  contract_a: Contract,
  contract_b: Contract,
  slug: string,
  options: BreakEvenUsageOptions,
): BreakEven {
  const issues: BillingIssue[] = [];
  const { usage, range: given, at } = options ?? {};
  attempt(issues, () => assertParsed(contract_a, "contract", "contract_a"));
  attempt(issues, () => assertParsed(contract_b, "contract", "contract_b"));
  const range = readUnitsRange(given, issues);
  const atMs = collect(issues, readInstant(at, ["at"]), 0);
  refuse(issues);

  const { currency } = contract_a.contract_summary;
  checkCurrencies(currency, contract_b.contract_summary.currency, "contract_b", issues);
  checkSlug(contract_a, "contract_a", slug, issues);
  checkSlug(contract_b, "contract_b", slug, issues);
  checkCycles(contract_a, contract_b, slug, issues);
  const runOf = (contract: Contract, other: Contract): ChargeRun | null =>
    attempt(issues, () =>
      chargeRun(contract, { usage: usage ?? null, at: new Date(atMs) }, [], {
        contracts: [other],
        periodsOf: "all",
      }),
    );
  const runA = runOf(contract_a, contract_b);
  refuse(issues);
  // What is wrong with the usage would be wrong for both: it has been said.
  const runB = runOf(contract_b, contract_a);
  const a = runA && attempt(issues, () => totalFunction(runA, slug, atMs, "contract_a"));
  const b = runB && attempt(issues, () => totalFunction(runB, slug, atMs, "contract_b"));
  refuse(issues);
  // Whatever isn't there has its issue.
  const [first, second] = [a, b] as readonly [AmountFunction, AmountFunction];
  return breakEvenOf(currency, first, second, range);
}

function checkSlug(contract: Contract, name: string, slug: string, issues: BillingIssue[]): void {
  if (attempt([], () => featureTimeline(contract, slug)) !== null) return;
  const allowed = "what both contracts have: a feature's slug, the plan's, or a group's id";
  issues.push(issue("UNKNOWN_SLUG", "U5", ["slug"], `${name} has no such feature`, slug, allowed));
}

/** Quantities of periods of different lengths are different things. */
function checkCycles(a: Contract, b: Contract, slug: string, issues: BillingIssue[]): void {
  const [cycleA, cycleB] = [cycleOf(a), cycleOf(b)];
  const allowed = "contracts of one cycle; compareContracts compares others over a range";
  if (cycleA !== cycleB) {
    const problem = "the contracts have different cycles";
    issues.push(issue("CONFLICT", "T2", ["contract_b"], problem, `${cycleA} and ${cycleB}`, allowed));
  }
  const [ownA, ownB] = [ownCycleOf(a, slug), ownCycleOf(b, slug)];
  if (ownA === null || ownB === null || ownA === ownB) return;
  const problem = `${slug} has different cycles in the two`;
  issues.push(issue("CONFLICT", "U5", ["contract_b"], problem, `${ownA} and ${ownB}`, allowed));
}

function cycleOf({ contract_summary: { cycle, cycle_count } }: Contract): string {
  return (cycle_count ?? 1) === 1 ? cycle : `${cycle_count} x ${cycle}`;
}

/** The cycle in which a price counts its quantity: null where it isn't charged, and so any will do. */
function ownCycleOf(contract: Contract, slug: string): string | null {
  const trigger = pricedItems(contract).find(({ key }) => key === slug)?.charge_trigger;
  if (trigger === undefined) return null;
  return isOwnCycle(trigger) ? trigger : "that of its contract";
}
