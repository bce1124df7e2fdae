import { plainPowerOfTen } from "../money/integer.ts";
import { plainDecimal } from "../money/plain-decimal.ts";
import { type CompiledPrice, plainPrice } from "./compile-price.ts";
import { isOverLimit } from "./over-limit.ts";
import { evaluatePlain, type PlainPrice } from "./plain-price.ts";

/** A charge on plain numbers: `whole`, over the denominator of `plain`. */
export interface PlainCharge {
  readonly plain: PlainPrice;
  readonly whole: number;
  readonly overLimit: boolean;
}

const LARGEST = Number.MAX_SAFE_INTEGER;

/**
 * What a quantity costs, on plain numbers; null where the units are no short canonical decimal, or where a result could
 * have been rounded on the way.
 */
export function plainCharge(price: CompiledPrice, units: string): PlainCharge | null {
  const quantity = plainDecimal(units);
  if (quantity === null) return null;
  const plain = plainPrice(price, quantity.places);
  if (plain === null) return null;
  const scaled = quantity.digits * plainPowerOfTen(plain.unitScale - quantity.places);
  let whole = plain.flatFee + evaluatePlain(plain, scaled);
  // Neither holds for NaN.
  if (!(scaled <= LARGEST && whole <= LARGEST)) return null;
  if (whole < plain.minimum) whole = plain.minimum;
  if (whole > plain.maximum) whole = plain.maximum;
  return { plain, whole, overLimit: price.overLimit !== null && isOverLimit(price.overLimit, units) };
}
