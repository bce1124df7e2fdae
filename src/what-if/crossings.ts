import { fail, issue } from "../error.ts";
import { addRatios, compareRatios, divideRatios, type Ratio, subtractRatios } from "../money/ratio.ts";
import {
  averageDifference,
  commonPeriod,
  type Difference,
  differenceAt,
  edgesOfBoth,
  inBatches,
  middle,
  type Patience,
} from "./difference.ts";
import { averageRate, batchBounds, type Stretch } from "./stretch.ts";

/** A common period of more batches than this isn't looked at as a whole. */
const MOST_IN_PERIOD = 10_000;

/** By how much batches can move a difference: at least, and at most. */
type Bounds = readonly [least: Ratio, most: Ratio];

/**
 * Quantities between two ends at which the difference of two amounts may change its sign: nowhere else does it. They
 * ascend, may repeat, and touch the ends. Within the ends each of the two is one stretch.
 *
 * @param to null: there is no end.
 * @throws MISSING when the changes go on without end; TOO_MANY when there are too many batches to look at.
 */
export function* crossings(
  first: Stretch,
  second: Stretch,
  from: Ratio,
  to: Ratio | null,
  patience: Patience,
): Generator<Ratio> {
  const difference = { first, second };
  const period = commonPeriod(difference);
  if (period === null) {
    yield* zerosOfLines(difference);
    return;
  }
  const isLong = to === null || compareRatios(subtractRatios(to, from), period) > 0;
  const slope = subtractRatios(averageRate(first), averageRate(second));
  if (slope.numerator === 0n) {
    const gap = averageDifference(difference, from);
    if (isDecided(gap, looseBounds(difference))) return;
    if (isLong && isOneSign(difference, from, addRatios(from, period), patience)) return;
    if (to === null) refuseEndless();
    yield* inBatches(difference, from, to, patience);
    return;
  }
  let zone = undecided(difference, from, to, slope, looseBounds(difference));
  if (zone !== null && isWide(difference, zone, period)) {
    zone = undecided(difference, from, to, slope, boundsOfPeriod(difference, from, period, patience));
  }
  if (zone === null) return;
  yield zone[0];
  yield* inBatches(difference, zone[0], zone[1], patience);
  yield zone[1];
}

function* zerosOfLines({ first, second }: Difference): Generator<Ratio> {
  const slope = subtractRatios(first.rate, second.rate);
  if (slope.numerator === 0n) return;
  const atOrigin = averageDifference({ first, second }, first.origin);
  yield subtractRatios(first.origin, divideRatios(atOrigin, slope));
}

function looseBounds({ first, second }: Difference): Bounds {
  const [leastFirst, mostFirst] = batchBounds(first);
  const [leastSecond, mostSecond] = batchBounds(second);
  return [subtractRatios(leastFirst, mostSecond), subtractRatios(mostFirst, leastSecond)];
}

/** Whether batches can't change the sign of an average difference. */
function isDecided(average: Ratio, [least, most]: Bounds): boolean {
  return addRatios(average, least).numerator > 0n || addRatios(average, most).numerator < 0n;
}

/** Where batches can change the sign of a difference whose average rises or falls; null: nowhere. */
function undecided(
  difference: Difference,
  from: Ratio,
  to: Ratio | null,
  slope: Ratio,
  [least, most]: Bounds,
): readonly [Ratio, Ratio] | null {
  const { origin } = difference.first;
  const average = averageDifference(difference, origin);
  const whereZeroWith = (bound: Ratio): Ratio =>
    subtractRatios(origin, divideRatios(addRatios(average, bound), slope));
  const ends = [whereZeroWith(least), whereZeroWith(most)] as const;
  const [lower, upper] = slope.numerator > 0n ? [ends[1], ends[0]] : ends;
  const start = compareRatios(lower, from) < 0 ? from : lower;
  const end = to !== null && compareRatios(to, upper) < 0 ? to : upper;
  return compareRatios(start, end) > 0 ? null : [start, end];
}

/** Whether it pays to look at a whole period first: where the two rise almost alike, hardly any of its batches cross. */
function isWide(
  { first, second }: Difference,
  [start, end]: readonly [Ratio, Ratio],
  period: Ratio,
): boolean {
  if (first.batch === null || second.batch === null) return false;
  const inPeriod = addRatios(divideRatios(period, first.batch), divideRatios(period, second.batch));
  return (
    compareRatios(subtractRatios(end, start), period) > 0 &&
    compareRatios(inPeriod, { numerator: BigInt(MOST_IN_PERIOD), denominator: 1n }) <= 0
  );
}

/** The bounds of what batches do to a difference, both of whose sides are rounded to batches, in any of its periods. */
function boundsOfPeriod(difference: Difference, from: Ratio, period: Ratio, patience: Patience): Bounds {
  const to = addRatios(from, period);
  let least: Ratio | null = null;
  let most: Ratio | null = null;
  const note = (amount: Ratio, units: Ratio): void => {
    const moved = subtractRatios(amount, averageDifference(difference, units));
    if (least === null || compareRatios(moved, least) < 0) least = moved;
    if (most === null || compareRatios(moved, most) > 0) most = moved;
  };
  let previous = from;
  for (const edge of edgesOfBoth(difference, from, to, patience)) {
    const between = differenceAt(difference, middle(previous, edge));
    note(between, previous);
    note(between, edge);
    note(differenceAt(difference, edge), edge);
    previous = edge;
  }
  return [least ?? looseBounds(difference)[0], most ?? looseBounds(difference)[1]];
}

/** Whether a difference has one sign above `from` and up to `to`. */
function isOneSign(difference: Difference, from: Ratio, to: Ratio, patience: Patience): boolean {
  const sign = signOf(differenceAt(difference, to));
  let previous = from;
  for (const units of inBatches(difference, from, to, patience)) {
    if (compareRatios(units, previous) <= 0) continue;
    if (signOf(differenceAt(difference, units)) !== sign) return false;
    if (signOf(differenceAt(difference, middle(previous, units))) !== sign) return false;
    previous = units;
  }
  return true;
}

function signOf({ numerator }: Ratio): number {
  return numerator > 0n ? 1 : numerator < 0n ? -1 : 0;
}

function refuseEndless(): never {
  const problem =
    "without an end of the range: the two cost the same on average, and their batches make them cross again and again";
  fail(issue("MISSING", "R4", ["range", "to"], problem, undefined, "a range with `to`"));
}
