import { describe, expect, test } from "vitest";
import {
  billingPeriods,
  chargesOf,
  featurePeriods,
  parseSchedule,
  projectInvoices,
  safeParseContract,
} from "../../src/index.ts";
import { issuesOf } from "../contract/documents.ts";
import { contractOf, feature, flat } from "./contracts.ts";

const FROM = "2026-01-01T00:00:00Z";

function startsOf(summary: object): string[] {
  const schedule = parseSchedule({ cycle: "month", activation: "2026-03-11T10:00:00Z", ...summary });
  return billingPeriods(schedule, { from: FROM, count: 3 }).map(({ start }) =>
    start.toISOString().slice(0, 10),
  );
}

describe("a contract that continues another", () => {
  test("counts anniversaries from the other's boundary, and has numbers of its own", () => {
    expect(startsOf({ continues: { boundary: "2025-12-31T00:00:00Z" } })).toEqual([
      "2026-03-11",
      "2026-03-31",
      "2026-04-30",
    ]);
    const schedule = parseSchedule({
      cycle: "month",
      activation: "2026-03-11T10:00:00Z",
      continues: { boundary: "2025-12-31T00:00:00Z" },
    });
    const [first] = billingPeriods(schedule, { from: FROM, count: 1 });
    expect(first).toMatchObject({ index: 1, stub: true, phase: "paid" });
  });

  test("counts from its own anchor where it has one, and every n-th month of the calendar from the boundary", () => {
    const continues = { boundary: "2026-01-05T00:00:00Z" };
    expect(startsOf({ continues, cycle_anchor: "2026-01-20T00:00:00Z" })[1]).toBe("2026-03-20");
    expect(startsOf({ continues, cycle_start_offset: 4, cycle_count: 3 })[1]).toBe("2026-04-05");
    expect(startsOf({ cycle_start_offset: 4, cycle_count: 3 })[1]).toBe("2026-06-05");
  });

  test("on a boundary it begins with a full period", () => {
    const schedule = parseSchedule({
      cycle: "month",
      activation: "2026-03-31T00:00:00Z",
      continues: { boundary: "2025-12-31T00:00:00Z" },
    });
    const [first] = billingPeriods(schedule, { from: FROM, count: 1 });
    expect(first).toMatchObject({ stub: false, end: new Date("2026-04-30T00:00:00Z") });
  });

  test("counts own cycles from the other's boundary", () => {
    const continues = { boundary: "2026-01-01T00:00:00Z" };
    const contract = contractOf([feature("weekly", flat("7"), "week")], {
      activation: "2026-03-11T10:00:00Z",
      continues,
    });
    const starts = featurePeriods(contract, "weekly", { from: FROM, count: 2 }).map(({ start }) => start);
    expect(starts).toEqual([new Date("2026-03-11T10:00:00Z"), new Date("2026-03-12T00:00:00Z")]);
  });

  test("goes on with free cycles, discounts and own free cycles where their numbers were", () => {
    const continues = { boundary: "2026-01-15T00:00:00Z", numbered_from: "2026-01-20T00:00:00Z" };
    const contract = contractOf(
      [
        feature("base", flat("31")),
        feature("yearly", flat("365", { free_cycles: 1 }), "year"),
        feature("setup", flat("100"), "first_cycle"),
      ],
      { activation: "2026-03-11T10:00:00Z", continues, free_cycles: 1 },
      { discount: { discount_type: "percentage", amount: "10", duration: 2 } },
    );
    // The leading stub of 20 January goes with the first full month, that of 15 February; 15 March is the second.
    const range = { from: FROM, to: "2026-06-01T00:00:00Z" };
    const invoices = [...projectInvoices(contract, range)].map(({ date, lines }) => [
      date.slice(0, 10),
      ...lines.map(
        (line) => `${line.feature_slug} ${line.total_excluding_tax}${line.waived ? " waived" : ""}`,
      ),
    ]);
    expect(invoices).toEqual([
      ["2026-03-11", "base 0.00 waived", "yearly 0.00 waived"],
      ["2026-03-15", "base 27.90"],
      ["2026-04-15", "base 31.00"],
      ["2026-05-15", "base 31.00"],
    ]);
  });

  test("charges its first cycle unless its periods are numbered on", () => {
    const setup = [feature("setup", flat("100"), "first_cycle")];
    const activation = "2026-03-11T10:00:00Z";
    const kinds = (continues: object): number => {
      const contract = contractOf(setup, { activation, continues });
      const [first] = billingPeriods(contract, { from: FROM, count: 1 });
      return chargesOf(contract, first as NonNullable<typeof first>).length;
    };
    expect(kinds({ boundary: FROM })).toBe(1);
    expect(kinds({ boundary: FROM, numbered_from: FROM })).toBe(0);
  });
});

describe("what a contract continues", () => {
  test("is checked: instants, numbers from before its activation, in its place", () => {
    const given = { cycle: "month", activation: "2026-03-11T10:00:00Z" };
    const issues = (continues: unknown): string[] => issuesOf(() => parseSchedule({ ...given, continues }));
    expect(issues({ boundary: "2026-02-30T00:00:00Z" })).toEqual(["INVALID_INSTANT continues.boundary"]);
    expect(issues("2026-01-01T00:00:00Z")).toEqual(["INVALID_TYPE continues"]);
    expect(issues({ numbered_from: given.activation })).toEqual(["INVALID_DATES continues.numbered_from"]);
    expect(issuesOf(() => contractOf([], {}, { continues: { boundary: FROM } }))).toEqual([
      "MISPLACED_FIELD continues",
    ]);
  });

  test("is normalised, may be null, and other names in it are reported", () => {
    const continues = { boundary: "2026-01-01T01:00:00+01:00", since: FROM };
    const contract_summary = {
      cycle: "month",
      currency: "eur",
      activation: "2026-03-11T10:00:00Z",
      continues,
    };
    const result = safeParseContract({ contract_summary, plan: { features: [] } });
    expect(result.ok && result.contract.contract_summary.continues?.boundary).toBe(FROM);
    expect(result.ok && result.warnings.map(({ path }) => path)).toEqual([
      ["contract_summary", "continues", "since"],
    ]);
    expect(startsOf({ continues: null })).toEqual(startsOf({}));
  });
});
