import { assertParsed } from "../contract/brand.ts";
import type { Contract } from "../contract/contract.ts";
import { isOwnCycle } from "../contract/cycle.ts";
import { type PricedItem, pricedItems } from "../contract/priced-items.ts";
import { formatMinor } from "../money/amounts.ts";
import { minorUnitDigits } from "../money/currency.ts";
import { addMinor, type Minor, subtractMinor } from "../money/minor.ts";
import type { RoundingMode } from "../money/rounding.ts";
import { settleCharge } from "../price/charge-for.ts";
import { compilePrice } from "../price/compile-price.ts";

/** What one cycle costs, by when it falls due (E2). Decimal strings. */
export interface CostEstimate {
  readonly cycle_start_charges: string;
  readonly extra_cycle_end_charges: string;
  /** What usage prices cost without any usage, beside their flat fees. */
  readonly minimum_usage: string;
}

/** The list price of one regular cycle, by how it is charged (E1). */
export interface CostEstimates {
  readonly recurring_price: CostEstimate;
  readonly one_time_price: CostEstimate;
  readonly on_demand_price: CostEstimate;
  readonly custom_cycle_charges: {
    readonly periodic_daily: CostEstimate;
    readonly periodic_weekly: CostEstimate;
    readonly periodic_monthly: CostEstimate;
    readonly periodic_quarterly: CostEstimate;
    readonly periodic_yearly: CostEstimate;
  };
}

/** A bucket of the estimates: own cycles stand under their unit. */
export type BucketName =
  | "recurring"
  | "one_time"
  | "on_demand"
  | "day"
  | "week"
  | "month"
  | "quarter"
  | "year";

interface Bucket {
  start: Minor;
  end: Minor;
  usage: Minor;
}

/**
 * What one full, not free cycle of a contract costs at list prices, before discounts and without usage.
 *
 * @rule E1
 * @throws NOT_PARSED when the contract did not come through the gate.
 * @example
 * import { costEstimates, parseContract } from "pure-billing";
 *
 * const contract = parseContract({
 *   contract_summary: {
 *     cycle: "month",
 *     currency: "usd",
 *     configuration: { due_date_policy: "end_of_period", flat_fee_due_date_policy: "start_of_period" },
 *   },
 *   plan: {
 *     features: [
 *       { slug: "base", price: { amount: "49", strategy_details: { pricing_strategy: "flat" } } },
 *       {
 *         slug: "calls",
 *         price: {
 *           amount: "0.01",
 *           strategy_details: { pricing_strategy: "usage", minimum_units: "1000", flat_fee: "5" },
 *         },
 *       },
 *     ],
 *   },
 * });
 * costEstimates(contract).recurring_price;
 * //=> { "cycle_start_charges": "5.00", "extra_cycle_end_charges": "49.00", "minimum_usage": "10.00" }
 */
export function costEstimates(contract: Contract): CostEstimates {
  assertParsed(contract, "contract", "contract");
  return printedEstimates(filledBuckets(contract), contract);
}

/**
 * The estimated price of a contract: what its recurring prices cost a cycle, or all that is charged once where there
 * are no cycles.
 *
 * @rule E3
 * @throws NOT_PARSED when the contract did not come through the gate.
 * @example
 * import { contractAmount, parseContract } from "pure-billing";
 *
 * const contract = parseContract({
 *   contract_summary: { cycle: "month", currency: "jpy", strategy: "plan" },
 *   plan: { price: { amount: "1480", strategy_details: { pricing_strategy: "flat" } } },
 * });
 * contractAmount(contract); //=> "1480"
 */
export function contractAmount(contract: Contract): string {
  assertParsed(contract, "contract", "contract");
  return printedAmount(filledBuckets(contract), contract);
}

/** Both in one pass, of a contract that is parsed. */
export function listPrices(contract: Contract): { amount: string; cost_estimates: CostEstimates } {
  const buckets = filledBuckets(contract);
  return { amount: printedAmount(buckets, contract), cost_estimates: printedEstimates(buckets, contract) };
}

type Buckets = { readonly [name in BucketName]: Bucket };

function printedAmount(buckets: Buckets, contract: Contract): string {
  const { start, end, usage } = buckets[isChargedOnce(contract) ? "one_time" : "recurring"];
  return formatMinor(addMinor(addMinor(start, end), usage), digitsOf(contract));
}

function printedEstimates(buckets: Buckets, contract: Contract): CostEstimates {
  const digits = digitsOf(contract);
  const estimate = ({ start, end, usage }: Bucket): CostEstimate => ({
    cycle_start_charges: formatMinor(start, digits),
    extra_cycle_end_charges: formatMinor(end, digits),
    minimum_usage: formatMinor(usage, digits),
  });
  return {
    recurring_price: estimate(buckets.recurring),
    one_time_price: estimate(buckets.one_time),
    on_demand_price: estimate(buckets.on_demand),
    custom_cycle_charges: {
      periodic_daily: estimate(buckets.day),
      periodic_weekly: estimate(buckets.week),
      periodic_monthly: estimate(buckets.month),
      periodic_quarterly: estimate(buckets.quarter),
      periodic_yearly: estimate(buckets.year),
    },
  };
}

function digitsOf(contract: Contract): number {
  // The gate let only known currencies through.
  return minorUnitDigits(contract.contract_summary.currency) as number;
}

function filledBuckets(contract: Contract): Buckets {
  const bucket = (): Bucket => ({ start: 0, end: 0, usage: 0 });
  const buckets = {
    recurring: bucket(),
    one_time: bucket(),
    on_demand: bucket(),
    day: bucket(),
    week: bucket(),
    month: bucket(),
    quarter: bucket(),
    year: bucket(),
  };
  const { rounding } = contract.contract_summary.configuration ?? {};
  for (const item of pricedItems(contract)) {
    addItem(buckets[bucketOf(contract, item)], contract, item, rounding ?? "half_up");
  }
  return buckets;
}

/** The bucket that the charges of an item fall in. */
export function bucketOf(contract: Contract, { charge_trigger: trigger }: PricedItem): BucketName {
  if (trigger === "every_cycle") return isChargedOnce(contract) ? "one_time" : "recurring";
  if (trigger === "first_cycle") return "one_time";
  return trigger === "on_demand" ? "on_demand" : trigger;
}

function isChargedOnce(contract: Contract): boolean {
  const { cycle } = contract.contract_summary;
  return cycle === "once" || cycle === "constant";
}

/**
 * Puts the list price of an item where it falls due: fixed charges and flat fees at the start or the end of their
 * cycle, the rest with the usage.
 *
 * @rule E2
 */
function addItem(bucket: Bucket, contract: Contract, item: PricedItem, rounding: RoundingMode): void {
  const price = compilePrice(item.price);
  const units = price.contractedUnits ?? "0";
  const charge = settleCharge(item.price, { units, event_count: null, events: null }, rounding, null);
  const { wholeMinor: whole, flatMinor: flatFee } = charge;
  const { due_date_policy: policy, flat_fee_due_date_policy: flatFeePolicy } =
    contract.contract_summary.configuration ?? {};
  const atEnd = (price.isFixed ? policy : (flatFeePolicy ?? policy)) === "end_of_period";
  const part = atEnd && hasEnd(contract, item) ? "end" : "start";
  bucket[part] = addMinor(bucket[part], price.isFixed ? whole : flatFee);
  if (!price.isFixed) bucket.usage = addMinor(bucket.usage, subtractMinor(whole, flatFee));
}

/** Whether the cycle of an item ends, so that something can fall due then (P7, D1). */
function hasEnd(contract: Contract, item: PricedItem): boolean {
  return (
    isOwnCycle(item.charge_trigger) ||
    !isChargedOnce(contract) ||
    contract.contract_summary.expiration != null
  );
}
