import { describe, expect, test } from "vitest";
import {
  type BreakEvenUsageOptions,
  billingPeriod,
  breakEvenUsage,
  type Contract,
  chargesOf,
} from "../../src/index.ts";
import { contractOf, feature, flat, type Json, metered, seats } from "../charge/contracts.ts";
import { issuesOf } from "../contract/documents.ts";

const AT = "2026-02-10T12:00:00Z";

/** The quantities at which the answer changes, with what is cheaper from there on. */
function changes(
  a: Contract,
  b: Contract,
  slug: string,
  options: Partial<BreakEvenUsageOptions> = {},
): string[] {
  return breakEvenUsage(a, b, slug, { at: AT, ...options }).intervals.map(({ from, to, cheaper }) => {
    const [start, end] = [from, to].map((each) =>
      each === null ? "" : (each.exact ?? `${each.exact_ratio.numerator}/${each.exact_ratio.denominator}`),
    );
    return `${start}-${end} ${cheaper}`;
  });
}

const withCalls = (price: Json, parts: { base?: string; discounts?: Json[]; more?: Json } = {}): Contract =>
  contractOf({
    features: [feature("base", flat(parts.base ?? "0")), feature("calls", price, parts.more)],
    ...(parts.discounts && { discounts: parts.discounts }),
  });

describe("whole contracts", () => {
  test("cross where the base price is earned back", () => {
    expect(changes(withCalls(metered("0.10")), withCalls(metered("0.06"), { base: "40" }), "calls")).toEqual([
      "0-1000 a",
      "1000-1000 neither",
      "1000- b",
    ]);
  });

  test("are asked about a feature that one of them includes without a price", () => {
    const included = contractOf({ features: [feature("base", flat("30")), { slug: "calls" }] });
    expect(changes(withCalls(metered("0.5")), included, "calls")).toEqual([
      "0-60 a",
      "60-60 neither",
      "60- b",
    ]);
  });

  test("are compared by contracted units of fixed prices too: from how many seats on", () => {
    const team = contractOf({ features: [feature("base", flat("0")), feature("seats", seats("5", "12"))] });
    const pro = contractOf({ features: [feature("base", flat("50")), feature("seats", seats("80", "7"))] });
    expect(changes(team, pro, "seats")).toEqual(["0-10 a", "10-10 neither", "10- b"]);
  });

  test("hold the usage of other features fixed, and don't mind that of the feature itself", () => {
    const storage = (amount: string) => feature("storage", metered(amount));
    const a = contractOf({ features: [feature("calls", metered("2")), storage("1")] });
    const b = contractOf({ features: [feature("calls", metered("1")), storage("3")] });
    expect(changes(a, b, "calls", { usage: { sums: { storage: "20", calls: "9" } } })[1]).toBe(
      "40-40 neither",
    );
    expect(changes(a, b, "calls")).toEqual(["0-0 neither", "0- b"]);
  });

  test("take usage of what only one of them has", () => {
    const a = contractOf({ features: [feature("calls", metered("2"))] });
    const b = contractOf({ features: [feature("calls", metered("1")), feature("disks", metered("1"))] });
    expect(changes(a, b, "calls", { usage: { sums: { disks: "7" } } })[1]).toBe("7-7 neither");
  });

  test("keep within a range", () => {
    const [a, b] = [withCalls(metered("0.10")), withCalls(metered("0.06"), { base: "40" })];
    expect(changes(a, b, "calls", { range: { from: 500, to: 1000 } })).toEqual([
      "500-1000 a",
      "1000-1000 neither",
    ]);
  });

  test("by the plan's own price, and by a group's", () => {
    const planned = (amount: string, flat_fee: string) =>
      contractOf({ plan: { strategy: "plan", price: metered(amount, { flat_fee }) } });
    expect(changes(planned("3", "0"), planned("1", "10"), "team")[1]).toBe("5-5 neither");
    const grouped = (amount: string, flat_fee: string) => {
      const groups = [{ id: "all", feature_ids: ["calls"], price: metered(amount, { flat_fee }) }];
      return contractOf({ plan: { strategy: "group", groups, features: [{ slug: "calls" }] } });
    };
    expect(changes(grouped("3", "0"), grouped("1", "10"), "all")[1]).toBe("5-5 neither");
  });
});

describe("discounts", () => {
  test("in percent take their part of every unit", () => {
    const a = withCalls(metered("1"), { discounts: [{ discount_type: "percentage", amount: "20" }] });
    expect(changes(a, withCalls(metered("0.5"), { base: "9" }), "calls")[1]).toBe("30-30 neither");
  });

  test("of a flat amount are spent on earlier charges first, the rest on the usage", () => {
    const discounts = [{ discount_type: "flat", amount: "50" }];
    const a = withCalls(metered("1"), { base: "30", discounts });
    // 30 of the 50 go to the base, 20 to the calls: 20 calls are free, then each is 1.
    expect(changes(a, withCalls(metered("0.5")), "calls")).toEqual([
      "0-0 neither",
      "0-40 a",
      "40-40 neither",
      "40- b",
    ]);
  });

  test("of both kinds are percentages first, and nothing falls below zero", () => {
    const discounts = [
      { discount_type: "flat", amount: "10" },
      { discount_type: "percentage", amount: "50" },
    ];
    const a = withCalls(metered("1"), { discounts });
    const answer = breakEvenUsage(a, withCalls(metered("0")), "calls", { at: AT });
    // Half of 20 calls is what the flat one takes.
    expect(answer.intervals.map(({ from, cheaper }) => [from.exact, cheaper])).toEqual([
      ["0", "neither"],
      ["20", "b"],
    ]);
  });

  test("leave later charges what the varying ones don't take", () => {
    const discounts = [{ discount_type: "flat", amount: "30" }];
    const features = [feature("seats", seats("1", "10")), feature("calls", metered("1"))];
    const a = contractOf({ features, discounts });
    const b = contractOf({ features: [feature("seats", seats("1", "5")), feature("calls", metered("1"))] });
    // With 20 calls: A is 10 a seat less 30, and 20 that what is left of it takes.
    const usage = { sums: { calls: "20" } };
    expect(changes(a, b, "seats", { usage })).toEqual(["0-6 a", "6-6 neither", "6- b"]);
  });
});

describe("the period", () => {
  const stubbed = (details: Json) =>
    contractOf({
      summary: { activation: "2026-02-15T00:00:00Z", cycle_start_offset: 0 },
      features: [feature("calls", metered("1", details))],
    });

  test("of a stub has its share of flat fees", () => {
    const [a, b] = [stubbed({ flat_fee: "0" }), stubbed({ flat_fee: "28", included_units: "100" })];
    expect(changes(a, b, "calls", { at: "2026-02-20T00:00:00Z" })[1]).toBe("14-14 neither");
    expect(changes(a, b, "calls", { at: "2026-03-20T00:00:00Z" })[1]).toBe("28-28 neither");
  });

  test("of a stub never has a maximum below its flat fee", () => {
    const stub = (price: Json) =>
      contractOf({
        summary: { activation: "2026-02-15T00:00:00Z", cycle_start_offset: 0 },
        configuration: { stub_charges: "full" },
        features: [feature("calls", price)],
      });
    // Half of the maximum is 20, and the flat fee is charged whole.
    const a = stub(seats("3", "1", { flat_fee: "28" }, { maximum_charge: "40" }));
    expect(changes(a, stub(seats("3", "2")), "calls", { at: "2026-02-20T00:00:00Z" })[1]).toBe(
      "14-14 neither",
    );
  });

  test("of a stub counts contracted units by its share", () => {
    const own = (amount: string, base: string) =>
      contractOf({
        summary: { activation: "2026-02-15T00:00:00Z", cycle_start_offset: 0 },
        features: [
          feature("seats", seats("3", amount)),
          feature("setup", flat(base), { charge_trigger: "first_cycle" }),
        ],
      });
    expect(changes(own("8", "0"), own("4", "20"), "seats", { at: "2026-02-20T00:00:00Z" })[1]).toBe(
      "10-10 neither",
    );
  });

  test("of an own cycle is the feature's; contracted units are charged in all of the billing period", () => {
    const yearly = (price: Json, base: string) =>
      contractOf({
        summary: { cycle: "year" },
        features: [feature("base", flat(base)), feature("calls", price, { charge_trigger: "month" })],
      });
    expect(changes(yearly(metered("2"), "0"), yearly(metered("1"), "60"), "calls")[1]).toBe("60-60 neither");
    expect(changes(yearly(seats("1", "2"), "0"), yearly(seats("1", "1"), "60"), "calls")[1]).toBe(
      "5-5 neither",
    );
  });

  test("of a year adds up a stub and full months, of which one may be at its maximum before the others", () => {
    const summary = { cycle: "year", activation: "2026-01-15T00:00:00Z", cycle_start_offset: 0 };
    const tiers = [{ up_to: null, unit_price: "10" }];
    const details = { pricing_strategy: "unit_tiered", contracted_unit_count: "1", batch_size: "5", tiers };
    const a = contractOf({
      summary,
      configuration: { stub_charges: "full" },
      features: [
        feature("seats", { strategy_details: details, maximum_charge: "62" }, { charge_trigger: "month" }),
      ],
    });
    const b = contractOf({
      summary,
      configuration: { stub_charges: "full" },
      features: [feature("base", flat("580")), { slug: "seats" }],
    });
    // 17 of 31 days: the stub costs 34 at most. Up to 20 seats the year is 11 x 40 + 34, then 11 x 50 + 34.
    expect(changes(a, b, "seats")).toEqual(["0-20 a", "20- b"]);
  });

  test("that is waived costs nothing at any quantity", () => {
    const waived = withCalls({ ...metered("1"), free_cycles: 3 }, { base: "20" });
    expect(changes(waived, withCalls(metered("4")), "calls")[1]).toBe("5-5 neither");
  });
});

describe("what isn't the feature's own charge", () => {
  test("is rounded as it is invoiced, and the rest isn't", () => {
    const a = withCalls(metered("0.001"), { base: "0.004" });
    const b = withCalls(metered("0.002"), { base: "0" });
    // The base of 0.004 is invoiced as nothing.
    expect(changes(a, b, "calls")).toEqual(["0-0 neither", "0- a"]);
    const period = billingPeriod(a, 2) ?? expect.fail("no period");
    const lines = chargesOf(a, period, { usage: { sums: { calls: "4" } } });
    expect(lines.map(({ exact, subtotal }) => [exact, subtotal])).toEqual([
      ["0.004", "0.00"],
      ["0.004", "0.00"],
    ]);
  });
});

describe("refused are", () => {
  const a = withCalls(metered("1"));

  test("a slug that one of them hasn't got", () => {
    const b = contractOf({ features: [feature("base", flat("1"))] });
    expect(issuesOf(() => breakEvenUsage(a, b, "calls", { at: AT }))).toEqual(["UNKNOWN_SLUG slug"]);
    expect(() => breakEvenUsage(a, b, "calls", { at: AT })).toThrow("contract_b has no such feature");
  });

  test("different cycles, of the contracts or of the feature, pointing to compareContracts", () => {
    const yearly = contractOf({ summary: { cycle: "year" }, features: [feature("calls", metered("1"))] });
    expect(() => breakEvenUsage(a, yearly, "calls", { at: AT })).toThrow(
      'contract_b: the contracts have different cycles; allowed: contracts of one cycle; compareContracts compares others over a range (found "month and year")',
    );
    const weekly = withCalls(metered("1"), { more: { charge_trigger: "week" } });
    expect(issuesOf(() => breakEvenUsage(a, weekly, "calls", { at: AT }))).toEqual(["CONFLICT contract_b"]);
    const everyOther = contractOf({
      summary: { cycle_count: 2 },
      features: [feature("calls", metered("1"))],
    });
    expect(issuesOf(() => breakEvenUsage(a, everyOther, "calls", { at: AT }))).toEqual([
      "CONFLICT contract_b",
    ]);
  });

  test("an instant in a trial, or outside of a contract", () => {
    const trial = contractOf({
      summary: { free_trial_end: "2026-03-01T00:00:00Z" },
      features: [feature("calls", metered("1"))],
    });
    expect(issuesOf(() => breakEvenUsage(a, trial, "calls", { at: AT }))).toEqual(["UNKNOWN_PERIOD at"]);
    expect(() => breakEvenUsage(a, trial, "calls", { at: AT })).toThrow(
      "contract_b is in its free trial then",
    );
    expect(() => breakEvenUsage(a, trial, "calls", { at: "2025-01-01T00:00:00Z" })).toThrow(
      "no period of contract_a runs then",
    );
  });

  test("prices on demand, and prices that depend on events", () => {
    const demanded = contractOf({
      features: [feature("calls", seats("1", "1"), { charge_trigger: "on_demand" })],
    });
    expect(issuesOf(() => breakEvenUsage(demanded, a, "calls", { at: AT }))).toEqual([
      "CONFLICT contract_a.plan.features[0].price",
    ]);
    const percentage = contractOf({
      features: [feature("calls", { strategy_details: { pricing_strategy: "percentage", rate: "1" } })],
    });
    expect(issuesOf(() => breakEvenUsage(percentage, percentage, "calls", { at: AT }))).toEqual([
      "NEEDS_EVENTS contract_a.plan.features[0].price",
      "NEEDS_EVENTS contract_b.plan.features[0].price",
    ]);
  });

  test("two currencies", () => {
    const dollars = contractOf({ summary: { currency: "usd" }, features: [feature("calls", metered("1"))] });
    expect(issuesOf(() => breakEvenUsage(a, dollars, "calls", { at: AT }))).toEqual([
      "CURRENCY_MISMATCH contract_b",
    ]);
  });

  test("bad options all at once, and bad usage once", () => {
    const bad = { at: "soon", range: { to: "-1" } };
    expect(issuesOf(() => breakEvenUsage(null as never, {} as never, "calls", bad))).toEqual([
      "NOT_PARSED contract_a",
      "NOT_PARSED contract_b",
      "OUT_OF_RANGE range.to",
      "INVALID_INSTANT at",
    ]);
    const usage = { sums: { cals: "1", calls: "x" } };
    expect(issuesOf(() => breakEvenUsage(a, a, "calls", { at: AT, usage }))).toEqual([
      "UNKNOWN_SLUG usage.sums.cals",
      "INVALID_DECIMAL usage.sums.calls",
    ]);
    expect(issuesOf(() => breakEvenUsage(a, a, "calls", undefined as never))).toEqual(["INVALID_INSTANT at"]);
  });
});
