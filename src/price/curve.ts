import { decimalPlaces, toScaledBigint } from "../money/integer.ts";

/**
 * One stretch of a curve: above `from` (and up to the next stretch's `from`) the amount is
 * `base + rate * steps(quantity - origin)`, where `steps` counts units, or batches where the price is per batch.
 */
export interface Segment<N extends number | bigint> {
  readonly from: N;
  readonly origin: N;
  readonly base: N;
  readonly rate: N;
}

/** A curve's numbers in one of the two number types that evaluation runs on. */
export interface CurveNumbers<N extends number | bigint> {
  readonly segments: readonly Segment<N>[];
  /** Units of one batch that is rounded up or down; 0 where every fraction of a unit is priced. */
  readonly batch: N;
}

/**
 * The units part of a price as a function of the quantity used: every pricing strategy compiles to this form.
 *
 * Quantities are integers over 10^`unitScale`; amounts are integers over 10^`amountScale` * `divisor`.
 */
export interface Curve {
  readonly unitScale: number;
  readonly amountScale: number;
  /** What no power of ten divides: 3 for "1.00 per 3 units, unrounded"; else 1. */
  readonly divisor: bigint;
  readonly roundBatchUp: boolean;
  readonly exact: CurveNumbers<bigint>;
  /** The same numbers as plain ones, where all of them are below 2^53. */
  readonly plain: CurveNumbers<number> | null;
}

/** A tier as curves are built from it: every strategy is one or more of these. */
export interface CurveTier {
  readonly up_to: string | null;
  readonly unit_price: string;
  readonly flat_fee?: string | null | undefined;
}

/** What a curve is built from, in decimal strings. */
export interface CurveSource {
  readonly tiers: readonly CurveTier[];
  readonly mode: "graduated" | "volume";
  readonly included_units?: string | null | undefined;
  readonly minimum_units?: string | null | undefined;
  readonly batch_size?: string | null | undefined;
  readonly batch_rounding?: "up" | "down" | "none" | null | undefined;
}

/**
 * Builds the curve of a price: sums of the tiers below each breakpoint are worked out here, once.
 *
 * @rule R2
 * @rule R3
 * @rule R4 (in the curve)
 * @param minimumAmountScale the least number of decimals of the amounts (at least the currency's).
 */
export function buildCurve(source: CurveSource, minimumAmountScale: number): Curve {
  const { tiers } = source;
  const included = source.included_units ?? "0";
  const minimum = source.minimum_units ?? "0";
  const batchSize = source.batch_size ?? null;
  let unitScale = Math.max(decimalPlaces(included), decimalPlaces(minimum));
  if (batchSize !== null) unitScale = Math.max(unitScale, decimalPlaces(batchSize));
  let priceScale = minimumAmountScale;
  for (const tier of tiers) {
    if (tier.up_to !== null) unitScale = Math.max(unitScale, decimalPlaces(tier.up_to));
    priceScale = Math.max(priceScale, decimalPlaces(tier.unit_price), decimalPlaces(tier.flat_fee ?? "0"));
  }

  // Amounts are kept over a common denominator, so that evaluating is one multiplication and no division:
  // with batches it is 10^priceScale; per unit a rate counts 10^-unitScale of a unit.
  let amountScale = priceScale;
  let divisor = 1n;
  let rateFactor = 1n;
  let batch = 0n;
  if (batchSize === null) {
    amountScale += unitScale;
  } else if (source.batch_rounding === "none") {
    const split = splitPowersOfTen(toScaledBigint(batchSize, unitScale));
    amountScale += split.exponent;
    divisor = split.rest;
    rateFactor = split.factor;
  } else {
    batch = toScaledBigint(batchSize, unitScale);
  }
  const baseFactor = 10n ** BigInt(amountScale - priceScale) * divisor;
  const roundBatchUp = source.batch_rounding !== "down";

  const graduated = source.mode === "graduated";
  const billable: Segment<bigint>[] = [];
  let lower = 0n;
  let accumulated = 0n;
  for (const tier of tiers) {
    const fee = toScaledBigint(tier.flat_fee ?? "0", priceScale) * baseFactor;
    const rate = toScaledBigint(tier.unit_price, priceScale) * rateFactor;
    const base = graduated ? accumulated + fee : fee;
    billable.push({ from: lower, origin: graduated ? lower : 0n, base, rate });
    if (tier.up_to === null) break;
    const upper = toScaledBigint(tier.up_to, unitScale);
    accumulated = base + rate * countBatches(upper - lower, batch, roundBatchUp);
    lower = upper;
  }

  const exact = {
    batch,
    segments: fromUsedUnits(
      billable,
      batch,
      roundBatchUp,
      toScaledBigint(included, unitScale),
      toScaledBigint(minimum, unitScale),
    ),
  };
  return { unitScale, amountScale, divisor, roundBatchUp, exact, plain: toPlain(exact) };
}

/** Moves a curve over billable units to one over used units: included units are free, the minimum is always billed. */
function fromUsedUnits(
  billable: readonly Segment<bigint>[],
  batch: bigint,
  roundBatchUp: boolean,
  included: bigint,
  minimum: bigint,
): readonly Segment<bigint>[] {
  if (included === 0n && minimum === 0n) return billable;
  const atMinimum = evaluateExact({ segments: billable, batch }, minimum, 1n, roundBatchUp);
  const segments: Segment<bigint>[] = [{ from: 0n, origin: 0n, base: atMinimum, rate: 0n }];
  for (const [index, segment] of billable.entries()) {
    const next = billable[index + 1];
    if (next !== undefined && next.from <= minimum) continue;
    const from = segment.from > minimum ? segment.from : minimum;
    segments.push({ ...segment, from: included + from, origin: included + segment.origin });
  }
  return segments;
}

/** value = 10^exponent * rest / factor, with a rest that neither 2 nor 5 divides. */
function splitPowersOfTen(value: bigint): { exponent: number; rest: bigint; factor: bigint } {
  let rest = value;
  let twos = 0;
  let fives = 0;
  for (; rest % 2n === 0n; twos += 1) rest /= 2n;
  for (; rest % 5n === 0n; fives += 1) rest /= 5n;
  const exponent = Math.max(twos, fives);
  return { exponent, rest, factor: 2n ** BigInt(exponent - twos) * 5n ** BigInt(exponent - fives) };
}

function toPlain(exact: CurveNumbers<bigint>): CurveNumbers<number> | null {
  const limit = BigInt(Number.MAX_SAFE_INTEGER);
  if (exact.batch > limit) return null;
  const segments: Segment<number>[] = [];
  for (const { from, origin, base, rate } of exact.segments) {
    if (from > limit || base > limit || rate > limit) return null;
    segments.push({ from: Number(from), origin: Number(origin), base: Number(base), rate: Number(rate) });
  }
  return { segments, batch: Number(exact.batch) };
}

function countBatches(quantity: bigint, batch: bigint, roundUp: boolean): bigint {
  if (batch === 0n) return quantity;
  return roundUp ? (quantity + batch - 1n) / batch : quantity / batch;
}

/**
 * The amount at a quantity, as an integer over 10^amountScale * divisor (times `refinement` where there are no
 * batches), on bigints.
 *
 * @param quantity units as an integer over 10^unitScale * refinement.
 * @param refinement the power of ten by which the quantity is finer than the curve.
 */
export function evaluateExact(
  curve: CurveNumbers<bigint>,
  quantity: bigint,
  refinement: bigint,
  roundBatchUp: boolean,
): bigint {
  const { segments, batch } = curve;
  let low = 0;
  let high = segments.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    // The index lies within the array: low <= middle <= high.
    if (segments[middle]!.from * refinement < quantity) low = middle;
    else high = middle - 1;
  }
  const { origin, base, rate } = segments[low]!; // low is an index of the array
  const steps = countBatches(quantity - origin * refinement, batch * refinement, roundBatchUp);
  return batch === 0n ? base * refinement + rate * steps : base + rate * steps;
}

/**
 * The same on plain numbers. Every operand and sum is an integer >= 0, so a result below 2^53 proves that nothing was
 * rounded on the way; callers check it and fall back to `evaluateExact`.
 */
export function evaluatePlain(
  curve: CurveNumbers<number>,
  quantity: number,
  refinement: number,
  roundBatchUp: boolean,
): number {
  const { segments, batch } = curve;
  let low = 0;
  let high = segments.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    // The index lies within the array: low <= middle <= high.
    if (segments[middle]!.from * refinement < quantity) low = middle;
    else high = middle - 1;
  }
  const { origin, base, rate } = segments[low]!; // low is an index of the array
  const above = quantity - origin * refinement;
  if (batch === 0) return base * refinement + rate * above;
  const size = batch * refinement;
  const full = Math.floor(above / size);
  return base + rate * (roundBatchUp && full * size < above ? full + 1 : full);
}
