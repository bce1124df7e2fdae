import { describe, expect, test } from "vitest";
import { addAmounts, billingPeriod, chargesOf, type UsageEvent } from "../../src/index.ts";
import { issuesOf } from "../contract/documents.ts";
import { contractOf, feature, flat, linesOf, metered, seats, subtotals } from "./contracts.ts";

describe("I2: lines", () => {
  test("a line has the API's item names, in full", () => {
    const features = [
      feature("seats", seats("3", "4.5", {}, { tax_code: "reduced" }), { name: "Seats" }),
      feature("calls", metered("0.01", { included_units: "5" })),
    ];
    const discounts = [{ discount_type: "percentage", amount: "10" }];
    const configuration = { usage_period_closing_policy: "1 hour", payment_terms: { net_days: 14 } };
    const contract = contractOf({ features, discounts, configuration });
    const [line, usage] = linesOf(contract, 1, { usage: { sums: { calls: "105" } } });
    expect(line).toEqual({
      name: "Seats",
      feature_slug: "seats",
      kind: "fixed",
      period: { start: "2026-01-01T00:00:00Z", end: "2026-02-01T00:00:00Z" },
      unit_count: "3",
      unit_price: "4.5",
      subtotal: "13.50",
      discount_amount: "1.35",
      total_excluding_tax: "12.15",
      tax_amount: null,
      total_including_tax: "12.15",
      tax_code: "reduced",
      made_at: "2026-01-01T00:00:00Z",
      due_date: "2026-01-15T00:00:00Z",
      stub: false,
      exact: "13.5",
      exact_ratio: { numerator: "27", denominator: "2" },
    });
    expect(usage).toEqual({
      name: "calls",
      feature_slug: "calls",
      kind: "usage",
      period: { start: "2026-01-01T00:00:00Z", end: "2026-02-01T00:00:00Z" },
      unit_count: "105",
      unit_price: "0.01",
      subtotal: "1.00",
      discount_amount: "0.10",
      total_excluding_tax: "0.90",
      tax_amount: null,
      total_including_tax: "0.90",
      tax_code: null,
      made_at: "2026-02-01T01:00:00Z",
      due_date: "2026-02-15T01:00:00Z",
      stub: false,
      exact: "1",
      exact_ratio: { numerator: "1", denominator: "1" },
    });
  });

  test("the plan's own price and groups have no feature_slug, groups a group_id", () => {
    const ofPlan = contractOf({ plan: { name: "Team", strategy: "plan", price: flat("10") } });
    const [own] = linesOf(ofPlan, 1);
    expect(own).toMatchObject({ name: "Team", feature_slug: null, unit_count: null, unit_price: null });
    expect(own).not.toHaveProperty("group_id");
    const groups = [{ id: "g1", name: "Bundle", feature_ids: [], price: flat("10") }];
    expect(linesOf(contractOf({ plan: { strategy: "group", groups } }), 1)[0]).toMatchObject({
      name: "Bundle",
      feature_slug: null,
      group_id: "g1",
    });
  });

  test("lines come in the document's order: groups, features, then by period and flat fee before usage", () => {
    const groups = [{ id: "g1", feature_ids: ["a"], price: flat("1") }];
    const features = [
      feature("b", metered("1", { flat_fee: "2" }), { charge_trigger: "week" }),
      feature("a", flat("9")),
      feature("c", flat("3")),
    ];
    const contract = contractOf({ plan: { strategy: "group", groups }, features });
    const lines = linesOf(contract, 2);
    expect(
      lines.map(
        (line) => `${line.group_id ?? line.feature_slug} ${line.kind} ${line.period.start.slice(8, 10)}`,
      ),
    ).toEqual([
      "g1 fixed 01",
      ...["05", "12", "19", "26"].flatMap((day) => [`b flat_fee ${day}`, `b usage ${day}`]),
      "c fixed 01",
    ]);
  });

  test("an endless period has no end", () => {
    const contract = contractOf({ summary: { cycle: "constant" }, features: [feature("base", flat("10"))] });
    expect(linesOf(contract, 1)[0]?.period).toEqual({ start: "2026-01-01T00:00:00Z", end: null });
  });

  test("lines are new plain data on each call", () => {
    const contract = contractOf({ features: [feature("base", flat("10"))] });
    const [first, second] = [linesOf(contract, 1), linesOf(contract, 1)];
    expect(second).toEqual(first);
    expect(second[0]).not.toBe(first[0]);
    expect(JSON.parse(JSON.stringify(first))).toEqual(first);
  });

  test("usage above its maximum without a price of its own says so: 150 of 100 at 1 (R5)", () => {
    const contract = contractOf({ features: [feature("calls", metered("1", { maximum_units: "100" }))] });
    const of = (calls: string): object | undefined => linesOf(contract, 1, { usage: { sums: { calls } } })[0];
    expect(of("150")).toMatchObject({ subtotal: "150.00", over_limit: true });
    expect(of("100")).not.toHaveProperty("over_limit");
  });

  test("a matrix takes the events by their properties, and the line their sum (R7)", () => {
    const price = metered("1", {}, { by: [{ when: { region: "eu" }, amount: "2" }] });
    const contract = contractOf({ features: [feature("traffic", price)] });
    const event = (units: string, region: string): UsageEvent => ({
      feature_slug: "traffic",
      units,
      timestamp: "2026-01-10T00:00:00Z",
      properties: { region },
    });
    const lines = linesOf(contract, 1, { usage: { events: [event("10", "eu"), event("5", "us")] } });
    expect(lines[0]).toMatchObject({ unit_count: "15", unit_price: null, subtotal: "25.00" });
  });

  test("any instants will do for `at`: Date, text or epochMilliseconds", () => {
    const contract = contractOf({ features: [feature("calls", metered("1"))] });
    const events = [{ feature_slug: "calls", units: 1, timestamp: new Date("2026-01-10T00:00:00Z") }];
    const ats = [
      "2026-01-09T00:00:00Z",
      new Date("2026-01-10T00:00:00Z"),
      { epochMilliseconds: Date.UTC(2026, 0, 11) },
    ];
    expect(ats.map((at) => linesOf(contract, 1, { usage: { events }, at })[0]?.unit_count)).toEqual([
      "0",
      "1",
      "1",
    ]);
  });
});

describe("A1, A2: rounding and sums", () => {
  test("each price is rounded once a period, not each of its units or tiers", () => {
    const tiers = [
      { up_to: "1", unit_price: "0.004" },
      { up_to: null, unit_price: "0.004" },
    ];
    const price = { strategy_details: { pricing_strategy: "usage_tiered", tiers } };
    const contract = contractOf({ features: [feature("calls", price)] });
    // 0.004 + 2 x 0.004 is 0.012; rounded by tier it would be 0.01 again, by unit 0.00.
    expect(linesOf(contract, 1, { usage: { sums: { calls: 3 } } })[0]).toMatchObject({
      exact: "0.012",
      subtotal: "0.01",
    });
  });

  test("in the contract's mode", () => {
    const features = [feature("base", flat("0.125"))];
    const of = (rounding: string): string | undefined =>
      linesOf(contractOf({ features, configuration: { rounding } }), 1)[0]?.subtotal;
    expect(["half_up", "half_even", "half_down", "up", "down", "ceiling", "floor"].map(of)).toEqual([
      "0.13",
      "0.12",
      "0.12",
      "0.13",
      "0.12",
      "0.13",
      "0.12",
    ]);
  });

  test("in the currency's digits", () => {
    const of = (currency: string): string[] =>
      subtotals(
        linesOf(contractOf({ summary: { currency }, features: [feature("base", flat("1480.5555"))] }), 1),
      );
    expect([of("jpy"), of("usd"), of("kwd")]).toEqual([
      ["base fixed 1481"],
      ["base fixed 1480.56"],
      ["base fixed 1480.556"],
    ]);
  });

  test("in the contract's currency alone: a price in another is no contract (A3)", () => {
    const dollars = feature("base", flat("10", { currency: "usd" }));
    expect(issuesOf(() => contractOf({ features: [dollars] }))).toEqual([
      "CURRENCY_MISMATCH plan.features[0].price.currency",
    ]);
  });

  test("totals are sums of rounded lines: three thirds of a euro are 0.99", () => {
    const third = (slug: string) => feature(slug, flat("0.333"));
    const lines = linesOf(contractOf({ features: [third("a"), third("b"), third("c")] }), 1);
    expect(
      addAmounts(
        lines.map((line) => line.total_excluding_tax),
        "eur",
      ),
    ).toBe("0.99");
  });

  test("9007199254740993 units, one more than plain numbers can tell apart", () => {
    const contract = contractOf({ features: [feature("calls", metered("0.01"))] });
    const of = (calls: string): string | undefined =>
      linesOf(contract, 1, { usage: { sums: { calls } } })[0]?.subtotal;
    expect(of("9007199254740993")).toBe("90071992547409.93");
    expect(of("9007199254740992")).toBe("90071992547409.92");
  });
});

test("a period of this contract may be rebuilt from its JSON, the same bounds given as Dates", () => {
  const contract = contractOf({ features: [feature("base", flat("10"))] });
  const period = billingPeriod(contract, 2);
  if (period === null) throw new Error("no period");
  expect(subtotals(chargesOf(contract, { ...period }))).toEqual(["base fixed 10.00"]);
});
