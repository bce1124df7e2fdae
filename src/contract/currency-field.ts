import { minorUnitDigits } from "../money/currency.ts";
import { type Field, single } from "./field.ts";

/**
 * A lower-case ISO 4217 code with a minor unit.
 *
 * @rule A3 (known codes)
 */
export const currencyField: Field = single(
  "A3",
  "a lower-case ISO 4217 code, like eur, usd or jpy",
  (value) => {
    if (typeof value !== "string") return { refused: "INVALID_TYPE" };
    return minorDigitsOf(value) === undefined ? { refused: "UNKNOWN_VALUE" } : value;
  },
);

/** The digits of a currency, undefined where a value of a document is no currency. */
export function minorDigitsOf(value: unknown): number | undefined {
  return typeof value === "string" && value.length === 3 ? minorUnitDigits(value) : undefined;
}
