import type { Price } from "../contract/price.ts";
import { fail } from "../error.ts";
import { formatMinor } from "../money/amounts.ts";
import { type PrintedAmount, printExact, printPlain } from "../money/printed-amount.ts";
import type { ExactRatio } from "../money/ratio.ts";
import { readRounding } from "../money/read-amount.ts";
import { divideRounded, divideRoundedNumber, type RoundingMode } from "../money/rounding.ts";
import { type ChargeQuantity, quantityText, type UsedQuantity, usedQuantity } from "../usage/quantity.ts";
import { type CompiledPrice, parsedPrice } from "./compile-price.ts";
import { type ExactCharge, exactCharge } from "./exact-charge.ts";
import { type PlainCharge, plainCharge } from "./plain-charge.ts";

export type { ChargeShares } from "./exact-charge.ts";
export { type SettledCharge, settleCharge } from "./settle-charge.ts";

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
  const compiled = parsedPrice(price);
  const rounding = roundingMode(options.rounding);
  const plain = typeof quantity === "string" ? plainCharge(compiled, quantity) : null;
  // Only a string has been priced.
  return plain === null
    ? ofAnyQuantity(compiled, quantity, rounding)
    : ofPlain(compiled, plain, quantity as string, rounding);
}

function ofAnyQuantity(
  price: CompiledPrice,
  quantity: ChargeQuantity | undefined,
  rounding: RoundingMode,
): Charge {
  const used = chargedQuantity(price, quantity);
  const plain = plainCharge(price, used.units);
  return plain === null
    ? ofExact(price, exactCharge(price, used, null), used.units, rounding)
    : ofPlain(price, plain, used.units, rounding);
}

function ofPlain(
  price: CompiledPrice,
  { plain, whole, overLimit }: PlainCharge,
  units: string,
  rounding: RoundingMode,
): Charge {
  const { amountScale: scale, divisor, minorDivisor, flatFee } = plain;
  const printed = printPlain(whole, scale, divisor, minorDivisor, price.digits, rounding);
  const flatMinor = price.hasFlatFee ? divideRoundedNumber(flatFee, minorDivisor, rounding) : null;
  return result(price, printed, flatMinor, units, overLimit);
}

function ofExact(
  price: CompiledPrice,
  { flat, whole, scale, divisor, minorDivisor, overLimit }: ExactCharge,
  units: string,
  rounding: RoundingMode,
): Charge {
  const printed = printExact(whole, scale, divisor, price.digits, rounding);
  const flatMinor = price.hasFlatFee ? divideRounded(flat, minorDivisor, rounding) : null;
  return result(price, printed, flatMinor, units, overLimit);
}

function result(
  price: CompiledPrice,
  { rounded, exact, exact_ratio }: PrintedAmount,
  flatMinor: number | bigint | null,
  units: string,
  overLimit: boolean,
): Charge {
  const charge = {
    subtotal: rounded,
    exact,
    exact_ratio,
    flat_fee: flatMinor === null ? price.zeroText : formatMinor(flatMinor, price.digits),
    units: price.isFlat ? null : units,
    currency: price.currency,
  };
  return overLimit ? { ...charge, over_limit: true } : charge;
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
  if (mode === undefined) return "half_up";
  const read = readRounding(mode);
  return typeof read === "string" ? read : fail(read);
}
