import { fail, issue } from "../error.ts";
import {
  addRatios,
  compareRatios,
  greatestCommonDivisor,
  lowestTerms,
  multiplyRatios,
  type Ratio,
  subtractRatios,
} from "../money/ratio.ts";
import {
  amountOfBatches,
  amountOn,
  averageAmount,
  batchEdge,
  fullBatches,
  passes,
  type Stretch,
} from "./stretch.ts";

/** By how much the first amount is above the second, as a function of the quantity. */
export interface Difference {
  readonly first: Stretch;
  readonly second: Stretch;
}

/** How many batches may still be looked at, in all of one comparison. */
export interface Patience {
  batches: number;
}

/** How many batches are looked at before a comparison is given up. */
export const MOST_BATCHES = 200_000;

/** What both are repeated after, but for what they rise on average; null where nothing is rounded to batches. */
export function commonPeriod({ first: { batch: one }, second: { batch: other } }: Difference): Ratio | null {
  if (one === null || other === null) return one ?? other;
  const [a, b] = [lowestTerms(one), lowestTerms(other)];
  const shared = greatestCommonDivisor(a.numerator, b.numerator);
  return {
    numerator: (a.numerator / shared) * b.numerator,
    denominator: greatestCommonDivisor(a.denominator, b.denominator),
  };
}

/** The same if every fraction of a unit counted. */
export function averageDifference({ first, second }: Difference, units: Ratio): Ratio {
  return subtractRatios(averageAmount(first, units), averageAmount(second, units));
}

/** By how much the first is above the second at a quantity. */
export function differenceAt({ first, second }: Difference, units: Ratio): Ratio {
  return subtractRatios(amountOn(first, units), amountOn(second, units));
}

/**
 * The quantities between two ends at which a difference may change its sign, batch by batch of the larger ones: within
 * one of those, one amount stays and the other rises past it at most once. `to` comes last.
 */
export function* inBatches(
  { first, second }: Difference,
  from: Ratio,
  to: Ratio,
  patience: Patience,
): Generator<Ratio> {
  const [coarse, other] = isCoarser(first, second) ? [first, second] : [second, first];
  let full = fullBatches(coarse, from);
  for (let edge = from; compareRatios(edge, to) < 0; full += 1n) {
    if (patience.batches-- <= 0) refuseBatches();
    const next = batchEdge(coarse, full + 1n);
    const end = compareRatios(next, to) < 0 ? next : to;
    const level = amountOfBatches(coarse, coarse.roundBatchUp ? full + 1n : full);
    for (const crossing of passes(other, level) ?? []) {
      if (compareRatios(crossing, edge) > 0 && compareRatios(crossing, end) < 0) yield crossing;
    }
    yield end;
    edge = end;
  }
}

/** Where a batch of either ends, above `from`; `to` comes last. */
export function* edgesOfBoth(
  { first, second }: Difference,
  from: Ratio,
  to: Ratio,
  patience: Patience,
): Generator<Ratio> {
  const batches = [first, second].map((stretch) => ({ stretch, next: fullBatches(stretch, from) + 1n }));
  for (let edge = from; compareRatios(edge, to) < 0; ) {
    if (patience.batches-- <= 0) refuseBatches();
    edge = to;
    for (const { stretch, next } of batches) {
      const end = batchEdge(stretch, next);
      if (compareRatios(end, edge) < 0) edge = end;
    }
    for (const each of batches) {
      if (compareRatios(batchEdge(each.stretch, each.next), edge) <= 0) each.next += 1n;
    }
    yield edge;
  }
}

function isCoarser({ batch }: Stretch, { batch: other }: Stretch): boolean {
  return other === null || (batch !== null && compareRatios(batch, other) >= 0);
}

/** The quantity halfway between two. */
export function middle(from: Ratio, to: Ratio): Ratio {
  return multiplyRatios(addRatios(from, to), { numerator: 1n, denominator: 2n });
}

function refuseBatches(): never {
  const problem = `more than ${MOST_BATCHES} batches lie where the two cost almost the same`;
  fail(issue("TOO_MANY", "R4", ["range"], problem, undefined, "a narrower range"));
}
