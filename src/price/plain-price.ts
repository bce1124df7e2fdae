import { plainBatches } from "./curve.ts";
import type { PriceNumbers } from "./price-numbers.ts";

/** A price on plain numbers, packed: evaluating it is the hot path of whatever previews or compares. */
export interface PlainPrice {
  /** Of each segment the quantity up to which it holds, its origin, base and rate, one after the other. */
  readonly segments: readonly number[];
  /** 0: every fraction of a unit is priced. */
  readonly batch: number;
  readonly roundBatchUp: boolean;
  readonly unitScale: number;
  readonly amountScale: number;
  readonly divisor: bigint;
  readonly flatFee: number;
  readonly minimum: number;
  /** Infinity: no maximum. */
  readonly maximum: number;
  readonly minorDivisor: number;
}

const PER_SEGMENT = 4;

/** Packs a price; null where more of it than parts of its curve couldn't be told exactly. */
export function packPlain({
  curve,
  flatFee,
  minimum,
  maximum,
  minorDivisor,
}: PriceNumbers<number>): PlainPrice | null {
  const { batch, roundBatchUp, unitScale, amountScale, divisor } = curve;
  if (Number.isNaN(batch + flatFee + (minimum ?? 0) + (maximum ?? 0) + minorDivisor)) return null;
  const segments: number[] = [];
  for (const [index, { origin, base, rate }] of curve.segments.entries()) {
    const next = curve.segments[index + 1];
    segments.push(next === undefined ? Number.POSITIVE_INFINITY : next.from, origin, base, rate);
  }
  return {
    segments,
    batch,
    roundBatchUp,
    unitScale,
    amountScale,
    divisor,
    flatFee,
    minimum: minimum ?? 0,
    maximum: maximum ?? Number.POSITIVE_INFINITY,
    minorDivisor,
  };
}

/**
 * The amount at a quantity. Every operand and sum is an integer >= 0, or NaN where it couldn't be told exactly, so a
 * result of at most 2^53 - 1 proves that nothing was rounded on the way; callers check it and fall back to bigints.
 */
export function evaluatePlain({ segments, batch, roundBatchUp }: PlainPrice, quantity: number): number {
  let index = 0;
  // The last one ends at infinity; an end that is NaN lies beyond all plain quantities.
  while (quantity > (segments[index] as number)) index += PER_SEGMENT;
  const above = quantity - (segments[index + 1] as number);
  const steps = batch === 0 ? above : plainBatches(above, batch, roundBatchUp);
  return (segments[index + 2] as number) + (segments[index + 3] as number) * steps;
}
