import { list } from "./collection-field.ts";
import { currencyField } from "./currency-field.ts";
import { type Discount, discountField } from "./discount.ts";
import { checkDiscounts } from "./discount-rules.ts";
import { deepFreeze, type Gate, pass } from "./gate.ts";
import { object } from "./object-field.ts";

const discountsField = object({ discounts: list(discountField), currency: currencyField });

const gate: Gate = {
  name: "the discounts",
  field: () => discountsField,
  check: (input, place) => checkDiscounts(input, input["currency"], place),
};

/**
 * Reads discounts by themselves.
 *
 * @throws what `parseContract` throws of a contract's discounts, all in one error.
 */
export function parseDiscounts(discounts: unknown, currency: unknown): readonly Discount[] {
  const own = pass({ discounts, currency }, gate);
  deepFreeze(own);
  return own["discounts"] as readonly Discount[];
}
