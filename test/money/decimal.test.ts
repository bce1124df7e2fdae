import { Decimal as SharedDecimal } from "decimal.js";
import { afterEach, describe, expect, test } from "vitest";
import { Decimal, decimalText, toDecimal } from "../../src/money/decimal.ts";

const WIDE = "99999999999999999999999999.999999999999";
const WIDE_SQUARED = "9999999999999999999999999999999999999800000000000000.000000000000000000000001";

afterEach(() => {
  SharedDecimal.set({ defaults: true });
});

describe("the private Decimal", () => {
  test("multiplies two operands of 38 digits exactly", () => {
    expect(decimalText(toDecimal(WIDE).times(WIDE))).toBe(WIDE_SQUARED);
  });

  test("does not change when another package sets the shared constructor", () => {
    SharedDecimal.set({ precision: 5, rounding: SharedDecimal.ROUND_DOWN, maxE: 9, minE: -9 });
    expect(SharedDecimal.precision).toBe(5);
    expect(Decimal.precision).toBe(160);
    expect(decimalText(toDecimal(WIDE).times(WIDE))).toBe(WIDE_SQUARED);
    expect(decimalText(toDecimal("0.000000000001"))).toBe("0.000000000001");
  });

  test("wraps a foreign Decimal anew, so that its own 5 digits don't decide", () => {
    const Foreign = SharedDecimal.clone({ precision: 5 });
    const foreign = new Foreign(WIDE);
    expect(decimalText(foreign.times(2))).toBe("200000000000000000000000000");
    expect(decimalText(toDecimal(foreign).times(2))).toBe("199999999999999999999999999.999999999998");
  });

  test("adds a picounit to a billion times a picounit without losing the cent", () => {
    expect(decimalText(toDecimal("1000000000").times("1.000000000005").plus("0.000000000001"))).toBe(
      "1000000000.005000000001",
    );
  });
});

test("decimalText prints neither an exponent nor a negative zero nor trailing zeros", () => {
  expect(decimalText(toDecimal("0.0000000001"))).toBe("0.0000000001");
  expect(decimalText(toDecimal("1e30"))).toBe("1000000000000000000000000000000");
  expect(decimalText(toDecimal("-0"))).toBe("0");
  expect(decimalText(toDecimal("1.500"))).toBe("1.5");
});
