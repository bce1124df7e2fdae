import { checkGroups } from "./group-rules.ts";
import { checkPlaces } from "./misplaced.ts";
import { type Place, report, within } from "./place.ts";
import { checkPrice } from "./price-rules.ts";
import { entriesIn, isGiven, isObject, type JsonObject, objectIn } from "./read.ts";

/** The issues of a plan's parts with one another; `strategy` says whose prices are charged. */
export function checkPlan(plan: JsonObject, strategy: unknown, currency: unknown, place: Place): void {
  checkPlaces(plan, "a plan", place);
  if (isObject(plan["price"])) checkPrice(plan["price"], currency, within(place, "price"));
  checkEntries(plan["features"], "a feature", currency, within(place, "features"));
  checkEntries(plan["groups"], "a group", currency, within(place, "groups"));
  checkUnique(plan["features"], "slug", within(place, "features"));
  checkUnique(plan["groups"], "id", within(place, "groups"));
  checkGroups(plan, strategy, place);
  checkCharged(plan, strategy, place);
}

function checkEntries(entries: unknown, home: string, currency: unknown, place: Place): void {
  for (const [index, entry] of entriesIn(entries).entries()) {
    if (!isObject(entry)) continue;
    const here = within(place, index);
    checkPlaces(entry, home, here);
    if (isObject(entry["price"])) checkPrice(entry["price"], currency, within(here, "price"));
  }
}

/** A plan has the prices that its strategy charges (T1). */
function checkCharged(plan: JsonObject, strategy: unknown, place: Place): void {
  const { price, features } = plan;
  if (strategy === "plan" && !isGiven(price)) {
    const problem = "price is missing: the strategy plan charges it";
    report(place, ["price"], "MISSING", "T1", problem, price, "a price");
  }
  if (strategy !== "plan" && !isGiven(features)) {
    report(place, ["features"], "MISSING", "T1", "features is missing", features, "an array of features");
  }
}

function checkUnique(entries: unknown, name: string, place: Place): void {
  const seen = new Set<string>();
  for (const [index, entry] of entriesIn(entries).entries()) {
    const value = objectIn(entry)[name];
    if (typeof value !== "string") continue;
    if (seen.has(value)) {
      report(
        place,
        [index, name],
        "DUPLICATE",
        null,
        `${name} is not the only one`,
        value,
        `its own ${name}`,
      );
    }
    seen.add(value);
  }
}
