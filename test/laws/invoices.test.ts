import fc from "fast-check";
import { expect, test } from "vitest";
import {
  billingPeriods,
  type ChargeLine,
  type Contract,
  chargesOf,
  type Invoice,
  invoiceDates,
  projectInvoices,
} from "../../src/index.ts";
import { naiveInvoices } from "../oracle/naive-invoices.ts";
import { AMOUNTS, sumOf, unlessEventsAreNeeded } from "./amounts-words.ts";
import { textOf } from "./arbitrary-contract.ts";
import { arbitraryInvoicing, arbitraryTrigger, type Invoicing } from "./arbitrary-invoicing.ts";

/** Before any contract's first invoice. */
const BEFORE = "1000-01-01T00:00:00Z";

function invoicesIn(contract: Contract, { options }: Invoicing, from: string, to: string): Invoice[] {
  return [...projectInvoices(contract, { ...options, from, to })];
}

function lifeOf(invoicing: Invoicing, contract: Contract = invoicing.contract): Invoice[] | null {
  return unlessEventsAreNeeded(() => invoicesIn(contract, invoicing, BEFORE, textOf(invoicing.overMs)));
}

/** Every line of a contract's life, as `chargesOf` has it. */
function allLines({ contract, startMs, overMs, options }: Invoicing): ChargeLine[] | null {
  const periods = billingPeriods(contract, { from: textOf(startMs), to: textOf(overMs) });
  return unlessEventsAreNeeded(() => periods.flatMap((period) => chargesOf(contract, period, options)));
}

/** A line without its due date, which depends on the invoice. */
function amounts({ due_date: _, ...line }: ChargeLine): object {
  return line;
}

function sorted(lines: readonly ChargeLine[]): string[] {
  return lines.map((line) => JSON.stringify(amounts(line))).sort();
}

test("law: invoices of [a, c) are those of [a, b), then those of [b, c)", () => {
  fc.assert(
    fc.property(arbitraryInvoicing, (invoicing) => {
      const whole = lifeOf(invoicing);
      if (whole === null) return;
      const bounds = [BEFORE, ...invoicing.cuts, textOf(invoicing.overMs)].sort();
      const parts = bounds
        .slice(1)
        .flatMap((to, index) => invoicesIn(invoicing.contract, invoicing, bounds[index] as string, to));
      expect(parts).toEqual(whole);
    }),
  );
});

test("law: every line of a contract's periods is on exactly one invoice, with the same amounts", () => {
  fc.assert(
    fc.property(arbitraryInvoicing, (invoicing) => {
      const invoices = lifeOf(invoicing);
      const lines = allLines(invoicing);
      expect(invoices === null).toBe(lines === null);
      expect(sorted(invoices?.flatMap((invoice) => invoice.lines) ?? [])).toEqual(sorted(lines ?? []));
    }),
  );
});

test("law: the sum over a contract's life doesn't depend on the invoice trigger", () => {
  fc.assert(
    fc.property(arbitraryInvoicing, arbitraryTrigger, (invoicing, trigger) => {
      const [sums, others] = [lifeOf(invoicing), lifeOf(invoicing, invoicing.under(trigger))].map(
        (invoices) => AMOUNTS.map((name) => invoices && sumOf(invoices.map((invoice) => invoice[name]))),
      );
      expect(others).toEqual(sums);
    }),
  );
});

test("law: the totals of an invoice are the sums of its lines, and discount and tax lead from one to the other", () => {
  fc.assert(
    fc.property(arbitraryInvoicing, (invoicing) => {
      const { configuration } = invoicing.contract.contract_summary;
      for (const invoice of lifeOf(invoicing) ?? []) {
        const { lines } = invoice;
        expect(lines.length).toBeGreaterThan(0);
        for (const name of AMOUNTS) {
          expect(sumOf([invoice[name]])).toBe(sumOf(lines.map((line) => line[name])));
        }
        expect(invoice.tax_amount === null).toBe(lines.every((line) => line.tax_amount === null));
        for (const part of [invoice, ...lines]) {
          const { subtotal, discount_amount, total_excluding_tax, tax_amount, total_including_tax } = part;
          expect(sumOf([total_excluding_tax, tax_amount])).toBe(sumOf([total_including_tax]));
          const discounted =
            configuration?.tax_policy === "tax_included" ? total_including_tax : total_excluding_tax;
          expect(sumOf([discounted, discount_amount])).toBe(sumOf([subtotal]));
        }
      }
    }),
  );
});

test("law: an invoice is due when its first line is, and no line before its invoice's date", () => {
  fc.assert(
    fc.property(arbitraryInvoicing, (invoicing) => {
      for (const { date, due_date, lines } of lifeOf(invoicing) ?? []) {
        const due = lines.map((line) => Date.parse(line.due_date as string));
        expect(Date.parse(due_date)).toBe(Math.min(...due));
        expect(Math.min(...due)).toBeGreaterThanOrEqual(Date.parse(date));
      }
    }),
  );
});

test("law: invoices and their dates are those of the naive reference, which knows all lines and all dates", () => {
  fc.assert(
    fc.property(arbitraryInvoicing, (invoicing) => {
      const lines = allLines(invoicing);
      if (lines === null) return;
      const { contract, options, overMs } = invoicing;
      const expected = naiveInvoices(contract, lines);
      const found = lifeOf(invoicing) ?? [];
      expect(found.map(({ date, lines: together }) => [Date.parse(date), sorted(together)])).toEqual(
        expected
          .filter(({ lines: together }) => together.length > 0)
          .map(({ dateMs, lines: together }) => [dateMs, sorted(together)]),
      );
      const { usage, closed_at } = options;
      const range = {
        from: BEFORE,
        to: textOf(overMs),
        usage,
        ...(closed_at !== undefined && { closed_at }),
      };
      const dates = [...invoiceDates(contract, range)].map((date) => date.getTime());
      // Dates know no `at`: what is demanded later has its date too.
      const all = allLines({ ...invoicing, options: { ...options, at: textOf(overMs) } });
      if (all === null) return;
      expect(dates).toEqual(naiveInvoices(contract, all).map(({ dateMs }) => dateMs));
      expect(dates).toEqual([...dates].sort((a, b) => a - b));
    }),
  );
});

test("law: invoice dates don't depend on how a life is cut", () => {
  fc.assert(
    fc.property(arbitraryInvoicing, ({ contract, options: { usage, closed_at }, cuts, overMs }) => {
      const datesIn = (from: string, to: string): Date[] => [
        ...invoiceDates(contract, { from, to, usage, ...(closed_at !== undefined && { closed_at }) }),
      ];
      const bounds = [BEFORE, ...cuts, textOf(overMs)].sort();
      const parts = bounds.slice(1).flatMap((to, index) => datesIn(bounds[index] as string, to));
      expect(parts).toEqual(datesIn(BEFORE, textOf(overMs)));
    }),
  );
});

test("law: under manual there are no invoices and no dates", () => {
  fc.assert(
    fc.property(arbitraryInvoicing, (invoicing) => {
      const contract = invoicing.under("manual");
      const range = { from: BEFORE, to: textOf(invoicing.overMs) };
      expect([...projectInvoices(contract, { ...range, ...invoicing.options })]).toEqual([]);
      expect([...invoiceDates(contract, range)]).toEqual([]);
    }),
  );
});
