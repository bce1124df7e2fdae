import type { PricedItem } from "../contract/priced-items.ts";
import { formatMinor } from "../money/amounts.ts";
import { type Minor, subtractMinor } from "../money/minor.ts";
import { type ExactRatio, exactAmount, type Ratio } from "../money/ratio.ts";
import type { PeriodMs } from "../period/timeline.ts";
import type { ChargeShares } from "../price/charge-for.ts";
import { formatInstant } from "../time/instant.ts";
import type { UsedQuantity } from "../usage/quantity.ts";
import type { ChargeRun } from "./charge-run.ts";
import { type TaxedAmount, taxed, taxRateOf } from "./tax.ts";

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

/** A line on its way: instants in epoch milliseconds, money in minor units. */
export interface DraftLine {
  readonly item: PricedItem;
  readonly kind: LineKind;
  readonly period: PeriodMs;
  readonly unitCount: string | null;
  readonly subtotal: Minor;
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
  /** There on a credit: what was charged, and how much of it is given back. */
  readonly credited?: { readonly amount: bigint; readonly share: Ratio };
  discount: Minor;
}

/**
 * Prints a line.
 *
 * @rule A4 (lines)
 */
export function chargeLine(run: ChargeRun, line: DraftLine): ChargeLine {
  const { item, period } = line;
  const { excluding, tax, including } = taxedLine(run, line);
  const { exact, exact_ratio } = exactAmount(line.exact.value, line.exact.scale, line.exact.divisor);
  const printed: PrintedLine = {
    name: item.name,
    feature_slug: item.feature_slug,
    kind: line.kind,
    period: {
      start: formatInstant(period.startMs),
      end: period.endMs === null ? null : formatInstant(period.endMs),
    },
    unit_count: line.unitCount,
    unit_price: line.unitCount === null ? null : unitPriceOf(item),
    subtotal: formatMinor(line.subtotal, run.digits),
    discount_amount: formatMinor(line.discount, run.digits),
    total_excluding_tax: formatMinor(excluding, run.digits),
    tax_amount: tax === null ? null : formatMinor(tax, run.digits),
    total_including_tax: formatMinor(including, run.digits),
    tax_code: item.price.tax_code ?? null,
    made_at: line.madeMs === null ? null : formatInstant(line.madeMs),
    due_date: line.dueMs === null ? null : formatInstant(line.dueMs),
    stub: period.stub,
    exact,
    exact_ratio,
  };
  if (line.isWaived) printed.waived = true;
  if (line.isAssumed) printed.assumed = true;
  if (line.isOverLimit) printed.over_limit = true;
  const result = item.group_id === null ? printed : ofGroup(item.group_id, printed);
  // A hidden property costs a fraction of what a WeakMap does that grows with every line.
  return Object.defineProperty(result, ORIGIN, { value: { run, draft: line } });
}

/** What a line comes to after its discount, before and after tax. */
export function taxedLine(run: ChargeRun, { item, subtotal, discount }: DraftLine): TaxedAmount {
  const policy = run.contract.contract_summary.configuration?.tax_policy ?? "tax_excluded";
  const rate = taxRateOf(run.taxRates, item.price.tax_code ?? null);
  return taxed(subtractMinor(subtotal, discount), rate, policy, run.rounding);
}

type PrintedLine = { -readonly [Field in keyof ChargeLine]: ChargeLine[Field] };

/** The group stands where the feature does; lines of groups are few, so that the others go without a spread. */
function ofGroup(group_id: string, { name, feature_slug, ...rest }: ChargeLine): ChargeLine {
  return { name, feature_slug, group_id, ...rest };
}

/** Where a printed line comes from; neither JSON, nor a copy, nor a comparison sees it. */
const ORIGIN: unique symbol = Symbol("pure-billing/origin");

/** What a printed line was made of. */
export interface LineOrigin {
  readonly run: ChargeRun;
  readonly draft: DraftLine;
}

/** What a printed line was made of; undefined for a line of anybody else, and for a copy. */
export function originOf(line: ChargeLine): LineOrigin | undefined {
  try {
    return Object.hasOwn(line, ORIGIN) ? (line as { readonly [ORIGIN]?: LineOrigin })[ORIGIN] : undefined;
  } catch {
    return undefined;
  }
}

function unitPriceOf({ price }: PricedItem): string | null {
  const strategy = price.strategy_details.pricing_strategy;
  return (strategy === "per_unit" || strategy === "usage") && price.by == null ? price.amount : null;
}
