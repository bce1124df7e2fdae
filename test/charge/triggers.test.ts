import { describe, expect, test } from "vitest";
import { issuesOf } from "../contract/documents.ts";
import { contractOf, feature, flat, type Json, linesOf, metered, seats, subtotals } from "./contracts.ts";

const audit = (price: Json = flat("7")): Json => feature("audit", price, { charge_trigger: "on_demand" });

describe("W1: when a price is charged", () => {
  test("every_cycle is the default: each billing period", () => {
    const contract = contractOf({ features: [feature("base", flat("10"))] });
    expect([1, 2, 3].flatMap((index) => subtotals(linesOf(contract, index)))).toEqual([
      "base fixed 10.00",
      "base fixed 10.00",
      "base fixed 10.00",
    ]);
  });

  test("first_cycle once, in period 1", () => {
    const contract = contractOf({
      features: [feature("setup", flat("99"), { charge_trigger: "first_cycle" })],
    });
    expect(subtotals(linesOf(contract, 1))).toEqual(["setup fixed 99.00"]);
    expect(linesOf(contract, 2)).toEqual([]);
  });

  test("after a trial period 1 is the first one charged", () => {
    const features = [feature("setup", flat("99"), { charge_trigger: "first_cycle" })];
    const contract = contractOf({ plan: { free_trial_days: 14 }, features });
    expect(linesOf(contract, 0)).toEqual([]);
    expect(subtotals(linesOf(contract, 1))).toEqual(["setup fixed 99.00"]);
  });

  test("on_demand only when the caller says so, each time", () => {
    const contract = contractOf({ features: [audit()] });
    expect(linesOf(contract, 1)).toEqual([]);
    const on_demand = ["2026-01-20T10:00:00Z", "2026-01-05T09:00:00Z", "2026-02-01T00:00:00Z"].map((at) => ({
      feature_slug: "audit",
      at,
    }));
    const lines = linesOf(contract, 1, { usage: { on_demand } });
    expect(lines.map((line) => [line.kind, line.subtotal, line.made_at])).toEqual([
      ["on_demand", "7.00", "2026-01-05T09:00:00Z"],
      ["on_demand", "7.00", "2026-01-20T10:00:00Z"],
    ]);
    // An instant on a boundary is in the later period (T6).
    expect(linesOf(contract, 2, { usage: { on_demand } })).toHaveLength(1);
  });

  test("a demand may replace the contracted count, and its line carries the billing period", () => {
    const contract = contractOf({ features: [audit(seats("3", "10"))] });
    const on_demand = [
      { feature_slug: "audit", at: "2026-01-05T09:00:00Z" },
      { feature_slug: "audit", at: "2026-01-06T09:00:00Z", unit_count: "1.5" },
    ];
    const lines = linesOf(contract, 1, { usage: { on_demand } });
    expect(lines.map((line) => [line.unit_count, line.subtotal])).toEqual([
      ["3", "30.00"],
      ["1.5", "15.00"],
    ]);
    expect(lines[1]?.period).toEqual({ start: "2026-01-01T00:00:00Z", end: "2026-02-01T00:00:00Z" });
  });

  test("a demand after `at` isn't known yet, and one after the end of the contract is none", () => {
    const on_demand = ["2026-01-05", "2026-01-20", "2026-03-01"].map((day) => ({
      feature_slug: "audit",
      at: `${day}T00:00:00Z`,
    }));
    const made = (summary: Json, at?: string): (string | null)[] => {
      const options = { usage: { on_demand }, ...(at !== undefined && { at }) };
      return linesOf(contractOf({ summary, features: [audit()] }), 1, options).map((line) => line.made_at);
    };
    expect(made({}, "2026-01-05T00:00:00Z")).toEqual(["2026-01-05T00:00:00Z"]);
    expect(made({ cycle: "constant", expiration: "2026-03-01T00:00:00Z" })).toEqual([
      "2026-01-05T00:00:00Z",
      "2026-01-20T00:00:00Z",
    ]);
    expect(made({ cycle: "constant", moved_at: "2026-01-20T00:00:00Z" })).toEqual(["2026-01-05T00:00:00Z"]);
  });

  test("on-demand charges stand beside any form of usage", () => {
    const contract = contractOf({ features: [feature("calls", metered("1")), audit()] });
    const on_demand = [{ feature_slug: "audit", at: "2026-01-05T09:00:00Z" }];
    const of = (usage: object): string[] =>
      subtotals(linesOf(contract, 1, { usage: { ...usage, on_demand } }));
    const expected = ["calls usage 5.00", "audit on_demand 7.00"];
    expect(of({ sums: { calls: 5 } })).toEqual(expected);
    const timestamp = "2026-01-05T09:00:00Z";
    expect(of({ events: [{ feature_slug: "calls", units: 5, timestamp }] })).toEqual(expected);
    expect(of({ periods: [{ feature_slug: "calls", units: 5, start: "2026-01-01T00:00:00Z" }] })).toEqual(
      expected,
    );
    const asked = Object.assign(() => 5, { on_demand });
    expect(subtotals(linesOf(contract, 1, { usage: asked }))).toEqual(expected);
  });

  test("own cycles: each own period that begins in the billing period", () => {
    const features = [
      feature("daily", flat("1"), { charge_trigger: "day" }),
      feature("weekly", flat("2"), { charge_trigger: "week" }),
      feature("monthly", flat("3"), { charge_trigger: "month" }),
      feature("quarterly", flat("4"), { charge_trigger: "quarter" }),
      feature("yearly", flat("5"), { charge_trigger: "year" }),
    ];
    const contract = contractOf({ features });
    const counts = [1, 2, 4].map((index) => {
      const lines = linesOf(contract, index);
      return ["daily", "weekly", "monthly", "quarterly", "yearly"].map(
        (slug) => lines.filter((line) => line.feature_slug === slug).length,
      );
    });
    expect(counts).toEqual([
      [31, 5, 1, 1, 1],
      // Weeks begin on 5, 12, 19 and 26 February.
      [28, 4, 1, 0, 0],
      [30, 5, 1, 1, 0],
    ]);
  });

  test("the plan's and a group's price follow every cycle unless they say otherwise", () => {
    const plan = { strategy: "plan", price: flat("10") };
    expect(subtotals(linesOf(contractOf({ plan }), 2))).toEqual(["plan fixed 10.00"]);
    expect(linesOf(contractOf({ plan: { ...plan, charge_trigger: "first_cycle" } }), 2)).toEqual([]);
    const groups = [{ id: "g", feature_ids: ["a"], price: flat("10"), charge_trigger: "quarter" }];
    const grouped = contractOf({ plan: { strategy: "group", groups }, features: [feature("a", flat("1"))] });
    expect(subtotals(linesOf(grouped, 1))).toEqual(["g fixed 10.00"]);
    expect(linesOf(grouped, 2)).toEqual([]);
  });
});

describe("own cycles on endless contracts (P13, P7)", () => {
  const endless = (summary: Json = {}) =>
    contractOf({
      summary: { cycle: "once", ...summary },
      features: [feature("desk", flat("3"), { charge_trigger: "month" })],
    });

  test("they are charged up to the expiration", () => {
    const lines = linesOf(endless({ expiration: "2026-03-11T00:00:00Z" }), 1);
    // 10 of March's 31 days: 0.967..., 0.97.
    expect(lines.map((line) => line.subtotal)).toEqual(["3.00", "3.00", "0.97"]);
  });

  test("without one, as far as they have begun at `at`", () => {
    expect(linesOf(endless(), 1, { at: "2026-02-01T00:00:00Z" })).toHaveLength(2);
    expect(linesOf(endless(), 1, { at: "2026-01-31T23:59:59Z" })).toHaveLength(1);
  });

  test("without either they would go on for ever", () => {
    expect(issuesOf(() => linesOf(endless(), 1))[0]).toMatch(/^TOO_MANY/);
  });

  // It takes seconds, so only longer runs do it.
  test.runIf(process.env["FC_RUNS"] !== undefined)("180 years of days are a lot of lines, but lines", () => {
    const price = metered("1", { flat_fee: "1" });
    const summary = { cycle: "once", expiration: "2206-01-01T00:00:00Z" };
    const contract = contractOf({ summary, features: [feature("desk", price, { charge_trigger: "day" })] });
    // 180 x 365 days and 43 leap days, a flat fee and usage each.
    expect(linesOf(contract, 1)).toHaveLength(2 * 65_743);
  });
});
