import { describe, expect, test } from "vitest";
import { applyDiscounts, type Discount, type DiscountOptions } from "../../src/index.ts";
import { issuesOf } from "../contract/documents.ts";

const TENTH: Discount = { discount_type: "percentage", amount: "10" };
const FIVE: Discount = { discount_type: "flat", amount: "5" };
const EUROS: DiscountOptions = { currency: "eur", period_index: 1 };

describe("applyDiscounts", () => {
  test("no discounts take nothing", () => {
    expect(applyDiscounts(["1.00", "2.00"], [], EUROS)).toEqual({
      discount: "0.00",
      total: "3.00",
      line_discounts: ["0.00", "0.00"],
    });
  });

  test("no lines have nothing to give", () => {
    expect(applyDiscounts([], [TENTH, FIVE], EUROS)).toEqual({
      discount: "0.00",
      total: "0.00",
      line_discounts: [],
    });
  });

  test("credits take no discount, and don't shrink the base of others (C3)", () => {
    expect(applyDiscounts(["10.00", "-4.00"], [TENTH], EUROS)).toEqual({
      discount: "1.00",
      total: "5.00",
      line_discounts: ["1.00", "0.00"],
    });
    expect(applyDiscounts(["-4.00"], [FIVE], EUROS).line_discounts).toEqual(["0.00"]);
  });

  test("a currency without decimals is discounted in whole units: 10% of 1485 yen is 148.5", () => {
    expect(applyDiscounts(["1485"], [TENTH], { currency: "jpy", period_index: 1 }).discount).toBe("149");
    const options: DiscountOptions = { currency: "jpy", period_index: 1, rounding: "half_even" };
    expect(applyDiscounts(["1485"], [TENTH], options).discount).toBe("148");
  });

  test("period_index 0 is a leading stub: within every duration but 0 (C2)", () => {
    const at = (period_index: number, duration: number): string =>
      applyDiscounts(["100"], [{ ...TENTH, duration }], { currency: "eur", period_index }).discount;
    expect([at(0, 0), at(0, 1), at(1, 1), at(2, 1), at(2, 3)]).toEqual([
      "0.00",
      "10.00",
      "10.00",
      "0.00",
      "10.00",
    ]);
  });

  test("amounts of any size stay exact: 10% of 9007199254740993.10 is 900719925474099.31", () => {
    expect(applyDiscounts(["9007199254740993.10"], [TENTH], EUROS)).toEqual({
      discount: "900719925474099.31",
      total: "8106479329266893.79",
      line_discounts: ["900719925474099.31"],
    });
  });

  test("the caller's discounts are left as they were", () => {
    const discounts = [FIVE, TENTH];
    const copy = structuredClone(discounts);
    applyDiscounts(["3.00"], discounts, EUROS);
    applyDiscounts(["3.00"], discounts, EUROS);
    expect(discounts).toEqual(copy);
    expect(applyDiscounts(["3.00"], [FIVE], EUROS).discount).toBe("3.00");
  });

  test("everything that is wrong is in one error", () => {
    const wrong = [
      { discount_type: "percentage", amount: "101" },
      { discount_type: "flat", amount: "0.005" },
    ] as readonly Discount[];
    const options = { currency: "eur", period_index: -1, rounding: "sideways" as "up" };
    const issues = issuesOf(() => applyDiscounts(["1.005", "ten", "1"], wrong, options));
    expect(new Set(issues)).toEqual(
      new Set([
        "UNKNOWN_VALUE rounding",
        "OUT_OF_RANGE discounts[0].amount",
        "OUT_OF_RANGE discounts[1].amount",
        "INVALID_DECIMAL lines[1]",
        "INVALID_DECIMAL lines[0]",
        "OUT_OF_RANGE period_index",
      ]),
    );
  });

  test("an unknown currency is one, too", () => {
    const issues = issuesOf(() => applyDiscounts(["1"], [TENTH], { currency: "eurs", period_index: 1 }));
    expect(issues).toContain("UNKNOWN_VALUE currency");
  });
});
