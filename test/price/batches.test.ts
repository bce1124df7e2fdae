import { describe, expect, test } from "vitest";
import { chargeFor } from "../../src/index.ts";
import { exact, type Json, priceOf, tiered, usage } from "./prices.ts";

const TENS = { batch_size: "10" };
const MODES = ["up", "down", "none"];

/** The charge under each rounding of batches. */
function each(of: (details: Json) => string | null): (string | null)[] {
  return MODES.map((batch_rounding) => of({ ...TENS, batch_rounding }));
}

describe("R4: batches", () => {
  test("a started batch counts whole by default: 21 units are 3 batches of 10", () => {
    expect(exact(usage(TENS), 21)).toBe("3");
    expect(each((details) => exact(usage(details), 21))).toEqual(["3", "2", "2.1"]);
  });

  test("whole batches are the same under each", () => {
    expect(each((details) => exact(usage(details), 20))).toEqual(["2", "2", "2"]);
    expect(each((details) => exact(usage(details), 0))).toEqual(["0", "0", "0"]);
  });

  test("the smallest part of a unit starts a batch", () => {
    expect(each((details) => exact(usage(details), "20.000000000001"))).toEqual([
      "3",
      "2",
      "2.0000000000001",
    ]);
  });

  test("none is a ratio until rounding: 10 units in batches of 3 are 3.333...", () => {
    const price = usage({ batch_size: "3", batch_rounding: "none" });
    expect(chargeFor(price, 10)).toMatchObject({
      exact: null,
      exact_ratio: { numerator: "10", denominator: "3" },
      subtotal: "3.33",
    });
    // Three times a third is one, not 0.999.
    expect(exact(usage({ batch_size: "3", batch_rounding: "none" }, { amount: "0.1" }), 30)).toBe("1");
  });

  test("a batch may be a fraction of a unit", () => {
    expect(exact(usage({ batch_size: "0.25" }), "1.1")).toBe("5");
  });

  test("graduated: the units in each tier are batched there", () => {
    const tiers = [
      ["20", "3"],
      [null, "2"],
    ] as const;
    // 2 batches at 3; of the 15 above 20, 2 started, 1 full or 1.5.
    expect(each((details) => exact(tiered(tiers, details), 35))).toEqual(["10", "8", "9"]);
    expect(each((details) => exact(tiered(tiers, details), 15))).toEqual(["6", "3", "4.5"]);
  });

  test("volume: the total is batched, at the price of the tier that the units are in", () => {
    const tiers = [
      ["25", "3"],
      [null, "2"],
    ] as const;
    const volume = (details: Json, units: number): string | null =>
      exact(tiered(tiers, { ...details, tier_mode: "volume" }), units);
    expect(each((details) => volume(details, 25))).toEqual(["9", "6", "7.5"]);
    expect(each((details) => volume(details, 26))).toEqual(["6", "4", "5.2"]);
  });

  test("up_to is in units, also where none is batched exactly across a bound", () => {
    const tiers = [
      ["25", "3"],
      [null, "2"],
    ] as const;
    // 2.5 batches at 3, 1 at 2.
    expect(exact(tiered(tiers, { ...TENS, batch_rounding: "none" }), 35)).toBe("9.5");
  });

  test("contracted units are batched as well", () => {
    const tiers = [{ up_to: null, unit_price: "5" }];
    const details = { pricing_strategy: "unit_tiered", contracted_unit_count: "21", tiers };
    expect(each((batches) => exact(priceOf({ ...details, ...batches })))).toEqual(["15", "10", "10.5"]);
  });

  test("included and minimum units are units, not batches", () => {
    // 25 - 4 = 21 units are 3 batches.
    expect(exact(usage({ ...TENS, included_units: "4" }), 25)).toBe("3");
    expect(exact(usage({ ...TENS, minimum_units: "11" }), 0)).toBe("2");
  });
});
