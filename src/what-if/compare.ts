import { type DraftLine, taxedLine } from "../charge/charge-line.ts";
import { type ChargeOptions, type ChargeRun, chargeRun, runOver } from "../charge/charge-run.ts";
import { periodLines } from "../charge/draft-lines.ts";
import type { TaxedAmount } from "../charge/tax.ts";
import { assertParsed } from "../contract/brand.ts";
import type { Contract } from "../contract/contract.ts";
import { type BucketName, bucketOf } from "../document/cost-estimates.ts";
import { attempt, type BillingIssue, issue, refuse } from "../error.ts";
import { type InvoiceRange, type RangeMs, readInvoiceRange } from "../invoice/invoice-range.ts";
import { formatMinor } from "../money/amounts.ts";
import type { PeriodMs } from "../period/timeline.ts";
import { compilePrice } from "../price/compile-price.ts";
import { formatInstant } from "../time/instant.ts";
import {
  addLine,
  type CostTotals,
  type MinorTotals,
  noCost,
  periodsBeginningIn,
  printedTotals,
} from "./contract-cost.ts";

/** What is to be paid, by the buckets of the cost estimates (E1). Decimal strings. */
export interface CostBuckets {
  readonly recurring_price: string;
  readonly one_time_price: string;
  readonly on_demand_price: string;
  readonly custom_cycle_charges: {
    readonly periodic_daily: string;
    readonly periodic_weekly: string;
    readonly periodic_monthly: string;
    readonly periodic_quarterly: string;
    readonly periodic_yearly: string;
  };
}

/** What one billing period costs. */
export interface PeriodCost extends CostTotals {
  readonly index: number;
  readonly start: string;
  /** null: it never ends. */
  readonly end: string | null;
  readonly by_bucket: CostBuckets;
}

/** What one contract costs. */
export interface ContractCost extends CostTotals {
  readonly by_bucket: CostBuckets;
  /** What is to be paid for each price: by the slug of the feature, the id of the group, the slug of the plan. */
  readonly by_price: { readonly [key: string]: string };
  readonly periods: readonly PeriodCost[];
  /** What the usage names and the contract doesn't charge for: its units cost nothing here. */
  readonly usage_not_charged: readonly string[];
  /** Metered prices whose usage nobody gave in at least one period: it was assumed (U6). */
  readonly usage_assumed: readonly string[];
}

/** What contracts cost beside each other. */
export interface Comparison {
  readonly currency: string;
  readonly contracts: { readonly [name: string]: ContractCost };
  /** The names of those with the least `total_including_tax`: several that cost the same, all in the order given. */
  readonly cheapest: readonly string[];
  /** By name, then by the name of another: what the first costs more, negative where it costs less. */
  readonly differences: { readonly [name: string]: { readonly [other: string]: string } };
}

/** What a comparison depends on beside the contracts. */
export interface ComparisonOptions extends InvoiceRange, ChargeOptions {}

/**
 * What contracts cost beside each other with the very same usage: all charges of the billing periods that begin in a
 * stretch of time, in sum, per period and by bucket, after discounts, with tax where rates are given.
 *
 * Charges count with the period that they are for, not with the date of their invoice, so that monthly and yearly,
 * in advance and in arrears are compared by what they cost. Stretches that follow one another add up.
 *
 * @param contracts by name, all in one currency.
 * @param options `from`, `to`: the stretch, `to` not in it; `usage` in any form, of which each contract takes what it
 * charges for; sums are of the period that runs at `at`, without it of the one at `from`; `tax_rates` and `closed_at`
 * as `chargesOf` takes them.
 * @throws NOT_PARSED when a contract did not come through the gate; MISSING without contracts; CURRENCY_MISMATCH where
 * they have several currencies; MISSING, INVALID_INSTANT or INVALID_DATES for the stretch, TOO_MANY above 100,000
 * periods; what `usage` can get wrong, among it UNKNOWN_PERIOD for a start at which a period begins in some of the
 * contracts only; NEEDS_EVENTS when a price depends on events that were not given.
 * @example
 * import { amendContract, compareContracts, parseContract } from "pure-billing";
 *
 * const price = { amount: "0.02", strategy_details: { pricing_strategy: "usage", flat_fee: "10" } };
 * const small = parseContract({
 *   contract_summary: { cycle: "month", currency: "eur", activation: "2026-01-01T00:00:00Z" },
 *   plan: { features: [{ slug: "calls", price }] },
 * });
 * const large = amendContract(small, { feature_configuration: { calls: { price: "0.01", flat_fee: "40" } } });
 *
 * const range = { from: "2026-01-01T00:00:00Z", to: "2026-07-01T00:00:00Z" };
 * const comparison = compareContracts({ small, large }, { ...range, usage: { every_period: { calls: "4000" } } });
 * comparison.contracts.small.total_including_tax; //=> "540.00"
 * comparison.cheapest; //=> ["large"]
 * comparison.differences.large; //=> { "small": "-60.00" }
 */
export function compareContracts(
  contracts: { readonly [name: string]: Contract },
  options: ComparisonOptions,
): Comparison {
  const issues: BillingIssue[] = [];
  const range = readInvoiceRange(issues, options);
  const runs = readRuns(contracts, options ?? {}, range, issues);
  refuse(issues);
  const costs = Object.entries(runs).map(
    ([name, run]): NamedCost => ({ name, run, ...costInPeriods(run, range) }),
  );
  const [first] = costs as [NamedCost];
  const { contract, digits } = first.run;
  const least = costs.reduce(
    (lowest, { totals: { including } }) => (including < lowest ? including : lowest),
    first.totals.including,
  );
  const differencesOf = ({ name, totals }: NamedCost): { [other: string]: string } =>
    byName(
      costs.filter((other) => other.name !== name),
      (other) => formatMinor(totals.including - other.totals.including, digits),
    );
  return {
    currency: contract.contract_summary.currency,
    contracts: byName(costs, printedCost),
    cheapest: costs.filter(({ totals }) => totals.including === least).map(({ name }) => name),
    differences: byName(costs, differencesOf),
  };
}

/** What one or more periods cost. */
interface Cost {
  readonly totals: MinorTotals;
  readonly buckets: { [name in BucketName]?: bigint };
  readonly prices: Map<string, bigint>;
}

interface NamedCost extends Cost {
  readonly name: string;
  readonly run: ChargeRun;
  readonly periods: readonly PeriodCost[];
  /** The slugs of metered prices whose usage was assumed. */
  readonly assumed: ReadonlySet<string>;
}

function byName<Value>(
  costs: readonly NamedCost[],
  of: (cost: NamedCost) => Value,
): { [name: string]: Value } {
  return Object.fromEntries(costs.map((cost) => [cost.name, of(cost)]));
}

/** The run over each contract; what is wrong with any of them, or with the options, is added to the issues. */
function readRuns(
  contracts: unknown,
  options: ChargeOptions,
  range: RangeMs,
  issues: BillingIssue[],
): { readonly [name: string]: ChargeRun } {
  const runs: { [name: string]: ChargeRun } = {};
  const given = Object.entries((contracts ?? {}) as { readonly [name: string]: Contract });
  if (given.length === 0) {
    issues.push(
      issue("MISSING", null, ["contracts"], "there is nothing to compare", contracts, "contracts by name"),
    );
  }
  const known = issues.length;
  for (const [name, contract] of given) attempt(issues, () => assertParsed(contract, "contract", name));
  if (issues.length > known) return runs;
  const currency = given[0]?.[1].contract_summary.currency;
  for (const [name, contract] of given) {
    const own = contract.contract_summary.currency;
    if (own === currency) continue;
    const problem = "the contracts have several currencies";
    issues.push(
      issue("CURRENCY_MISMATCH", "A3", [name, "contract_summary", "currency"], problem, own, `${currency}`),
    );
  }
  for (const [name, contract] of given) {
    const others = given.filter((each) => each[0] !== name).map((each) => each[1]);
    // What is wrong with the options is wrong for all of them: it is said once.
    const own = attempt(issues, () =>
      chargeRun(contract, options, [], { contracts: others, periodsOf: "all" }),
    );
    if (own === null) break;
    runs[name] = runOver(own, range);
  }
  return runs;
}

function costInPeriods(run: ChargeRun, range: RangeMs): Omit<NamedCost, "name" | "run"> {
  const whole = noCosts();
  const assumed = new Set<string>();
  const periods = periodsBeginningIn(run, range).map((period): PeriodCost => {
    const own = noCosts();
    for (const line of periodLines(run, period)) {
      const taxed = taxedLine(run, line);
      const bucket = bucketOf(run.contract, line.item);
      for (const cost of [own, whole]) addTo(cost, bucket, line, taxed);
      if (line.isAssumed) assumed.add(line.item.key);
    }
    return printedPeriod(run, period, own);
  });
  return { ...whole, periods, assumed };
}

function noCosts(): Cost {
  return { totals: noCost(), buckets: {}, prices: new Map() };
}

function addTo(
  { totals, buckets, prices }: Cost,
  bucket: BucketName,
  line: DraftLine,
  taxed: TaxedAmount,
): void {
  const { key } = line.item;
  const amount = BigInt(taxed.including);
  addLine(totals, line, taxed);
  buckets[bucket] = (buckets[bucket] ?? 0n) + amount;
  prices.set(key, (prices.get(key) ?? 0n) + amount);
}

function printedPeriod({ digits }: ChargeRun, { index, startMs, endMs }: PeriodMs, cost: Cost): PeriodCost {
  return {
    index,
    start: formatInstant(startMs),
    end: endMs === null ? null : formatInstant(endMs),
    ...printedTotals(cost.totals, digits),
    by_bucket: printedBuckets(cost, digits),
  };
}

function printedCost({ run, periods, assumed, ...cost }: NamedCost): ContractCost {
  return {
    ...printedTotals(cost.totals, run.digits),
    by_bucket: printedBuckets(cost, run.digits),
    by_price: Object.fromEntries(
      [...cost.prices].map(([key, amount]) => [key, formatMinor(amount, run.digits)]),
    ),
    periods,
    usage_not_charged: notCharged(run),
    usage_assumed: [...assumed],
  };
}

function printedBuckets({ buckets }: Cost, digits: number): CostBuckets {
  const amount = (name: BucketName): string => formatMinor(buckets[name] ?? 0n, digits);
  return {
    recurring_price: amount("recurring"),
    one_time_price: amount("one_time"),
    on_demand_price: amount("on_demand"),
    custom_cycle_charges: {
      periodic_daily: amount("day"),
      periodic_weekly: amount("week"),
      periodic_monthly: amount("month"),
      periodic_quarterly: amount("quarter"),
      periodic_yearly: amount("year"),
    },
  };
}

/** The slugs of usage and demands that no price of the contract is for. */
function notCharged({ book, items }: ChargeRun): string[] {
  const metered = new Set(items.filter(({ price }) => !compilePrice(price).isFixed).map(({ key }) => key));
  const onDemand = new Set(items.filter((item) => item.charge_trigger === "on_demand").map(({ key }) => key));
  const used = [book.sums, book.events, book.periods, book.everyPeriod].flatMap((form) => [...form.keys()]);
  const without = [
    ...used.filter((slug) => !metered.has(slug)),
    ...[...book.demands.keys()].filter((slug) => !onDemand.has(slug)),
  ];
  return [...new Set(without)];
}
