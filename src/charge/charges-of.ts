import { assertParsed } from "../contract/brand.ts";
import type { Contract } from "../contract/contract.ts";
import { type PricedItem, pricedItems } from "../contract/priced-items.ts";
import { BillingError, type BillingIssue, collect, fail, isBillingError, issue, refuse } from "../error.ts";
import { formatMinor } from "../money/amounts.ts";
import { minorUnitDigits } from "../money/currency.ts";
import { type ExactRatio, exactAmount } from "../money/ratio.ts";
import type { RoundingMode } from "../money/rounding.ts";
import { type BillingPeriod, requirePeriod } from "../period/billing-period.ts";
import { closingMs } from "../period/closing.ts";
import { chargeDueMs } from "../period/due-date.ts";
import { closingEndMs, cycleNumber, type PeriodMs, type Timeline, timelineOf } from "../period/timeline.ts";
import { type ChargeShares, type SettledCharge, settleCharge } from "../price/charge-for.ts";
import { compilePrice } from "../price/compile-price.ts";
import { formatInstant, type InstantLike, readInstant } from "../time/instant.ts";
import type { UsedQuantity } from "../usage/quantity.ts";
import { readUsage, type Usage, type UsageBook } from "../usage/usage.ts";
import { type UsageQuery, type UsedIn, usedIn } from "../usage/used-in.ts";
import { discountTogether, type PeriodDiscount, periodDiscounts } from "./discount.ts";
import { servedShare, stubShares } from "./stub-shares.ts";
import { type ReadTaxRates, readTaxRates, type TaxRates, taxed, taxRateOf } from "./tax.ts";
import { type Occasion, occasionsOf } from "./trigger.ts";
import { isWaived } from "./waive.ts";

/** What a line charges for; credits come with changes of a contract. */
export type LineKind = "fixed" | "flat_fee" | "usage" | "on_demand" | "credit";

/** One line of an invoice: one charge, or one half of a usage price's. Amounts are decimal strings. */
export interface ChargeLine {
  readonly name: string;
  /** null for the plan's own price and for groups. */
  readonly feature_slug: string | null;
  /** There on lines of a group's price. */
  readonly group_id?: string;
  readonly kind: LineKind;
  /** The period that is charged for: the contract's, or the feature's own. */
  readonly period: { readonly start: string; readonly end: string | null };
  readonly unit_count: string | null;
  /** The price of a unit, where all units have the same. */
  readonly unit_price: string | null;
  readonly subtotal: string;
  readonly discount_amount: string;
  readonly total_excluding_tax: string;
  readonly tax_amount: string | null;
  readonly total_including_tax: string;
  readonly tax_code: string | null;
  /** null where usage never closes. */
  readonly made_at: string | null;
  readonly due_date: string | null;
  /** Whether the period is cut short. */
  readonly stub: boolean;
  /** The subtotal before rounding; null where it doesn't terminate. */
  readonly exact: string | null;
  readonly exact_ratio: ExactRatio;
  readonly waived?: true;
  /** Nobody gave this usage: it is the document's count, or zero. */
  readonly assumed?: true;
  /** Usage above `maximum_units` that has no price of its own. */
  readonly over_limit?: true;
}

/** What charges of a period depend on beside the contract. */
export interface ChargeOptions {
  readonly usage?: Usage | null;
  /** The instant up to which usage is known: later events don't count; sums are of the period that runs then. */
  readonly at?: InstantLike;
  /** When usage was closed by hand, under the policy `manual`. */
  readonly closed_at?: InstantLike;
  /** Without rates lines have no tax. */
  readonly tax_rates?: TaxRates | null;
}

/** A line on its way: instants in epoch milliseconds, money in minor units. */
export interface DraftLine {
  readonly item: PricedItem;
  readonly kind: LineKind;
  readonly period: PeriodMs;
  readonly unitCount: string | null;
  readonly subtotal: bigint;
  readonly exact: { readonly value: number | bigint; readonly scale: number; readonly divisor: bigint };
  readonly isWaived: boolean;
  readonly isAssumed: boolean;
  readonly isOverLimit: boolean;
  /** null: never made, since usage without an end never closes. */
  readonly madeMs: number | null;
  readonly dueMs: number | null;
  /** What it was priced from, for its explanation. */
  readonly used: UsedQuantity;
  readonly shares: ChargeShares | null;
  discount: bigint;
}

/** What one run over a contract's charges needs: read once, used for each of its periods. */
export interface ChargeRun {
  readonly contract: Contract;
  readonly timeline: Timeline;
  readonly items: readonly PricedItem[];
  readonly book: UsageBook;
  /** Up to when usage is known; null: all that was given is. */
  readonly atMs: number | null;
  /** Sums are of the period that contains this; null: of the only one that is asked about. */
  readonly runningMs: number | null;
  /** How far own cycles are charged in an endless billing period; null: that isn't known. */
  readonly untilMs: number | null;
  readonly closedMs: number | null;
  readonly taxRates: ReadTaxRates | null;
  readonly digits: number;
  readonly rounding: RoundingMode;
}

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
  const issues: BillingIssue[] = [];
  const lines = draftLines(run, requirePeriod(run.timeline, period), issues);
  if (issues.length > 0) throw new BillingError(issues);
  return lines.map((line) => chargeLine(run, line));
}

/**
 * Reads what charges depend on, once for all periods.
 *
 * @param issues what else is wrong with the caller's options: it is thrown together with what is found here.
 */
export function chargeRun(
  contract: Contract,
  options: ChargeOptions,
  issues: BillingIssue[] = [],
): ChargeRun {
  assertParsed(contract, "contract", "contract");
  const { currency, configuration } = contract.contract_summary;
  const book = readBook(contract, options.usage, issues);
  const atMs = readOption(options.at, "at", issues);
  const closedMs = readOption(options.closed_at, "closed_at", issues);
  const taxRates = readTaxRates(issues, options.tax_rates);
  refuse(issues);
  return {
    contract,
    timeline: timelineOf(contract),
    items: pricedItems(contract),
    book,
    atMs,
    runningMs: atMs,
    untilMs: atMs,
    closedMs,
    taxRates,
    // The gate let only known currencies through.
    digits: minorUnitDigits(currency) as number,
    rounding: configuration?.rounding ?? "half_up",
  };
}

function readBook(contract: Contract, usage: Usage | null | undefined, issues: BillingIssue[]): UsageBook {
  try {
    return readUsage(contract, usage);
  } catch (error) {
    if (!isBillingError(error)) throw error;
    issues.push(...error.issues);
    return readUsage(contract, null);
  }
}

function readOption(instant: InstantLike | undefined, name: string, issues: BillingIssue[]): number | null {
  return instant === undefined ? null : collect(issues, readInstant(instant, [name]), 0);
}

/**
 * The lines of a billing period, discounted. What goes wrong with one price is added to the issues, and that price has
 * no lines.
 *
 * @rule W3 (trial)
 */
export function draftLines(run: ChargeRun, period: PeriodMs, issues: BillingIssue[]): DraftLine[] {
  const lines: DraftLine[] = [];
  if (period.phase === "trial") return lines;
  for (const item of run.items) {
    try {
      const occasions = occasionsOf(run.timeline, item, period, run.book, run.untilMs);
      const isOnly = occasions.length === 1;
      const own = occasions.flatMap((occasion) => linesOf(run, item, occasion, period, isOnly));
      // One by one: a century of days is more than one call takes arguments.
      for (const line of own) lines.push(line);
    } catch (error) {
      if (!isBillingError(error)) throw error;
      issues.push(...error.issues.map((each) => ({ ...each, path: [...item.path, ...each.path] })));
    }
  }
  discountLines(run, period, lines);
  return lines;
}

const NOTHING: SettledCharge = {
  flatMinor: 0,
  wholeMinor: 0,
  flat: 0,
  whole: 0,
  scale: 0,
  divisor: 1n,
  overLimit: false,
};

/**
 * The line of a fixed charge, or the two of a usage price: its flat fee, and the rounded whole minus it.
 *
 * @rule W2
 * @rule A1 (one rounding a charge and period)
 */
function linesOf(
  run: ChargeRun,
  item: PricedItem,
  occasion: Occasion,
  billing: PeriodMs,
  isOnly: boolean,
): DraftLine[] {
  const configuration = run.contract.contract_summary.configuration ?? {};
  const { period, demand } = occasion;
  const price = compilePrice(item.price);
  const waived = isWaived(occasion, billing, item.price.free_cycles ?? 0);
  const shares = occasion.isRecurring
    ? stubShares(servedShare(run.timeline, period, configuration), configuration)
    : null;
  const line = { item, period, isWaived: waived, shares, discount: 0n };
  const isFixedLine = price.isFixed || demand !== null;
  const startMs = demand?.atMs ?? period.startMs;

  if (isFixedLine) {
    const units = demand?.units ?? price.contractedUnits ?? "0";
    const used = { units, event_count: null, events: null };
    const charge = settleCharge(item.price, used, run.rounding, shares);
    const isFlat = price.isFixed && price.contractedUnits === null;
    return [
      {
        ...line,
        used,
        kind: demand === null ? "fixed" : "on_demand",
        unitCount: isFlat ? null : units,
        ...amountOf(charge, waived, charge.whole, BigInt(charge.wholeMinor)),
        isAssumed: false,
        isOverLimit: charge.overLimit,
        madeMs: startMs,
        dueMs: chargeDueMs(run.timeline, period, "fixed", startMs),
      },
    ];
  }

  const closesMs = closingMs(run.timeline, period, run.closedMs);
  const endMs = closingEndMs(run.timeline, period);
  const madeMs = closesMs ?? endMs;
  const { used, isAssumed } = usageOf(run, item, { period, endMs, closesMs }, isOnly);
  // A waived charge is not priced: it needs no events that nobody gave.
  const charge = waived ? NOTHING : settleCharge(item.price, used, run.rounding, shares);
  const usage: DraftLine = {
    ...line,
    used,
    kind: "usage",
    unitCount: used.units,
    ...amountOf(charge, waived, difference(charge), BigInt(charge.wholeMinor) - BigInt(charge.flatMinor)),
    isAssumed,
    isOverLimit: charge.overLimit,
    madeMs,
    dueMs: chargeDueMs(run.timeline, period, "usage", madeMs),
  };
  if (!price.hasFlatFee) return [usage];
  const flatFee: DraftLine = {
    ...line,
    used,
    kind: "flat_fee",
    unitCount: null,
    ...amountOf(charge, waived, charge.flat, BigInt(charge.flatMinor)),
    isAssumed: false,
    isOverLimit: false,
    madeMs: startMs,
    dueMs: chargeDueMs(run.timeline, period, "flat_fee", startMs),
  };
  return [flatFee, usage];
}

function usageOf(
  run: ChargeRun,
  item: PricedItem,
  stretch: Pick<UsageQuery, "period" | "endMs" | "closesMs">,
  isOnly: boolean,
): UsedIn {
  const { runningMs } = run;
  if (runningMs === null && !isOnly && run.book.form === "sums" && run.book.sums.has(item.key)) {
    const problem = `sums are of the running period, and ${item.key} has several in this billing period`;
    fail(
      issue(
        "CONFLICT",
        "U6",
        ["usage", "sums", item.key],
        problem,
        undefined,
        "give `at`, or usage by period",
      ),
    );
  }
  const { period, endMs } = stretch;
  const isRunning =
    runningMs === null ? isOnly : runningMs >= period.startMs && (endMs === null || runningMs < endMs);
  const details = item.price.strategy_details;
  return usedIn(run.book, {
    slug: item.key,
    ...stretch,
    untilMs: run.atMs ?? Number.POSITIVE_INFINITY,
    isRunning,
    usedUnitCount: ("used_unit_count" in details ? details.used_unit_count : null) ?? null,
  });
}

function amountOf(
  charge: SettledCharge,
  waived: boolean,
  value: number | bigint,
  subtotal: bigint,
): Pick<DraftLine, "subtotal" | "exact"> {
  if (waived) return { subtotal: 0n, exact: { value: 0, scale: 0, divisor: 1n } };
  return { subtotal, exact: { value, scale: charge.scale, divisor: charge.divisor } };
}

function difference({ whole, flat }: SettledCharge): number | bigint {
  return typeof whole === "number" && typeof flat === "number" ? whole - flat : BigInt(whole) - BigInt(flat);
}

/**
 * Works the discounts out in the order in which charges are made, over those of one instant together.
 *
 * @rule C4 (order and budgets)
 */
function discountLines(run: ChargeRun, period: PeriodMs, lines: readonly DraftLine[]): void {
  const { contract_summary: summary, discount, discounts } = run.contract;
  const given = discounts ?? (discount ? [discount] : []);
  if (given.length === 0) return;
  const configuration = summary.configuration ?? {};
  const shares = stubShares(servedShare(run.timeline, period, configuration), configuration);
  const share = shares === null ? null : { numerator: shares.fixed, denominator: shares.of };
  const number = cycleNumber(run.timeline, period.index);
  const active: readonly PeriodDiscount[] = periodDiscounts(given, number, share, run.digits, run.rounding);
  if (active.length === 0) return;
  for (const together of byInstant(lines)) {
    const amounts = together.map((line) => line.subtotal);
    for (const [index, part] of discountTogether(amounts, active, run.rounding).entries()) {
      const line = together[index];
      if (line) line.discount = part;
    }
  }
}

/** Lines by the instant at which they are made, earliest first; what is never made comes last. */
function byInstant(lines: readonly DraftLine[]): DraftLine[][] {
  const groups = new Map<number, DraftLine[]>();
  for (const line of lines) {
    const madeMs = line.madeMs ?? Number.POSITIVE_INFINITY;
    const group = groups.get(madeMs);
    if (group) group.push(line);
    else groups.set(madeMs, [line]);
  }
  return [...groups].sort(([first], [second]) => (first < second ? -1 : 1)).map(([, group]) => group);
}

/**
 * Prints a line.
 *
 * @rule A4 (lines)
 */
export function chargeLine(run: ChargeRun, line: DraftLine): ChargeLine {
  const { item, period } = line;
  const code = item.price.tax_code ?? null;
  const policy = run.contract.contract_summary.configuration?.tax_policy ?? "tax_excluded";
  const rate = taxRateOf(run.taxRates, code);
  const { excluding, tax, including } = taxed(line.subtotal - line.discount, rate, policy, run.rounding);
  const { exact, exact_ratio } = exactAmount(line.exact.value, line.exact.scale, line.exact.divisor);
  const printed: ChargeLine = {
    name: item.name,
    feature_slug: item.feature_slug,
    ...(item.group_id === null ? {} : { group_id: item.group_id }),
    kind: line.kind,
    period: {
      start: formatInstant(period.startMs),
      end: period.endMs === null ? null : formatInstant(period.endMs),
    },
    unit_count: line.unitCount,
    unit_price: line.kind === "flat_fee" ? null : unitPriceOf(item),
    subtotal: formatMinor(line.subtotal, run.digits),
    discount_amount: formatMinor(line.discount, run.digits),
    total_excluding_tax: formatMinor(excluding, run.digits),
    tax_amount: tax === null ? null : formatMinor(tax, run.digits),
    total_including_tax: formatMinor(including, run.digits),
    tax_code: code,
    made_at: line.madeMs === null ? null : formatInstant(line.madeMs),
    due_date: line.dueMs === null ? null : formatInstant(line.dueMs),
    stub: period.stub,
    exact,
    exact_ratio,
    ...(line.isWaived ? { waived: true } : {}),
    ...(line.isAssumed ? { assumed: true } : {}),
    ...(line.isOverLimit ? { over_limit: true } : {}),
  };
  origins.set(printed, { run, draft: line });
  return printed;
}

/** Where printed lines come from, for as long as their callers keep them. */
const origins = new WeakMap<ChargeLine, LineOrigin>();

/** What a printed line was made of. */
export interface LineOrigin {
  readonly run: ChargeRun;
  readonly draft: DraftLine;
}

/** What a printed line was made of; undefined for a line of anybody else, and for a copy. */
export function originOf(line: ChargeLine): LineOrigin | undefined {
  return typeof line === "object" && line !== null ? origins.get(line) : undefined;
}

function unitPriceOf({ price }: PricedItem): string | null {
  const strategy = price.strategy_details.pricing_strategy;
  return (strategy === "per_unit" || strategy === "usage") && price.by == null ? price.amount : null;
}
