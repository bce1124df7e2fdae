import {
  decimalPlaces,
  plainPowerOfTen,
  powerOfTen,
  toScaledBigint,
  toScaledNumber,
} from "../money/integer.ts";

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
  readonly powerOfTen: (exponent: number) => N;
  readonly of: (value: bigint) => N;
  readonly add: (a: N, b: N) => N;
  readonly subtract: (a: N, b: N) => N;
  readonly multiply: (a: N, b: N) => N;
  readonly larger: (a: N, b: N) => N;
  /** Whole batches; a started one counts where they are rounded up. */
  readonly batches: (quantity: N, batch: N, roundUp: boolean) => N;
}

/** On plain numbers: what can't be told exactly is NaN, and stays so. */
export const PLAIN: Arithmetic<number> = {
  parse: toScaledNumber,
  powerOfTen: plainPowerOfTen,
  of: (value) => safe(Number(value)),
  add: (a, b) => safe(a + b),
  subtract: (a, b) => a - b,
  multiply: (a, b) => safe(a * b),
  larger: Math.max,
  batches: plainBatches,
};

/** On bigints, of any size. */
export const EXACT: Arithmetic<bigint> = {
  parse: toScaledBigint,
  powerOfTen,
  of: (value) => value,
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  larger: (a, b) => (a > b ? a : b),
  batches: (quantity, batch, roundUp) => {
    const full = quantity / batch;
    return roundUp && full * batch < quantity ? full + 1n : full;
  },
};

function safe(value: number): number {
  return value <= Number.MAX_SAFE_INTEGER ? value : Number.NaN;
}

/** Whole batches in plain numbers. */
export function plainBatches(quantity: number, batch: number, roundUp: boolean): number {
  const full = Math.floor(quantity / batch);
  return roundUp && full * batch < quantity ? full + 1 : full;
}

/** The decimals that the quantities of a curve need. */
export function unitPlaces({ tiers, included_units, minimum_units, batch_size }: CurveSource): number {
  let places = Math.max(placesOf(included_units), placesOf(minimum_units), placesOf(batch_size));
  for (const { up_to } of tiers) places = Math.max(places, placesOf(up_to));
  return places;
}

function placesOf(text: string | null | undefined): number {
  return text == null ? 0 : decimalPlaces(text);
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
    priceScale = Math.max(priceScale, decimalPlaces(unit_price), placesOf(flat_fee));
  }
  const { scale, divisor, rateFactor, batch } = denominatorOf(source, unitScale);
  const amountFactor = multiply(arithmetic.powerOfTen(scale), of(divisor));
  const rateScale = of(rateFactor);
  const zero = of(0n);
  const segments: Segment<N>[] = [];
  const billable: Curve<N> = {
    segments,
    batch: of(batch),
    roundBatchUp: source.batch_rounding !== "down",
    unitScale,
    amountScale: priceScale + scale,
    divisor,
  };
  const isGraduated = source.mode === "graduated";
  let lower = zero;
  let accumulated = zero;
  for (const { up_to, unit_price, flat_fee } of tiers) {
    const fee = flat_fee == null ? zero : multiply(parse(flat_fee, priceScale), amountFactor);
    const base = isGraduated ? add(accumulated, fee) : fee;
    const rate = multiply(parse(unit_price, priceScale), rateScale);
    segments.push({ from: lower, origin: isGraduated ? lower : zero, base, rate });
    if (up_to === null) break;
    const upper = parse(up_to, unitScale);
    accumulated = add(base, multiply(rate, stepsOf(billable, subtract(upper, lower), arithmetic)));
    lower = upper;
  }
  return overUsedUnits(billable, source, arithmetic);
}

/** Units, or batches where they are rounded. */
function stepsOf<N extends number | bigint>(
  { batch, roundBatchUp }: Curve<N>,
  quantity: N,
  { batches }: Arithmetic<N>,
): N {
  return batch > 0 ? batches(quantity, batch, roundBatchUp) : quantity;
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
  arithmetic: Arithmetic<N>,
): Curve<N> {
  if (included_units == null && minimum_units == null) return billable;
  const { parse, of, add, larger } = arithmetic;
  const zero = of(0n);
  const included = included_units == null ? zero : parse(included_units, billable.unitScale);
  const minimum = minimum_units == null ? zero : parse(minimum_units, billable.unitScale);
  if (included === zero && minimum === zero) return billable;
  const segments: Segment<N>[] = [
    { from: zero, origin: zero, base: evaluate(billable, minimum, arithmetic), rate: zero },
  ];
  for (const [index, { from, origin, base, rate }] of billable.segments.entries()) {
    const next = billable.segments[index + 1];
    if (next !== undefined && next.from <= minimum) continue;
    segments.push({ from: add(included, larger(minimum, from)), origin: add(included, origin), base, rate });
  }
  return { ...billable, segments };
}

function evaluate<N extends number | bigint>(curve: Curve<N>, quantity: N, arithmetic: Arithmetic<N>): N {
  const { segments } = curve;
  let index = segments.length - 1;
  // The index stays above 0. An edge that is NaN lies beyond all plain quantities.
  while (index > 0 && !((segments[index] as Segment<N>).from < quantity)) index--;
  const { origin, base, rate } = segments[index] as Segment<N>;
  const { add, subtract, multiply } = arithmetic;
  return add(base, multiply(rate, stepsOf(curve, subtract(quantity, origin), arithmetic)));
}

/** The amount at a quantity, exactly. */
export function evaluateExact(curve: Curve<bigint>, quantity: bigint): bigint {
  return evaluate(curve, quantity, EXACT);
}
