import { type ChargeOptions, type ChargeRun, chargeRun } from "../charge/charge-run.ts";
import type { Contract } from "../contract/contract.ts";
import type { ContractStatus } from "../contract/schedule.ts";
import { statusAtMs } from "../contract/status.ts";
import type { BillingIssue } from "../error.ts";
import { nextCycleStartMs, periodMsAt, type Timeline } from "../period/timeline.ts";
import { formatInstant, type InstantLike, toEpochMs } from "../time/instant.ts";
import { type ChargeEstimate, estimateOf, estimatesAt } from "./charge-estimate.ts";
import { type CostEstimates, listPrices } from "./cost-estimates.ts";

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
  const billing = billingInformation(run.timeline, atMs);
  const document = contract as unknown as Json;
  const details: Json = {
    contract_summary: summaryAt(run, atMs, billing),
    plan: planWithEstimates(run, atMs),
  };
  for (const name in document) {
    if (!Object.hasOwn(details, name) && name !== BILLING) details[name] = copyOf(document[name]);
  }
  details[BILLING] = { ...billing };
  return details as ContractDetails;
}

const BILLING = "billing_information";

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

/** The summary with its computed fields, in the API's order. */
function summaryAt(run: ChargeRun, atMs: number, billing: BillingInformation): Json {
  const { contract, timeline } = run;
  const summary = contract.contract_summary as unknown as Json;
  const nextMs = nextCycleStartMs(timeline, contract, atMs);
  const { amount, cost_estimates } = listPrices(contract);
  const computed = new Map<string, unknown>([
    ["status", statusAtMs(contract, atMs)],
    ["amount", amount],
    ["billing_information", billing],
    ["next_cycle_start", nextMs === null ? null : formatInstant(nextMs)],
    ["cost_estimates", cost_estimates],
  ]);
  // The end of the trial is written out once the activation is known, so that a reader need not count days (P8).
  if (timeline.activationMs !== null) {
    computed.set("free_trial_end", timeline.trialEndMs === null ? null : formatInstant(timeline.trialEndMs));
  }
  const result: Json = {};
  for (const name of SUMMARY_FIELDS) {
    const value = computed.get(name);
    if (value !== undefined) result[name] = value;
    else if (Object.hasOwn(summary, name)) result[name] = copyOf(summary[name]);
  }
  for (const name in summary) if (!Object.hasOwn(result, name)) result[name] = copyOf(summary[name]);
  return result;
}

/** The plan with an estimate in each of its prices; those that aren't charged have none. */
function planWithEstimates(run: ChargeRun, atMs: number): Json {
  const plan = copyOf(run.contract.plan) as Json;
  const holders: readonly Json[] = [plan, ...entriesIn(plan["groups"]), ...entriesIn(plan["features"])];
  for (const { price } of holders) {
    if (price != null) (price as Json)["total_charge_estimate"] = null;
  }
  const estimates = estimatesAt(run, atMs);
  for (const item of run.items) {
    const [, list, index] = item.path;
    const holder = item.kind === "plan" ? plan : (plan[list as string] as Json[])[index as number];
    (holder?.["price"] as Json)["total_charge_estimate"] = estimateOf(estimates, item);
  }
  return plan;
}

function entriesIn(list: unknown): readonly Json[] {
  return (list ?? []) as readonly Json[];
}

/** A copy of frozen JSON that the caller may change. */
function copyOf(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return copyOfList(value);
  const copy: Json = {};
  // Entries of frozen objects are slow to list.
  for (const name in value) {
    const entry = (value as Json)[name];
    copy[name] = typeof entry === "object" && entry !== null ? copyOf(entry) : entry;
  }
  return copy;
}

function copyOfList(values: readonly unknown[]): unknown[] {
  const copy: unknown[] = [];
  // By index: iterators of frozen arrays are slow too.
  for (let index = 0; index < values.length; index++) copy.push(copyOf(values[index]));
  return copy;
}
