import { Decimal as SharedDecimal } from "decimal.js";

/** decimal.js as a reference: a private one, precise enough for the product of four operands of 38 digits. */
const Decimal = SharedDecimal.clone({ defaults: true, precision: 160 });

export function toDecimal(value: string): SharedDecimal {
  return new Decimal(value);
}

export function decimalText(value: SharedDecimal): string {
  return value.toFixed();
}
