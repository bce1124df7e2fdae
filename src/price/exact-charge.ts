import { toScaledBigint } from "../money/integer.ts";
import { addRatios, type Ratio, ZERO_RATIO } from "../money/ratio.ts";
import type { UsedQuantity } from "../usage/quantity.ts";
import { type CompiledPrice, compilePrice, exactNumbers } from "./compile-price.ts";
import { evaluateExact } from "./curve.ts";
import { splitByProperties } from "./matrix.ts";
import { isOverLimit } from "./over-limit.ts";
import { percentageOf } from "./percentage.ts";

/** A charge on bigints: `flat` (the flat fee in it) and `whole` are over 10^scale * divisor; never negative. */
export interface ExactCharge {
  readonly flat: bigint;
  readonly whole: bigint;
  readonly scale: number;
  /** What no power of ten divides; 1 where the amounts terminate. */
  readonly divisor: bigint;
  /** What an amount is divided by to be in minor units. */
  readonly minorDivisor: bigint;
  /** Whether usage is above `maximum_units` and has no price of its own. */
  readonly overLimit: boolean;
}

/**
 * By how much parts of a charge are prorated, as numerators over `of`: `fixed` for the flat fee and, in fixed prices,
 * the whole; `minimum` and `maximum` for the limits.
 */
export interface ChargeShares {
  readonly fixed: bigint;
  readonly minimum: bigint;
  readonly maximum: bigint;
  readonly of: bigint;
}

const WHOLE: ChargeShares = { fixed: 1n, minimum: 1n, maximum: 1n, of: 1n };

/** What a quantity costs, on bigints: any size, any proration, any price. */
export function exactCharge(
  price: CompiledPrice,
  used: UsedQuantity,
  shares: ChargeShares | null,
): ExactCharge {
  return shares === null && !price.isSum ? ofOneQuantity(price, used.units) : ofParts(price, used, shares);
}

/** A price over one quantity, not prorated: all is over the curve's own denominator. */
function ofOneQuantity(price: CompiledPrice, units: string): ExactCharge {
  const { curve, flatFee: flat, minimum, maximum, minorDivisor } = exactNumbers(price);
  const amount = evaluateExact(curve, toScaledBigint(units, curve.unitScale));
  let whole = price.hasFlatFee ? flat + amount : amount;
  if (minimum !== null && whole < minimum) whole = minimum;
  if (maximum !== null && whole > maximum) whole = maximum;
  const overLimit = price.overLimit !== null && isOverLimit(price.overLimit, units);
  return { flat, whole, scale: curve.amountScale, divisor: curve.divisor, minorDivisor, overLimit };
}

/** Everything else: over the curve's denominator, times what the units part and the shares need beyond it. */
function ofParts(price: CompiledPrice, used: UsedQuantity, shares: ChargeShares | null): ExactCharge {
  const { curve, flatFee, minimum, maximum, denominator, minorDivisor } = exactNumbers(price);
  const units = unitsPart(price, used);
  const isOwn = units.denominator === denominator;
  const isSimple = isOwn && shares === null;
  const part = shares ?? WHOLE;
  const factor = isOwn ? 1n : units.denominator;
  const amount = isOwn ? units.numerator : units.numerator * denominator;
  const flat = flatFee * factor * part.fixed;
  let whole = flat + amount * (price.isFixed ? part.fixed : part.of);
  if (minimum !== null) {
    const least = minimum * factor * part.minimum;
    if (whole < least) whole = least;
  }
  if (maximum !== null) {
    const limit = maximum * factor * part.maximum;
    // A maximum never falls below the flat fee charged (W4).
    const most = limit < flat ? flat : limit;
    if (whole > most) whole = most;
  }
  const divisor = minorDivisor * factor * part.of;
  return {
    flat,
    whole,
    scale: isSimple ? curve.amountScale : price.digits,
    divisor: isSimple ? curve.divisor : divisor,
    minorDivisor: divisor,
    overLimit: isAnyOverLimit(price, used),
  };
}

/** The unrounded units part of a price at a quantity: before flat fee, limits and proration. */
function unitsPart(price: CompiledPrice, used: UsedQuantity): Ratio {
  if (price.matrix.length > 0) {
    let sum = ZERO_RATIO;
    for (const { part, used: share } of splitByProperties(price.matrix, used)) {
      sum = addRatios(sum, unitsPart(compilePrice(part.price), share));
    }
    return sum;
  }
  const { curve, denominator } = exactNumbers(price);
  const details = price.price.strategy_details;
  if (details.pricing_strategy === "percentage") return percentageOf(details, curve, used);
  return { numerator: evaluateExact(curve, toScaledBigint(used.units, curve.unitScale)), denominator };
}

/** Each part of a matrix has a limit of its own (R7). */
function isAnyOverLimit({ matrix, overLimit }: CompiledPrice, used: UsedQuantity): boolean {
  if (matrix.length === 0) return overLimit !== null && isOverLimit(overLimit, used.units);
  return splitByProperties(matrix, used).some(({ part, used: share }) =>
    isAnyOverLimit(compilePrice(part.price), share),
  );
}
