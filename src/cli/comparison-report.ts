import type { Comparison, Contract, ContractCost } from "../index.ts";
import { minorUnitDigits } from "../money/currency.ts";
import { amountSum } from "./amount-sum.ts";
import { cycleText } from "./cycle-text.ts";
import { localClock } from "./local-time.ts";
import { printedName } from "./plain-text.ts";
import { type Column, facts, table } from "./table.ts";
import { style } from "./terminal.ts";

/** A comparison as people read it: what each contract costs in all and by bucket, then period by period. */
export function comparisonReport(
  contracts: { readonly [name: string]: Contract },
  comparison: Comparison,
  { from, to }: { readonly from: string; readonly to: string },
): string {
  const [first] = Object.values(contracts) as [Contract];
  const clock = localClock(first);
  const head = facts([
    ["Periods", `that begin from ${clock.show(from)} to ${clock.show(to)}`],
    ["Time zone", clock.zone],
    ["Currency", comparison.currency],
    ["Cheapest", style.bold(comparison.cheapest.map((name) => printedName(name)).join(", "))],
  ]);
  const periods = periodTable(comparison, clock.show);
  return [head, totalTable(contracts, comparison), priceTable(comparison), periods, notesOf(comparison)]
    .filter((section) => section !== "")
    .join("\n\n");
}

function columnsOf(label: string, { contracts }: Comparison): Column[] {
  const names = Object.keys(contracts).map(
    (name): Column => ({ head: printedName(name, 30), align: "right" }),
  );
  return [{ head: label }, ...names];
}

function totalTable(contracts: { readonly [name: string]: Contract }, comparison: Comparison): string {
  const costs = Object.values(comparison.contracts);
  // The gate let only known currencies through.
  const digits = minorUnitDigits(comparison.currency) as number;
  const zero = amountSum([], digits);
  const row = (label: string, of: (cost: ContractCost) => string): string[] => [label, ...costs.map(of)];
  const unlessZero = (cells: string[]): string[][] =>
    cells.slice(1).every((each) => each === zero) ? [] : [cells];
  const own = (name: keyof ContractCost["by_bucket"]["custom_cycle_charges"]) => (cost: ContractCost) =>
    cost.by_bucket.custom_cycle_charges[name];
  const [cheapest] = comparison.cheapest as [string];
  const hasTax = costs.some(({ tax_amount: tax }) => tax !== null);
  return table(
    columnsOf("What is to be paid", comparison),
    [
      ["cycle", ...Object.values(contracts).map(({ contract_summary: summary }) => cycleText(summary))],
      ...unlessZero(row("recurring", ({ by_bucket: bucket }) => bucket.recurring_price)),
      ...unlessZero(row("one time", ({ by_bucket: bucket }) => bucket.one_time_price)),
      ...unlessZero(row("on demand", ({ by_bucket: bucket }) => bucket.on_demand_price)),
      ...unlessZero(row("own cycle, every day", own("periodic_daily"))),
      ...unlessZero(row("own cycle, every week", own("periodic_weekly"))),
      ...unlessZero(row("own cycle, every month", own("periodic_monthly"))),
      ...unlessZero(row("own cycle, every quarter", own("periodic_quarterly"))),
      ...unlessZero(row("own cycle, every year", own("periodic_yearly"))),
      row("total", (cost) => cost.total_including_tax),
      ...unlessZero(row("  discounts taken off", (cost) => cost.discount_amount)),
      ...(hasTax ? [row("  tax in it", (cost) => cost.tax_amount ?? "-")] : []),
    ],
    [
      "more than the cheapest",
      ...Object.keys(comparison.contracts).map((name) => moreThan(name, cheapest, comparison, zero)),
    ],
  );
}

function moreThan(name: string, cheapest: string, { differences }: Comparison, zero: string): string {
  return name === cheapest ? zero : (differences[name]?.[cheapest] ?? zero);
}

/** What is to be paid for each price: a contract has none for what it doesn't charge for. */
function priceTable(comparison: Comparison): string {
  const costs = Object.values(comparison.contracts);
  const keys = [...new Set(costs.flatMap(({ by_price: prices }) => Object.keys(prices)))];
  if (keys.length === 0) return "";
  return table(
    columnsOf("For", comparison),
    keys.map((key) => [printedName(key), ...costs.map(({ by_price: prices }) => prices[key] ?? "-")]),
  );
}

/** Totals by the starts of periods: a contract has none where none of its periods begins. */
function periodTable(comparison: Comparison, show: (instant: string) => string): string {
  const costs = Object.values(comparison.contracts);
  const starts = new Set(costs.flatMap(({ periods }) => periods.map(({ start }) => start)));
  const totals = costs.map(
    ({ periods }) => new Map(periods.map(({ start, total_including_tax: total }) => [start, total])),
  );
  if (starts.size === 0) return "";
  return table(
    columnsOf("Period from", comparison),
    [...starts]
      .sort((one, other) => Date.parse(one) - Date.parse(other))
      .map((start) => [show(start), ...totals.map((each) => each.get(start) ?? "")]),
  );
}

/** What a reader must know to trust the totals. */
function notesOf({ contracts }: Comparison): string {
  return Object.entries(contracts)
    .flatMap(([name, { usage_assumed: assumed, usage_not_charged: left }]) => {
      const slugs = (list: readonly string[]): string => list.map((slug) => printedName(slug)).join(", ");
      return [
        ...(assumed.length > 0
          ? [`${printedName(name)}: usage of ${slugs(assumed)} is assumed where none is given`]
          : []),
        ...(left.length > 0 ? [`${printedName(name)}: doesn't charge for ${slugs(left)}`] : []),
      ];
    })
    .join("\n");
}
