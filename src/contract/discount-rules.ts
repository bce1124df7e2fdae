import { minorDigitsOf } from "./currency-field.ts";
import { compareDecimals, decimalOf } from "./decimal-field.ts";
import { checkPlaces } from "./misplaced.ts";
import { type Place, report, within } from "./place.ts";
import { entriesIn, isGiven, isObject, type JsonObject } from "./read.ts";

/** The issues of a document's discounts. */
export function checkDiscounts({ discount, discounts }: JsonObject, currency: unknown, place: Place): void {
  if (isGiven(discount) && isGiven(discounts)) {
    const problem = "there is a discount beside the discounts";
    report(place, ["discounts"], "CONFLICT", "C5", problem, discounts, "discount or discounts, not both");
  }
  checkDiscount(discount, currency, within(place, "discount"));
  for (const [index, entry] of entriesIn(discounts).entries()) {
    checkDiscount(entry, currency, within(place, "discounts", index));
  }
}

/**
 * A percentage is at most 100, a flat amount in the contract's currency and no finer than it.
 *
 * @rule C1 (limits)
 */
function checkDiscount(discount: unknown, currency: unknown, place: Place): void {
  if (!isObject(discount)) return;
  checkPlaces(discount, "a discount", place);
  const found = discount["amount"];
  const amount = decimalOf(found);
  if (
    discount["discount_type"] === "percentage" &&
    amount !== undefined &&
    compareDecimals(amount, "100") > 0
  ) {
    report(place, ["amount"], "OUT_OF_RANGE", "C1", "the percentage is above 100", found, "0 to 100");
  }
  const digits = minorDigitsOf(currency);
  if (discount["discount_type"] !== "flat" || digits === undefined) return;
  if (amount !== undefined && significantDecimals(amount) > digits) {
    const allowed = `up to ${digits} decimals in ${currency}`;
    report(
      place,
      ["amount"],
      "OUT_OF_RANGE",
      "C1",
      "the discount is finer than its currency",
      found,
      allowed,
    );
  }
  const own = discount["currency"];
  if (isGiven(own) && own !== currency) {
    const problem = "not the contract's currency";
    report(place, ["currency"], "CURRENCY_MISMATCH", "A3", problem, own, String(currency));
  }
}

function significantDecimals(text: string): number {
  const dot = text.indexOf(".");
  if (dot < 0) return 0;
  let end = text.length;
  while (text[end - 1] === "0") end--;
  return end - dot - 1;
}
