import { describe, expect, test } from "vitest";
import { type CostEstimate, contractAmount, costEstimates } from "../../src/index.ts";
import { contractOf, feature, flat, type Json, metered, seats } from "../charge/contracts.ts";

function estimate(start: string, end: string, usage: string): CostEstimate {
  return { cycle_start_charges: start, extra_cycle_end_charges: end, minimum_usage: usage };
}

const NOTHING = estimate("0.00", "0.00", "0.00");

describe("E1: the buckets", () => {
  const triggers = ["every_cycle", "first_cycle", "on_demand", "day", "week", "month", "quarter", "year"];
  const features = triggers.map((charge_trigger, index) =>
    feature(charge_trigger, flat(String(2 ** index)), { charge_trigger }),
  );

  test("each price is in the bucket of its trigger", () => {
    const of = (start: string): CostEstimate => estimate(start, "0.00", "0.00");
    expect(costEstimates(contractOf({ features }))).toEqual({
      recurring_price: of("1.00"),
      one_time_price: of("2.00"),
      on_demand_price: of("4.00"),
      custom_cycle_charges: {
        periodic_daily: of("8.00"),
        periodic_weekly: of("16.00"),
        periodic_monthly: of("32.00"),
        periodic_quarterly: of("64.00"),
        periodic_yearly: of("128.00"),
      },
    });
  });

  test("what recurs on a once or constant contract is charged one time", () => {
    for (const cycle of ["once", "constant"]) {
      const { recurring_price, one_time_price } = costEstimates(contractOf({ summary: { cycle }, features }));
      expect([recurring_price, one_time_price]).toEqual([NOTHING, estimate("3.00", "0.00", "0.00")]);
    }
  });

  test("one full cycle that isn't free: stubs, free cycles and the trial change nothing", () => {
    const price = flat("31", { free_cycles: 9 });
    const summary = { activation: "2026-01-16T00:00:00Z", cycle_start_offset: 0, free_cycles: 3 };
    const contract = contractOf({
      summary,
      plan: { free_trial_days: 14 },
      features: [feature("base", price)],
    });
    expect(costEstimates(contract).recurring_price.cycle_start_charges).toBe("31.00");
  });

  test("before discounts, and without any usage so far", () => {
    const features = [feature("calls", metered("1", { used_unit_count: "500", flat_fee: "10" }))];
    const discounts = [{ discount_type: "percentage", amount: "50" }];
    expect(costEstimates(contractOf({ features, discounts })).recurring_price).toEqual(
      estimate("10.00", "0.00", "0.00"),
    );
  });

  test("a contract that isn't active yet has one, too", () => {
    const contract = contractOf({ summary: { activation: null }, features: [feature("base", flat("10"))] });
    expect(contractAmount(contract)).toBe("10.00");
  });

  test("overrides are in it (R9)", () => {
    const rest = { feature_configuration: { seats: { units: "5" } } };
    const contract = contractOf({ features: [feature("seats", seats("3", "4"))], rest });
    expect(contractAmount(contract)).toBe("20.00");
  });
});

describe("E2: when the money is due", () => {
  const features = [
    feature("base", flat("40")),
    feature("calls", metered("0.01", { flat_fee: "5", minimum_units: "1000" })),
  ];
  const recurring = (configuration: Json, summary: Json = {}): CostEstimate =>
    costEstimates(contractOf({ configuration, summary, features })).recurring_price;

  test("fixed charges and flat fees at the start; minimum usage is what no usage costs, without the flat fee", () => {
    expect(recurring({})).toEqual(estimate("45.00", "0.00", "10.00"));
  });

  test("at the end under end_of_period, flat fees by a policy of their own", () => {
    const due_date_policy = "end_of_period";
    expect(recurring({ due_date_policy })).toEqual(estimate("0.00", "45.00", "10.00"));
    expect(recurring({ due_date_policy, flat_fee_due_date_policy: "start_of_period" })).toEqual(
      estimate("5.00", "40.00", "10.00"),
    );
    expect(recurring({ flat_fee_due_date_policy: "end_of_period" })).toEqual(
      estimate("40.00", "5.00", "10.00"),
    );
  });

  test("minimum usage is made of minimum units, minimum charge and the first tier's flat fee", () => {
    const usageOf = (price: Json): string =>
      costEstimates(contractOf({ features: [feature("calls", price)] })).recurring_price.minimum_usage;
    expect(usageOf(metered("1", { minimum_units: "7" }))).toBe("7.00");
    // 20, of which the flat fee is 5.
    expect(usageOf(metered("1", { flat_fee: "5" }, { minimum_charge: "20" }))).toBe("15.00");
    const tiers = [
      { up_to: "10", unit_price: "1", flat_fee: "3" },
      { up_to: null, unit_price: "1", flat_fee: "9" },
    ];
    expect(usageOf({ strategy_details: { pricing_strategy: "usage_tiered", tiers } })).toBe("3.00");
    expect(
      usageOf({ strategy_details: { pricing_strategy: "percentage", rate: "2", minimum_per_event: "1" } }),
    ).toBe("0.00");
    expect(usageOf(metered("1", { minimum_units: "4" }, { by: [{ when: { a: 1 }, amount: "9" }] }))).toBe(
      "4.00",
    );
  });

  test("a maximum charge bounds the whole: flat fee 5 and minimum units 1000 at 1, at most 50", () => {
    const price = metered("1", { flat_fee: "5", minimum_units: "1000" }, { maximum_charge: "50" });
    expect(costEstimates(contractOf({ features: [feature("calls", price)] })).recurring_price).toEqual(
      estimate("5.00", "0.00", "45.00"),
    );
  });

  test("payment terms don't move a charge to another part", () => {
    expect(recurring({ payment_terms: { net_days: 60 } })).toEqual(estimate("45.00", "0.00", "10.00"));
  });

  test("without an end end_of_period stands at the start; with an expiration at its end (D1, P7)", () => {
    const configuration = { due_date_policy: "end_of_period" };
    const oneTime = (summary: Json): CostEstimate =>
      costEstimates(contractOf({ summary: { cycle: "once", ...summary }, configuration, features }))
        .one_time_price;
    expect(oneTime({})).toEqual(estimate("45.00", "0.00", "10.00"));
    expect(oneTime({ expiration: "2026-12-01T00:00:00Z" })).toEqual(estimate("0.00", "45.00", "10.00"));
  });

  test("all parts are printed in the currency's digits, zero too", () => {
    const yen = contractOf({ summary: { currency: "jpy" }, features: [feature("base", flat("1480"))] });
    expect(costEstimates(yen).recurring_price).toEqual(estimate("1480", "0", "0"));
    expect(costEstimates(yen).on_demand_price).toEqual(estimate("0", "0", "0"));
  });

  test("each price is rounded by itself: three times 0.333 are 0.99", () => {
    const third = (slug: string): Json => feature(slug, flat("0.333"));
    const contract = contractOf({ features: [third("a"), third("b"), third("c")] });
    expect(costEstimates(contract).recurring_price.cycle_start_charges).toBe("0.99");
  });
});

describe("E3: the contract's amount", () => {
  const features = [
    feature("base", flat("40")),
    feature("calls", metered("0.01", { flat_fee: "5", minimum_units: "1000" })),
    feature("setup", flat("99"), { charge_trigger: "first_cycle" }),
    feature("desk", flat("7"), { charge_trigger: "week" }),
  ];

  test("the three parts of the recurring price: 40 + 5 + 10", () => {
    expect(contractAmount(contractOf({ features }))).toBe("55.00");
  });

  test("of once and constant contracts those of the one-time price: 99 more", () => {
    expect(contractAmount(contractOf({ summary: { cycle: "once" }, features }))).toBe("154.00");
    expect(contractAmount(contractOf({ summary: { cycle: "constant" }, features }))).toBe("154.00");
  });

  test("nothing costs nothing", () => {
    expect(contractAmount(contractOf({ summary: { currency: "jpy" } }))).toBe("0");
  });
});
