import type { IssuePath } from "../error.ts";
import { strategyOf } from "./contract-rules.ts";
import { compareDecimals, decimalOf } from "./decimal-field.ts";
import { featureId } from "./group-rules.ts";
import { type Place, report } from "./place.ts";
import { entriesIn, isGiven, type JsonObject, objectIn } from "./read.ts";

/**
 * The units contracted of what is charged are as many as can be bought.
 *
 * @rule R9 (contracted units)
 * @param slugs whose units are looked at; null: those of all prices.
 */
export function checkUnits(document: JsonObject, slugs: ReadonlySet<string> | null, place: Place): void {
  const plan = objectIn(document["plan"]);
  const strategy = strategyOf(objectIn(document["contract_summary"]), plan);
  if (strategy === "plan") {
    if (slugs === null) checkPriceUnits(plan["price"], undefined, ["plan"], place);
    return;
  }
  const grouped = new Set<unknown>();
  for (const [index, group] of (strategy === "group" ? entriesIn(plan["groups"]) : []).entries()) {
    const { feature_ids: ids, price } = objectIn(group);
    for (const id of entriesIn(ids)) grouped.add(id);
    if (slugs === null) checkPriceUnits(price, undefined, ["plan", "groups", index], place);
  }
  for (const [index, entry] of entriesIn(plan["features"]).entries()) {
    const feature = objectIn(entry);
    const slug = String(feature["slug"]);
    if (grouped.has(featureId(feature)) || slugs?.has(slug) === false) continue;
    const path = ["plan", "features", index];
    checkPriceUnits(feature["price"], overriddenUnits(document, slug), path, place);
  }
}

interface Units {
  readonly value: unknown;
  readonly path: IssuePath;
}

function overriddenUnits(document: JsonObject, slug: string): Units | undefined {
  const ofFeature = objectIn(objectIn(document["feature_configuration"])[slug])["units"];
  if (isGiven(ofFeature)) return { value: ofFeature, path: ["feature_configuration", slug, "units"] };
  const count = objectIn(document["unit_count_configuration"])[slug];
  return isGiven(count) ? { value: count, path: ["unit_count_configuration", slug] } : undefined;
}

function checkPriceUnits(price: unknown, overridden: Units | undefined, path: IssuePath, place: Place): void {
  const details = objectIn(objectIn(price)["strategy_details"]);
  if (details["pricing_strategy"] !== "per_unit") return;
  const own = [...path, "price", "strategy_details", "contracted_unit_count"];
  const units = overridden ?? { value: details["contracted_unit_count"], path: own };
  const count = decimalOf(units.value);
  const least = decimalOf(details["minimum_units"]);
  const most = decimalOf(details["maximum_units"]);
  if (count === undefined) return;
  const isTooFew = least !== undefined && compareDecimals(count, least) < 0;
  const isTooMany = most !== undefined && compareDecimals(count, most) > 0;
  if (!isTooFew && !isTooMany) return;
  const problem = isTooFew ? "fewer units than can be bought" : "more units than can be bought";
  const allowed = most === undefined ? `${least} or more` : `${least ?? 0} to ${most}`;
  report(place, units.path, "OUT_OF_RANGE", "R9", problem, units.value, allowed);
}
