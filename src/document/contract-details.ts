import { type ChargeOptions, type ChargeRun, chargeRun } from "../charge/charge-run.ts";
import type { Contract } from "../contract/contract.ts";
import type { PricedItem } from "../contract/priced-items.ts";
import type { ContractStatus } from "../contract/schedule.ts";
import { statusAtMs } from "../contract/status.ts";
import type { BillingIssue } from "../error.ts";
import { nextCycleStartMs, periodMsAt, type Timeline } from "../period/timeline.ts";
import { formatInstant, type InstantLike, toEpochMs } from "../time/instant.ts";
import { type ChargeEstimate, type DraftedPeriods, estimateOf } from "./charge-estimate.ts";
import { type CostEstimates, contractAmount, costEstimates } from "./cost-estimates.ts";

/** The billing period that runs (P11). */
export interface BillingInformation {
  readonly current_period: { readonly start: string; readonly end: string | null } | null;
  readonly current_period_idx: number | null;
}

/** A price's estimate in the document, or why there is none. */
export type DocumentEstimate = ChargeEstimate | { readonly issues: readonly BillingIssue[] } | null;

type Json = { [name: string]: unknown };

/** The document of a contract with every computed field filled in; whatever else it held is there too. */
export interface ContractDetails extends Json {
  contract_summary: Json & {
    status: ContractStatus;
    amount: string;
    billing_information: BillingInformation;
    next_cycle_start: string | null;
    cost_estimates: CostEstimates;
  };
  plan: Json;
  billing_information: BillingInformation;
}

/** The API's order of the fields of `contract_summary`; others follow. */
const SUMMARY_FIELDS = [
  "id",
  "plan",
  "plan_internal_name",
  "plan_external_name",
  "plan_id",
  "customer",
  "customer_id",
  "status",
  "cycle",
  "cycle_start_offset",
  "strategy",
  "currency",
  "amount",
  "created",
  "activation",
  "expiration",
  "billing_information",
  "pricing_id",
  "configuration",
  "free_cycles",
  "free_trial_end",
  "next_cycle_start",
  "cost_estimates",
];

/**
 * The whole document of a contract as the API returns it, with every computed field filled in at an instant: status,
 * amount, billing information, next cycle start, cost estimates, and each price's estimate.
 *
 * @rule T1 (details)
 * @param options `at`: the instant; `usage` in any form.
 * @returns new plain data, equal to its own JSON. A price whose estimate needs events that were not given has their
 * `issues` in its place.
 * @throws NOT_PARSED when the contract did not come through the gate; INVALID_INSTANT when `at` is none; what `usage`
 * can get wrong.
 * @example
 * import { contractDetails, parseContract } from "pure-billing";
 *
 * const contract = parseContract({
 *   contract_summary: { cycle: "month", currency: "eur", activation: "2026-01-31T00:00:00Z" },
 *   plan: { features: [{ slug: "base", price: { amount: "49", strategy_details: { pricing_strategy: "flat" } } }] },
 * });
 * const details = contractDetails(contract, { at: "2026-03-01T00:00:00Z" });
 * details.contract_summary.amount; //=> "49.00"
 * details.contract_summary.next_cycle_start; //=> "2026-03-31T00:00:00Z"
 * details.billing_information;
 * //=> { "current_period": { "start": "2026-02-28T00:00:00Z", "end": "2026-03-31T00:00:00Z" }, "current_period_idx": 2 }
 */
export function contractDetails(
  contract: Contract,
  options: ChargeOptions & { readonly at: InstantLike },
): ContractDetails {
  const atMs = toEpochMs(options.at, "at");
  const run = chargeRun(contract, options);
  const {
    contract_summary: summary,
    plan,
    billing_information: _received,
    ...rest
  } = copyOf(contract) as Json;
  const billing = billingInformation(run.timeline, atMs);
  const nextMs = nextCycleStartMs(run.timeline, contract, atMs);
  const computed = {
    ...(summary as Json),
    status: statusAtMs(contract, atMs),
    amount: contractAmount(contract),
    billing_information: billing,
    ...trialEnd(run.timeline),
    next_cycle_start: nextMs === null ? null : formatInstant(nextMs),
    cost_estimates: costEstimates(contract),
  };
  return {
    contract_summary: inOrder(computed) as ContractDetails["contract_summary"],
    plan: planWithEstimates(run, plan as Json, atMs),
    ...rest,
    billing_information: { ...billing },
  };
}

/**
 * The current period at an instant.
 *
 * @rule P11 (billing information)
 */
function billingInformation(timeline: Timeline, atMs: number): BillingInformation {
  const period = periodMsAt(timeline, atMs);
  if (period === null) return { current_period: null, current_period_idx: null };
  const end = period.endMs === null ? null : formatInstant(period.endMs);
  return { current_period: { start: formatInstant(period.startMs), end }, current_period_idx: period.index };
}

/** The end of the trial is written out once the activation is known, so that a reader need not count days (P8). */
function trialEnd({ activationMs, trialEndMs }: Timeline): { free_trial_end?: string | null } {
  if (activationMs === null) return {};
  return { free_trial_end: trialEndMs === null ? null : formatInstant(trialEndMs) };
}

function planWithEstimates(run: ChargeRun, plan: Json, atMs: number): Json {
  const drafted: DraftedPeriods = new Map();
  const estimate = (kind: PricedItem["kind"], key: unknown): DocumentEstimate => {
    const item = run.items.find((each) => each.kind === kind && (kind === "plan" || each.key === key));
    return item === undefined ? null : estimateOf(run, item, atMs, drafted);
  };
  const priced = (holder: Json, kind: PricedItem["kind"], key: unknown): Json =>
    holder["price"] == null
      ? holder
      : { ...holder, price: { ...(holder["price"] as Json), total_charge_estimate: estimate(kind, key) } };
  const result = priced(plan, "plan", null);
  for (const [list, kind, name] of [
    ["features", "feature", "slug"],
    ["groups", "group", "id"],
  ] as const) {
    if (Array.isArray(result[list])) {
      result[list] = result[list].map((each: Json) => priced(each, kind, each[name]));
    }
  }
  return result;
}

function inOrder(summary: Json): Json {
  const result: Json = {};
  for (const name of SUMMARY_FIELDS) if (name in summary) result[name] = summary[name];
  return Object.assign(result, summary);
}

/** A copy of frozen JSON that the caller may change. */
function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOf);
  if (typeof value !== "object" || value === null) return value;
  const copy: Json = {};
  for (const [name, entry] of Object.entries(value)) copy[name] = copyOf(entry);
  return copy;
}
