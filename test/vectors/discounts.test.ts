import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type AppliedDiscounts, applyDiscounts, type Discount, type RoundingMode } from "../../src/index.ts";

interface Vector {
  readonly id: string;
  readonly topic: string;
  readonly given: {
    readonly currency: string;
    readonly lines: readonly string[];
    readonly discounts: readonly Discount[];
    readonly period_idx: number;
    readonly rounding?: RoundingMode;
  };
  readonly expect: Partial<AppliedDiscounts>;
}

const vectors: readonly Vector[] = JSON.parse(
  readFileSync(new URL("./discounts.json", import.meta.url), "utf8"),
);

const discounts = vectors.filter(({ topic }) => topic === "discount");

test("the file holds what it did", () => {
  expect(discounts.length).toBe(49);
});

test.each(discounts.map((vector) => [vector.id, vector] as const))("discount: %s", (_, vector) => {
  const { lines, discounts: given, period_idx: period_index, currency, rounding } = vector.given;
  const options = { currency, period_index, ...(rounding && { rounding }) };
  expect(applyDiscounts(lines, given, options)).toMatchObject(vector.expect);
});
