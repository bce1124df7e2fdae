import { printedName } from "../plain-text.ts";
import { type Column, table } from "../table.ts";
import { CHANGES, type Change } from "./changes.ts";
import type { CurrencySummary, PatchSummary, PortfolioSummary, PrintedMover } from "./summary.ts";

const BAR_CELLS = 30;
const LONGEST_ID = 60;

const TOTALS: readonly Column[] = [
  { head: "currency" },
  { head: "contracts", align: "right" },
  { head: "not running", align: "right" },
  { head: "total", align: "right" },
  { head: "before", align: "right" },
  { head: "after", align: "right" },
  { head: "difference", align: "right" },
  { head: "%", align: "right" },
  { head: "less", align: "right" },
  { head: "same", align: "right" },
  { head: "more", align: "right" },
];

const MOVERS: readonly Column[] = [
  { head: "Biggest movers" },
  { head: "customer" },
  { head: "currency" },
  { head: "before", align: "right" },
  { head: "after", align: "right" },
  { head: "difference", align: "right" },
];

const WORDS: { readonly [change in Change]: string } = {
  less_over_20: "more than 20 % less",
  less_10_to_20: "10 to 20 % less",
  less_5_to_10: "5 to 10 % less",
  less_up_to_5: "up to 5 % less",
  same: "the same",
  more_up_to_5: "up to 5 % more",
  more_5_to_10: "5 to 10 % more",
  more_10_to_20: "10 to 20 % more",
  more_over_20: "more than 20 % more",
  new_from_zero: "more than nothing",
};

/** The summary for people: totals by currency, and of a patch whom it touches how much. */
export function portfolioReport(summary: PortfolioSummary): string {
  const currencies = summary.by_currency;
  const patched = currencies.filter(isPatched);
  const movers = patched.flatMap(moverRows);
  return [
    title(summary),
    ...(currencies.length > 0 ? [table(TOTALS, currencies.map(totalsRow))] : []),
    ...(patched.length > 0 ? [histogram(patched)] : []),
    ...(movers.length > 0 ? [table(MOVERS, movers)] : []),
  ].join("\n\n");
}

function title({ contracts, at, from, to }: PortfolioSummary): string {
  const count = contracts === 1 ? "1 contract" : `${contracts} contracts`;
  return at === undefined ? `${count}, periods from ${from} to ${to}` : `${count}, period at ${at}`;
}

type Patched = CurrencySummary & PatchSummary;

function isPatched(summary: CurrencySummary): summary is Patched {
  return "changes" in summary;
}

function totalsRow(summary: CurrencySummary): string[] {
  const { currency, contracts, not_running: idle } = summary;
  const head = [currency, String(contracts), idle === 0 ? "" : String(idle)];
  if (!isPatched(summary)) return [...head, summary.total];
  const { before, after, difference, percent, less, same, more } = summary;
  return [
    ...head,
    "",
    before,
    after,
    signed(difference),
    percent === null ? "" : signed(percent),
    ...[less, same, more].map(String),
  ];
}

/** How many contracts change by how many percent, in all currencies. */
function histogram(summaries: readonly Patched[]): string {
  const counts = CHANGES.map((change) => summaries.reduce((sum, { changes }) => sum + changes[change], 0));
  const most = Math.max(...counts);
  const columns: readonly Column[] = [
    { head: "Change" },
    { head: "contracts", align: "right" },
    { head: "" },
  ];
  return table(
    columns,
    CHANGES.map((change, index) => {
      const count = counts[index] ?? 0;
      return [WORDS[change], String(count), bar(count, most)];
    }),
  );
}

/** As long as its share of the longest; something is never nothing. */
function bar(count: number, most: number): string {
  return count === 0 ? "" : "█".repeat(Math.max(1, Math.round((count * BAR_CELLS) / most)));
}

function moverRows({ currency, biggest_increases: up, biggest_decreases: down }: Patched): string[][] {
  const row = ({ id, customer, before, after, difference }: PrintedMover): string[] => [
    printedName(String(id ?? ""), LONGEST_ID),
    printedName(customer ?? ""),
    currency,
    before,
    after,
    signed(difference),
  ];
  return [...up, ...down].map(row);
}

function signed(amount: string): string {
  return /[1-9]/.test(amount) && !amount.startsWith("-") ? `+${amount}` : amount;
}
