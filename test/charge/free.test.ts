import { describe, expect, test } from "vitest";
import { issuesOf } from "../contract/documents.ts";
import { contractOf, feature, flat, type Json, linesOf, metered, seats, subtotals } from "./contracts.ts";

const MATRIX = metered("1", { flat_fee: "5" }, { by: [{ when: { region: "eu" }, amount: "2" }] });

describe("W3: free", () => {
  test("nothing is charged in the trial", () => {
    const features = [
      feature("base", flat("10")),
      feature("setup", flat("99"), { charge_trigger: "first_cycle" }),
      feature("audit", flat("7"), { charge_trigger: "on_demand" }),
      feature("calls", metered("1", { minimum_units: "5" })),
    ];
    const contract = contractOf({ features, plan: { free_trial_days: 14 } });
    const usage = { on_demand: [{ feature_slug: "audit", at: "2026-01-03T00:00:00Z" }] };
    expect(linesOf(contract, 0, { usage })).toEqual([]);
    // The first period begins at the end of the trial.
    const [base] = linesOf(contract, 1);
    expect(base).toMatchObject({ subtotal: "10.00", made_at: "2026-01-15T00:00:00Z" });
  });

  test("a contract's free cycles waive recurring and own-cycle charges, in lines of zero that say so", () => {
    const features = [
      feature("base", flat("10")),
      feature("calls", metered("1", { flat_fee: "5" })),
      feature("desk", flat("3"), { charge_trigger: "week" }),
      feature("setup", flat("99"), { charge_trigger: "first_cycle" }),
      feature("audit", flat("7"), { charge_trigger: "on_demand" }),
    ];
    const contract = contractOf({ summary: { free_cycles: 1 }, features });
    const usage = {
      sums: { calls: "40" },
      on_demand: [{ feature_slug: "audit", at: "2026-01-03T00:00:00Z" }],
    };
    const lines = linesOf(contract, 1, { usage });
    expect(subtotals(lines)).toEqual([
      "base fixed 0.00",
      "calls flat_fee 0.00",
      "calls usage 0.00",
      // 1, 8, 15, 22 and 29 January.
      ...Array(5).fill("desk fixed 0.00"),
      "setup fixed 99.00",
      "audit on_demand 7.00",
    ]);
    expect(lines.filter((line) => line.waived).map((line) => line.exact)).toEqual(Array(8).fill("0"));
    expect(lines[2]).toMatchObject({ unit_count: "40", waived: true });
    expect(linesOf(contract, 2)[0]).not.toHaveProperty("waived");
  });

  test("an own-cycle charge is waived by the period in which its own period begins", () => {
    const features = [feature("desk", flat("90"), { charge_trigger: "quarter" })];
    const contract = contractOf({ summary: { free_cycles: 2 }, features });
    // The quarter from 1 January begins in the first free month; the next one in April, the fourth month.
    expect(linesOf(contract, 1)[0]).toMatchObject({ subtotal: "0.00", waived: true });
    expect(linesOf(contract, 2)).toEqual([]);
    expect(subtotals(linesOf(contract, 4))).toEqual(["desk fixed 90.00"]);
  });

  test("a leading stub goes with the first n full periods", () => {
    const summary = { activation: "2026-01-16T00:00:00Z", cycle_start_offset: 0, free_cycles: 1 };
    const contract = contractOf({ summary, features: [feature("base", flat("31"))] });
    const waived = [1, 2, 3].map((index) => linesOf(contract, index)[0]?.waived ?? false);
    expect(waived).toEqual([true, true, false]);
  });

  test("without free cycles a leading stub is charged", () => {
    const summary = { activation: "2026-01-16T00:00:00Z", cycle_start_offset: 0, free_cycles: 0 };
    const price = flat("31", { free_cycles: 0 });
    const contract = contractOf({ summary, features: [feature("base", price)] });
    expect(subtotals(linesOf(contract, 1))).toEqual(["base fixed 16.00"]);
  });

  test("a price's own free cycles count in its own cycle: two free weeks of five, in the first month only", () => {
    const features = [feature("desk", flat("3", { free_cycles: 2 }), { charge_trigger: "week" })];
    const contract = contractOf({ features });
    expect(linesOf(contract, 1).map((line) => line.subtotal)).toEqual([
      "0.00",
      "0.00",
      "3.00",
      "3.00",
      "3.00",
    ]);
    expect(linesOf(contract, 2).every((line) => line.subtotal === "3.00")).toBe(true);
  });

  test("a price's free cycles waive neither first_cycle nor on_demand charges", () => {
    const features = [
      feature("setup", flat("99", { free_cycles: 3 }), { charge_trigger: "first_cycle" }),
      feature("audit", flat("7", { free_cycles: 3 }), { charge_trigger: "on_demand" }),
    ];
    const usage = { on_demand: [{ feature_slug: "audit", at: "2026-01-03T00:00:00Z" }] };
    const lines = linesOf(contractOf({ features }), 1, { usage });
    expect(subtotals(lines)).toEqual(["setup fixed 99.00", "audit on_demand 7.00"]);
  });

  test("the two don't add up: one free cycle of the contract and two of the price are two", () => {
    const features = [feature("base", flat("10", { free_cycles: 2 })), feature("seats", seats("1", "4"))];
    const contract = contractOf({ summary: { free_cycles: 1 }, features });
    const of = (index: number): string[] => subtotals(linesOf(contract, index));
    expect(of(1)).toEqual(["base fixed 0.00", "seats fixed 0.00"]);
    expect(of(2)).toEqual(["base fixed 0.00", "seats fixed 4.00"]);
    expect(of(3)).toEqual(["base fixed 10.00", "seats fixed 4.00"]);
  });

  test("a trailing stub counts as a period: who leaves in the second of two free months pays nothing", () => {
    const summary = { expiration: "2026-02-11T00:00:00Z" };
    const features = [feature("base", flat("28", { free_cycles: 2 }))];
    expect(linesOf(contractOf({ summary, features }), 2)[0]).toMatchObject({ waived: true, stub: true });
  });

  test("free cycles begin after the trial", () => {
    const features = [feature("base", flat("10"))];
    const contract = contractOf({ summary: { free_cycles: 1 }, plan: { free_trial_days: 14 }, features });
    const waived = [1, 2].map((index) => linesOf(contract, index)[0]?.waived ?? false);
    expect(waived).toEqual([true, false]);
  });

  test("minimum charges are waived too", () => {
    const features = [feature("calls", metered("1", {}, { minimum_charge: "50", free_cycles: 1 }))];
    const contract = contractOf({ features });
    expect(subtotals(linesOf(contract, 1))).toEqual(["calls usage 0.00"]);
    expect(subtotals(linesOf(contract, 2))).toEqual(["calls usage 50.00"]);
  });

  test("a waived charge needs no events, whatever its price depends on", () => {
    const features: Json[] = [feature("traffic", { ...MATRIX, free_cycles: 1 })];
    const contract = contractOf({ features });
    const usage = { sums: { traffic: "10" } };
    expect(subtotals(linesOf(contract, 1, { usage }))).toEqual([
      "traffic flat_fee 0.00",
      "traffic usage 0.00",
    ]);
    expect(issuesOf(() => linesOf(contract, 2, { usage }))).toEqual([
      "NEEDS_EVENTS plan.features[0].price.quantity",
    ]);
  });
});
