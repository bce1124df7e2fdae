import { expect, test } from "vitest";
import { priceTerms } from "../../src/cli/price-terms.ts";
import { parsePrice } from "../../src/index.ts";

function terms(strategy_details: object, price: object = {}): string {
  return priceTerms(parsePrice({ currency: "eur", ...price, strategy_details }));
}

test("a flat price is its amount", () => {
  expect(terms({ pricing_strategy: "flat" }, { amount: "49.00" })).toBe("49.00");
});

test("the terms of usage follow the order in which they apply", () => {
  const details = {
    pricing_strategy: "usage",
    unit_name: "GB",
    flat_fee: "2.00",
    included_units: "50",
    minimum_units: "100",
    maximum_units: "1000",
    over_usage_price: "0.05",
    batch_size: "10",
  };
  const price = { amount: "0.023", minimum_charge: "5", maximum_charge: "90", free_cycles: 2 };
  expect(terms(details, price)).toBe(
    "2.00 flat fee; 50 GB included; at least 100 GB charged; 0.023 per started 10 GB up to 1000, 0.05 above; " +
      "in all at least 5; in all at most 90; first 2 full cycles free",
  );
  const forAll = { over_usage_charge_strategy: "all_usage_overcharge", batch_rounding: "down" };
  expect(terms({ ...details, ...forAll }, price)).toContain(
    "0.023 per full 10 GB up to 1000, else 0.05 for all",
  );
});

test("what is zero or has no effect is left out", () => {
  const details = { flat_fee: "0.00", included_units: "0", minimum_units: "0", maximum_units: "9" };
  expect(terms({ pricing_strategy: "usage", ...details }, { amount: "1", free_cycles: 0 })).toBe(
    "1 per unit",
  );
});

test("bounds of what can be bought are no terms of what is charged", () => {
  const details = {
    pricing_strategy: "per_unit",
    contracted_unit_count: "7",
    minimum_units: "3",
    unit_name: "seat",
  };
  expect(terms(details, { amount: "12.5", free_cycles: 1 })).toBe("12.5 per seat; first full cycle free");
});

test("tiers are listed, many of them in part", () => {
  const tiers = [
    { up_to: "100", unit_price: "0.2", flat_fee: "5" },
    { up_to: null, unit_price: "0.1", flat_fee: "0" },
  ];
  expect(terms({ pricing_strategy: "usage_tiered", tiers, batch_size: "10", batch_rounding: "none" })).toBe(
    "graduated tiers per 10 unit in proportion: 0.2 (+ 5) up to 100, 0.1 above",
  );
  const many = Array.from({ length: 20 }, (_, index) => ({
    up_to: index < 19 ? `${index + 1}` : null,
    unit_price: "1",
  }));
  expect(
    terms({ pricing_strategy: "unit_tiered", tiers: many, tier_mode: "volume", contracted_unit_count: "1" }),
  ).toBe(
    "volume tiers per unit: 1 up to 1, 1 up to 2, 1 up to 3, 1 up to 4, 1 up to 5, 1 up to 6, ..., 1 above",
  );
});

test("a percentage has its fees and allowances", () => {
  const details = {
    pricing_strategy: "percentage",
    rate: "2.5",
    fixed_fee_per_event: "0.30",
    free_events: 3,
    free_amount: "100",
    minimum_per_event: "1",
    maximum_per_event: "50",
  };
  expect(terms(details)).toBe(
    "2.5 % + 0.30 per event; first 3 events free; first 100 free; at least 1 per event; at most 50 per event",
  );
  const by = [{ when: { region: "eu" }, strategy_details: { pricing_strategy: "percentage", rate: "1" } }];
  expect(terms({ pricing_strategy: "percentage", rate: "2" }, { by })).toBe(
    "2 %; 1 other price by properties of events",
  );
});
