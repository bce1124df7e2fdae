/** How a tie, or any remainder, is resolved when an exact amount is brought to fewer digits. */
export type RoundingMode = "half_up" | "half_even" | "half_down" | "up" | "down" | "ceiling" | "floor";

/** Every rounding mode, in the order in which messages list them. */
export const ROUNDING_MODES: readonly RoundingMode[] = Object.freeze([
  "half_up",
  "half_even",
  "half_down",
  "up",
  "down",
  "ceiling",
  "floor",
]);

/**
 * Divides exactly and rounds once to a whole number.
 *
 * `half_up`, `half_even` and `half_down` go to the nearest and differ only on ties: away from zero, to the even
 * neighbour, toward zero. `up` is away from zero, `down` toward it; `ceiling` and `floor` go by the number line.
 * The numerator may be negative, the denominator must be positive.
 *
 * @rule A1 (rounding modes)
 */
export function divideRounded(numerator: bigint, denominator: bigint, mode: RoundingMode): bigint {
  const quotient = numerator / denominator;
  const remainder = numerator - quotient * denominator;
  if (remainder === 0n) return quotient;
  const negative = numerator < 0n;
  const twice = negative ? -2n * remainder : 2n * remainder;
  const tie = twice === denominator ? 0 : twice > denominator ? 1 : -1;
  if (!roundsAway(mode, negative, tie, (quotient & 1n) === 1n)) return quotient;
  return negative ? quotient - 1n : quotient + 1n;
}

/**
 * The same as {@link divideRounded} on plain numbers: both must be safe integers, the denominator positive.
 *
 * Exact without `%`, which calls into C for values above 2^31: for a whole number n < 2^53 the quotient n / d can't
 * round up to a whole number above the true one, since 1/d, the least distance to it, is more than half a unit in the
 * last place of a quotient of at most 2^53 / d.
 */
export function divideRoundedNumber(numerator: number, denominator: number, mode: RoundingMode): number {
  const negative = numerator < 0;
  // Adding 0 turns -0 into 0.
  const magnitude = negative ? -numerator : numerator + 0;
  let quotient = Math.floor(magnitude / denominator);
  const remainder = magnitude - quotient * denominator;
  if (remainder !== 0) {
    const twice = 2 * remainder;
    const tie = twice === denominator ? 0 : twice > denominator ? 1 : -1;
    if (roundsAway(mode, negative, tie, quotient % 2 === 1)) quotient += 1;
  }
  return negative ? 0 - quotient : quotient;
}

/** Whether a nonzero remainder moves the quotient away from zero; `tie` compares the remainder with one half. */
function roundsAway(mode: RoundingMode, negative: boolean, tie: -1 | 0 | 1, odd: boolean): boolean {
  switch (mode) {
    case "half_up":
      return tie >= 0;
    case "half_even":
      return tie > 0 || (tie === 0 && odd);
    case "half_down":
      return tie > 0;
    case "up":
      return true;
    case "down":
      return false;
    case "ceiling":
      return !negative;
    case "floor":
      return negative;
  }
}
