import { describe, expect, test } from "vitest";
import { chargeFor, parsePrice } from "../../src/index.ts";
import { issuesOf } from "../contract/documents.ts";
import { exact, priceOf, tiered, usage } from "./prices.ts";

describe("T5: every digit counts", () => {
  test("0.067 x 55 is 3.685, and half a cent rounds up", () => {
    expect(chargeFor(usage({}, { amount: "0.067" }), 55)).toMatchObject({ exact: "3.685", subtotal: "3.69" });
  });

  test("1.005 is half a cent above 1.00, which it isn't for plain numbers", () => {
    expect((1.005).toFixed(2)).toBe("1.00");
    expect(chargeFor(usage({}, { amount: "1.005" }), 1).subtotal).toBe("1.01");
  });

  test("rates far below a cent: 12,345,678 units at 0.000000000001", () => {
    expect(chargeFor(usage({}, { amount: "0.000000000001" }), 12345678)).toMatchObject({
      exact: "0.000012345678",
      subtotal: "0.00",
    });
    expect(chargeFor(usage({}, { amount: "0.00031" }), "1200000").subtotal).toBe("372.00");
  });

  test("9007199254740993 units, as text, as a bigint, and one less", () => {
    expect(exact(usage(), "9007199254740993")).toBe("9007199254740993");
    expect(exact(usage(), 9007199254740993n)).toBe("9007199254740993");
    expect(exact(usage({}, { amount: "0.1" }), "9007199254740993")).toBe("900719925474099.3");
    expect(exact(usage(), 9007199254740991)).toBe("9007199254740991");
  });

  test("two operands of 38 digits: every one of the product's 76 is right", () => {
    const price = usage({}, { amount: "12345678901234567890123456.789012345678" });
    expect(chargeFor(price, "98765432109876543210987654.321098765432")).toMatchObject({
      exact: "1219326311370217952261850327338667885854747751864349.946654322511812221002896",
      subtotal: "1219326311370217952261850327338667885854747751864349.95",
    });
  });

  test("tiers of huge and tiny numbers stay exact", () => {
    const price = tiered([
      ["9007199254740993", "0.000000000001"],
      [null, "9007199254740993", "0.5"],
    ]);
    // 9007.199254740993 + 0.5 + 2 x 9007199254740993.
    expect(exact(price, "9007199254740995")).toBe("18014398509490993.699254740993");
  });

  test("a ratio that doesn't terminate is given as one, in lowest terms", () => {
    const price = usage({ batch_size: "7", batch_rounding: "none" }, { amount: "2" });
    expect(chargeFor(price, 3)).toMatchObject({
      exact: null,
      exact_ratio: { numerator: "6", denominator: "7" },
      subtotal: "0.86",
    });
  });
});

describe("R8: quantities", () => {
  test("decimals, safe integers and bigints from 0 on", () => {
    const price = usage();
    expect(["0", "007", "1.50", 3, 4n].map((units) => chargeFor(price, units).units)).toEqual([
      "0",
      "7",
      "1.5",
      "3",
      "4",
    ]);
  });

  test("negative ones are refused", () => {
    for (const units of ["-1", "-0.000000000001", -1, -1n]) {
      expect(issuesOf(() => chargeFor(usage(), units))).toEqual(["OUT_OF_RANGE quantity"]);
    }
    expect(chargeFor(usage(), "-0").units).toBe("0");
  });

  test("what isn't a decimal of up to 12 places is refused", () => {
    for (const units of [
      "",
      " ",
      "1e3",
      "0x10",
      "1,5",
      "1_000",
      ".",
      "1.0000000000001",
      1.5,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      2 ** 53,
    ]) {
      expect(issuesOf(() => chargeFor(usage(), units))).toEqual(["INVALID_DECIMAL quantity"]);
    }
    expect(issuesOf(() => chargeFor(usage(), true as unknown as string))[0]).toMatch(/quantity$/);
    expect(issuesOf(() => chargeFor(usage(), "1".padEnd(27, "0")))).toEqual(["OUT_OF_RANGE quantity"]);
    expect(chargeFor(usage(), "9".repeat(26)).exact).toBe("9".repeat(26));
  });
});

describe("A1, A4: rounding and printing", () => {
  test("once, at the end, half away from zero unless another mode is asked for", () => {
    const price = priceOf({ pricing_strategy: "flat" }, { amount: "2.345" });
    const modes = ["half_up", "half_even", "half_down", "up", "down", "ceiling", "floor"] as const;
    expect([
      chargeFor(price).subtotal,
      ...modes.map((rounding) => chargeFor(price, 1, { rounding }).subtotal),
    ]).toEqual(["2.35", "2.35", "2.34", "2.34", "2.35", "2.34", "2.35", "2.34"]);
  });

  test("to the currency's own digits", () => {
    const of = (currency: string): string =>
      chargeFor(parsePrice({ currency, amount: "1234.5678", strategy_details: { pricing_strategy: "flat" } }))
        .subtotal;
    expect(["jpy", "eur", "kwd", "clf"].map(of)).toEqual(["1235", "1234.57", "1234.568", "1234.5678"]);
  });

  test("no exponent, however large or small", () => {
    expect(chargeFor(usage({}, { amount: "0.000000000001" }), 1)).toMatchObject({
      exact: "0.000000000001",
      subtotal: "0.00",
    });
    expect(chargeFor(usage({}, { amount: "1".padEnd(26, "0") }), "1".padEnd(26, "0")).subtotal).toBe(
      `1${"0".repeat(50)}.00`,
    );
  });

  test("an unknown rounding mode is refused", () => {
    expect(issuesOf(() => chargeFor(usage(), 1, { rounding: "sideways" as "up" }))).toEqual([
      "UNKNOWN_VALUE rounding",
    ]);
  });
});
