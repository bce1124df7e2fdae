import { describe, expect, test } from "vitest";
import type { ChargeLine, ChargeOptions } from "../../src/index.ts";
import { contractOf, feature, flat, type Json, linesOf, metered } from "./contracts.ts";

const TWENTY_PERCENT = { discount_type: "percentage", amount: "20" };

function ofEuros(amount: string, duration?: number): Json {
  return { discount_type: "flat", amount, ...(duration !== undefined && { duration }) };
}

function discountsOf(lines: readonly ChargeLine[]): string[] {
  return lines.map((line) => line.discount_amount);
}

/** The discounts of a period's lines. */
function found(
  features: readonly Json[],
  discounts: readonly Json[],
  options: ChargeOptions & { summary?: Json; configuration?: Json; index?: number } = {},
): string[] {
  const { summary = {}, configuration = {}, index = 1, ...asked } = options;
  return discountsOf(linesOf(contractOf({ summary, configuration, features, discounts }), index, asked));
}

describe("C1: percentage and flat", () => {
  test("a percentage of each line, a flat amount of the period", () => {
    const features = [feature("base", flat("49")), feature("seats", flat("51"))];
    expect(found(features, [TWENTY_PERCENT])).toEqual(["9.80", "10.20"]);
    expect(found(features, [ofEuros("10")])).toEqual(["4.90", "5.10"]);
    expect(found(features, [{ discount_type: "percentage", amount: "100" }])).toEqual(["49.00", "51.00"]);
  });
});

describe("C2: duration", () => {
  const features = [feature("base", flat("31"))];
  const at = (index: number, duration: number | null, summary: Json = {}): string[] =>
    found(features, [{ ...TWENTY_PERCENT, duration }], { index, summary });

  test("n: the first n full periods; null: for ever; 0: never", () => {
    expect([1, 2, 3].map((index) => at(index, 2)[0])).toEqual(["6.20", "6.20", "0.00"]);
    expect(at(500, null)).toEqual(["6.20"]);
    expect(at(1, 0)).toEqual(["0.00"]);
  });

  test("a leading stub before them has it too, unless it never applies", () => {
    const summary = { activation: "2026-01-16T00:00:00Z", cycle_start_offset: 0 };
    // The stub costs 16.00.
    expect([1, 2, 3].map((index) => at(index, 1, summary)[0])).toEqual(["3.20", "6.20", "0.00"]);
    expect(at(1, 0, summary)).toEqual(["0.00"]);
  });

  test("free periods count, the trial doesn't", () => {
    expect([1, 2, 3].map((index) => at(index, 2, { free_cycles: 1 })[0])).toEqual(["0.00", "6.20", "0.00"]);
    const contract = contractOf({
      features,
      plan: { free_trial_days: 40 },
      discounts: [{ ...TWENTY_PERCENT, duration: 1 }],
    });
    expect([1, 2].map((index) => discountsOf(linesOf(contract, index))[0])).toEqual(["6.20", "0.00"]);
  });
});

describe("C3: the base", () => {
  test("all charges of the billing period, and own-cycle ones that begin in it", () => {
    const features = [
      feature("base", flat("10")),
      feature("setup", flat("20"), { charge_trigger: "first_cycle" }),
      feature("audit", flat("30"), { charge_trigger: "on_demand" }),
      feature("desk", flat("40"), { charge_trigger: "quarter" }),
      feature("calls", metered("1")),
    ];
    const usage = {
      sums: { calls: "50" },
      on_demand: [{ feature_slug: "audit", at: "2026-01-20T00:00:00Z" }],
    };
    expect(found(features, [TWENTY_PERCENT], { usage })).toEqual(["2.00", "4.00", "6.00", "8.00", "10.00"]);
  });

  test("the result is never negative: a flat discount takes at most what there is", () => {
    expect(found([feature("base", flat("9.99"))], [ofEuros("100")])).toEqual(["9.99"]);
  });
});

describe("C4: the order of charges, budgets and shares", () => {
  test("a percentage is rounded once over the lines made together: 20% of 0.03 is 0.01, not 0.00", () => {
    const cent = (slug: string): Json => feature(slug, flat("0.01"));
    expect(found([cent("a"), cent("b"), cent("c")], [TWENTY_PERCENT])).toEqual(["0.01", "0.00", "0.00"]);
  });

  test("it is rounded in the contract's mode", () => {
    const features = [feature("a", flat("0.01")), feature("b", flat("0.01"))];
    // 20% of 0.02 is 0.004.
    expect(found(features, [TWENTY_PERCENT])).toEqual(["0.00", "0.00"]);
    expect(found(features, [TWENTY_PERCENT], { configuration: { rounding: "up" } })).toEqual([
      "0.01",
      "0.00",
    ]);
  });

  test("a flat discount is spent on the first charges first, and the rest waits for later ones", () => {
    const features = [feature("calls", metered("1")), feature("base", flat("30"))];
    const usage = { sums: { calls: "50" } };
    // The base is made on 1 January, usage on 1 February: 30 of 40, then 10.
    expect(found(features, [ofEuros("40")], { usage })).toEqual(["10.00", "30.00"]);
  });

  test("so an invoice never depends on charges still to come", () => {
    const features = [feature("calls", metered("1")), feature("base", flat("30"))];
    const baseOf = (calls: number): string | undefined =>
      found(features, [ofEuros("40")], { usage: { sums: { calls } } })[1];
    expect([0, 5, 5000].map(baseOf)).toEqual(["30.00", "30.00", "30.00"]);
  });

  test("what is left at the end lapses: the next period has its own budget", () => {
    const features = [feature("base", flat("30"))];
    expect([1, 2].flatMap((index) => found(features, [ofEuros("40")], { index }))).toEqual([
      "30.00",
      "30.00",
    ]);
  });

  test("on-demand charges take their turn: demanded on the 20th, before usage closes", () => {
    const features = [
      feature("calls", metered("1")),
      feature("audit", flat("25"), { charge_trigger: "on_demand" }),
    ];
    const usage = {
      sums: { calls: "50" },
      on_demand: [{ feature_slug: "audit", at: "2026-01-20T00:00:00Z" }],
    };
    expect(found(features, [ofEuros("40")], { usage })).toEqual(["15.00", "25.00"]);
  });

  test("in a stub the budget is prorated as fixed charges are: 16/31 of 31, in full, or nothing", () => {
    const features = [feature("setup", flat("100"), { charge_trigger: "first_cycle" })];
    const summary = { activation: "2026-01-16T00:00:00Z", cycle_start_offset: 0 };
    const of = (stub_charges: string): string[] =>
      found(features, [ofEuros("31")], { summary, configuration: { stub_charges } });
    expect(of("prorated")).toEqual(["16.00"]);
    expect(of("full")).toEqual(["31.00"]);
    expect(of("free")).toEqual(["0.00"]);
  });

  test("a prorated budget is rounded: 16/31 of 10 is 5.16", () => {
    const features = [feature("setup", flat("100"), { charge_trigger: "first_cycle" })];
    const summary = { activation: "2026-01-16T00:00:00Z", cycle_start_offset: 0 };
    expect(found(features, [ofEuros("10")], { summary })).toEqual(["5.16"]);
  });

  test("largest remainder: a cent of 0.10 over three equal lines goes to the first", () => {
    const line = (slug: string): Json => feature(slug, flat("5"));
    expect(found([line("a"), line("b"), line("c")], [ofEuros("0.10")])).toEqual(["0.04", "0.03", "0.03"]);
  });

  test("ties follow the document's order, not that of the amounts' size", () => {
    // Of one cent 0.05 and 0.95 are due; of three cents 1.5 and 1.5.
    expect(found([feature("a", flat("0.05")), feature("b", flat("0.95"))], [ofEuros("0.01")])).toEqual([
      "0.00",
      "0.01",
    ]);
    expect(found([feature("a", flat("1")), feature("b", flat("1"))], [ofEuros("0.03")])).toEqual([
      "0.02",
      "0.01",
    ]);
  });
});

describe("C5: several discounts", () => {
  test("percentages first, then flat ones, each on what the former left", () => {
    const features = [feature("base", flat("100"))];
    const half = { discount_type: "percentage", amount: "50" };
    // 20% of 100, 50% of the 80 left, then 15 of the 40 left.
    expect(found(features, [ofEuros("15"), TWENTY_PERCENT, half])).toEqual(["75.00"]);
  });

  test("each is rounded once: 20% of 0.99 is 0.20, 20% of the 0.79 left 0.16", () => {
    expect(found([feature("base", flat("0.99"))], [TWENTY_PERCENT, TWENTY_PERCENT])).toEqual(["0.36"]);
  });

  test("flat ones keep budgets of their own, in the given order", () => {
    const features = [feature("base", flat("30")), feature("calls", metered("1"))];
    const usage = { sums: { calls: "50" } };
    // The first takes 20 of the base, the second the 10 left, and 15 of its 25 wait for usage.
    expect(found(features, [ofEuros("20"), ofEuros("25")], { usage })).toEqual(["30.00", "15.00"]);
  });

  test("each has its own duration", () => {
    const features = [feature("base", flat("100"))];
    const discounts = [{ ...TWENTY_PERCENT, duration: 1 }, ofEuros("5", 2)];
    expect([1, 2, 3].flatMap((index) => found(features, discounts, { index }))).toEqual([
      "25.00",
      "5.00",
      "0.00",
    ]);
  });
});
