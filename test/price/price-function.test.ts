import { describe, expect, test } from "vitest";
import { averagePrice, marginalPrice, parsePrice, priceSegments } from "../../src/index.ts";
import { issuesOf } from "../contract/documents.ts";
import { priceOf, tiered, usage } from "./prices.ts";

const FEES = tiered([
  ["10", "1"],
  [null, "0.5", "3"],
]);

/** The segments of a price: from, to, rate, jump. */
function segments(price: Parameters<typeof priceSegments>[0]): unknown[] {
  return priceSegments(price).map(({ from, to, rate, jump }) => [from, to, rate.exact, jump.exact]);
}

describe("the next unit", () => {
  test("costs its tier's price, with the fee of a tier that it opens", () => {
    const next = [0, 9, "9.5", 10, 11].map((units) => marginalPrice(FEES, units).exact);
    // From 9.5: half a unit at 1, half at 0.5, and the fee.
    expect(next).toEqual(["1", "1", "3.75", "3.5", "0.5"]);
  });

  test("is the next batch where units are charged in batches", () => {
    const price = usage({ batch_size: "10" }, { amount: "2" });
    expect([0, 5, 10].map((units) => marginalPrice(price, units).exact)).toEqual(["2", "2", "2"]);
  });

  test("costs nothing while it is included, below the minimum and above the maximum", () => {
    const price = usage({ included_units: "10" }, { amount: "1", minimum_charge: "5", maximum_charge: "20" });
    expect(["9", "10", "14.5", "15", "30"].map((units) => marginalPrice(price, units).exact)).toEqual([
      "0",
      "0",
      "0.5",
      "1",
      "0",
    ]);
  });

  test("is negative where a volume price falls", () => {
    const price = tiered(
      [
        ["99", "1"],
        [null, "0.5"],
      ],
      { tier_mode: "volume" },
    );
    expect(marginalPrice(price, 99).exact).toBe("-49");
  });

  test("is a ratio where it doesn't terminate", () => {
    const price = usage({ batch_size: "3", batch_rounding: "none" }, { amount: "1" });
    expect(marginalPrice(price, 0)).toEqual({
      exact: "1",
      exact_ratio: { numerator: "1", denominator: "1" },
    });
    expect(averagePrice(price, 1)).toEqual({
      exact: null,
      exact_ratio: { numerator: "1", denominator: "3" },
    });
  });
});

describe("the average", () => {
  test("spreads fees over the units", () => {
    expect([10, 11, 100].map((units) => averagePrice(FEES, units).exact_ratio)).toEqual([
      { numerator: "1", denominator: "1" },
      { numerator: "27", denominator: "22" },
      { numerator: "29", denominator: "50" },
    ]);
  });

  test("of nothing isn't there", () => {
    expect(issuesOf(() => averagePrice(FEES, 0))).toEqual(["OUT_OF_RANGE units"]);
  });
});

describe("segments", () => {
  test("of a flat price: one, which jumps at 0", () => {
    expect(segments(priceOf({ pricing_strategy: "flat" }, { amount: "9.90" }))).toEqual([
      ["0", null, "0", "9.9"],
    ]);
  });

  test("included and minimum units are a stretch that costs the same", () => {
    const price = usage({ included_units: "10", minimum_units: "5", flat_fee: "2" }, { amount: "3" });
    expect(segments(price)).toEqual([
      ["0", "15", "0", "17"],
      ["15", null, "3", "0"],
    ]);
  });

  test("of a volume price jump down where it falls", () => {
    const price = tiered(
      [
        ["99", "1"],
        [null, "0.5"],
      ],
      { tier_mode: "volume" },
    );
    expect(segments(price)).toEqual([
      ["0", "99", "1", "0"],
      ["99", null, "0.5", "-49.5"],
    ]);
  });

  test("of batches say their size, from where they are counted and how they are rounded", () => {
    const price = usage({ included_units: "4", minimum_units: "3", batch_size: "10" }, { amount: "2" });
    expect(priceSegments(price)).toMatchObject([
      { from: "0", to: "7", batch: "10", rate: { exact: "0" }, jump: { exact: "2" } },
      { from: "7", to: null, batch: "10", batch_origin: "4", batch_rounding: "up", jump: { exact: "0" } },
    ]);
    const exactly = usage({ batch_size: "8", batch_rounding: "none" }, { amount: "2" });
    expect(priceSegments(exactly)).toMatchObject([
      { rate: { exact: "0.25" }, batch: null, batch_origin: null, batch_rounding: null },
    ]);
  });

  test("over-usage of all units is a jump, of further units a change of rate", () => {
    const over = { maximum_units: "10", over_usage_price: "2" };
    expect(segments(usage(over, { amount: "1" }))).toEqual([
      ["0", "10", "1", "0"],
      ["10", null, "2", "0"],
    ]);
    const all = { ...over, over_usage_charge_strategy: "all_usage_overcharge" };
    expect(segments(usage(all, { amount: "1" }))).toEqual([
      ["0", "10", "1", "0"],
      ["10", null, "2", "10"],
    ]);
  });
});

test("prices that depend on events are no functions of one quantity", () => {
  const percentage = priceOf({ pricing_strategy: "percentage", rate: "1" });
  const matrix = usage({}, { amount: "1", by: [{ when: { region: "eu" }, amount: "2" }] });
  for (const price of [percentage, matrix]) {
    expect(issuesOf(() => marginalPrice(price, 1))).toEqual(["NEEDS_EVENTS price"]);
    expect(issuesOf(() => averagePrice(price, 1))).toEqual(["NEEDS_EVENTS price"]);
    expect(issuesOf(() => priceSegments(price))).toEqual(["NEEDS_EVENTS price"]);
  }
  const unparsed = {
    ...parsePrice({ currency: "usd", amount: "1", strategy_details: { pricing_strategy: "flat" } }),
  };
  expect(issuesOf(() => priceSegments(unparsed))).toEqual(["NOT_PARSED price"]);
});
