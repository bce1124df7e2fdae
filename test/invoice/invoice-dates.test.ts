import { describe, expect, test } from "vitest";
import type { Contract } from "../../src/contract/contract.ts";
import { type InvoiceDateOptions, invoiceDates } from "../../src/invoice/invoice-dates.ts";
import { formatInstant } from "../../src/time/instant.ts";
import { codesOf } from "../period/codes-of.ts";
import { CALLS, contractOf, quarterly, SEATS } from "./documents.ts";

const YEARS = { from: "2025-01-01T00:00:00Z", to: "2027-01-01T00:00:00Z" };

/** Dates, without the time where it is midnight in UTC. */
function dates(contract: Contract, range: Partial<InvoiceDateOptions> = {}): string[] {
  return [...invoiceDates(contract, { ...YEARS, ...range })].map((date) =>
    formatInstant(date.getTime()).replace("T00:00:00Z", ""),
  );
}

describe("under immediate", () => {
  test("every instant is a date at which something is charged", () => {
    const contract = contractOf({ expiration: "2026-03-20T00:00:00Z" }, {}, [SEATS, CALLS]);
    expect(dates(contract)).toEqual(["2026-01-15", "2026-02-15", "2026-03-15", "2026-03-20"]);
  });

  test("usage that closes later has a date of its own", () => {
    const summary = { expiration: "2026-03-20T00:00:00Z" };
    const contract = contractOf(summary, { usage_period_closing_policy: "1 day" }, [SEATS, CALLS]);
    expect(dates(contract)).toEqual([
      "2026-01-15",
      "2026-02-15",
      "2026-02-16",
      "2026-03-15",
      "2026-03-16",
      "2026-03-21",
    ]);
  });

  test("charges on demand have dates where they are given", () => {
    const contract = contractOf({}, {}, [{ ...SEATS, charge_trigger: "on_demand" }]);
    const usage = { on_demand: [{ feature_slug: "seats", at: "2026-02-03T00:00:00Z" }] };
    expect(dates(contract)).toEqual([]);
    expect(dates(contract, { usage })).toEqual(["2026-02-03"]);
  });

  test("nothing is charged in the trial", () => {
    const contract = contractOf({ free_trial_end: "2026-11-01T00:00:00Z" }, {}, [SEATS]);
    expect(dates(contract)).toEqual(["2026-11-01", "2026-12-01"]);
  });

  test("own cycles go on without end in an endless period, as far as asked", () => {
    const contract = contractOf({ cycle: "constant" }, {}, [{ ...SEATS, charge_trigger: "quarter" }]);
    expect(dates(contract)).toEqual(["2026-01-15", "2026-04-15", "2026-07-15", "2026-10-15"]);
  });
});

describe("under every_cycle", () => {
  const EVERY = { invoice_trigger: "every_cycle" };

  test("the start and every boundary are dates, and the end if something is left", () => {
    const summary = { cycle_start_offset: 0, expiration: "2026-03-20T00:00:00Z" };
    expect(dates(contractOf(summary, EVERY, [SEATS]))).toEqual(["2026-01-15", "2026-02-01", "2026-03-01"]);
    expect(dates(contractOf(summary, EVERY, [SEATS, CALLS]))).toEqual([
      "2026-01-15",
      "2026-02-01",
      "2026-03-01",
      "2026-03-20",
    ]);
  });

  test("an invoice waits for the usage that it takes", () => {
    const contract = contractOf(
      { expiration: "2026-03-20T00:00:00Z" },
      { ...EVERY, usage_period_closing_policy: "1 day" },
      [CALLS],
    );
    expect(dates(contract)).toEqual(["2026-01-15", "2026-02-16", "2026-03-16", "2026-03-21"]);
  });

  test("a moved contract has its final invoice when it moves", () => {
    const contract = contractOf({ moved_at: "2026-02-20T00:00:00Z" }, EVERY, [CALLS]);
    expect(dates(contract)).toEqual(["2026-01-15", "2026-02-15", "2026-02-20"]);
  });

  test("once and constant have one boundary, the start, and a final invoice if they end", () => {
    const features = [{ ...SEATS, charge_trigger: "month" }];
    expect(dates(contractOf({ cycle: "constant" }, EVERY, features))).toEqual(["2026-01-15"]);
    const summary = { cycle: "constant", expiration: "2026-03-20T00:00:00Z" };
    expect(dates(contractOf(summary, EVERY, features))).toEqual(["2026-01-15", "2026-03-20"]);
  });
});

describe("under periodic", () => {
  test("the offset is the 1-based day", () => {
    expect(dates(contractOf({}, quarterly(1), [SEATS]))).toEqual(["2026-04-01", "2026-07-01", "2026-10-01"]);
    expect(dates(contractOf({}, quarterly(15), [SEATS]))).toEqual([
      "2026-01-15",
      "2026-04-15",
      "2026-07-15",
      "2026-10-15",
    ]);
  });

  test("a day past the end of one quarter is its last, in the contract's zone", () => {
    const contract = contractOf({ time_zone: "America/New_York" }, quarterly(92), [SEATS]);
    expect(dates(contract)).toEqual([
      "2026-03-31T04:00:00Z",
      "2026-06-30T04:00:00Z",
      "2026-09-30T04:00:00Z",
      "2026-12-31T05:00:00Z",
    ]);
  });

  test("every N-th date counts from the last one at or before the start", () => {
    expect(dates(contractOf({}, quarterly(1, 2), [SEATS]))).toEqual(["2026-07-01"]);
    const onDate = { activation: "2026-04-01T00:00:00Z" };
    expect(dates(contractOf(onDate, quarterly(1, 2), [SEATS]))).toEqual(["2026-04-01", "2026-10-01"]);
  });

  test("without an offset the start is a date, and every N-th cycle after it", () => {
    const summary = { free_trial_end: "2026-01-31T12:00:00Z" };
    expect(dates(contractOf(summary, quarterly(), [SEATS]))).toEqual([
      "2026-01-31T12:00:00Z",
      "2026-04-30T12:00:00Z",
      "2026-07-31T12:00:00Z",
      "2026-10-31T12:00:00Z",
    ]);
    expect(dates(contractOf(summary, quarterly(undefined, 2), [SEATS]))).toEqual([
      "2026-01-31T12:00:00Z",
      "2026-07-31T12:00:00Z",
    ]);
  });

  test("a scheduled date is one though nothing is charged by then, a final one is not", () => {
    const contract = contractOf({ cycle: "year", expiration: "2026-12-20T00:00:00Z" }, quarterly(1), [SEATS]);
    expect(dates(contract)).toEqual(["2026-04-01", "2026-07-01", "2026-10-01"]);
  });

  test("no scheduled date follows the last period", () => {
    const summary = { expiration: "2026-05-20T00:00:00Z" };
    expect(dates(contractOf(summary, quarterly(1), [SEATS]))).toEqual(["2026-04-01", "2026-05-20"]);
    const onDate = { expiration: "2026-04-01T00:00:00Z" };
    expect(dates(contractOf(onDate, quarterly(1), [CALLS]))).toEqual(["2026-04-01"]);
  });

  test("usage that waits long is invoiced after a later date without usage", () => {
    const yearly = { slug: "calls", charge_trigger: "year", price: CALLS.price };
    const configuration = {
      invoice_trigger: { periodic: { cycle: "month" } },
      usage_period_closing_policy: { delay: { days: 40 } },
    };
    const contract = contractOf({ activation: "2025-01-15T00:00:00Z" }, configuration, [SEATS, yearly]);
    expect(dates(contract, { from: "2025-12-20T00:00:00Z", to: "2026-03-20T00:00:00Z" })).toEqual([
      "2026-02-15",
      "2026-02-24",
      "2026-03-15",
    ]);
  });
});

describe("under any trigger", () => {
  test("usage closed by hand is invoiced when it is closed", () => {
    const configuration = { ...quarterly(1), usage_period_closing_policy: "manual" };
    const contract = contractOf({ expiration: "2026-06-15T00:00:00Z" }, configuration, [CALLS]);
    expect(dates(contract)).toEqual(["2026-04-01", "2026-06-15"]);
    expect(dates(contract, { closed_at: "2026-05-01T00:00:00Z" })).toEqual(["2026-05-01", "2026-06-15"]);
    expect(dates(contract, { closed_at: "2026-08-01T00:00:00Z" })).toEqual(["2026-08-01", "2026-08-01"]);
    const late = { from: "2026-07-01T00:00:00Z", closed_at: "2026-08-01T00:00:00Z" };
    expect(dates(contract, late)).toEqual(["2026-08-01", "2026-08-01"]);
  });

  test("from is in the range and to is not", () => {
    const contract = contractOf({}, quarterly(1), [SEATS]);
    const range = { from: "2026-04-01T00:00:00Z", to: "2026-07-01T00:00:00Z" };
    expect(dates(contract, range)).toEqual(["2026-04-01"]);
    expect(dates(contract, { from: "2026-04-01T00:00:00Z", to: "2026-04-01T00:00:00Z" })).toEqual([]);
  });

  test("a pending contract has none, nor has one under manual, nor one that is over", () => {
    expect(dates(contractOf({ activation: null }, quarterly(1), [SEATS]))).toEqual([]);
    expect(dates(contractOf({}, { invoice_trigger: "manual" }, [SEATS]))).toEqual([]);
    const over = contractOf({ expiration: "2026-03-01T00:00:00Z" }, {}, [SEATS, CALLS]);
    expect(dates(over, { from: "2026-03-01T00:00:00.001Z" })).toEqual([]);
  });

  test("taking the first of a million costs one", () => {
    const contract = contractOf({ cycle: "hour" }, { invoice_trigger: "every_cycle" }, [SEATS, CALLS]);
    const range = { from: "2030-01-01T00:30:00Z", to: "9000-01-01T00:00:00Z" };
    const [first] = invoiceDates(contract, range);
    expect(first?.toISOString()).toBe("2030-01-01T01:00:00.000Z");
  });

  test("a price that needs events needs none for its dates", () => {
    const price = {
      ...CALLS.price,
      strategy_details: { pricing_strategy: "usage", used_unit_count: "7" },
      by: [{ when: { region: "eu" }, amount: "2" }],
    };
    const contract = contractOf({}, quarterly(1), [{ slug: "calls", price }]);
    expect(dates(contract, { usage: { sums: { calls: "5" } } })).toHaveLength(3);
  });
});

describe("ranges that are refused", () => {
  const contract = contractOf({}, {}, [SEATS]);
  const instant = "2026-01-01T00:00:00Z";
  test.each([
    [{}, ["MISSING", "MISSING"]],
    [{ from: instant }, ["MISSING"]],
    [{ from: instant, count: 3 }, ["MISSING"]],
    [{ from: "2026-01-01", to: null }, ["INVALID_INSTANT", "INVALID_INSTANT"]],
    [{ from: instant, to: "2025-01-01T00:00:00Z" }, ["INVALID_DATES"]],
    [{ to: instant, usage: { sums: { seat: "1" } } }, ["MISSING", "UNKNOWN_SLUG"]],
    [undefined, ["INVALID_TYPE"]],
    [null, ["INVALID_TYPE"]],
  ])("%j before the first date is asked for", (range, codes) => {
    expect(codesOf(() => invoiceDates(contract, range as InvoiceDateOptions))).toEqual(codes);
  });

  test("and so is a contract that isn't parsed", () => {
    expect(codesOf(() => invoiceDates({} as Contract, YEARS))).toEqual(["NOT_PARSED"]);
  });
});
