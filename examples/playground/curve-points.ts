import { type Charge, chargeFor, type Price, type PriceSegment, priceSegments } from "pure-billing";
import type { QuantityRange } from "./quantities.ts";

/** A point of a drawing. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A charge that jumps at a quantity. */
export interface Jump {
  readonly x: number;
  readonly from: number;
  readonly to: number;
}

/** A price as it is drawn. */
export interface CurvePoints {
  /** Lines that are drawn one by one, so that nothing connects both sides of a jump. */
  readonly lines: readonly (readonly Point[])[];
  readonly jumps: readonly Jump[];
  /** The quantities at which tiers begin. */
  readonly bounds: readonly { readonly x: number; readonly units: string; readonly index: number }[];
}

const SAMPLES = 480;
const MOST_STEPS = 160;
const DIGITS = 9;
/** How little above a quantity its next batch or tier begins. */
const JUST_ABOVE = 1e-9;

/** The charge of a price over a range of quantities, every point of it asked of the library. */
export function curvePoints(price: Price, { min, max }: QuantityRange): CurvePoints {
  const segments = priceSegments(price).filter(({ from }) => Number(from) < max);
  const lines: Point[][] = [];
  const jumps: Jump[] = [];
  for (const [index, segment] of segments.entries()) {
    const start = Math.max(min, Number(segment.from));
    const end = Math.min(max, segment.to === null ? max : Number(segment.to));
    if (end <= start && index > 0) continue;
    const points = segmentPoints(price, segment, start, end, index === 0);
    const before = lines.at(-1)?.at(-1);
    const first = points[0];
    if (isJump(segment) && before !== undefined && first !== undefined) {
      jumps.push({ x: start, from: before.y, to: first.y });
      lines.push(points);
    } else if (before !== undefined) lines.at(-1)?.push(...points);
    else lines.push(points);
  }
  const bounds = segments
    .slice(1)
    .map(({ from }, index) => ({ x: Number(from), units: from, index: index + 2 }))
    .filter(({ x }) => x > min);
  return { lines, jumps, bounds };
}

/** What the charge of a quantity is drawn as: exact where a decimal ends, else as near as a screen shows. */
export function heightOf({ exact, exact_ratio: { numerator, denominator } }: Charge): number {
  return exact === null ? Number(numerator) / Number(denominator) : Number(exact);
}

function segmentPoints(
  price: Price,
  segment: PriceSegment,
  start: number,
  end: number,
  isFirst: boolean,
): Point[] {
  const at = (x: number): Point => ({ x, y: heightOf(chargeFor(price, x.toFixed(DIGITS))) });
  const above = (x: number): Point => ({ x, y: at(x + Math.max(JUST_ABOVE, x * JUST_ABOVE)).y });
  const points = [isFirst ? at(start) : above(start)];
  const batch = segment.batch === null ? 0 : Number(segment.batch);
  const steps = batch === 0 ? 0 : (end - start) / batch;
  if (batch > 0 && steps <= MOST_STEPS) {
    const origin = Number(segment.batch_origin ?? 0);
    if (isFirst) points.push(above(start));
    for (let count = Math.ceil((start - origin) / batch); ; count++) {
      const x = origin + count * batch;
      if (x <= start) continue;
      if (x >= end) break;
      // Rounded down, the step is at the batch's end; rounded up, just above it.
      points.push(segment.batch_rounding === "down" ? below(at, x) : at(x), above(x));
    }
  } else {
    for (let sample = 1; sample < SAMPLES; sample++)
      points.push(at(start + ((end - start) * sample) / SAMPLES));
  }
  points.push(at(end));
  return points;
}

function below(at: (x: number) => Point, x: number): Point {
  return { x, y: at(Math.max(0, x - Math.max(JUST_ABOVE, x * JUST_ABOVE))).y };
}

function isJump({ jump, batch }: PriceSegment): boolean {
  return jump.exact_ratio.numerator !== "0" && batch === null;
}
