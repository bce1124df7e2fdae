import type { Price } from "../contract/price.ts";
import { divideRounded, divideRoundedNumber, type RoundingMode } from "../money/rounding.ts";
import type { UsedQuantity } from "../usage/quantity.ts";
import { compilePrice } from "./compile-price.ts";
import { type ChargeShares, exactCharge } from "./exact-charge.ts";
import { plainCharge } from "./plain-charge.ts";

/**
 * A charge in minor units, and exactly: `flat` (the flat fee in it) and `whole` are over 10^scale * divisor. Numbers
 * where they are provably exact, bigints else.
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
  const compiled = compilePrice(price);
  const ofPlain = shares === null ? plainCharge(compiled, used.units) : null;
  if (ofPlain !== null) {
    const { whole, overLimit, plain } = ofPlain;
    const { flatFee: flat, amountScale: scale, divisor, minorDivisor } = plain;
    const flatMinor = divideRoundedNumber(flat, minorDivisor, rounding);
    const wholeMinor = divideRoundedNumber(whole, minorDivisor, rounding);
    return { flatMinor, wholeMinor, flat, whole, scale, divisor, overLimit };
  }
  const { flat, whole, scale, divisor, minorDivisor, overLimit } = exactCharge(compiled, used, shares);
  const flatMinor = compiled.hasFlatFee ? divideRounded(flat, minorDivisor, rounding) : 0;
  const wholeMinor = divideRounded(whole, minorDivisor, rounding);
  return { flatMinor, wholeMinor, flat, whole, scale, divisor, overLimit };
}
