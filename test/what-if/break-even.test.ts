import { describe, expect, test } from "vitest";
import { type BreakEven, breakEven, type Price, parsePrice } from "../../src/index.ts";
import { issuesOf } from "../contract/documents.ts";
import { priceOf, tiered, usage } from "../price/prices.ts";

/** Intervals as one writes them on paper: "[0..100) a". */
function drawn({ intervals }: BreakEven): string[] {
  return intervals.map(({ from, to, from_included, to_included, cheaper }) => {
    const [start, end] = [from, to].map((each) => {
      if (each === null) return "";
      return each.exact ?? `${each.exact_ratio.numerator}/${each.exact_ratio.denominator}`;
    });
    return `${from_included ? "[" : "("}${start}..${end}${to_included ? "]" : ")"} ${cheaper}`;
  });
}

const drawnOf = (a: Price, b: Price, range?: { from?: string; to?: string }): string[] =>
  drawn(breakEven(a, b, { range: range ?? null }));

const per = (amount: string, details = {}, more = {}): Price => usage(details, { amount, ...more });
const batches = (amount: string, size: string, more = {}): Price =>
  per(amount, { batch_size: size, ...more });

describe("straight prices", () => {
  test("cross once, in a single quantity", () => {
    const answer = breakEven(per("0.10"), per("0.05", { flat_fee: "50" }));
    expect(answer).toEqual({
      currency: "eur",
      rounding: "none",
      intervals: [
        {
          from: { exact: "0", exact_ratio: { numerator: "0", denominator: "1" } },
          to: { exact: "1000", exact_ratio: { numerator: "1000", denominator: "1" } },
          from_included: true,
          to_included: false,
          cheaper: "a",
        },
        {
          from: { exact: "1000", exact_ratio: { numerator: "1000", denominator: "1" } },
          to: { exact: "1000", exact_ratio: { numerator: "1000", denominator: "1" } },
          from_included: true,
          to_included: true,
          cheaper: "neither",
        },
        {
          from: { exact: "1000", exact_ratio: { numerator: "1000", denominator: "1" } },
          to: null,
          from_included: false,
          to_included: false,
          cheaper: "b",
        },
      ],
    });
  });

  test("cross where no decimal is", () => {
    expect(drawnOf(per("0.05"), per("0.02", { flat_fee: "10" }))).toEqual([
      "[0..1000/3) a",
      "[1000/3..1000/3] neither",
      "(1000/3..) b",
    ]);
  });

  test("never cross where one is cheaper at any quantity", () => {
    expect(drawnOf(per("1"), per("2", { flat_fee: "1" }))).toEqual(["[0..) a"]);
    expect(drawnOf(per("1", { flat_fee: "1" }), per("1"))).toEqual(["[0..) b"]);
  });

  test("are equal everywhere where they say the same in other words", () => {
    const twoTiers = tiered([
      ["10", "0.01"],
      [null, "0.01"],
    ]);
    expect(drawnOf(batches("10", "1000", { batch_rounding: "none" }), twoTiers)).toEqual(["[0..) neither"]);
  });

  test("of the textbook: fixed costs over the margin of a unit", () => {
    // A machine for 12000 makes at 3 what is bought at 8: 12000 / (8 - 3).
    expect(drawnOf(per("8"), per("3", { flat_fee: "12000" }))[1]).toBe("[2400..2400] neither");
  });
});

describe("tiers", () => {
  test("of one price that rejoin the other make a stretch that costs the same", () => {
    const dearer = tiered([
      ["10", "2"],
      ["30", "1"],
      [null, "2"],
    ]);
    const steady = per("1", { flat_fee: "10" });
    expect(drawnOf(dearer, steady)).toEqual(["[0..10) a", "[10..30] neither", "(30..) b"]);
  });

  test("with a fee jump over the other price without meeting it", () => {
    const jumping = tiered([
      ["100", "0.1"],
      [null, "0.1", "5"],
    ]);
    // Until 100 it is 2 less; just above, 3 more.
    expect(drawnOf(jumping, per("0.1", { flat_fee: "2" }))).toEqual(["[0..100] a", "(100..) b"]);
  });

  test("under volume make a larger quantity cheaper than a smaller one", () => {
    const volume = tiered(
      [
        ["100", "1"],
        [null, "0.5"],
      ],
      { tier_mode: "volume" },
    );
    expect(drawnOf(volume, per("0", { flat_fee: "80" }))).toEqual([
      "[0..80) a",
      "[80..80] neither",
      "(80..100] b",
      "(100..160) a",
      "[160..160] neither",
      "(160..) b",
    ]);
  });

  test("over-usage of all units is a jump of the whole charge", () => {
    const limited = per("1", {
      maximum_units: "50",
      over_usage_price: "2",
      over_usage_charge_strategy: "all_usage_overcharge",
    });
    expect(drawnOf(limited, per("1.5"))).toEqual(["[0..0] neither", "(0..50] a", "(50..) b"]);
  });

  test("included and minimum units are flat stretches", () => {
    expect(drawnOf(per("1", { included_units: "10", minimum_units: "5" }), per("1"))).toEqual([
      "[0..5) b",
      "[5..5] neither",
      "(5..) a",
    ]);
  });
});

describe("limits of the charge", () => {
  test("are met by both in the end", () => {
    const [low, high] = [{ minimum_charge: "5", maximum_charge: "20" }, { maximum_charge: "20" }];
    expect(drawnOf(per("1", {}, low), per("1.5", {}, high))).toEqual([
      "[0..10/3) b",
      "[10/3..10/3] neither",
      "(10/3..20) a",
      "[20..) neither",
    ]);
  });

  test("cut through batches", () => {
    const capped = usage({ batch_size: "10" }, { amount: "3", maximum_charge: "10" });
    expect(drawnOf(capped, per("0", { flat_fee: "9" }))).toEqual([
      "[0..20] a",
      "(20..30] neither",
      "(30..) b",
    ]);
  });
});

describe("batches", () => {
  test("of one size are as far apart in each", () => {
    expect(drawnOf(batches("10", "1000"), batches("11", "1000"))).toEqual(["[0..0] neither", "(0..) a"]);
    // After 10,000,000 batches that are almost alike.
    expect(drawnOf(batches("10", "1000", { flat_fee: "1" }), batches("10.0000001", "1000"))).toEqual([
      "[0..9999999000] b",
      "(9999999000..10000000000] neither",
      "(10000000000..) a",
    ]);
  });

  test("rounded up against every unit cross in each batch, in a range", () => {
    const straight = per("0.01", { flat_fee: "5" });
    expect(drawnOf(batches("10", "1000"), straight, { from: "100", to: "2000" })).toEqual([
      "[100..500) b",
      "[500..500] neither",
      "(500..1000] a",
      "(1000..1500) b",
      "[1500..1500] neither",
      "(1500..2000] a",
    ]);
  });

  test("rounded down lag behind, and are level where one is full", () => {
    expect(drawnOf(batches("10", "10", { batch_rounding: "down" }), per("1"), { to: "25" })).toEqual([
      "[0..0] neither",
      "(0..10) a",
      "[10..10] neither",
      "(10..20) a",
      "[20..20] neither",
      "(20..25] a",
    ]);
  });

  test("rounded up cost more than rounded down, but at full ones", () => {
    const [up, down] = [batches("1", "5"), batches("1", "5", { batch_rounding: "down" })];
    expect(drawnOf(up, down, { to: "7" })).toEqual([
      "[0..0] neither",
      "(0..5) b",
      "[5..5] neither",
      "(5..7] b",
    ]);
    expect(issuesOf(() => breakEven(up, down))).toEqual(["MISSING range.to"]);
  });

  test("of two sizes are level for stretches", () => {
    expect(drawnOf(batches("2", "2"), batches("3", "3"), { to: "8" })).toEqual([
      "[0..0] neither",
      "(0..2] a",
      "(2..3] b",
      "(3..4] a",
      "(4..6] neither",
      "(6..8] a",
    ]);
  });

  test("that cross a straight price for long stop doing so", () => {
    const intervals = drawnOf(batches("10", "10"), per("0.9", { flat_fee: "5" }));
    // At n full batches they are at 10 n and 9 n + 5.
    expect(intervals.slice(0, 4)).toEqual([
      "[0..0] a",
      "(0..50/9) b",
      "[50/9..50/9] neither",
      "(50/9..10] a",
    ]);
    expect(intervals.slice(-3)).toEqual(["(40..50) b", "[50..50] neither", "(50..) b"]);
  });

  test("of a tiny size are told by the larger ones of the other price", () => {
    const tiny = batches("0.0001", "0.0001");
    const large = per("101", { batch_size: "100", batch_rounding: "down" });
    expect(drawnOf(tiny, large).slice(-5)).toEqual([
      "(9998.9999..9999] neither",
      "(9999..10000) b",
      "[10000..10099.9999] a",
      "(10099.9999..10100) neither",
      "[10100..) a",
    ]);
  });

  test("of the same average cost need the end of a range only where they cross", () => {
    expect(issuesOf(() => breakEven(batches("10", "1000"), per("0.01")))).toEqual(["MISSING range.to"]);
    // Ten more than the average is never reached.
    expect(drawnOf(batches("10", "1000"), per("0.01", { flat_fee: "10" }))).toEqual(["[0..) a"]);
    expect(drawnOf(batches("10", "1000"), batches("10", "1000"))).toEqual(["[0..) neither"]);
  });

  test("that cross too often are refused, with the reason", () => {
    const [a, b] = [batches("10", "1000"), per("0.01")];
    expect(() => breakEven(a, b, { range: { to: "100000000" } })).toThrow(
      "range: there are more than 10000 intervals, as batches make the two cross again and again; allowed: a narrower range",
    );
    expect(drawn(breakEven(a, b, { range: { to: "4999000" } })).length).toBe(9999);
    expect(drawn(breakEven(a, b, { range: { to: "4999500" } })).length).toBe(10_000);
    expect(issuesOf(() => breakEven(a, b, { range: { to: "5000000" } }))).toEqual(["TOO_MANY range"]);
    // Almost alike in size and price: they take ten million batches to be where they began.
    const [one, more] = [batches("1", "1"), batches("1.0000001", "1.0000001", { flat_fee: "1" })];
    expect(() => breakEven(one, more)).toThrow(
      "range: more than 200000 batches lie where the two cost almost the same; allowed: a narrower range",
    );
  });
});

describe("other prices", () => {
  test("of contracted units are functions of the count", () => {
    const seats = (amount: string, flat_fee: string): Price =>
      priceOf({ pricing_strategy: "per_unit", contracted_unit_count: "3", flat_fee }, { amount });
    expect(drawnOf(seats("12", "0"), seats("7", "50"))[1]).toBe("[10..10] neither");
  });

  test("that are flat cost the same at any quantity", () => {
    const flat = priceOf({ pricing_strategy: "flat" }, { amount: "30" });
    expect(drawnOf(flat, per("2"))).toEqual(["[0..15) b", "[15..15] neither", "(15..) a"]);
  });
});

describe("a range", () => {
  test("has both its ends, and may be a single quantity", () => {
    const [a, b] = [per("1"), per("0", { flat_fee: "5" })];
    expect(drawnOf(a, b, { from: "5", to: "8" })).toEqual(["[5..5] neither", "(5..8] b"]);
    expect(drawnOf(a, b, { from: "2", to: "5" })).toEqual(["[2..5) a", "[5..5] neither"]);
    expect(drawnOf(a, b, { from: "7", to: "7" })).toEqual(["[7..7] b"]);
    expect(drawnOf(a, b, { from: "7" })).toEqual(["[7..) b"]);
  });

  test.each([
    ["no object", 5, ["INVALID_TYPE range"]],
    ["no decimals", { from: "x", to: 1e30 }, ["INVALID_DECIMAL range.from", "INVALID_DECIMAL range.to"]],
    ["negative", { from: "-1" }, ["OUT_OF_RANGE range.from"]],
    ["upside down", { from: "5", to: "4" }, ["OUT_OF_RANGE range.to"]],
  ])("that is %s is refused", (_, range, issues) => {
    expect(issuesOf(() => breakEven(per("1"), per("2"), { range: range as never }))).toEqual(issues);
  });
});

describe("refused are", () => {
  test("prices that depend on events, with the reason", () => {
    const percentage = priceOf({ pricing_strategy: "percentage", rate: "1" });
    const matrix = usage({}, { amount: "1", by: [{ when: { region: "eu" }, amount: "2" }] });
    expect(issuesOf(() => breakEven(percentage, matrix))).toEqual([
      "NEEDS_EVENTS price_a",
      "NEEDS_EVENTS price_b",
    ]);
    expect(() => breakEven(per("1"), matrix)).toThrow("the properties of the events decide its parts (R7)");
  });

  test("everything at once: what isn't a price, and a bad range", () => {
    const unparsed = { ...per("1") };
    expect(issuesOf(() => breakEven(unparsed, null as never, { range: { from: "x" } }))).toEqual([
      "INVALID_DECIMAL range.from",
      "NOT_PARSED price_a",
      "NOT_PARSED price_b",
    ]);
  });

  test("prices in two currencies", () => {
    const dollars = parsePrice({
      amount: "1",
      currency: "usd",
      strategy_details: { pricing_strategy: "usage" },
    });
    expect(issuesOf(() => breakEven(per("1"), dollars))).toEqual(["CURRENCY_MISMATCH price_b"]);
  });
});

test("huge and tiny numbers stay exact", () => {
  const huge = "99999999999999999999999999";
  expect(drawnOf(per("0.000000000001"), per("0", { flat_fee: huge }), { to: huge })).toEqual([
    `[0..${huge}] a`,
  ]);
  expect(drawnOf(per("0.000000000003"), per("0", { flat_fee: "0.000000000001" }))[1]).toBe(
    "[1/3..1/3] neither",
  );
});
