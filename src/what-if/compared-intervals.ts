import { fail, issue } from "../error.ts";
import { addRatios, compareRatios, type Ratio } from "../money/ratio.ts";
import { type AmountFunction, earlier, later, overlaps } from "./amount-function.ts";
import { crossings } from "./crossings.ts";
import { MOST_BATCHES, middle } from "./difference.ts";

/** A range of quantities, both ends in it; `to` null: it never ends. */
export interface UnitsRange {
  readonly from: Ratio;
  readonly to: Ratio | null;
}

/** Quantities at which one of two amounts is the lower one, or neither is. */
export interface ComparedInterval {
  readonly from: Ratio;
  readonly isFromIncluded: boolean;
  readonly to: Ratio | null;
  readonly isToIncluded: boolean;
  /** Below zero where the first amount is lower, above where the second is, zero where they are equal. */
  readonly sign: number;
}

const MOST_INTERVALS = 10_000;
const ONE: Ratio = { numerator: 1n, denominator: 1n };

/**
 * Where which of two amounts is lower: the largest intervals there are, which tile the range.
 *
 * Between two quantities at which the sign may change it is that of the middle: amounts themselves decide, and what is
 * said about their stretches only where they are asked.
 *
 * @throws MISSING when the range never ends, and neither do the crossings; TOO_MANY above 10,000 intervals.
 */
export function comparedIntervals(
  first: AmountFunction,
  second: AmountFunction,
  { from, to }: UnitsRange,
): ComparedInterval[] {
  const intervals: Mutable<ComparedInterval>[] = [];
  const signAt = (units: Ratio): number => Math.sign(compareRatios(first.at(units), second.at(units)));

  function add(interval: ComparedInterval): void {
    const last = intervals.at(-1);
    if (last?.sign === interval.sign) {
      last.to = interval.to;
      last.isToIncluded = interval.isToIncluded;
    } else if (intervals.push({ ...interval }) > MOST_INTERVALS) refuseIntervals();
  }
  const addPoint = (units: Ratio): void =>
    add({ from: units, isFromIncluded: true, to: units, isToIncluded: true, sign: signAt(units) });
  const addBetween = (start: Ratio, end: Ratio | null): void => {
    const inside = end === null ? addRatios(start, ONE) : middle(start, end);
    add({ from: start, isFromIncluded: false, to: end, isToIncluded: false, sign: signAt(inside) });
  };

  addPoint(from);
  let previous = from;
  for (const units of changes(first, second, { from, to })) {
    if (compareRatios(units, previous) <= 0) continue;
    addBetween(previous, units);
    addPoint(units);
    previous = units;
  }
  if (to === null) addBetween(previous, null);
  return intervals;
}

type Mutable<Value> = { -readonly [Name in keyof Value]: Value[Name] };

/** The quantities of a range at which the sign may change; the edges of stretches and the end of the range too. */
function* changes(
  first: AmountFunction,
  second: AmountFunction,
  { from: start, to: end }: UnitsRange,
): Generator<Ratio> {
  const patience = { batches: MOST_BATCHES };
  for (const [a, b, edge, nextEdge] of overlaps(first, second)) {
    const from = later(start, edge);
    const to = earlier(end, nextEdge);
    if (to !== null && compareRatios(from, to) >= 0) continue;
    for (const units of crossings(a, b, from, to, patience)) {
      if (to === null || compareRatios(units, to) < 0) yield units;
    }
    if (to !== null) yield to;
  }
}

function refuseIntervals(): never {
  const problem = `there are more than ${MOST_INTERVALS} intervals, as batches make the two cross again and again`;
  fail(issue("TOO_MANY", "R4", ["range"], problem, undefined, "a narrower range"));
}
