import { Decimal as SharedDecimal } from "decimal.js";

/**
 * A private decimal.js. Its default 20 digits lose cents on prices of 12 decimals, and 160 hold the exact product of
 * four operands of 38 digits; `defaults` cuts it off from whatever others set on the shared constructor.
 */
export const Decimal: typeof SharedDecimal = SharedDecimal.clone({
  defaults: true,
  precision: 160,
  rounding: SharedDecimal.ROUND_HALF_UP,
});
export type Decimal = SharedDecimal;

/**
 * A decimal text as a Decimal of ours. A Decimal made elsewhere is wrapped anew, because the left operand's
 * constructor decides the precision of a result.
 */
export function toDecimal(value: string | Decimal): Decimal {
  return new Decimal(value);
}

/** The plain text of a Decimal: no exponent, no trailing zeros, no "-0". */
export function decimalText(value: Decimal): string {
  return value.toFixed();
}
