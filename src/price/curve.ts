import { decimalPlaces, powerOfTen, toScaledBigint, toScaledNumber } from "../money/integer.ts";

/**
 * One stretch of a curve: above `from`, and up to the next stretch's, the amount is `base + rate * steps(quantity -
 * origin)`, where `steps` counts units, or batches where they are rounded.
 */
export interface Segment<N extends number | bigint> {
  readonly from: N;
  readonly origin: N;
  readonly base: N;
  readonly rate: N;
}

/**
 * The units part of a price as a function of the quantity used: every pricing strategy compiles to this form.
 *
 * Quantities are integers over 10^`unitScale`, amounts over 10^`amountScale` * `divisor`; all of them plain numbers, or
 * all bigints.
 */
export interface Curve<N extends number | bigint> {
  readonly segments: readonly Segment<N>[];
  /** A batch that is rounded up or down; 0 where every fraction of a unit is priced. */
  readonly batch: N;
  readonly roundBatchUp: boolean;
  readonly unitScale: number;
  readonly amountScale: number;
  /** What no power of ten divides: 3 for "1.00 per 3 units, unrounded"; else 1. */
  readonly divisor: bigint;
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

/** Integer arithmetic of one number type. */
export interface Arithmetic<N extends number | bigint> {
  readonly parse: (text: string, scale: number) => N;
  readonly of: (value: bigint) => N;
  readonly add: (a: N, b: N) => N;
  readonly subtract: (a: N, b: N) => N;
  readonly multiply: (a: N, b: N) => N;
  readonly evaluate: (curve: Curve<N>, quantity: N) => N;
}

/** On plain numbers: what can't be told exactly is NaN, and stays so. */
export const PLAIN: Arithmetic<number> = {
  parse: toScaledNumber,
  of: (value) => safe(Number(value)),
  add: (a, b) => safe(a + b),
  subtract: (a, b) => a - b,
  multiply: (a, b) => safe(a * b),
  evaluate: (curve, quantity) => safe(evaluatePlain(curve, quantity, 1)),
};

/** On bigints, of any size. */
export const EXACT: Arithmetic<bigint> = {
  parse: toScaledBigint,
  of: (value) => value,
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  evaluate: evaluateExact,
};

function safe(value: number): number {
  return value <= Number.MAX_SAFE_INTEGER ? value : Number.NaN;
}

/** The decimals that the quantities of a curve need. */
export function unitPlaces({ tiers, included_units, minimum_units, batch_size }: CurveSource): number {
  const others = [included_units ?? "0", minimum_units ?? "0", batch_size ?? "0"];
  return Math.max(...others.map(decimalPlaces), ...tiers.map(({ up_to }) => decimalPlaces(up_to ?? "0")));
}

/**
 * Builds a curve: sums of the tiers below each breakpoint are worked out here, once.
 *
 * @rule R2 (in the curve)
 * @rule R3
 * @rule R4 (in the curve)
 * @param unitScale the decimals of quantities.
 * @param leastAmountScale the least number of decimals of amounts.
 */
export function buildCurve<N extends number | bigint>(
  source: CurveSource,
  unitScale: number,
  leastAmountScale: number,
  arithmetic: Arithmetic<N>,
): Curve<N> {
  const { tiers } = source;
  const { parse, of, add, subtract, multiply } = arithmetic;
  let priceScale = leastAmountScale;
  for (const { unit_price, flat_fee } of tiers) {
    priceScale = Math.max(priceScale, decimalPlaces(unit_price), decimalPlaces(flat_fee ?? "0"));
  }
  const { scale, divisor, rateFactor, batch } = denominatorOf(source, unitScale);
  const amountScale = priceScale + scale;
  const amountFactor = of(powerOfTen(scale) * divisor);
  const zero = of(0n);
  const amount = (text: string | null | undefined): N =>
    text == null ? zero : multiply(parse(text, priceScale), amountFactor);

  const graduated = source.mode === "graduated";
  const segments: Segment<N>[] = [];
  const billable: Curve<N> = {
    segments,
    batch: of(batch),
    roundBatchUp: source.batch_rounding !== "down",
    unitScale,
    amountScale,
    divisor,
  };
  let lower = zero;
  let accumulated = zero;
  for (const { up_to, unit_price, flat_fee } of tiers) {
    const base = graduated ? add(accumulated, amount(flat_fee)) : amount(flat_fee);
    const rate = multiply(parse(unit_price, priceScale), of(rateFactor));
    segments.push({ from: lower, origin: graduated ? lower : zero, base, rate });
    if (up_to === null) break;
    const upper = parse(up_to, unitScale);
    const tier = { from: zero, origin: zero, base, rate };
    accumulated = arithmetic.evaluate({ ...billable, segments: [tier] }, subtract(upper, lower));
    lower = upper;
  }
  return overUsedUnits(billable, source, arithmetic);
}

/**
 * Amounts are kept over a common denominator, so that evaluating is one multiplication and no division: a rate counts
 * units of 10^-unitScale, or whole batches; where batches aren't rounded, it is divided by their size.
 */
function denominatorOf(source: CurveSource, unitScale: number) {
  const { batch_size: size, batch_rounding: rounding } = source;
  if (size == null) return { scale: unitScale, divisor: 1n, rateFactor: 1n, batch: 0n };
  const batch = toScaledBigint(size, unitScale);
  if (rounding !== "none") return { scale: 0, divisor: 1n, rateFactor: 1n, batch };
  let divisor = batch;
  let twos = 0;
  let fives = 0;
  for (; divisor % 2n === 0n; twos += 1) divisor /= 2n;
  for (; divisor % 5n === 0n; fives += 1) divisor /= 5n;
  const scale = Math.max(twos, fives);
  return { scale, divisor, rateFactor: powerOfTen(scale) / (batch / divisor), batch: 0n };
}

/** Moves a curve over billable units to one over used units: included units are free, the minimum is always billed. */
function overUsedUnits<N extends number | bigint>(
  billable: Curve<N>,
  { included_units, minimum_units }: CurveSource,
  { parse, of, add, evaluate }: Arithmetic<N>,
): Curve<N> {
  const zero = of(0n);
  const included = parse(included_units ?? "0", billable.unitScale);
  const minimum = parse(minimum_units ?? "0", billable.unitScale);
  if (included === zero && minimum === zero) return billable;
  const atMinimum = evaluate(billable, minimum);
  const segments: Segment<N>[] = [{ from: zero, origin: zero, base: atMinimum, rate: zero }];
  for (const [index, segment] of billable.segments.entries()) {
    const next = billable.segments[index + 1];
    if (next !== undefined && next.from <= minimum) continue;
    // Written so that NaN, which no comparison holds for, stays.
    const from = minimum >= segment.from ? minimum : segment.from;
    segments.push({ ...segment, from: add(included, from), origin: add(included, segment.origin) });
  }
  return { ...billable, segments };
}

/** Whether a plain curve could be told exactly. */
export function isExact({ segments, batch }: Curve<number>): boolean {
  return (
    !Number.isNaN(batch) &&
    segments.every(({ from, origin, base, rate }) => !Number.isNaN(from + origin + base + rate))
  );
}

/** The amount at a quantity, exactly. */
export function evaluateExact(curve: Curve<bigint>, quantity: bigint): bigint {
  const { segments, batch } = curve;
  let index = segments.length - 1;
  // Downwards from the last: quantities that need bigints are large. The index stays above 0.
  while (index > 0 && (segments[index] as Segment<bigint>).from >= quantity) index--;
  const { origin, base, rate } = segments[index] as Segment<bigint>;
  const above = quantity - origin;
  if (batch === 0n) return base + rate * above;
  const full = above / batch;
  return base + rate * (curve.roundBatchUp && full * batch < above ? full + 1n : full);
}

/**
 * The same on plain numbers, for a quantity that is finer than the curve by a power of ten; without batches the amount
 * is finer by it too. Every operand and sum is an integer >= 0, so a result of at most 2^53 - 1 proves that nothing was
 * rounded on the way; callers check it and fall back to bigints.
 */
export function evaluatePlain(curve: Curve<number>, quantity: number, refinement: number): number {
  const { segments, batch } = curve;
  let low = 0;
  let high = segments.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    // low <= middle <= high, so that it is an index.
    if ((segments[middle] as Segment<number>).from * refinement < quantity) low = middle;
    else high = middle - 1;
  }
  const { origin, base, rate } = segments[low] as Segment<number>;
  const above = quantity - origin * refinement;
  if (batch === 0) return base * refinement + rate * above;
  const size = batch * refinement;
  const full = Math.floor(above / size);
  return base + rate * (curve.roundBatchUp && full * size < above ? full + 1 : full);
}
