import fc from "fast-check";
import { expect, test } from "vitest";
import {
  averagePrice,
  chargeFor,
  type ExactRatio,
  marginalPrice,
  type Price,
  type PriceSegment,
  parsePrice,
  priceSegments,
} from "../../src/index.ts";
import {
  ceilingOf,
  type Fraction,
  floorOf,
  fraction,
  isLess,
  isSame,
  least,
  minus,
  over,
  plus,
  times,
  ZERO,
} from "../oracle/fraction.ts";
import { arbitraryPrice, decimal } from "./arbitrary-price.ts";

const fractionOf = ({ numerator, denominator }: ExactRatio): Fraction => ({
  n: BigInt(numerator),
  d: BigInt(denominator),
});

/** A price without limits: they are not part of the segments. */
const unlimited = arbitraryPrice.map(
  (price): Price => parsePrice({ ...price, minimum_charge: null, maximum_charge: null }),
);

/** Whole batches in a segment at a quantity; the first segment begins without any, others just above their edge. */
function batchesBeyondEdge(segment: PriceSegment, isFirst: boolean, units: Fraction): Fraction {
  const size = fraction(segment.batch as string);
  const at = (quantity: Fraction): Fraction =>
    over(minus(quantity, fraction(segment.batch_origin as string)), size);
  const isUp = segment.batch_rounding === "up";
  const batches = isUp ? ceilingOf(at(units)) : floorOf(at(units));
  const atEdge = floorOf(at(fraction(segment.from))) + (isUp && !isFirst ? 1n : 0n);
  return fraction(batches - atEdge);
}

/** The charge at a quantity, added up from what the segments say and nothing else. */
function chargeBySegments(segments: readonly PriceSegment[], units: Fraction): Fraction {
  let sum = ZERO;
  for (const [index, segment] of segments.entries()) {
    const from = fraction(segment.from);
    if (index > 0 && !isLess(from, units)) break;
    const to = segment.to === null ? units : least(units, fraction(segment.to));
    const steps = segment.batch === null ? minus(to, from) : batchesBeyondEdge(segment, index === 0, to);
    sum = plus(
      sum,
      plus(fractionOf(segment.jump.exact_ratio), times(fractionOf(segment.rate.exact_ratio), steps)),
    );
  }
  return sum;
}

/** Quantities at and just above the edges, and anywhere; an edge may lie beyond all quantities (T5). */
function quantities(segments: readonly PriceSegment[], anywhere: string): string[] {
  const edges = segments.map(({ from }) => from);
  const above = edges.map((from) =>
    (from.includes(".")
      ? `${from}${"0".repeat(12 - (from.split(".")[1] ?? "").length)}`
      : `${from}.000000000000`
    ).replace(/.$/, "1"),
  );
  const isQuantity = (text: string): boolean => (text.split(".")[0] as string).length <= 26;
  return [...edges, ...above.filter((text) => !edges.includes(text)), anywhere].filter(isQuantity);
}

test("law: segments follow one another from 0 on, and the last is open", () => {
  fc.assert(
    fc.property(unlimited, (price) => {
      const segments = priceSegments(price);
      expect(segments[0]?.from).toBe("0");
      for (const [index, { to }] of segments.entries()) expect(to).toBe(segments[index + 1]?.from ?? null);
      for (const { from, to } of segments) {
        // Only the first may be a single quantity: none at all, where the limit of units is 0.
        if (to !== null && to !== "0") expect(isLess(fraction(from), fraction(to))).toBe(true);
      }
    }),
  );
});

test("law: segments are the charge, at every edge, just above it and anywhere", () => {
  fc.assert(
    fc.property(unlimited, decimal, (price, anywhere) => {
      const segments = priceSegments(price);
      for (const units of quantities(segments, anywhere)) {
        const { exact_ratio } = chargeFor(price, units);
        expect(isSame(chargeBySegments(segments, fraction(units)), fractionOf(exact_ratio)), units).toBe(
          true,
        );
      }
    }),
  );
});

test("law: marginal prices add up to the difference of two charges", () => {
  fc.assert(
    fc.property(arbitraryPrice, fc.nat(500), fc.integer({ min: 1, max: 12 }), (given, start, count) => {
      const price = parsePrice(given);
      const details = price.strategy_details;
      const step = Number(("batch_size" in details ? details.batch_size : null) ?? 1);
      let sum = ZERO;
      for (let index = 0; index < count; index++) {
        sum = plus(sum, fractionOf(marginalPrice(price, start + index * step).exact_ratio));
      }
      const [from, to] = [start, start + count * step].map((units) =>
        fractionOf(chargeFor(price, units).exact_ratio),
      );
      expect(from && to && isSame(sum, minus(to, from))).toBe(true);
    }),
  );
});

test("law: the average price times the quantity is the charge", () => {
  const some = decimal.filter((text) => /[1-9]/.test(text));
  fc.assert(
    fc.property(arbitraryPrice, some, (given, units) => {
      const price = parsePrice(given);
      const average = fractionOf(averagePrice(price, units).exact_ratio);
      const charge = fractionOf(chargeFor(price, units).exact_ratio);
      expect(isSame(times(average, fraction(units)), charge)).toBe(true);
    }),
  );
});
