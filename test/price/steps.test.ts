import { describe, expect, test } from "vitest";
import { chargeFor } from "../../src/index.ts";
import { exact, priceOf, usage } from "./prices.ts";

describe("R1: the steps of a charge, in their order", () => {
  test("included units come off first, then the rest is raised to the minimum", () => {
    const price = usage({ included_units: "50", minimum_units: "100" });
    expect([0, 50, 120, 150, 151].map((units) => exact(price, units))).toEqual([
      "100",
      "100",
      "100",
      "100",
      "101",
    ]);
  });

  test("included units never go below zero", () => {
    expect(exact(usage({ included_units: "50" }), "49.5")).toBe("0");
  });

  test("over-usage is of billable units, batches of what over-usage left, and the flat fee comes after", () => {
    const price = usage(
      {
        included_units: "20",
        minimum_units: "30",
        maximum_units: "100",
        over_usage_price: "3",
        batch_size: "10",
        flat_fee: "5",
      },
      { amount: "2" },
    );
    // 135 - 20 = 115: 10 batches at 2, 2 started ones at 3, and 5.
    expect(exact(price, 135)).toBe("31");
    // Raised to 30: 3 batches at 2, and 5.
    expect(exact(price, 0)).toBe("11");
  });

  test("minimum and maximum charge come after the flat fee", () => {
    const price = usage({ flat_fee: "5" }, { minimum_charge: "10", maximum_charge: "20" });
    expect([0, 5, 6, 15, 16].map((units) => exact(price, units))).toEqual(["10", "10", "11", "20", "20"]);
  });

  test("rounding comes last: the minimum is not rounded first", () => {
    expect(chargeFor(usage({}, { minimum_charge: "9.999" }), 0)).toMatchObject({
      exact: "9.999",
      subtotal: "10.00",
    });
  });

  test("a minimum equal to the maximum is the price", () => {
    const price = usage({}, { minimum_charge: "7", maximum_charge: "7" });
    expect([0, 7, 1000].map((units) => exact(price, units))).toEqual(["7", "7", "7"]);
  });

  test("fixed prices have limits as well", () => {
    const details = { pricing_strategy: "per_unit", contracted_unit_count: "3", flat_fee: "1" };
    expect(exact(priceOf(details, { amount: "2", minimum_charge: "10" }))).toBe("10");
    expect(exact(priceOf(details, { amount: "2", maximum_charge: "5" }))).toBe("5");
    expect(exact(priceOf({ pricing_strategy: "flat" }, { amount: "2", minimum_charge: "10" }))).toBe("10");
  });
});

describe("strategies", () => {
  test("flat is its amount, whatever the quantity", () => {
    const price = priceOf({ pricing_strategy: "flat" }, { amount: "49" });
    expect(chargeFor(price)).toEqual({
      subtotal: "49.00",
      exact: "49",
      exact_ratio: { numerator: "49", denominator: "1" },
      flat_fee: "0.00",
      units: null,
      currency: "eur",
    });
    expect(chargeFor(price, 1000).subtotal).toBe("49.00");
  });

  test("per_unit takes the contracted count unless another is asked about", () => {
    const details = { pricing_strategy: "per_unit", contracted_unit_count: "7", flat_fee: "10" };
    const price = priceOf(details, { amount: "12.50" });
    expect(chargeFor(price)).toMatchObject({ subtotal: "97.50", units: "7", flat_fee: "10.00" });
    expect(chargeFor(price, "2.5")).toMatchObject({ subtotal: "41.25", units: "2.5" });
  });

  test("minimum and maximum units of per_unit bound what can be bought, not what is charged", () => {
    const details = {
      pricing_strategy: "per_unit",
      contracted_unit_count: "2",
      minimum_units: "3",
      maximum_units: "5",
    };
    const price = priceOf(details, { amount: "1" });
    expect([undefined, 1, 9].map((units) => chargeFor(price, units).exact)).toEqual(["2", "1", "9"]);
  });

  test("unit_tiered takes the contracted count, too", () => {
    const tiers = [
      { up_to: "5", unit_price: "10" },
      { up_to: null, unit_price: "8" },
    ];
    const price = priceOf({ pricing_strategy: "unit_tiered", contracted_unit_count: "7", tiers });
    expect(chargeFor(price)).toMatchObject({ subtotal: "66.00", units: "7" });
  });

  test("metered prices without a quantity are priced at none", () => {
    expect(chargeFor(usage({ used_unit_count: "9" }))).toMatchObject({ subtotal: "0.00", units: "0" });
  });
});
