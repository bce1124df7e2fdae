import { describe, expect, test } from "vitest";
import { chargeFor } from "../../src/index.ts";
import { exact, tiered } from "./prices.ts";

const VOLUME = { tier_mode: "volume" };

/** Up to 10 at 1, up to 100 at 0.5, above that 0.1. */
const THREE = [
  ["10", "1"],
  ["100", "0.5"],
  [null, "0.1"],
] as const;

/** The same with a fee for each tier. */
const FEES = [
  ["10", "1", "3"],
  ["100", "0.5", "20"],
  [null, "0.1", "100"],
] as const;

describe("R2: what a tier covers", () => {
  test("up_to belongs to its tier, and what is above it to the next", () => {
    expect(exact(tiered(THREE, VOLUME), 10)).toBe("10");
    expect(exact(tiered(THREE, VOLUME), 11)).toBe("5.5");
  });

  test("there is no gap between integers: 10.5 units are in the second tier", () => {
    expect(exact(tiered(THREE, VOLUME), "10.5")).toBe("5.25");
    expect(exact(tiered(THREE), "10.5")).toBe("10.25");
    expect(exact(tiered(THREE, VOLUME), "10.000000000001")).toBe("5.0000000000005");
  });

  test("bounds may be fractions", () => {
    const price = tiered([
      ["0.5", "4"],
      [null, "2"],
    ]);
    expect(["0.25", "0.5", "0.75"].map((units) => exact(price, units))).toEqual(["1", "2", "2.5"]);
  });
});

describe("R3: graduated and volume", () => {
  test("graduated, the default: each tier's units at its own price", () => {
    // 10 x 1 + 90 x 0.5 + 900 x 0.1.
    expect(exact(tiered(THREE), 1000)).toBe("145");
    expect(exact(tiered(THREE, { tier_mode: "graduated" }), 1000)).toBe("145");
  });

  test("and the flat fee of every tier that is reached", () => {
    expect([10, 11, 100, 101].map((units) => exact(tiered(FEES), units))).toEqual([
      "13",
      // 10 x 1 + 0.5, and 3 + 20.
      "33.5",
      "78",
      // 10 + 45 + 0.1, and 3 + 20 + 100.
      "178.1",
    ]);
  });

  test("volume: all units at the price of the tier the total is in, plus that tier's fee alone", () => {
    expect([10, 11, 101].map((units) => exact(tiered(FEES, VOLUME), units))).toEqual(["13", "25.5", "110.1"]);
  });

  test("a volume price may fall as units grow: 10 cost 10, 11 cost 5.50", () => {
    expect([10, 11].map((units) => chargeFor(tiered(THREE, VOLUME), units).subtotal)).toEqual([
      "10.00",
      "5.50",
    ]);
  });

  test("the first tier is always reached: its flat fee is charged at zero units", () => {
    expect(exact(tiered(FEES), 0)).toBe("3");
    expect(exact(tiered(FEES, VOLUME), 0)).toBe("3");
    expect(exact(tiered(FEES), "0.000000000001")).toBe("3.000000000001");
  });

  test("units that are included leave the first tier at zero", () => {
    expect(exact(tiered(FEES, { included_units: "500" }), 400)).toBe("3");
    expect(exact(tiered(FEES, { included_units: "500" }), 510)).toBe("13");
  });

  test("stairstep is volume with a unit price of zero", () => {
    const price = tiered(
      [
        ["10", "0", "50"],
        ["100", "0", "200"],
        [null, "0", "500"],
      ],
      VOLUME,
    );
    expect([0, 1, 10, 11, 100, 101, 5000].map((units) => exact(price, units))).toEqual([
      "50",
      "50",
      "50",
      "200",
      "200",
      "500",
      "500",
    ]);
  });

  test("the price's flat fee is beside the tiers', and is what flat_fee says", () => {
    expect(chargeFor(tiered(FEES, { flat_fee: "7" }), 0)).toMatchObject({
      subtotal: "10.00",
      flat_fee: "7.00",
    });
  });

  test("a free first tier: 10,000 calls are free, the next cost 0.0008", () => {
    const price = tiered([
      ["10000", "0"],
      [null, "0.0008"],
    ]);
    expect(exact(price, "145250")).toBe("108.2");
  });
});
