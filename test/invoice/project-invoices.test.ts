import { describe, expect, test } from "vitest";
import type { Contract } from "../../src/contract/contract.ts";
import { type Invoice, type ProjectionOptions, projectInvoices } from "../../src/invoice/project-invoices.ts";
import { codesOf } from "../period/codes-of.ts";
import { CALLS, contractOf, FLAT, METERED, quarterly, SEATS } from "./documents.ts";

const YEAR = { from: "2026-01-01T00:00:00Z", to: "2027-01-01T00:00:00Z" };

function invoices(contract: Contract, options: Partial<ProjectionOptions> = {}): Invoice[] {
  return [...projectInvoices(contract, { ...YEAR, ...options })];
}

/** Date and due date, lines and total. */
function summaries(found: readonly Invoice[]): (string | number)[][] {
  return found.map(({ date, due_date, lines, total_including_tax }) =>
    [date, due_date, lines.length, total_including_tax].map((part) => String(part).replace("T00:00:00Z", "")),
  );
}

describe("an invoice", () => {
  test("under immediate has the charges of one instant", () => {
    const contract = contractOf({ expiration: "2026-02-20T00:00:00Z" }, {}, [SEATS, CALLS]);
    const usage = {
      events: [{ feature_slug: "calls", units: "7", timestamp: "2026-02-01T00:00:00Z" }],
    };
    expect(summaries(invoices(contract, { usage }))).toEqual([
      ["2026-01-15", "2026-01-15", "1", "10.00"],
      // Five of the 28 days of the trailing stub.
      ["2026-02-15", "2026-02-15", "2", "8.79"],
      ["2026-02-20", "2026-02-20", "1", "0.00"],
    ]);
  });

  test("prints all its fields", () => {
    const contract = contractOf({ expiration: "2026-02-15T00:00:00Z" }, {}, [SEATS], {
      discount: { discount_type: "percentage", amount: "10" },
    });
    const [invoice, ...others] = invoices(contract, { tax_rates: { default: "19" } });
    expect(others).toEqual([]);
    expect(invoice).toEqual({
      date: "2026-01-15T00:00:00Z",
      due_date: "2026-01-15T00:00:00Z",
      lines: [
        {
          name: "seats",
          feature_slug: "seats",
          kind: "fixed",
          period: { start: "2026-01-15T00:00:00Z", end: "2026-02-15T00:00:00Z" },
          unit_count: null,
          unit_price: null,
          subtotal: "10.00",
          discount_amount: "1.00",
          total_excluding_tax: "9.00",
          tax_amount: "1.71",
          total_including_tax: "10.71",
          tax_code: null,
          made_at: "2026-01-15T00:00:00Z",
          due_date: "2026-01-15T00:00:00Z",
          stub: false,
          exact: "10",
          exact_ratio: { numerator: "10", denominator: "1" },
        },
      ],
      subtotal: "10.00",
      discount_amount: "1.00",
      total_excluding_tax: "9.00",
      tax_amount: "1.71",
      total_including_tax: "10.71",
      currency: "eur",
    });
    expect(JSON.parse(JSON.stringify(invoice))).toEqual(invoice);
  });

  test("has its lines in the document's order, then by the start of their periods", () => {
    const contract = contractOf({}, quarterly(1), [CALLS, SEATS]);
    const [first] = invoices(contract);
    expect(first?.lines.map(({ feature_slug, period }) => [feature_slug, period.start.slice(0, 10)])).toEqual(
      [
        ["calls", "2026-01-15"],
        ["calls", "2026-02-15"],
        ["seats", "2026-01-15"],
        ["seats", "2026-02-15"],
        ["seats", "2026-03-15"],
      ],
    );
  });

  test("keeps a waived line of zero, and doesn't exist without lines", () => {
    const waived = contractOf({ free_cycles: 1 }, {}, [SEATS]);
    expect(invoices(waived)[0]).toMatchObject({ total_including_tax: "0.00", lines: [{ waived: true }] });
    const yearly = contractOf({ cycle: "year" }, quarterly(1), [SEATS]);
    expect(summaries(invoices(yearly))).toEqual([["2026-04-01", "2026-04-01", "1", "10.00"]]);
  });

  test("has a tax unless no line has a rate", () => {
    const coded = { slug: "coded", price: { ...FLAT, tax_code: "standard" } };
    const contract = contractOf({ cycle: "once" }, {}, [SEATS, coded]);
    const taxOf = (tax_rates?: { [code: string]: string }) =>
      invoices(contract, { ...(tax_rates && { tax_rates }) })[0]?.tax_amount;
    expect([taxOf(), taxOf({ reduced: "7" }), taxOf({ standard: "19" }), taxOf({ default: "19" })]).toEqual([
      null,
      null,
      "1.90",
      "3.80",
    ]);
  });
});

describe("due dates", () => {
  test("count payment terms from the invoice's date, or from a later date of the policy", () => {
    const configuration = {
      ...quarterly(1),
      due_date_policy: "end_of_period",
      payment_terms: { net_days: 10 },
      usage_period_closing_policy: "1 day",
    };
    const contract = contractOf({}, configuration, [SEATS, CALLS]);
    const [first] = invoices(contract);
    expect([first?.date, first?.due_date]).toEqual(["2026-04-01T00:00:00Z", "2026-04-11T00:00:00Z"]);
    expect(first?.lines.map(({ feature_slug, due_date }) => [feature_slug, due_date?.slice(0, 10)])).toEqual([
      ["seats", "2026-04-11"],
      ["seats", "2026-04-11"],
      ["seats", "2026-04-25"],
      ["calls", "2026-04-11"],
      ["calls", "2026-04-11"],
    ]);
  });
});

describe("usage", () => {
  const MONTHS = { from: "2026-02-01T00:00:00Z", to: "2026-05-01T00:00:00Z" };

  function counts(contract: Contract, options: Partial<ProjectionOptions>): (string | boolean | null)[][] {
    return invoices(contract, { ...MONTHS, ...options }).flatMap(({ lines }) =>
      lines.map((line) => [line.period.start.slice(0, 10), line.unit_count, line.assumed ?? false]),
    );
  }

  test("that isn't given is assumed to be zero", () => {
    expect(counts(contractOf({}, {}, [CALLS]), {})).toEqual([
      ["2026-01-15", "0", true],
      ["2026-02-15", "0", true],
      ["2026-03-15", "0", true],
    ]);
  });

  test("as sums is that of the period that runs at `from`, or at `at`", () => {
    const contract = contractOf({}, {}, [CALLS]);
    const usage = { sums: { calls: "7" } };
    expect(counts(contract, { usage }).map(([, units]) => units)).toEqual(["7", "0", "0"]);
    const at = "2026-02-20T00:00:00Z";
    expect(counts(contract, { usage, at }).map(([, units]) => units)).toEqual(["0", "7", "0"]);
  });

  test("as sums is that of the first period where none runs yet, and of a trial where that does", () => {
    const usage = { sums: { calls: "7" } };
    const from = "2026-01-01T00:00:00Z";
    expect(counts(contractOf({}, {}, [CALLS]), { usage, from }).map(([, units]) => units)).toEqual([
      "7",
      "0",
      "0",
    ]);
    const tried = contractOf({ free_trial_end: "2026-02-15T00:00:00Z" }, {}, [CALLS]);
    expect(counts(tried, { usage, from }).map(([, units]) => units)).toEqual(["0", "0"]);
  });

  test("of the document stands in for the running period alone", () => {
    const details = { pricing_strategy: "usage", used_unit_count: "9" };
    const contract = contractOf({}, {}, [
      { slug: "calls", price: { ...METERED, strategy_details: details } },
    ]);
    expect(counts(contract, {})).toEqual([
      ["2026-01-15", "9", true],
      ["2026-02-15", "0", true],
      ["2026-03-15", "0", true],
    ]);
  });

  test("events all count without `at`, and up to it with one", () => {
    const contract = contractOf({}, {}, [CALLS]);
    const event = (timestamp: string) => ({ feature_slug: "calls", units: "1", timestamp });
    const usage = { events: [event("2026-02-01T00:00:00Z"), event("2026-04-10T00:00:00Z")] };
    expect(counts(contract, { usage }).map(([, units]) => units)).toEqual(["1", "0", "1"]);
    const at = "2026-03-01T00:00:00Z";
    expect(counts(contract, { usage, at }).map(([, units]) => units)).toEqual(["1", "0", "0"]);
  });

  test("may be asked for period by period", () => {
    const contract = contractOf({}, {}, [CALLS]);
    const usage = (_: string, { start }: { readonly start: Date }) => start.getUTCMonth() + 1;
    expect(counts(contract, { usage }).map(([, units]) => units)).toEqual(["1", "2", "3"]);
  });

  test("of an own period that began long before the range is found", () => {
    const yearly = { ...CALLS, charge_trigger: "year" };
    const contract = contractOf({ activation: "2020-03-31T00:00:00Z" }, quarterly(1), [yearly]);
    const usage = { periods: [{ feature_slug: "calls", start: "2025-03-31T00:00:00Z", units: "12" }] };
    expect(summaries(invoices(contract, { usage }))).toEqual([["2026-04-01", "2026-04-01", "1", "12.00"]]);
  });

  test("closed by hand is expected at its period's end, unless it is said when", () => {
    const contract = contractOf({}, { usage_period_closing_policy: "manual" }, [CALLS]);
    const range = { from: "2026-02-01T00:00:00Z", to: "2026-05-01T00:00:00Z" };
    expect(summaries(invoices(contract, range)).map(([date]) => date)).toEqual([
      "2026-02-15",
      "2026-03-15",
      "2026-04-15",
    ]);
    const closed = invoices(contract, { ...range, closed_at: "2026-03-20T00:00:00Z" });
    expect(summaries(closed)).toEqual([
      ["2026-03-20", "2026-03-20", "2", "0.00"],
      ["2026-04-15", "2026-04-15", "1", "0.00"],
    ]);
  });

  test("that never closes is never invoiced", () => {
    expect(invoices(contractOf({ cycle: "constant" }, {}, [CALLS]))).toEqual([]);
  });
});

describe("a projection", () => {
  test("is lazy, however long its range", () => {
    const contract = contractOf({ cycle: "day" }, {}, [SEATS]);
    const all = projectInvoices(contract, { from: "2026-03-01T00:00:00Z", to: "9999-01-01T00:00:00Z" });
    expect(all.next().value).toMatchObject({ date: "2026-03-01T00:00:00Z" });
    expect(all.next().value).toMatchObject({ date: "2026-03-02T00:00:00Z" });
    expect(all.return().done).toBe(true);
  });

  test("spends a flat discount as the periods do, however they are invoiced", () => {
    const rest = { discount: { discount_type: "flat", amount: "12", duration: null } };
    const half = { slug: "half", charge_trigger: "week", price: { ...FLAT, amount: "5" } };
    const summary = { expiration: "2026-02-15T00:00:00Z" };
    const discounts = (configuration: object) =>
      invoices(contractOf(summary, configuration, [half], rest)).map((invoice) => invoice.discount_amount);
    expect(discounts({})).toEqual(["5.00", "5.00", "2.00", "0.00", "0.00"]);
    expect(discounts({ invoice_trigger: { periodic: { cycle: "month" } } })).toEqual(["5.00", "7.00"]);
  });

  test("of a moved contract ends with what is left at the move", () => {
    const contract = contractOf({ moved_at: "2026-02-20T00:00:00Z" }, quarterly(1), [SEATS, CALLS]);
    expect(summaries(invoices(contract))).toEqual([["2026-02-20", "2026-02-20", "4", "20.00"]]);
  });

  test("of an endless contract goes on as far as asked", () => {
    const monthly = { ...CALLS, charge_trigger: "month" };
    const contract = contractOf({ cycle: "constant" }, quarterly(1), [SEATS, monthly]);
    expect(summaries(invoices(contract))).toEqual([
      ["2026-04-01", "2026-04-01", "3", "10.00"],
      ["2026-07-01", "2026-07-01", "3", "0.00"],
      ["2026-10-01", "2026-10-01", "3", "0.00"],
    ]);
  });

  test("has nothing of the trial, of a pending contract or under manual", () => {
    expect(invoices(contractOf({ free_trial_end: "2027-06-01T00:00:00Z" }, {}, [SEATS]))).toEqual([]);
    expect(invoices(contractOf({ activation: null }, quarterly(1), [SEATS]))).toEqual([]);
    expect(invoices(contractOf({}, { invoice_trigger: "manual" }, [SEATS]))).toEqual([]);
  });

  test("stops where a price needs events and gets a sum: an invoice without it would be wrong", () => {
    const price = { ...METERED, by: [{ when: { region: "eu" }, amount: "2" }] };
    const contract = contractOf({}, {}, [{ slug: "calls", price }]);
    const all = projectInvoices(contract, {
      ...YEAR,
      at: "2026-02-01T00:00:00Z",
      usage: { sums: { calls: "3" } },
    });
    expect(codesOf(() => all.next())).toEqual(["NEEDS_EVENTS"]);
  });

  test("is refused at once, with all that is wrong", () => {
    const contract = contractOf({}, {}, [SEATS]);
    const options = { from: "2026-01-01", tax_rates: { default: "-1" }, usage: { sums: { seat: "1" } } };
    expect(codesOf(() => projectInvoices(contract, options as never))).toEqual([
      "INVALID_INSTANT",
      "MISSING",
      "UNKNOWN_SLUG",
      "OUT_OF_RANGE",
    ]);
    expect(codesOf(() => projectInvoices(contract, undefined as never))).toEqual(["INVALID_TYPE"]);
    expect(codesOf(() => projectInvoices({} as Contract, YEAR))).toEqual(["NOT_PARSED"]);
  });
});
