import { describe, expect, test } from "vitest";
import {
  type ChargeEstimate,
  type PriceSelection,
  totalChargeEstimate,
  type Usage,
} from "../../src/index.ts";
import { contractOf, feature, flat, type Json, metered } from "../charge/contracts.ts";
import { issuesOf } from "../contract/documents.ts";

const AT = "2026-01-20T12:00:00Z";

function estimate(
  price: Json,
  more: Json = {},
  at = AT,
  usage?: Usage,
  summary: Json = {},
): ChargeEstimate | null {
  const contract = contractOf({ summary, features: [feature("it", price, more)] });
  return totalChargeEstimate(contract, { feature: "it" }, { at, ...(usage && { usage }) });
}

describe("E4: what a price comes to in its current period", () => {
  test("both lines, with the usage so far: 5 + 30 of 40 units", () => {
    const events = ["2026-01-10", "2026-01-20", "2026-01-21"].map((day, index) => ({
      feature_slug: "it",
      units: [10, 20, 10][index] as number,
      timestamp: `${day}T00:00:00Z`,
    }));
    expect(estimate(metered("1", { flat_fee: "5" }), {}, AT, { events })).toEqual({
      subtotal: "35.00",
      total: "35.00",
    });
  });

  test("total is after its share of the discount: 10 off 30 and 70", () => {
    const features = [feature("a", flat("30")), feature("b", flat("70"))];
    const contract = contractOf({ features, discounts: [{ discount_type: "flat", amount: "10" }] });
    const of = (slug: string): ChargeEstimate | null =>
      totalChargeEstimate(contract, { feature: slug }, { at: AT });
    expect([of("a"), of("b")]).toEqual([
      { subtotal: "30.00", total: "27.00" },
      { subtotal: "70.00", total: "63.00" },
    ]);
  });

  test("null in the trial, before the activation, after the end and while there is no activation", () => {
    const contract = contractOf({
      summary: { expiration: "2026-06-01T00:00:00Z" },
      plan: { free_trial_days: 30 },
      features: [feature("it", flat("10"))],
    });
    const at = (instant: string): ChargeEstimate | null =>
      totalChargeEstimate(contract, { feature: "it" }, { at: instant });
    expect(
      ["2025-12-31", "2026-01-01", "2026-01-30", "2026-06-01"].map((day) => at(`${day}T00:00:00Z`)),
    ).toEqual([null, null, null, null]);
    expect(at("2026-01-31T00:00:00Z")).toEqual({ subtotal: "10.00", total: "10.00" });
    expect(estimate(flat("10"), {}, AT, undefined, { activation: null })).toBe(null);
  });

  test("null where the price isn't charged in the period: after the first cycle, without a demand", () => {
    const first = { charge_trigger: "first_cycle" };
    expect(estimate(flat("10"), first)).toEqual({ subtotal: "10.00", total: "10.00" });
    expect(estimate(flat("10"), first, "2026-02-20T00:00:00Z")).toBe(null);
    expect(estimate(flat("10"), { charge_trigger: "on_demand" })).toBe(null);
  });

  test("on-demand charges of the period add up", () => {
    const on_demand = ["2026-01-05", "2026-01-06", "2026-02-05"].map((day) => ({
      feature_slug: "it",
      at: `${day}T00:00:00Z`,
    }));
    expect(estimate(flat("10"), { charge_trigger: "on_demand" }, AT, { on_demand })?.subtotal).toBe("20.00");
  });

  test("a waived charge is zero, not null", () => {
    expect(estimate(flat("10", { free_cycles: 1 }))).toEqual({ subtotal: "0.00", total: "0.00" });
  });

  test("a stub's is what the stub costs: 16 of 31 days", () => {
    const summary = { activation: "2026-01-16T00:00:00Z", cycle_start_offset: 0 };
    expect(estimate(flat("31"), {}, AT, undefined, summary)?.subtotal).toBe("16.00");
  });

  test("an own cycle's is its own period's: one week's, not the month's", () => {
    expect(estimate(flat("3"), { charge_trigger: "week" })).toEqual({ subtotal: "3.00", total: "3.00" });
    const periods = [
      { feature_slug: "it", start: "2026-01-08T00:00:00Z", units: "5" },
      { feature_slug: "it", start: "2026-01-15T00:00:00Z", units: "7" },
    ];
    expect(estimate(metered("1"), { charge_trigger: "week" }, AT, { periods })?.subtotal).toBe("7.00");
  });

  test("an own period that began in an earlier billing period is found there, with that one's discount", () => {
    const features = [feature("it", flat("90"), { charge_trigger: "quarter" })];
    const discounts = [{ discount_type: "percentage", amount: "10", duration: 1 }];
    const contract = contractOf({ features, discounts });
    expect(totalChargeEstimate(contract, { feature: "it" }, { at: "2026-03-15T00:00:00Z" })).toEqual({
      subtotal: "90.00",
      total: "81.00",
    });
    expect(totalChargeEstimate(contract, { feature: "it" }, { at: "2026-04-15T00:00:00Z" })).toEqual({
      subtotal: "90.00",
      total: "90.00",
    });
  });

  test("without usage the document's used_unit_count counts", () => {
    expect(estimate(metered("1", { used_unit_count: "12" }))?.subtotal).toBe("12.00");
  });
});

describe("selections", () => {
  const plan = {
    strategy: "group",
    price: flat("99"),
    groups: [{ id: "bundle", feature_ids: ["a"], price: flat("15") }],
  };
  const contract = contractOf({
    plan,
    features: [feature("a", flat("10")), feature("b", flat("20")), { slug: "c" }],
  });
  const of = (selection: PriceSelection): string | undefined =>
    totalChargeEstimate(contract, selection, { at: AT })?.subtotal;

  test("a feature's, a group's or the plan's own price; null for what isn't charged by itself", () => {
    expect([of({ feature: "b" }), of({ group: "bundle" })]).toEqual(["20.00", "15.00"]);
    expect(totalChargeEstimate(contract, { feature: "a" }, { at: AT })).toBe(null);
    expect(totalChargeEstimate(contract, { feature: "c" }, { at: AT })).toBe(null);
    expect(totalChargeEstimate(contract, { plan: true }, { at: AT })).toBe(null);
    const ofPlan = contractOf({ plan: { strategy: "plan", price: flat("99") } });
    expect(totalChargeEstimate(ofPlan, { plan: true }, { at: AT })?.subtotal).toBe("99.00");
  });

  test("what the contract doesn't have is refused", () => {
    const wrong = [
      { feature: "d" },
      { group: "a" },
      { plan: false },
      {},
      null,
      undefined,
    ] as unknown as PriceSelection[];
    for (const selection of wrong) expect(issuesOf(() => of(selection))).toEqual(["UNKNOWN_SLUG selection"]);
  });

  test("and so is what is no instant", () => {
    expect(
      issuesOf(() => totalChargeEstimate(contract, { feature: "b" }, { at: "2026-02-30T00:00:00Z" })),
    ).toEqual(["INVALID_INSTANT at"]);
  });
});
