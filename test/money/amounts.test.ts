import { describe, expect, test } from "vitest";
import { type BillingIssue, isBillingError } from "../../src/error.ts";
import {
  addAmounts,
  compareAmounts,
  formatMinor,
  fromMinorUnits,
  roundAmount,
  toMinorUnits,
} from "../../src/money/amounts.ts";
import type { Amount } from "../../src/money/read-amount.ts";

function issuesOf(run: () => unknown): readonly BillingIssue[] {
  try {
    run();
  } catch (error) {
    if (isBillingError(error)) return error.issues;
    throw error;
  }
  return [];
}

function codeAndPath(run: () => unknown): unknown[] {
  return issuesOf(run).map(({ code, path }) => [code, ...path]);
}

describe("roundAmount", () => {
  test("prints exactly the currency's digits", () => {
    expect(roundAmount("54.25", "usd")).toBe("54.25");
    expect(roundAmount("54", "usd")).toBe("54.00");
    expect(roundAmount(54, "usd")).toBe("54.00");
    expect(roundAmount(54n, "kwd")).toBe("54.000");
    expect(roundAmount("1200", "jpy")).toBe("1200");
    expect(roundAmount("1.23456", "clf")).toBe("1.2346");
  });

  test("rounds once, half away from zero unless told otherwise", () => {
    expect(roundAmount("0.004999999999", "usd")).toBe("0.00");
    expect(roundAmount("0.005", "usd")).toBe("0.01");
    expect(roundAmount("-0.005", "usd")).toBe("-0.01");
    expect(roundAmount("-0.005", "usd", "ceiling")).toBe("0.00");
    expect(roundAmount("0.001", "usd", "up")).toBe("0.01");
  });

  test("never prints a negative zero", () => {
    expect(roundAmount("-0.001", "usd")).toBe("0.00");
    expect(roundAmount("-0", "jpy")).toBe("0");
    expect(roundAmount(-0, "usd")).toBe("0.00");
  });

  test("keeps every digit of the largest amount", () => {
    expect(roundAmount("99999999999999999999999999.994", "usd")).toBe("99999999999999999999999999.99");
    expect(roundAmount("-9007199254740993.01", "usd")).toBe("-9007199254740993.01");
  });

  const refused: readonly (readonly [amount: unknown, code: string])[] = [
    ["1e3", "INVALID_DECIMAL"],
    ["0x10", "INVALID_DECIMAL"],
    ["", "INVALID_DECIMAL"],
    [" 1", "INVALID_DECIMAL"],
    ["1.", "INVALID_DECIMAL"],
    [".5", "INVALID_DECIMAL"],
    ["+1", "INVALID_DECIMAL"],
    ["1,5", "INVALID_DECIMAL"],
    ["1_000", "INVALID_DECIMAL"],
    ["1\n", "INVALID_DECIMAL"],
    ["١", "INVALID_DECIMAL"],
    ["NaN", "INVALID_DECIMAL"],
    ["Infinity", "INVALID_DECIMAL"],
    ["0.0000000000001", "INVALID_DECIMAL"],
    [1.5, "INVALID_DECIMAL"],
    [Number.NaN, "INVALID_DECIMAL"],
    [Number.POSITIVE_INFINITY, "INVALID_DECIMAL"],
    [2 ** 53, "INVALID_DECIMAL"],
    ["100000000000000000000000000", "OUT_OF_RANGE"],
    ["-100000000000000000000000000", "OUT_OF_RANGE"],
    [10n ** 26n, "OUT_OF_RANGE"],
    ["9".repeat(10_000_000), "OUT_OF_RANGE"],
    [`${"0".repeat(10_000_000)}x`, "INVALID_DECIMAL"],
    [undefined, "MISSING"],
    [null, "INVALID_TYPE"],
    [["1"], "INVALID_TYPE"],
    [{ toString: () => "1" }, "INVALID_TYPE"],
    [true, "INVALID_TYPE"],
  ];

  test.each(refused.map(([amount, code]) => ({ name: String(amount).slice(0, 40), amount, code })))(
    "refuses '$name' as $code",
    ({ amount, code }) => {
      expect(codeAndPath(() => roundAmount(amount as Amount, "usd"))).toEqual([[code, "amount"]]);
    },
  );

  test("takes any way of writing a decimal", () => {
    for (const text of ["7", "07", "7.0", "0007.000000000000", "7.00"]) {
      expect(roundAmount(text, "usd")).toBe("7.00");
      expect(roundAmount(`-${text}`, "usd")).toBe("-7.00");
    }
    expect(roundAmount("-0.0", "usd")).toBe("0.00");
    expect(roundAmount("00.10", "usd")).toBe("0.10");
  });

  test("lists everything that is wrong at once", () => {
    expect(codeAndPath(() => roundAmount("x", "USD", "nearest" as "up"))).toEqual([
      ["UNKNOWN_VALUE", "currency"],
      ["UNKNOWN_VALUE", "mode"],
      ["INVALID_DECIMAL", "amount"],
    ]);
    expect(issuesOf(() => roundAmount("1", "usd", "nearest" as "up"))[0]?.allowed).toContain("half_even");
  });
});

describe("addAmounts", () => {
  test("adds rounded amounts, as they stand on an invoice", () => {
    expect(addAmounts(["0.1", "0.2"], "usd")).toBe("0.30");
    expect(addAmounts(["10.333333", "10.333333", "10.333333"], "usd")).toBe("30.99");
    expect(addAmounts(["5.00", "-7.50"], "usd")).toBe("-2.50");
    expect(addAmounts(["0.015", "0.025"], "usd", "half_even")).toBe("0.04");
    expect(addAmounts([], "kwd")).toBe("0.000");
  });

  test("may exceed what one amount may be", () => {
    const most = "99999999999999999999999999.99";
    expect(addAmounts([most, most], "usd")).toBe("199999999999999999999999999.98");
  });

  test("names each amount that is wrong", () => {
    expect(codeAndPath(() => addAmounts(["1", "1e1", "2", 0.5], "usd"))).toEqual([
      ["INVALID_DECIMAL", "amounts", 1],
      ["INVALID_DECIMAL", "amounts", 3],
    ]);
    expect(codeAndPath(() => addAmounts("12" as unknown as string[], "usd"))).toEqual([
      ["INVALID_TYPE", "amounts"],
    ]);
    // biome-ignore lint/suspicious/noSparseArray: a hole must not count as zero
    expect(codeAndPath(() => addAmounts(["1", , "2"] as string[], "usd"))).toEqual([
      ["MISSING", "amounts", 1],
    ]);
  });
});

describe("compareAmounts", () => {
  test("compares by value, not by text", () => {
    expect(compareAmounts("9", "10")).toBe(-1);
    expect(compareAmounts("10.0", "10.00")).toBe(0);
    expect(compareAmounts("-0", "0")).toBe(0);
    expect(compareAmounts("-2", "-10")).toBe(1);
    expect(compareAmounts("9007199254740993", "9007199254740992")).toBe(1);
    expect(compareAmounts("0.000000000001", 0)).toBe(1);
  });

  test("names both that are wrong", () => {
    expect(codeAndPath(() => compareAmounts("", "z"))).toEqual([
      ["INVALID_DECIMAL", "a"],
      ["INVALID_DECIMAL", "b"],
    ]);
  });
});

describe("minor units", () => {
  test("go both ways", () => {
    expect(toMinorUnits("54.25", "usd")).toBe(5425n);
    expect(toMinorUnits("-54.2", "usd")).toBe(-5420n);
    expect(toMinorUnits("54.250", "usd")).toBe(5425n);
    expect(toMinorUnits("1200", "jpy")).toBe(1200n);
    expect(fromMinorUnits(5425n, "usd")).toBe("54.25");
    expect(fromMinorUnits(5, "kwd")).toBe("0.005");
    expect(fromMinorUnits(-1, "jpy")).toBe("-1");
    expect(fromMinorUnits(-0, "usd")).toBe("0.00");
  });

  test("an amount finer than the currency is refused, not rounded", () => {
    expect(codeAndPath(() => toMinorUnits("54.251", "usd"))).toEqual([["INVALID_DECIMAL", "amount"]]);
    expect(codeAndPath(() => toMinorUnits("0.5", "jpy"))).toEqual([["INVALID_DECIMAL", "amount"]]);
  });

  test("must be whole and below the limit", () => {
    expect(codeAndPath(() => fromMinorUnits(0.5, "usd"))).toEqual([["INVALID_TYPE", "minor_units"]]);
    expect(codeAndPath(() => fromMinorUnits(2 ** 53, "usd"))).toEqual([["INVALID_TYPE", "minor_units"]]);
    expect(codeAndPath(() => fromMinorUnits("5" as unknown as number, "usd"))).toEqual([
      ["INVALID_TYPE", "minor_units"],
    ]);
    expect(codeAndPath(() => fromMinorUnits(10n ** 28n, "usd"))).toEqual([["OUT_OF_RANGE", "minor_units"]]);
    expect(fromMinorUnits(10n ** 28n - 1n, "usd")).toBe("99999999999999999999999999.99");
  });
});

test("formatMinor prints numbers and bigints alike", () => {
  for (const minor of [
    0,
    1,
    -1,
    9,
    10,
    99,
    100,
    -100,
    101,
    12345,
    2 ** 31 * 100 + 7,
    Number.MAX_SAFE_INTEGER,
  ]) {
    for (const digits of [0, 2, 3, 4]) {
      expect(formatMinor(minor, digits)).toBe(formatMinor(BigInt(minor), digits));
    }
  }
  expect(formatMinor(-0, 0)).toBe("0");
  expect(formatMinor(7, 2)).toBe("0.07");
  expect(formatMinor(7n, 4)).toBe("0.0007");
});
