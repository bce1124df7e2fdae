import { expect, test } from "vitest";
import { readDecimal } from "../../src/money/decimal-text.ts";

test("a decimal that is canonical already is kept", () => {
  for (const text of [
    "0",
    "7",
    "-7",
    "10",
    "0.1",
    "-0.1",
    "10.01",
    "99999999999999999999999999.999999999999",
  ]) {
    expect(readDecimal(text)).toBe(text);
  }
});

test("leading zeros, zeros at the end of a fraction and a negative zero go", () => {
  expect(readDecimal("007")).toBe("7");
  expect(readDecimal("1.50")).toBe("1.5");
  expect(readDecimal("-01.00")).toBe("-1");
  expect(readDecimal("-0")).toBe("0");
  expect(readDecimal("-0.000")).toBe("0");
  expect(readDecimal("-0.5")).toBe("-0.5");
  expect(readDecimal("100")).toBe("100");
});

test("safe integers and bigints are decimals, binary fractions are not", () => {
  expect(readDecimal(-0)).toBe("0");
  expect(readDecimal(-5)).toBe("-5");
  expect(readDecimal(10n ** 26n - 1n)).toBe("99999999999999999999999999");
  expect(readDecimal(10n ** 26n)).toEqual({ refused: "OUT_OF_RANGE" });
  expect(readDecimal(0.5)).toEqual({ refused: "INVALID_DECIMAL" });
  expect(readDecimal(2 ** 53)).toEqual({ refused: "INVALID_DECIMAL" });
});

test("what is no decimal is told apart from what is too large", () => {
  for (const text of [
    "",
    "-",
    ".",
    "-.",
    "1.",
    ".5",
    "--1",
    "1-",
    "1.2.3",
    "1e3",
    "0x1",
    " 1",
    "1 ",
    "1/2",
    "１",
  ]) {
    expect(readDecimal(text), text).toEqual({ refused: "INVALID_DECIMAL" });
  }
  expect(readDecimal("0.0000000000001")).toEqual({ refused: "INVALID_DECIMAL" });
  expect(readDecimal("1".repeat(27))).toEqual({ refused: "OUT_OF_RANGE" });
  expect(readDecimal(`-${"1".repeat(27)}.5`)).toEqual({ refused: "OUT_OF_RANGE" });
  for (const value of [null, undefined, true, {}, [], Symbol.iterator, () => "1", new String("1")]) {
    expect(readDecimal(value)).toEqual({ refused: "INVALID_TYPE" });
  }
});
