import { type DraftLine, taxedLine } from "../charge/charge-line.ts";
import type { ChargeRun } from "../charge/charge-run.ts";
import { periodLines } from "../charge/draft-lines.ts";
import type { TaxedAmount } from "../charge/tax.ts";
import { formatMinor } from "../money/amounts.ts";
import { indexesIn, walkedPeriods } from "../period/period-range.ts";
import { type PeriodMs, periodMs } from "../period/timeline.ts";

/** Sums of charges. Decimal strings. */
export interface CostTotals {
  /** At list prices. */
  readonly subtotal: string;
  readonly discount_amount: string;
  readonly total_excluding_tax: string;
  /** null: no charge has a rate. */
  readonly tax_amount: string | null;
  /** What is to be paid; without tax rates the total before tax. */
  readonly total_including_tax: string;
}

/** The same in minor units, while they are summed. */
export interface MinorTotals {
  subtotal: bigint;
  discount: bigint;
  excluding: bigint;
  tax: bigint | null;
  including: bigint;
}

/** A stretch of time in epoch milliseconds, `toMs` not in it. */
interface StretchMs {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Totals of nothing. */
export function noCost(): MinorTotals {
  return { subtotal: 0n, discount: 0n, excluding: 0n, tax: null, including: 0n };
}

/** Adds a line to totals. */
export function addLine(
  totals: MinorTotals,
  line: DraftLine,
  { excluding, tax, including }: TaxedAmount,
): void {
  totals.subtotal += BigInt(line.subtotal);
  totals.discount += BigInt(line.discount);
  totals.excluding += BigInt(excluding);
  totals.including += BigInt(including);
  if (tax !== null) totals.tax = (totals.tax ?? 0n) + BigInt(tax);
}

/**
 * The billing periods that begin in a stretch of time, so that stretches that follow one another share none.
 *
 * @throws TOO_MANY above 100,000.
 */
export function periodsBeginningIn({ timeline }: ChargeRun, { fromMs, toMs }: StretchMs): PeriodMs[] {
  const touched = walkedPeriods(timeline, indexesIn(timeline, fromMs, toMs), periodMs);
  return touched.filter(({ startMs }) => startMs >= fromMs);
}

/** What all charges of the billing periods that begin in a stretch of time come to. */
export function costOf(run: ChargeRun, stretch: StretchMs): MinorTotals {
  const totals = noCost();
  for (const period of periodsBeginningIn(run, stretch)) {
    for (const line of periodLines(run, period)) addLine(totals, line, taxedLine(run, line));
  }
  return totals;
}

/** Prints totals. */
export function printedTotals(
  { subtotal, discount, excluding, tax, including }: MinorTotals,
  digits: number,
): CostTotals {
  return {
    subtotal: formatMinor(subtotal, digits),
    discount_amount: formatMinor(discount, digits),
    total_excluding_tax: formatMinor(excluding, digits),
    tax_amount: tax === null ? null : formatMinor(tax, digits),
    total_including_tax: formatMinor(including, digits),
  };
}
