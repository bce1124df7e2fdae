import { type ChargeOptions, type ChargeRun, chargeRun, runOver } from "../charge/charge-run.ts";
import { amendContract, type ContractChange } from "../contract/amend.ts";
import { assertParsed } from "../contract/brand.ts";
import type { Contract } from "../contract/contract.ts";
import type { Cycle } from "../contract/cycle.ts";
import type { Discount } from "../contract/discount.ts";
import { pricedItems } from "../contract/priced-items.ts";
import { attempt, type BillingIssue, type IssuePath, issue, refuse } from "../error.ts";
import { type InvoiceRange, type RangeMs, readInvoiceRange } from "../invoice/invoice-range.ts";
import type { Amount } from "../money/read-amount.ts";
import { compilePrice } from "../price/compile-price.ts";
import type { Quantity } from "../usage/quantity.ts";
import { readUsage } from "../usage/usage.ts";
import { type CostTotals, costOf, printedTotals } from "./contract-cost.ts";

/** What is varied, each over the values given: a sweep has a point for every combination. */
export interface Variations {
  /** By slug: the usage of every period. */
  readonly usage?: { readonly [slug: string]: readonly Quantity[] };
  /** By slug: the units contracted. */
  readonly units?: { readonly [slug: string]: readonly (string | number)[] };
  /** By slug: the `amount` of the price. */
  readonly price?: { readonly [slug: string]: readonly Amount[] };
  /** The one discount; null: none. */
  readonly discount?: readonly (Discount | null)[];
  readonly cycle?: readonly Cycle[];
}

/** The values of one point. */
export interface SweepPoint {
  readonly usage?: { readonly [slug: string]: Quantity };
  readonly units?: { readonly [slug: string]: string | number };
  readonly price?: { readonly [slug: string]: Amount };
  readonly discount?: Discount | null;
  readonly cycle?: Cycle;
}

/** What a contract costs at one point. */
export interface SweepCost extends CostTotals {
  readonly point: SweepPoint;
  readonly currency: string;
}

/** What a sweep depends on beside the contract. */
export interface SweepOptions extends InvoiceRange, ChargeOptions {
  readonly vary: Variations;
}

/** One thing that is varied, in the words of `vary`; null where it has no slug. */
interface Axis {
  readonly name: keyof Variations;
  readonly slug: string | null;
  readonly values: readonly unknown[];
}

const BY_SLUG = ["usage", "units", "price"];
const NAMES = [...BY_SLUG, "discount", "cycle"];

/**
 * What a contract costs over a grid of what-ifs: every combination of the values given, the last one varying fastest,
 * each worked out when it is asked for. A point's total is that of `compareContracts` for the amended contract.
 *
 * @param options `vary`: what is varied; `from`, `to`, `usage` and the others as `compareContracts` takes them; usage
 * that is varied takes the place of what `usage` says of its slug. Another cycle drops the contract's `cycle_count`.
 * @throws NOT_PARSED when the contract did not come through the gate; MISSING without anything to vary; what
 * `compareContracts` throws of the options, and what `amendContract` throws of a value, all in one error before the
 * first point; on the way what only a combination of values gets wrong.
 * @example
 * import { parseContract, sweep } from "pure-billing";
 *
 * const contract = parseContract({
 *   contract_summary: { cycle: "month", currency: "eur", activation: "2026-01-01T00:00:00Z" },
 *   plan: {
 *     features: [
 *       { slug: "seats", price: { amount: "12", strategy_details: { pricing_strategy: "per_unit", contracted_unit_count: "5" } } },
 *       { slug: "calls", price: { amount: "0.01", strategy_details: { pricing_strategy: "usage" } } },
 *     ],
 *   },
 * });
 * const vary = { units: { seats: [5, 10] }, usage: { calls: [0, 10000] } };
 * const points = [...sweep(contract, { vary, from: "2026-01-01T00:00:00Z", to: "2026-04-01T00:00:00Z" })];
 * points.map(({ point, total_including_tax }) => [point.units.seats, point.usage.calls, total_including_tax]);
 * //=> [[5, 0, "180.00"], [5, 10000, "480.00"], [10, 0, "360.00"], [10, 10000, "660.00"]]
 */
export function sweep(contract: Contract, options: SweepOptions): Generator<SweepCost, void, undefined> {
  assertParsed(contract, "contract", "contract");
  const issues: BillingIssue[] = [];
  const range = readInvoiceRange(issues, options);
  const axes = readAxes(options?.vary, issues);
  for (const axis of axes) checkValues(contract, axis, issues);
  refuse(issues);
  const cycles = axes.filter(({ name }) => name === "cycle").flatMap(({ values }) => values);
  const contracts = cycles.map((cycle) => amendContract(contract, cycleChange(contract, cycle as Cycle)));
  const run = chargeRun(contract, options, issues, { contracts, periodsOf: "all" });
  // Outside the generator, so that wrong options are refused at once and not at the first point.
  return costsAt(run, options, axes, range);
}

function readAxes(vary: unknown, issues: BillingIssue[]): Axis[] {
  const axes: Axis[] = [];
  const read = (name: keyof Variations, slug: string | null, values: unknown): void => {
    const path = pathOf({ name, slug });
    if (!Array.isArray(values)) {
      issues.push(issue("INVALID_TYPE", null, path, "not a list of values", values, "an array"));
    } else if (values.length === 0) {
      issues.push(issue("MISSING", null, path, "there are no values", values, "at least one"));
    } else axes.push({ name, slug, values });
  };
  const known = issues.length;
  for (const [name, given] of Object.entries((vary ?? {}) as object)) {
    if (!isVariation(name)) {
      const problem = "this can't be varied";
      issues.push(issue("UNKNOWN_VALUE", null, ["vary", name], problem, name, NAMES.join(", ")));
    } else if (!BY_SLUG.includes(name)) read(name, null, given);
    else for (const [slug, values] of Object.entries((given ?? {}) as object)) read(name, slug, values);
  }
  if (axes.length === 0 && issues.length === known) {
    issues.push(issue("MISSING", null, ["vary"], "there is nothing to vary", vary, NAMES.join(", ")));
  }
  return axes;
}

function isVariation(name: string): name is keyof Variations {
  return NAMES.includes(name);
}

function pathOf({ name, slug }: Omit<Axis, "values">): IssuePath {
  return slug === null ? ["vary", name] : ["vary", name, slug];
}

/** Each value by itself must be one that the contract can have. */
function checkValues(contract: Contract, axis: Axis, issues: BillingIssue[]): void {
  const { name, slug, values } = axis;
  const isMetered = pricedItems(contract).some(
    ({ key, price }) => key === slug && !compilePrice(price).isFixed,
  );
  if (name === "usage" && !isMetered) {
    const problem = "no price is charged by this usage";
    issues.push(issue("UNKNOWN_SLUG", null, pathOf(axis), problem, slug, "the slug of a metered price"));
    return;
  }
  for (const [index, value] of values.entries()) {
    const own: BillingIssue[] = [];
    const point = pointOf([{ axis, value }]);
    attempt(own, () => {
      if (point.usage === undefined) amendContract(contract, changeAt(contract, point));
      else readUsage(contract, { every_period: point.usage });
    });
    issues.push(...own.map((each) => ({ ...each, path: [...pathOf(axis), index] })));
  }
}

/** A value chosen for an axis. */
interface Choice {
  readonly axis: Axis;
  readonly value: unknown;
}

function* costsAt(
  run: ChargeRun,
  options: ChargeOptions,
  axes: readonly Axis[],
  range: RangeMs,
): Generator<SweepCost, void, undefined> {
  const { usage: _read, ...others } = options;
  for (const choices of combinations(axes)) {
    const point = pointOf(choices);
    const change = changeAt(run.contract, point);
    const contract = Object.keys(change).length === 0 ? run.contract : amendContract(run.contract, change);
    const usage = readUsage(contract, { every_period: point.usage ?? {} });
    const everyPeriod = new Map([...run.book.everyPeriod, ...usage.everyPeriod]);
    const own = { ...chargeRun(contract, others), book: { ...run.book, everyPeriod } };
    const totals = costOf(runOver(own, range), range);
    const { currency } = contract.contract_summary;
    yield { point, ...printedTotals(totals, run.digits), currency };
  }
}

/** All combinations of values, the last axis varying fastest. */
function* combinations([axis, ...others]: readonly Axis[]): Generator<Choice[], void, undefined> {
  if (axis === undefined) return yield [];
  for (const value of axis.values) {
    for (const choices of combinations(others)) yield [{ axis, value }, ...choices];
  }
}

function pointOf(choices: readonly Choice[]): SweepPoint {
  const point: { [name: string]: unknown } = {};
  for (const { axis, value } of choices) {
    const { name, slug } = axis;
    point[name] = slug === null ? value : { ...(point[name] as object), [slug]: value };
  }
  return point;
}

function changeAt(
  contract: Contract,
  { units = {}, price = {}, discount, cycle }: SweepPoint,
): ContractChange {
  const overrides: { [slug: string]: { units?: string | number; price?: Amount } } = {};
  for (const [slug, count] of Object.entries(units)) overrides[slug] = { units: count };
  for (const [slug, amount] of Object.entries(price)) overrides[slug] = { ...overrides[slug], price: amount };
  return {
    ...(Object.keys(overrides).length > 0 && {
      feature_configuration: overrides as NonNullable<ContractChange["feature_configuration"]>,
    }),
    ...(discount !== undefined && { discount }),
    ...(cycle !== undefined && cycleChange(contract, cycle)),
  };
}

/** Another cycle doesn't come with the contract's count. */
function cycleChange({ contract_summary: summary }: Contract, cycle: Cycle): ContractChange {
  const isCountLeft = cycle !== summary.cycle && summary.cycle_count != null;
  return { cycle, ...(isCountLeft && { cycle_count: null }) };
}
