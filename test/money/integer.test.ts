import { describe, expect, test } from "vitest";
import {
  decimalPlaces,
  fromScaled,
  integerText,
  powerOfTen,
  toScaledBigint,
  toScaledNumber,
} from "../../src/money/integer.ts";

const MAX = Number.MAX_SAFE_INTEGER;

describe("decimalPlaces", () => {
  test("counts the digits after the point", () => {
    expect(decimalPlaces("12")).toBe(0);
    expect(decimalPlaces("12.5")).toBe(1);
    expect(decimalPlaces("-0.000000000001")).toBe(12);
  });
});

describe("toScaledNumber", () => {
  test("scales a decimal text to an integer", () => {
    expect(toScaledNumber("12.5", 3)).toBe(12500);
    expect(toScaledNumber("12", 0)).toBe(12);
    expect(toScaledNumber("-0.07", 2)).toBe(-7);
    expect(toScaledNumber("0.000000000001", 12)).toBe(1);
  });

  test("is never negative zero", () => {
    expect(toScaledNumber("-0", 2)).toBe(0);
    expect(toScaledNumber("-0.00", 2)).toBe(0);
  });

  test("takes the greatest safe integer and refuses the next", () => {
    expect(toScaledNumber("9007199254740991", 0)).toBe(MAX);
    expect(toScaledNumber("-9007199254740.991", 3)).toBe(-MAX);
    for (const text of ["9007199254740992", "9007199254740993", "9007199254740994", "-9007199254740992"]) {
      expect(toScaledNumber(text, 0)).toBeNaN();
    }
    expect(toScaledNumber("9007199254740.992", 3)).toBeNaN();
  });

  test("is zero at any scale for zero, and NaN for more than 15 missing digits of anything else", () => {
    expect(toScaledNumber("0", 40)).toBe(0);
    expect(toScaledNumber("1", 15)).toBe(1e15);
    expect(toScaledNumber("1", 16)).toBeNaN();
    expect(toScaledNumber("1", 400)).toBeNaN();
  });

  test("is NaN for a text of any length", () => {
    expect(toScaledNumber("9".repeat(400), 0)).toBeNaN();
  });
});

describe("toScaledBigint", () => {
  test("is exact where a number would not be", () => {
    expect(toScaledBigint("9007199254740993", 0)).toBe(9007199254740993n);
    expect(toScaledBigint("99999999999999999999999999.999999999999", 24)).toBe(
      99999999999999999999999999999999999999n * 10n ** 12n,
    );
    expect(toScaledBigint("-123456789012345.123456789012", 12)).toBe(-123456789012345123456789012n);
    expect(toScaledBigint("-0", 5)).toBe(0n);
    expect(toScaledBigint("1", 100)).toBe(10n ** 100n);
  });
});

describe("fromScaled", () => {
  test("prints an integer over a power of ten without trailing zeros", () => {
    for (const [value, scale, text] of [
      [12500, 3, "12.5"],
      [12000, 3, "12"],
      [5, 3, "0.005"],
      [-5, 3, "-0.005"],
      [0, 0, "0"],
      [0, 12, "0"],
      [-0, 0, "0"],
      [-0, 3, "0"],
      [100, 2, "1"],
      [-100, 2, "-1"],
      [10, 1, "1"],
      [1, 24, "0.000000000000000000000001"],
      [MAX, 0, "9007199254740991"],
      [-MAX, 15, "-9.007199254740991"],
      [1e15, 15, "1"],
    ] as const) {
      expect(fromScaled(value, scale)).toBe(text);
      expect(fromScaled(BigInt(value), scale)).toBe(text);
    }
  });

  test("needs no exponent however small or large", () => {
    expect(fromScaled(1n, 40)).toBe(`0.${"0".repeat(39)}1`);
    expect(fromScaled(10n ** 60n, 20)).toBe(`1${"0".repeat(40)}`);
  });
});

test("powerOfTen goes beyond its table", () => {
  expect(powerOfTen(0)).toBe(1n);
  expect(powerOfTen(63)).toBe(10n ** 63n);
  expect(powerOfTen(64)).toBe(10n ** 64n);
});

test("integerText prints large numbers in full", () => {
  expect(integerText(2 ** 31)).toBe("2147483648");
  expect(integerText(2 ** 31 + 1)).toBe("2147483649");
  expect(integerText(MAX)).toBe("9007199254740991");
});
