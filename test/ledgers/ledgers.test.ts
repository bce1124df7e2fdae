import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { ChargeLine } from "../../src/charge/charge-line.ts";
import { chargesOf } from "../../src/charge/charges-of.ts";
import { parseContract } from "../../src/contract/parse.ts";
import { contractAmount, costEstimates } from "../../src/document/cost-estimates.ts";
import { invoiceDates } from "../../src/invoice/invoice-dates.ts";
import { projectInvoices } from "../../src/invoice/project-invoices.ts";
import { billingPeriods } from "../../src/period/billing-period.ts";
import { dueDateOf } from "../../src/period/due-date.ts";
import type { Usage } from "../../src/usage/usage.ts";
import { usageClosingOf } from "../../src/usage/usage-closing.ts";

interface Ledger {
  readonly from: string;
  readonly to: string;
  readonly amount: string;
  readonly cost_estimates: object;
  readonly periods: readonly {
    readonly index: number;
    readonly phase: string;
    readonly start: string;
    readonly end: string | null;
    readonly stub: boolean;
    readonly usage_closes_at: string | null;
    readonly due_date: string;
    readonly lines: readonly object[];
  }[];
  readonly invoices: readonly { readonly date: string }[];
}

function readJson(path: string): unknown {
  const url = new URL(path, import.meta.url);
  return JSON.parse(readFileSync(url, "utf8"));
}

function instant(date: Date | null): string | null {
  return date === null ? null : date.toISOString().replace(".000Z", "Z");
}

/** A line in the ledger's words: `exact` is a ratio where the decimal doesn't terminate. */
function ledgerLine(line: ChargeLine): object {
  const { numerator, denominator } = line.exact_ratio;
  return {
    feature_slug: line.feature_slug,
    kind: line.kind,
    period: line.period,
    stub: line.stub,
    unit_count: line.unit_count,
    exact: line.exact ?? `${numerator}/${denominator}`,
    subtotal: line.subtotal,
    discount_amount: line.discount_amount,
    total_excluding_tax: line.total_excluding_tax,
    ...(line.waived ? { waived: true } : {}),
    made_at: line.made_at,
    due_date: line.due_date,
  };
}

const EXAMPLES = [
  ["team-monthly", true],
  ["enterprise-yearly", true],
  ["lifetime-once", false],
  ["starter-plan-yen", false],
] as const;

describe.each(EXAMPLES)("the ledger of %s", (name, hasUsage) => {
  const ledger = readJson(`./${name}.ledger.json`) as Ledger;
  const contract = parseContract(readJson(`../../examples/${name}.json`));
  const usage = hasUsage ? (readJson(`../../examples/${name}.usage.json`) as Usage) : null;

  test("cost estimates and amount", () => {
    expect(costEstimates(contract)).toEqual(ledger.cost_estimates);
    expect(contractAmount(contract)).toBe(ledger.amount);
  });

  test("periods, due dates and closings", () => {
    const periods = billingPeriods(contract, { from: ledger.from, to: ledger.to });
    const found = periods.map((period) => ({
      index: period.index,
      phase: period.phase,
      start: instant(period.start),
      end: instant(period.end),
      stub: period.stub,
      usage_closes_at: instant(usageClosingOf(contract, period)),
      due_date: instant(dueDateOf(contract, period)),
    }));
    expect(found).toEqual(ledger.periods.map(({ lines: _, ...period }) => period));
  });

  test("lines, to the digit", () => {
    for (const period of billingPeriods(contract, { from: ledger.from, to: ledger.to })) {
      const expected = ledger.periods.find(({ index }) => index === period.index);
      expect(chargesOf(contract, period, { usage }).map(ledgerLine)).toEqual(expected?.lines);
    }
  });

  test("invoices, to the digit, and their dates", () => {
    const range = { from: ledger.from, to: ledger.to, usage };
    const found = [...projectInvoices(contract, range)].map(
      ({ date, due_date, lines, subtotal, discount_amount, total_excluding_tax }) => ({
        date,
        due_date,
        lines: lines.length,
        subtotal,
        discount_amount,
        total_excluding_tax,
      }),
    );
    expect(found).toEqual(ledger.invoices);
    expect([...invoiceDates(contract, range)].map(instant)).toEqual(ledger.invoices.map(({ date }) => date));
  });
});
