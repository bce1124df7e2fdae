import { describe, expect, test } from "vitest";
import { chargeFor, type Price, parsePrice } from "../../src/index.ts";

/** Euros for each unit, up to 100 units. */
function upTo100(details: { readonly [name: string]: unknown } = {}, by?: readonly object[]): Price {
  const strategy_details = { pricing_strategy: "usage", maximum_units: "100", ...details };
  return parsePrice({ amount: "1", currency: "eur", strategy_details, ...(by && { by }) });
}

describe("R5: over-usage", () => {
  test("extra_usage_overcharge, the default, prices 100 units at 1 and the 50 above at 3", () => {
    expect(chargeFor(upTo100({ over_usage_price: "3" }), 150).subtotal).toBe("250.00");
    const said = { over_usage_price: "3", over_usage_charge_strategy: "extra_usage_overcharge" };
    expect(chargeFor(upTo100(said), 150).subtotal).toBe("250.00");
  });

  test("all_usage_overcharge prices all 150 units at 3", () => {
    const details = { over_usage_price: "3", over_usage_charge_strategy: "all_usage_overcharge" };
    expect(chargeFor(upTo100(details), 150).subtotal).toBe("450.00");
  });

  test("exactly the maximum is not above it, a millionth of a unit more is", () => {
    const details = { over_usage_price: "3", over_usage_charge_strategy: "all_usage_overcharge" };
    expect(chargeFor(upTo100(details), "100").exact).toBe("100");
    expect(chargeFor(upTo100(details), "100.000001").exact).toBe("300.000003");
  });

  test("each part is batched by itself: 10 batches at 1, and 5 started ones at 3", () => {
    const details = { over_usage_price: "3", batch_size: "10" };
    expect(chargeFor(upTo100(details), "141").subtotal).toBe("25.00");
    // 95 units in whole batches are 100, but the first part ends at 95 and is batched alone: 10 + 1 batches.
    expect(chargeFor(upTo100({ ...details, maximum_units: "95" }), "96").subtotal).toBe("13.00");
  });

  test("billable units decide: 120 less 30 included ones are not above 100", () => {
    const details = { over_usage_price: "3", included_units: "30" };
    expect(chargeFor(upTo100(details), 120).subtotal).toBe("90.00");
    expect(chargeFor(upTo100(details), 140).subtotal).toBe("130.00");
  });

  test("minimum units above the maximum are over it", () => {
    expect(chargeFor(upTo100({ over_usage_price: "3", minimum_units: "110" }), 0).subtotal).toBe("130.00");
  });

  test("without an over_usage_price all units cost the amount, batched together, over_limit", () => {
    expect(chargeFor(upTo100(), 150)).toMatchObject({ subtotal: "150.00", over_limit: true });
    // 15 batches of 10, where 95 and 46 apart would be 10 + 5.
    const details = { batch_size: "10", maximum_units: "95" };
    expect(chargeFor(upTo100(details), 141)).toMatchObject({ subtotal: "15.00", over_limit: true });
    expect(chargeFor(upTo100(), 100)).not.toHaveProperty("over_limit");
  });

  test("with included units, only what is billable can be over the limit", () => {
    expect(chargeFor(upTo100({ included_units: "30" }), 130)).not.toHaveProperty("over_limit");
    expect(chargeFor(upTo100({ included_units: "30" }), "130.1")).toHaveProperty("over_limit", true);
  });

  test("in a matrix each part has its own limit: the price's is not that of the sum", () => {
    const price = upTo100({}, [{ when: { region: "eu" } }]);
    const events = [
      { units: 80, properties: { region: "eu" } },
      { units: 70, properties: { region: "us" } },
    ];
    expect(chargeFor(price, { events })).toMatchObject({ subtotal: "150.00" });
    expect(chargeFor(price, { events })).not.toHaveProperty("over_limit");
    expect(chargeFor(price, { events: [...events, ...events] })).toHaveProperty("over_limit", true);
  });

  test("in a matrix a part above its own limit is over_limit, whatever the price's own", () => {
    const strategy_details = { pricing_strategy: "usage", maximum_units: "10" };
    const price = upTo100({}, [{ when: { region: "eu" }, strategy_details }]);
    const events = [{ units: 11, properties: { region: "eu" } }];
    expect(chargeFor(price, { events })).toHaveProperty("over_limit", true);
  });
});
