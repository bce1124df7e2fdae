import { decimal } from "./decimal-field.ts";
import { choice, type Field, integer, optional } from "./field.ts";
import { object } from "./object-field.ts";

/** A discount of a contract (C1, C2): a percentage, or an amount of its currency a billing period. */
export interface Discount {
  readonly discount_type: "percentage" | "flat";
  readonly amount: string;
  /** For how many full periods; null or absent: for ever, 0: never. */
  readonly duration?: number | null;
}

/** Schema of a discount. */
export const discountField: Field = object({
  discount_type: choice("C1", ["percentage", "flat"]),
  amount: decimal("C1"),
  duration: optional(integer("C2", 0)),
});
