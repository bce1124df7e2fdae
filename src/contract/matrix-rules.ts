import { checkPlaces } from "./misplaced.ts";
import { type Place, report, within } from "./place.ts";
import { entriesIn, isGiven, isObject, type JsonObject, objectIn } from "./read.ts";
import { METERED_STRATEGIES, STRATEGIES } from "./strategy.ts";
import { checkDetails, checkStrategyFieldsBeside } from "./strategy-rules.ts";

const METERED = METERED_STRATEGIES.join(", ");

/** A matrix is of a metered price, its entries are metered, told apart and without a flat fee of their own (R7). */
export function checkMatrix(price: JsonObject, strategy: unknown, place: Place): void {
  if (STRATEGIES.includes(strategy as string) && !METERED_STRATEGIES.includes(strategy as string)) {
    const problem = `by has no meaning for the strategy ${strategy}`;
    report(place, ["by"], "FOREIGN_FIELD", "R7", problem, price["by"], `by only for ${METERED}`);
  }
  for (const [index, entry] of entriesIn(price["by"]).entries()) {
    if (isObject(entry)) checkEntry(entry, isGiven(price["amount"]), within(place, "by", index));
  }
}

function checkEntry(entry: JsonObject, priceHasAmount: boolean, place: Place): void {
  const when = entry["when"];
  if (isObject(when) && Object.keys(when).length === 0) {
    report(place, ["when"], "MISSING", "R7", "when names no property", when, "at least one property");
  }
  checkPlaces(entry, "a matrix entry", place);
  checkStrategyFieldsBeside(entry, place);
  const details = objectIn(entry["strategy_details"]);
  checkDetails(details, within(place, "strategy_details"));
  if (isGiven(details["flat_fee"])) {
    const problem = "a part has no flat fee of its own: the price's covers the sum";
    const path = ["strategy_details", "flat_fee"];
    report(place, path, "FOREIGN_FIELD", "R7", problem, details["flat_fee"], "flat_fee of the price itself");
  }
  if (details["pricing_strategy"] === "usage" && !isGiven(entry["amount"]) && !priceHasAmount) {
    report(place, ["amount"], "MISSING", "R7", "amount is missing", entry["amount"], "a decimal string");
  }
}
