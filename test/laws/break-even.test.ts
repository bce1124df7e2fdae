import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type BreakEven,
  type BreakEvenInterval,
  breakEven,
  chargeFor,
  type ExactAmount,
  isBillingError,
  type Price,
  parsePrice,
  priceSegments,
} from "../../src/index.ts";
import { type Fraction, floorOf, fraction, isLess, isSame, over, plus, times } from "../oracle/fraction.ts";
import { arbitraryPrice, decimal } from "./arbitrary-price.ts";

const CHEAPER = { "-1": "a", "0": "neither", "1": "b" } as const;
const FINEST = 10n ** 12n;
/** Beyond all edges of the close prices, whose batches repeat at the latest after 60 units. */
const FAR = 3000;

/** Prices of few and small numbers: they touch, coincide and cross all the time. */
const few = fc.constantFrom("0", "1", "1.5", "2", "3", "6");
const batch = fc.constantFrom(
  {},
  { batch_size: "2" },
  { batch_size: "3", batch_rounding: "down" },
  { batch_size: "3" },
  { batch_size: "4", batch_rounding: "down" },
  { batch_size: "6" },
  { batch_size: "7", batch_rounding: "none" },
  { batch_size: "2.5" },
);
const tiersBy = (size: number) =>
  fc.array(fc.record({ unit_price: few, flat_fee: few }), { minLength: 1, maxLength: 3 }).map((tiers) =>
    tiers.map((tier, index) => ({
      ...tier,
      up_to: index === tiers.length - 1 ? null : String(size * (index * 3 + 2)),
    })),
  );
const close: fc.Arbitrary<Price> = fc
  .record({
    amount: few,
    batch,
    flat_fee: few,
    included_units: fc.constantFrom("0", "3", "5.5"),
    minimum_units: fc.constantFrom("0", "0", "4"),
    limits: fc.constantFrom<readonly (string | null)[]>(
      [null, null],
      [null, null],
      ["5", null],
      [null, "20"],
      ["7.25", "40"],
    ),
    tiers: fc.option(tiersBy(30)),
    tier_mode: fc.constantFrom("graduated", "volume"),
    over: fc.option(fc.record({ maximum_units: fc.constantFrom("0", "8", "12.5"), over_usage_price: few })),
    all: fc.boolean(),
  })
  .map(({ amount, batch: own, tiers, tier_mode, over: beyond, all, limits, ...used }) => {
    const strategy = all ? "all_usage_overcharge" : "extra_usage_overcharge";
    // Batches of 4 don't divide all bounds of tiers.
    const batches = tiers !== null && tier_mode === "graduated" && own.batch_size === "4" ? {} : own;
    const strategy_details =
      tiers === null
        ? {
            pricing_strategy: "usage",
            ...used,
            ...own,
            ...beyond,
            ...(beyond && { over_usage_charge_strategy: strategy }),
          }
        : { pricing_strategy: "usage_tiered", ...used, ...batches, tiers, tier_mode };
    const [minimum_charge, maximum_charge] = limits;
    return parsePrice({ amount, currency: "usd", strategy_details, minimum_charge, maximum_charge });
  });

const wild: fc.Arbitrary<Price> = arbitraryPrice.map((price) => parsePrice({ ...price, currency: "kwd" }));

const fractionOf = ({ exact_ratio: { numerator, denominator } }: ExactAmount): Fraction => ({
  n: BigInt(numerator),
  d: BigInt(denominator),
});

function contains(interval: BreakEvenInterval, units: Fraction): boolean {
  const from = fractionOf(interval.from);
  const to = interval.to === null ? null : fractionOf(interval.to);
  const isBelow = isLess(units, from) || (isSame(units, from) && !interval.from_included);
  const isAbove = to !== null && (isLess(to, units) || (isSame(units, to) && !interval.to_included));
  return !isBelow && !isAbove;
}

/** The answer without an end, or up to `to` where crossings go on without one. */
function answered(a: Price, b: Price, to: number): BreakEven | null {
  for (const range of [null, { to }]) {
    try {
      return breakEven(a, b, { range });
    } catch (error) {
      if (!isBillingError(error)) throw error;
      const code = error.issues[0]?.code;
      if (code === "TOO_MANY") return null;
      expect(code).toBe("MISSING");
    }
  }
  return expect.fail("an end was asked for that had been given");
}

/** The decimals at a quantity, or next to it on both sides where it has more than 12. */
function decimalsAround(units: Fraction): string[] {
  const below = floorOf(times(units, { n: FINEST, d: 1n }));
  return [below - 1n, below, below + 1n, below + 2n]
    .filter((scaled) => scaled >= 0n)
    .map((scaled) => `${scaled / FINEST}.${String(scaled % FINEST).padStart(12, "0")}`);
}

/** Where something may happen: edges of segments, of batches and of intervals, middles of intervals, and a grid. */
function samples(a: Price, b: Price, { intervals }: BreakEven): string[] {
  const places: Fraction[] = [];
  for (const price of [a, b]) {
    for (const { from, batch: size, batch_origin: origin } of priceSegments(price)) {
      places.push(fraction(from));
      for (let index = 1n; size !== null && index <= 12n; index++) {
        places.push(plus(fraction(origin as string), times(fraction(size), { n: index, d: 1n })));
      }
    }
  }
  for (const { from, to } of intervals.slice(0, 40)) {
    const start = fractionOf(from);
    const end = to === null ? plus(start, fraction("1000000")) : fractionOf(to);
    places.push(
      start,
      end,
      over(plus(start, end), fraction(2)),
      over(plus(start, over(plus(start, end), fraction(2))), fraction(2)),
    );
  }
  const grid = Array.from({ length: 80 }, (_, index) => String(index / 2));
  return [...new Set(places.flatMap(decimalsAround)), ...grid].filter((text) => text.length < 38);
}

function checkSigns(a: Price, b: Price, result: BreakEven, quantities: readonly string[]): void {
  const [first, last] = [result.intervals[0], result.intervals.at(-1)];
  for (const units of quantities) {
    const place = fraction(units);
    if (last?.to != null && isLess(fractionOf(last.to), place)) continue;
    if (first && isLess(place, fractionOf(first.from))) continue;
    const [costsA, costsB] = [chargeFor(a, units), chargeFor(b, units)].map((charge) => fractionOf(charge));
    const sign = isLess(costsA as Fraction, costsB as Fraction)
      ? -1
      : isLess(costsB as Fraction, costsA as Fraction)
        ? 1
        : 0;
    const holding = result.intervals.filter((interval) => contains(interval, place));
    expect(
      holding.map(({ cheaper }) => cheaper),
      `at ${units}`,
    ).toEqual([CHEAPER[`${sign}`]]);
  }
}

const pairs = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(close, close) },
  { weight: 1, arbitrary: fc.tuple(wild, wild) },
  // Almost the same price, so that the two are close to each other for long.
  {
    weight: 2,
    arbitrary: fc
      .tuple(close, fc.constantFrom("0.001", "0.999", "1.001", "2.003"))
      .map(([price, amount]): [Price, Price] => [price, parsePrice({ ...price, amount })]),
  },
);

test("law: dense exact sampling finds the cheaper one that the interval names", () => {
  fc.assert(
    fc.property(pairs, fc.array(decimal, { minLength: 3, maxLength: 3 }), ([a, b], anywhere) => {
      const result = answered(a, b, 200);
      if (result !== null) checkSigns(a, b, result, [...samples(a, b, result), ...anywhere]);
    }),
  );
});

test("law: intervals tile the range, and no two neighbours say the same", () => {
  const range = fc.tuple(fc.nat(40), fc.nat(40)).map(([from, length]) => ({ from, to: from + length }));
  fc.assert(
    fc.property(pairs, range, ([a, b], { from, to }) => {
      const ranged = breakEven(a, b, { range: { from, to } });
      const whole = answered(a, b, 200);
      for (const { intervals } of whole === null ? [ranged] : [ranged, whole]) {
        for (const [index, { from: start, to: end, ...interval }] of intervals.entries()) {
          const next = intervals[index + 1];
          const isPoint = end !== null && isSame(fractionOf(start), fractionOf(end));
          if (isPoint) expect([interval.from_included, interval.to_included]).toEqual([true, true]);
          else if (end !== null) expect(isLess(fractionOf(start), fractionOf(end))).toBe(true);
          if (next === undefined) continue;
          expect(end).toEqual(next.from);
          expect(interval.to_included).toBe(!next.from_included);
          expect(interval.cheaper).not.toBe(next.cheaper);
        }
      }
      expect(ranged.intervals[0]).toMatchObject({ from: { exact: String(from) }, from_included: true });
      expect(ranged.intervals.at(-1)).toMatchObject({ to: { exact: String(to) }, to_included: true });
      if (whole === null) return;
      expect(whole.intervals[0]).toMatchObject({ from: { exact: "0" }, from_included: true });
    }),
  );
});

test("law: the answer within a range is the whole one, cut", () => {
  fc.assert(
    fc.property(pairs, fc.nat(60), fc.nat(60), ([a, b], from, length) => {
      const whole = answered(a, b, 200);
      if (whole === null) return;
      const { intervals } = breakEven(a, b, { range: { from, to: from + length } });
      const inRange = whole.intervals.filter(({ from: start, from_included, to: end, to_included }) => {
        const isBefore =
          end !== null &&
          (isLess(fractionOf(end), fraction(from)) ||
            (isSame(fractionOf(end), fraction(from)) && !to_included));
        const last = fraction(from + length);
        const isAfter =
          isLess(last, fractionOf(start)) || (isSame(last, fractionOf(start)) && !from_included);
        return !isBefore && !isAfter;
      });
      expect(intervals.map(({ cheaper }) => cheaper)).toEqual(inRange.map(({ cheaper }) => cheaper));
    }),
  );
});

test("law: with A and B exchanged the answer is the mirror image", () => {
  fc.assert(
    fc.property(pairs, ([a, b]) => {
      const result = answered(a, b, 200);
      if (result === null) return;
      const mirror = { a: "b", b: "a", neither: "neither" } as const;
      const mirrored = result.intervals.map(({ cheaper, ...rest }) => ({
        ...rest,
        cheaper: mirror[cheaper],
      }));
      expect(answered(b, a, 200)?.intervals).toEqual(mirrored);
    }),
  );
});

test("law: a price breaks even with itself everywhere", () => {
  fc.assert(
    fc.property(fc.oneof(close, wild), (price) => {
      expect(breakEven(price, price).intervals.map(({ cheaper, to }) => [cheaper, to])).toEqual([
        ["neither", null],
      ]);
    }),
  );
});

test("law: an end is asked for exactly where crossings go on", () => {
  fc.assert(
    fc.property(close, close, (a, b) => {
      let isEndless = false;
      try {
        breakEven(a, b);
      } catch (error) {
        if (!isBillingError(error)) throw error;
        isEndless = error.issues[0]?.code === "MISSING";
      }
      const far = breakEven(a, b, { range: { from: FAR, to: FAR + 1000 } });
      expect(far.intervals.length > 2).toBe(isEndless);
    }),
  );
});
