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
  const beyondHalf = twice === denominator ? 0 : twice > denominator ? 1 : -1;
  if (!roundsAway(mode, negative, beyondHalf, (quotient & 1n) === 1n)) return quotient;
  return negative ? quotient - 1n : quotient + 1n;
}

/**
 * The same as {@link divideRounded} on plain numbers: both must be safe integers, the numerator at least 0 and the
 * denominator positive.
 *
 * Exact without `%`, which calls into C for values above 2^31: for a whole number n < 2^53 the quotient n / d can't
 * round up to a whole number above the true one, since 1/d, the least distance to it, is more than half a unit in the
 * last place of a quotient of at most 2^53 / d.
 */
export function divideRoundedNumber(numerator: number, denominator: number, mode: RoundingMode): number {
  const quotient = Math.floor(numerator / denominator);
  const remainder = numerator - quotient * denominator;
  if (remainder === 0) return quotient;
  return roundsAway(mode, false, 2 * remainder - denominator, (quotient & 1) === 1) ? quotient + 1 : quotient;
}

/**
 * Divides a whole number that is not negative by a power of ten, on its digits: it drops the last ones and rounds.
 * A large number is printed anyway, and dividing it costs more than that.
 */
export function dropDigits(digits: string, dropped: number, mode: RoundingMode): string {
  const kept = digits.length - dropped;
  const quotient = kept > 0 ? digits.slice(0, kept) : "0";
  let end = digits.length;
  while (end > kept && digits.charCodeAt(end - 1) === ZERO) end--;
  if (end <= Math.max(kept, 0)) return quotient;
  const next = kept < 0 ? 0 : digits.charCodeAt(kept) - ZERO;
  const beyondHalf = next === 5 && end > kept + 1 ? 1 : next - 5;
  const isOdd = (quotient.charCodeAt(quotient.length - 1) & 1) === 1;
  return roundsAway(mode, false, beyondHalf, isOdd) ? nextWhole(quotient) : quotient;
}

const ZERO = 48;
const NINE = 57;

/** The digits of the next whole number. */
function nextWhole(digits: string): string {
  let last = digits.length - 1;
  while (last >= 0 && digits.charCodeAt(last) === NINE) last--;
  const zeros = "0".repeat(digits.length - 1 - last);
  if (last < 0) return `1${zeros}`;
  return digits.slice(0, last) + (digits.charCodeAt(last) - ZERO + 1) + zeros;
}

/** Whether a nonzero remainder moves the quotient away from zero; the sign of `beyondHalf` compares it with one half. */
function roundsAway(mode: RoundingMode, negative: boolean, beyondHalf: number, odd: boolean): boolean {
  switch (mode) {
    case "half_up":
      return beyondHalf >= 0;
    case "half_even":
      return beyondHalf > 0 || (beyondHalf === 0 && odd);
    case "half_down":
      return beyondHalf > 0;
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
