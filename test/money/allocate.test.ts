import { describe, expect, test } from "vitest";
import { type BillingIssue, isBillingError } from "../../src/error.ts";
import { allocate, allocateMinor } from "../../src/money/allocate.ts";

function issuesOf(run: () => unknown): readonly BillingIssue[] {
  try {
    run();
  } catch (error) {
    if (isBillingError(error)) return error.issues;
    throw error;
  }
  return [];
}

describe("allocate", () => {
  test("gives what is left to the largest remainders", () => {
    expect(allocate("100.00", ["1", "3", "3"], "usd")).toEqual(["14.28", "42.86", "42.86"]);
    expect(allocate("5", ["10.00", "5.00"], "usd")).toEqual(["3.33", "1.67"]);
  });

  test("serves the first of equal remainders first", () => {
    expect(allocate("0.02", ["1", "1", "1"], "usd")).toEqual(["0.01", "0.01", "0.00"]);
    expect(allocate("5", ["1", "1", "1"], "jpy")).toEqual(["2", "2", "1"]);
  });

  test("takes weights of any scale, and zero ones get nothing", () => {
    expect(allocate("1", ["0.5", 0, "0.000000000001", 1n], "usd")).toEqual(["0.33", "0.00", "0.00", "0.67"]);
  });

  test("mirrors a negative total", () => {
    expect(allocate("-10.00", ["1", "1", "1"], "usd")).toEqual(["-3.34", "-3.33", "-3.33"]);
  });

  test("allocates nothing to nothing", () => {
    expect(allocate("0", ["0", "0"], "usd")).toEqual(["0.00", "0.00"]);
    expect(allocate("0.00", [], "usd")).toEqual([]);
  });

  test("refuses a total that no weight can take", () => {
    for (const weights of [["0", "0.00"], []]) {
      const [issue] = issuesOf(() => allocate("1", weights, "usd"));
      expect(issue).toMatchObject({ code: "OUT_OF_RANGE", rule: "C4", path: ["weights"] });
    }
  });

  test("names every weight that is negative or no decimal", () => {
    expect(
      issuesOf(() => allocate("1e1", ["1", "-1", "x"], "usd")).map(({ code, path }) => [code, ...path]),
    ).toEqual([
      ["INVALID_DECIMAL", "total"],
      ["INVALID_DECIMAL", "weights", 2],
      ["OUT_OF_RANGE", "weights", 1],
    ]);
  });

  test("refuses a total finer than the currency", () => {
    expect(issuesOf(() => allocate("1.005", ["1"], "usd"))).toMatchObject([
      { code: "INVALID_DECIMAL", path: ["total"], allowed: "at most 2 decimals (usd)" },
    ]);
  });
});

describe("allocateMinor", () => {
  test("is exact beyond safe integers", () => {
    const parts = allocateMinor(10n ** 40n, [1n, 1n, 1n]);
    expect(parts).toEqual([10n ** 40n / 3n + 1n, 10n ** 40n / 3n, 10n ** 40n / 3n]);
  });

  test("fails rather than losing a total that has no weights", () => {
    expect(() => allocateMinor(1n, [0n])).toThrow(RangeError);
  });
});
