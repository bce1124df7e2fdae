import { powerOfTen } from "../money/integer.ts";
import {
  addRatios,
  compareRatios,
  lowestTerms,
  multiplyRatios,
  type Ratio,
  subtractRatios,
  ZERO_RATIO,
} from "../money/ratio.ts";
import type { ChargeShares } from "../price/charge-for.ts";
import { type CompiledPrice, exactNumbers } from "../price/compile-price.ts";
import { type Curve, EXACT, type Segment } from "../price/curve.ts";
import { passesAbove, type Stretch } from "./stretch.ts";

/** An amount as a function of a quantity, which may be any ratio of at least 0. */
export interface AmountFunction {
  /** They follow one another from 0 on; at their edges only `at` says what the amount is. */
  readonly stretches: readonly Stretch[];
  readonly at: (units: Ratio) => Ratio;
}

/** A piece of a continuous function of an amount, which never falls: `value + slope * (amount - from)` from there on. */
export interface Piece {
  readonly from: Ratio;
  readonly value: Ratio;
  readonly slope: Ratio;
}

const ONE: Ratio = { numerator: 1n, denominator: 1n };

/** An amount that doesn't depend on the quantity. */
export function constant(amount: Ratio): AmountFunction {
  const stretch: Stretch = {
    from: ZERO_RATIO,
    to: null,
    origin: ZERO_RATIO,
    base: amount,
    rate: ZERO_RATIO,
    batch: null,
    roundBatchUp: true,
  };
  return { stretches: [stretch], at: () => amount };
}

/** The exact charge of a price, as `exactCharge` has it for the decimals among the quantities. */
export function chargeFunction(price: CompiledPrice, shares: ChargeShares | null): AmountFunction {
  const { curve, flatFee, minimum, maximum, denominator } = exactNumbers(price);
  const share = (amount: bigint, part: bigint): Ratio =>
    lowestTerms({ numerator: amount * part, denominator: denominator * (shares?.of ?? 1n) });
  const flat = share(flatFee, shares?.fixed ?? 1n);
  const slope = price.isFixed && shares !== null ? share(denominator, shares.fixed) : ONE;
  let charge = mapped(curveFunction(curve, denominator), linear(flat, slope));
  if (minimum !== null) charge = mapped(charge, atLeast(share(minimum, shares?.minimum ?? 1n)));
  if (maximum !== null) {
    const limit = share(maximum, shares?.maximum ?? 1n);
    // A maximum never falls below the flat fee charged (W4).
    charge = mapped(charge, atMost(compareRatios(limit, flat) < 0 ? flat : limit));
  }
  return charge;
}

/** `offset + slope * amount`. */
export function linear(offset: Ratio, slope: Ratio): Piece[] {
  return [{ from: ZERO_RATIO, value: offset, slope }];
}

/** The amount, raised to a least one. */
export function atLeast(least: Ratio): Piece[] {
  return [
    { from: least, value: least, slope: ZERO_RATIO },
    { from: least, value: least, slope: ONE },
  ];
}

/** The amount, lowered to a greatest one. */
export function atMost(most: Ratio): Piece[] {
  return [
    { from: most, value: most, slope: ONE },
    { from: most, value: most, slope: ZERO_RATIO },
  ];
}

/** A function of the amount of another; the first of the pieces holds below it too. */
export function mapped(inner: AmountFunction, pieces: readonly Piece[]): AmountFunction {
  return {
    stretches: inner.stretches.flatMap((stretch) => cut(stretch, pieces)),
    at: (units) => valueAt(pieces, inner.at(units)),
  };
}

function valueAt(pieces: readonly Piece[], amount: Ratio): Ratio {
  let index = pieces.length - 1;
  // The index stays above 0.
  while (index > 0 && compareRatios((pieces[index] as Piece).from, amount) > 0) index--;
  return valueOn(pieces[index] as Piece, amount);
}

function valueOn({ from, value, slope }: Piece, amount: Ratio): Ratio {
  return addRatios(value, multiplyRatios(slope, subtractRatios(amount, from)));
}

/** A stretch, cut where its amount passes from one piece to the next. */
function cut(stretch: Stretch, pieces: readonly Piece[]): Stretch[] {
  const parts: Stretch[] = [];
  let { from } = stretch;
  for (const [index, piece] of pieces.entries()) {
    const next = pieces[index + 1];
    const passed = next === undefined ? null : passesAbove(stretch, next.from);
    const end = passed === null || isAfter(passed, stretch.to) ? stretch.to : passed;
    if (isAfter(from, end) || (end !== null && compareRatios(from, end) === 0)) continue;
    parts.push(onPiece(stretch, piece, from, end));
    if (end === null || end === stretch.to) break;
    from = end;
  }
  return parts;
}

/** The sum of two functions of one curve: where both rise, they do so by the same batches. */
export function sum(first: AmountFunction, second: AmountFunction): AmountFunction {
  return {
    stretches: [...overlaps(first, second)].map(([a, b, from, to]) => {
      const [rising, other] = a.rate.numerator === 0n ? [b, a] : [a, b];
      const base = lowestTerms(addRatios(rising.base, other.base));
      return { ...rising, from, to, base, rate: lowestTerms(addRatios(rising.rate, other.rate)) };
    }),
    at: (units) => addRatios(first.at(units), second.at(units)),
  };
}

/** The stretches of two functions where they meet, with the ends of what they share. */
export function* overlaps(
  first: AmountFunction,
  second: AmountFunction,
): Generator<readonly [a: Stretch, b: Stretch, from: Ratio, to: Ratio | null]> {
  let [one, other] = [0, 0];
  for (;;) {
    const [a, b] = [first.stretches[one], second.stretches[other]];
    if (a === undefined || b === undefined) return;
    const to = earlier(a.to, b.to);
    yield [a, b, later(a.from, b.from), to];
    if (a.to !== null && !isAfter(a.to, to)) one++;
    if (b.to !== null && !isAfter(b.to, to)) other++;
    if (to === null) return;
  }
}

/** The larger of two quantities. */
export function later(first: Ratio, second: Ratio): Ratio {
  return compareRatios(first, second) < 0 ? second : first;
}

/** The smaller of two ends; null is none. */
export function earlier(first: Ratio | null, second: Ratio | null): Ratio | null {
  if (first === null || second === null) return first ?? second;
  return compareRatios(second, first) < 0 ? second : first;
}

function isAfter(units: Ratio, end: Ratio | null): boolean {
  return end !== null && compareRatios(units, end) > 0;
}

function onPiece(stretch: Stretch, piece: Piece, from: Ratio, to: Ratio | null): Stretch {
  const rate = multiplyRatios(stretch.rate, piece.slope);
  return {
    ...stretch,
    from: lowestTerms(from),
    to: to === null ? null : lowestTerms(to),
    base: lowestTerms(valueOn(piece, stretch.base)),
    rate: lowestTerms(rate),
    batch: rate.numerator === 0n ? null : stretch.batch,
  };
}

function curveFunction(curve: Curve<bigint>, denominator: bigint): AmountFunction {
  const { segments, batch, roundBatchUp } = curve;
  const unit = powerOfTen(curve.unitScale);
  const inUnits = (scaled: bigint): Ratio => lowestTerms({ numerator: scaled, denominator: unit });

  function stretchOf({ from, origin, base, rate }: Segment<bigint>, index: number): Stretch {
    const next = segments[index + 1];
    return {
      from: inUnits(from),
      to: next === undefined ? null : inUnits(next.from),
      origin: inUnits(origin),
      base: lowestTerms({ numerator: base, denominator }),
      rate: lowestTerms({ numerator: batch === 0n ? rate * unit : rate, denominator }),
      batch: batch === 0n || rate === 0n ? null : inUnits(batch),
      roundBatchUp,
    };
  }

  function at({ numerator, denominator: parts }: Ratio): Ratio {
    const scaled = numerator * unit;
    let index = segments.length - 1;
    // The index stays above 0.
    while (index > 0 && (segments[index] as Segment<bigint>).from * parts >= scaled) index--;
    const { origin, base, rate } = segments[index] as Segment<bigint>;
    const above = scaled - origin * parts;
    if (batch > 0n) {
      const steps = EXACT.batches(above, batch * parts, roundBatchUp);
      return { numerator: base + rate * steps, denominator };
    }
    return { numerator: base * parts + rate * above, denominator: denominator * parts };
  }

  // A limit of 0 leaves no stretch between itself and 0.
  const stretches = segments
    .map(stretchOf)
    .filter(({ from, to }) => to === null || compareRatios(from, to) < 0);
  return { stretches, at };
}
