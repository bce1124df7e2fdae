import {
  addRatios,
  compareRatios,
  divideRatios,
  floorOf,
  multiplyRatios,
  type Ratio,
  subtractRatios,
  ZERO_RATIO,
} from "../money/ratio.ts";

/**
 * An open stretch of quantities over which an amount is `base + rate * steps(quantity - origin)`, where `steps` counts
 * units, or batches where they are rounded. The amount never falls.
 */
export interface Stretch {
  readonly from: Ratio;
  /** null: it never ends. */
  readonly to: Ratio | null;
  readonly origin: Ratio;
  readonly base: Ratio;
  readonly rate: Ratio;
  /** A batch that is rounded; null where every fraction of a unit counts, or nothing does. */
  readonly batch: Ratio | null;
  readonly roundBatchUp: boolean;
}

/** What a unit costs on average. */
export function averageRate({ rate, batch }: Stretch): Ratio {
  return batch === null ? rate : divideRatios(rate, batch);
}

/** The amount at a quantity if every fraction of a unit counted. */
export function averageAmount(stretch: Stretch, units: Ratio): Ratio {
  return addRatios(stretch.base, multiplyRatios(averageRate(stretch), subtractRatios(units, stretch.origin)));
}

/** The amount at a quantity. */
export function amountOn(stretch: Stretch, units: Ratio): Ratio {
  const { batch, origin, roundBatchUp } = stretch;
  if (batch === null) return averageAmount(stretch, units);
  const batches = divideRatios(subtractRatios(units, origin), batch);
  const full = floorOf(batches);
  const isStarted = roundBatchUp && full * batches.denominator < batches.numerator;
  return amountOfBatches(stretch, isStarted ? full + 1n : full);
}

/** The amount of whole batches. */
export function amountOfBatches({ base, rate }: Stretch, batches: bigint): Ratio {
  return addRatios(base, { numerator: rate.numerator * batches, denominator: rate.denominator });
}

/** Where a number of batches ends. */
export function batchEdge({ origin, batch }: Stretch, batches: bigint): Ratio {
  const { numerator, denominator } = batch as Ratio;
  return addRatios(origin, { numerator: numerator * batches, denominator });
}

/** The batches that are full at a quantity. */
export function fullBatches({ origin, batch }: Stretch, units: Ratio): bigint {
  return floorOf(divideRatios(subtractRatios(units, origin), batch as Ratio));
}

/** By how much rounding to batches can change an amount: at least, and at most. */
export function batchBounds({ batch, rate, roundBatchUp }: Stretch): readonly [Ratio, Ratio] {
  if (batch === null) return [ZERO_RATIO, ZERO_RATIO];
  return roundBatchUp ? [ZERO_RATIO, rate] : [subtractRatios(ZERO_RATIO, rate), ZERO_RATIO];
}

/**
 * Where a rising amount passes a level: the quantity up to which it is below, then the one up to which it is at most
 * that. Null where it doesn't rise. Whether it is so at the quantities themselves isn't said.
 */
export function passes(stretch: Stretch, level: Ratio): readonly [Ratio, Ratio] | null {
  const { base, rate, batch, origin, roundBatchUp } = stretch;
  if (rate.numerator === 0n) return null;
  const steps = divideRatios(subtractRatios(level, base), rate);
  if (batch === null) {
    const crossing = addRatios(origin, steps);
    return [crossing, crossing];
  }
  const atMost = floorOf(steps);
  const below = atMost * steps.denominator === steps.numerator ? atMost - 1n : atMost;
  // Rounded down, the amount of n batches begins where the n-th is full; rounded up, where the one before is.
  const later = roundBatchUp ? 0n : 1n;
  return [batchEdge(stretch, below + later), batchEdge(stretch, atMost + later)];
}

/** The quantity after which an amount is above a level; null where it never is. */
export function passesAbove(stretch: Stretch, level: Ratio): Ratio | null {
  const passed = passes(stretch, level);
  if (passed !== null) return passed[1];
  return compareRatios(stretch.base, level) > 0 ? stretch.from : null;
}
