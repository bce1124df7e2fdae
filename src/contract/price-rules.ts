import { minorDigitsOf } from "./currency-field.ts";
import { compareDecimals, decimalOf } from "./decimal-field.ts";
import { checkMatrix } from "./matrix-rules.ts";
import { checkPlaces } from "./misplaced.ts";
import { type Place, report, within } from "./place.ts";
import { isGiven, type JsonObject, objectIn } from "./read.ts";
import { PRICED_STRATEGIES } from "./strategy.ts";
import { checkDetails, checkStrategyFieldsBeside } from "./strategy-rules.ts";

/** The issues of a price's fields with one another; `currency` is the contract's, where it is known. */
export function checkPrice(price: JsonObject, currency: unknown, place: Place): void {
  const details = objectIn(price["strategy_details"]);
  const strategy = details["pricing_strategy"];
  checkPlaces(price, "a price", place);
  checkStrategyFieldsBeside(price, place);
  checkCurrency(price["currency"], currency, place);
  checkDetails(details, within(place, "strategy_details"));
  if (PRICED_STRATEGIES.includes(strategy as string) && !isGiven(price["amount"])) {
    report(place, ["amount"], "MISSING", null, "amount is missing", price["amount"], "a decimal string");
  }
  checkLimits(price, details, place);
  if (isGiven(price["by"])) checkMatrix(price, strategy, place);
}

/**
 * All prices are in the contract's currency.
 *
 * @rule A3 (one currency)
 */
function checkCurrency(currency: unknown, expected: unknown, place: Place): void {
  if (
    currency === expected ||
    minorDigitsOf(currency) === undefined ||
    minorDigitsOf(expected) === undefined
  ) {
    return;
  }
  const problem = "not the contract's currency";
  report(place, ["currency"], "CURRENCY_MISMATCH", "A3", problem, currency, String(expected));
}

/** No minimum above the maximum, no maximum below the flat fee (R1). */
function checkLimits(price: JsonObject, details: JsonObject, place: Place): void {
  const most = decimalOf(price["maximum_charge"]);
  if (most === undefined) return;
  checkLimit("minimum_charge", price["minimum_charge"], most, place);
  checkLimit("flat_fee", details["flat_fee"], most, place);
}

function checkLimit(name: string, value: unknown, most: string, place: Place): void {
  const least = decimalOf(value);
  if (least === undefined || compareDecimals(least, most) <= 0) return;
  const problem = `maximum_charge is below ${name}`;
  report(place, ["maximum_charge"], "CONFLICT", "R1", problem, most, `at least ${name} (${least})`);
}
