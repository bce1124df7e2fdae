import { compareDecimals, decimalOf } from "./decimal-field.ts";
import { checkPlaces } from "./misplaced.ts";
import { type Place, report } from "./place.ts";
import { isGiven, type JsonObject } from "./read.ts";
import { type PricingStrategy, STRATEGIES, STRATEGY_FIELDS } from "./strategy.ts";
import { checkTiers } from "./tier-rules.ts";

const PRICING_STRATEGY = "pricing_strategy";
const STRATEGIES_OF_FIELD: ReadonlyMap<string, readonly string[]> = strategiesByField();

function strategiesByField(): Map<string, string[]> {
  const strategies = new Map<string, string[]>([[PRICING_STRATEGY, []]]);
  for (const [strategy, fields] of Object.entries(STRATEGY_FIELDS)) {
    for (const name in fields) strategies.set(name, [...(strategies.get(name) ?? []), strategy]);
  }
  return strategies;
}

/** The issues of `strategy_details`: fields of other strategies, tiers, limits. */
export function checkDetails(details: JsonObject, place: Place): void {
  checkPlaces(details, "strategy_details", place);
  const strategy = details[PRICING_STRATEGY];
  if (!STRATEGIES.includes(strategy as string)) return;
  checkForeignFields(details, strategy as PricingStrategy, place);
  checkTiers(details, place);
  const least = decimalOf(details["minimum_per_event"]);
  const most = decimalOf(details["maximum_per_event"]);
  if (least === undefined || most === undefined || compareDecimals(least, most) <= 0) return;
  const problem = "maximum_per_event is below minimum_per_event";
  report(place, ["maximum_per_event"], "CONFLICT", "R6", problem, most, `at least ${least}`);
}

/** A field of another strategy would be money silently left out. */
function checkForeignFields(details: JsonObject, strategy: PricingStrategy, place: Place): void {
  const own = STRATEGY_FIELDS[strategy];
  for (const name in details) {
    if (name === PRICING_STRATEGY || Object.hasOwn(own, name) || !isGiven(details[name])) continue;
    const strategies = STRATEGIES_OF_FIELD.get(name);
    if (strategies === undefined) continue;
    const problem = `${name} has no meaning for the strategy ${strategy}`;
    const allowed = `${name} only for ${strategies.join(", ")}`;
    report(place, [name], "FOREIGN_FIELD", null, problem, details[name], allowed);
  }
}

/** What belongs into `strategy_details` has no effect beside it. */
export function checkStrategyFieldsBeside(price: JsonObject, place: Place): void {
  for (const name in price) {
    if (!STRATEGIES_OF_FIELD.has(name) || !isGiven(price[name])) continue;
    const problem = `${name} would have no effect here`;
    report(place, [name], "MISPLACED_FIELD", null, problem, price[name], `${name} in strategy_details`);
  }
}
