import { assertParsed } from "../contract/brand.ts";
import type { Price } from "../contract/price.ts";
import { fail } from "../error.ts";
import { formatMinor } from "../money/amounts.ts";
import { decimalPlaces, powerOfTen, toScaledBigint } from "../money/integer.ts";
import { type ExactRatio, exactAmount } from "../money/ratio.ts";
import { readRounding } from "../money/read-amount.ts";
import { divideRounded, divideRoundedNumber, type RoundingMode } from "../money/rounding.ts";
import {
  type ChargeQuantity,
  plainDigits,
  quantityText,
  type UsedQuantity,
  usedQuantity,
} from "../usage/quantity.ts";
import { type CompiledPrice, compilePrice, type OverLimit, unitsPart } from "./compile-price.ts";
import { evaluatePlain } from "./curve.ts";
import { splitByProperties } from "./matrix.ts";

/** What a quantity costs at a price, before proration, discount and tax. Decimal strings in the price's currency. */
export interface Charge {
  /** The whole charge, flat fee included, rounded once. */
  readonly subtotal: string;
  /** The charge before rounding; null where it doesn't terminate. */
  readonly exact: string | null;
  readonly exact_ratio: ExactRatio;
  /** The flat fee in it, rounded. */
  readonly flat_fee: string;
  /** The quantity that was priced; null for `flat`. */
  readonly units: string | null;
  readonly currency: string;
  /** There, and true, where usage is above `maximum_units` and has no price of its own. */
  readonly over_limit?: true;
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

/**
 * A charge in minor units, and exactly: `flat` and `whole` are over 10^scale * divisor. Numbers where they are provably
 * exact, bigints else.
 */
export interface SettledCharge {
  readonly flatMinor: number | bigint;
  readonly wholeMinor: number | bigint;
  readonly flat: number | bigint;
  readonly whole: number | bigint;
  readonly scale: number;
  readonly divisor: bigint;
  readonly overLimit: boolean;
}

const LARGEST = Number.MAX_SAFE_INTEGER;
const TENS: readonly number[] = Array.from({ length: 13 }, (_, exponent) => 10 ** exponent);
const WHOLE: ChargeShares = { fixed: 1n, minimum: 1n, maximum: 1n, of: 1n };

/**
 * Prices a quantity: units part, flat fee, limits and the one rounding, in the order of R1.
 *
 * @rule R1 (order)
 * @rule A1 (one rounding a charge)
 */
export function settleCharge(
  price: Price,
  used: UsedQuantity,
  rounding: RoundingMode,
  shares: ChargeShares | null,
): SettledCharge {
  const plain = shares === null ? settlePlain(compilePrice(price), used.units, rounding) : null;
  return plain ?? settleExact(price, used, rounding, shares);
}

/**
 * On plain numbers; null where the units are no short canonical decimal, or where a result could have been rounded on the way. All terms
 * are integers >= 0.
 */
export function settlePlain(
  price: CompiledPrice,
  units: string,
  rounding: RoundingMode,
): SettledCharge | null {
  const { plain } = price;
  if (plain === null) return null;
  const { curve, maximum } = plain;
  const digits = plainDigits(units);
  if (digits < 0) return null;
  // Quantities have at most 12 decimals, as the curve's do.
  const finer = decimalPlaces(units) - curve.unitScale;
  const refinement = finer > 0 ? (TENS[finer] as number) : 1;
  const quantity = finer < 0 ? digits * (TENS[-finer] as number) : digits;
  const isRefined = curve.batch === 0;
  const factor = isRefined ? refinement : 1;
  const flat = plain.flatFee * factor;
  const divisor = plain.minorDivisor * factor;
  let whole = flat + evaluatePlain(curve, quantity, refinement);
  if (quantity > LARGEST || whole > LARGEST || divisor > LARGEST) return null;
  if (whole < plain.minimum * factor) whole = plain.minimum * factor;
  if (maximum !== null && whole > maximum * factor) whole = maximum * factor;
  if (whole > LARGEST) return null;
  return {
    flatMinor: flat === 0 ? 0 : divideRoundedNumber(flat, divisor, rounding),
    wholeMinor: divideRoundedNumber(whole, divisor, rounding),
    flat,
    whole,
    scale: isRefined && finer > 0 ? curve.amountScale + finer : curve.amountScale,
    divisor: curve.divisor,
    overLimit: price.overLimit !== null && isOverLimit(price.overLimit, units),
  };
}

/** On bigints: any size, any proration. */
export function settleExact(
  price: Price,
  used: UsedQuantity,
  rounding: RoundingMode,
  shares: ChargeShares | null,
): SettledCharge {
  const compiled = compilePrice(price);
  const { curve, flatFee, minimum, maximum, denominator, minorDivisor } = compiled.exact();
  const units = unitsPart(price, used);
  // Everything over one denominator: the curve's own, times what the units part and the shares need beyond it.
  const isOwn = units.denominator === denominator;
  const isSimple = isOwn && shares === null;
  const part = shares ?? WHOLE;
  const factor = isOwn ? 1n : units.denominator;
  const amount = isOwn ? units.numerator : units.numerator * denominator;
  const flat = flatFee * factor * part.fixed;
  let whole = flat + amount * (compiled.isFixed ? part.fixed : part.of);
  const least = minimum * factor * part.minimum;
  if (whole < least) whole = least;
  if (maximum !== null) {
    const limit = maximum * factor * part.maximum;
    // A maximum never falls below the flat fee charged (W4).
    const most = limit < flat ? flat : limit;
    if (whole > most) whole = most;
  }
  const divisor = minorDivisor * factor * part.of;
  return {
    flatMinor: flat === 0n ? 0n : divideRounded(flat, divisor, rounding),
    wholeMinor: divideRounded(whole, divisor, rounding),
    flat,
    whole,
    scale: isSimple ? curve.amountScale : compiled.digits,
    divisor: isSimple ? curve.divisor : divisor,
    overLimit: isAnyOverLimit(compiled, used),
  };
}

/** Each part of a matrix has a limit of its own (R7). */
function isAnyOverLimit({ matrix, overLimit }: CompiledPrice, used: UsedQuantity): boolean {
  if (matrix.length === 0) return overLimit !== null && isOverLimit(overLimit, used.units);
  return splitByProperties(matrix, used).some(({ part, used: share }) =>
    isAnyOverLimit(compilePrice(part.price), share),
  );
}

function isOverLimit({ above, scale }: OverLimit, units: string): boolean {
  const finer = Math.max(scale, decimalPlaces(units));
  return toScaledBigint(units, finer) > above * powerOfTen(finer - scale);
}

/**
 * What a quantity costs at a price: flat fee, units, minimum and maximum charge, rounded once.
 *
 * @param price what `parsePrice` returned, or a price within a parsed contract.
 * @param quantity units as a decimal string, safe integer or bigint; `{ events }` for prices that depend on the events;
 * `{ units, event_count }` for a percentage. Fixed prices take the contracted count where it is left out; metered ones
 * are then priced without usage.
 * @throws NOT_PARSED when `price` did not come through the gate; INVALID_DECIMAL or OUT_OF_RANGE when the quantity is
 * none (R8, T5); NEEDS_EVENTS when the price depends on the events and gets a sum (R6, R7); UNKNOWN_VALUE for an
 * unknown rounding mode.
 * @example
 * import { chargeFor, parsePrice } from "pure-billing";
 *
 * const price = parsePrice({
 *   amount: "0",
 *   currency: "eur",
 *   strategy_details: {
 *     pricing_strategy: "usage_tiered",
 *     tiers: [
 *       { up_to: "1000", unit_price: "0.10" },
 *       { up_to: null, unit_price: "0.08" },
 *     ],
 *     flat_fee: "5",
 *   },
 * });
 * const charge = chargeFor(price, "1000.5");
 * charge.exact; //=> "105.04"
 * charge.subtotal; //=> "105.04"
 * charge.flat_fee; //=> "5.00"
 */
export function chargeFor(
  price: Price,
  quantity?: ChargeQuantity,
  options: { readonly rounding?: RoundingMode } = {},
): Charge {
  assertParsed(price, "price", "price");
  const compiled = compilePrice(price);
  const rounding = roundingMode(options.rounding);
  const plain = typeof quantity === "string" ? settlePlain(compiled, quantity, rounding) : null;
  const used = plain === null ? chargedQuantity(compiled, quantity) : null;
  const settled = plain ?? settleCharge(price, used as UsedQuantity, rounding, null);
  const { exact, exact_ratio } = exactAmount(settled.whole, settled.scale, settled.divisor);
  const isFlat = compiled.isFixed && compiled.contractedUnits === null;
  const charge = {
    subtotal: formatMinor(settled.wholeMinor, compiled.digits),
    exact,
    exact_ratio,
    flat_fee: formatMinor(settled.flatMinor, compiled.digits),
    units: isFlat ? null : used === null ? (quantity as string) : used.units,
    currency: price.currency,
  };
  return settled.overLimit ? { ...charge, over_limit: true } : charge;
}

/** The quantity that a caller asks about, or without one the contracted count. */
export function chargedQuantity(price: CompiledPrice, quantity: ChargeQuantity | undefined): UsedQuantity {
  if (typeof quantity === "object") return usedQuantity(quantity, ["quantity"]);
  const units =
    quantity === undefined ? (price.contractedUnits ?? "0") : quantityText(quantity, ["quantity"]);
  return { units, event_count: null, events: null };
}

/** The rounding mode of an option, `half_up` where there is none. */
export function roundingMode(mode: RoundingMode | undefined): RoundingMode {
  const read = readRounding(mode);
  return typeof read === "string" ? read : fail(read);
}
