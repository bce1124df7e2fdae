import { describe, expect, test } from "vitest";
import { allocate } from "../../src/money/allocate.ts";
import { addAmounts, roundAmount } from "../../src/money/amounts.ts";
import type { RoundingMode } from "../../src/money/rounding.ts";
import discounts from "./discounts.json" with { type: "json" };
import prices from "./prices.json" with { type: "json" };

interface VectorRecord {
  readonly id: string;
  readonly topic: string;
  readonly given: unknown;
  readonly expect: unknown;
}

interface Rounding {
  readonly id: string;
  readonly given: { readonly amount: string; readonly currency: string; readonly mode: RoundingMode };
  readonly expect: { readonly rounded: string };
}

interface Sum {
  readonly id: string;
  readonly given: { readonly amounts: string[]; readonly currency: string; readonly rounding: RoundingMode };
  readonly expect: { readonly total: string };
}

interface Allocation {
  readonly id: string;
  readonly given: {
    readonly amount?: string;
    readonly total?: string;
    readonly currency: string;
    readonly weights: string[];
  };
  readonly expect: { readonly parts: string[] };
}

function recordsOf<T>(topic: string): T[] {
  const records: readonly VectorRecord[] = [...prices, ...discounts];
  return records.filter((record) => record.topic === topic) as unknown as T[];
}

describe("rounding", () => {
  const records = recordsOf<Rounding>("rounding");
  test("there are 37 records", () => expect(records).toHaveLength(37));
  test.each(records)("$id", ({ given, expect: expected }) => {
    expect(roundAmount(given.amount, given.currency, given.mode)).toBe(expected.rounded);
  });
});

describe("sum", () => {
  const records = recordsOf<Sum>("sum");
  test("there are 6 records", () => expect(records).toHaveLength(6));
  test.each(records)("$id", ({ given, expect: expected }) => {
    expect(addAmounts(given.amounts, given.currency, given.rounding)).toBe(expected.total);
  });
});

describe("allocation", () => {
  const records = recordsOf<Allocation>("allocation");
  test("there are 9 records", () => expect(records).toHaveLength(9));
  test.each(records)("$id", ({ given, expect: expected }) => {
    const total = given.amount ?? given.total ?? "";
    expect(allocate(total, given.weights, given.currency)).toEqual(expected.parts);
  });
});
