import { compareDecimals, decimalOf } from "./decimal-field.ts";
import { type Place, report, within } from "./place.ts";
import { isGiven, type JsonObject, objectIn } from "./read.ts";
import { PRICED_STRATEGIES, type PricingStrategy, STRATEGY_FIELDS } from "./strategy.ts";

const PARTS = ["units", "price", "flat_fee"];

/**
 * What a contract overrides is there: the feature, and the part of its price.
 *
 * @rule R9 (known slugs)
 */
export function checkOverrides(document: JsonObject, features: readonly unknown[], place: Place): void {
  const configurations = objectIn(document["feature_configuration"]);
  const unitCounts = objectIn(document["unit_count_configuration"]);
  const overridden = [...Object.keys(configurations), ...Object.keys(unitCounts)];
  if (overridden.length === 0) return;
  const prices = new Map(features.map((feature) => [objectIn(feature)["slug"], objectIn(feature)["price"]]));
  for (const slug of Object.keys(configurations)) {
    const here = within(place, "feature_configuration", slug);
    if (!isKnown(slug, prices, here)) continue;
    const override = objectIn(configurations[slug]);
    const price = prices.get(slug);
    for (const part of PARTS) checkPart(part, override[part], price, within(here, part));
    checkFlatFee(override["flat_fee"], price, within(here, "flat_fee"));
  }
  for (const slug of Object.keys(unitCounts)) {
    const here = within(place, "unit_count_configuration", slug);
    if (isKnown(slug, prices, here)) checkPart("units", unitCounts[slug], prices.get(slug), here);
  }
}

function isKnown(slug: string, prices: ReadonlyMap<unknown, unknown>, place: Place): boolean {
  if (prices.has(slug)) return true;
  report(
    place,
    [],
    "UNKNOWN_SLUG",
    "R9",
    "no feature has this slug",
    slug,
    "the slug of a feature of the plan",
  );
  return false;
}

function checkPart(part: string, value: unknown, price: unknown, place: Place): void {
  if (!isGiven(value)) return;
  const overridable = partsOf(price);
  if (overridable === undefined || overridable.includes(part)) return;
  const allowed = overridable.length === 0 ? "no override: the feature has no price" : overridable.join(", ");
  report(place, [], "CONFLICT", "R9", `the feature has no ${part} to override`, value, allowed);
}

/** What of a feature's price can be overridden; undefined where its price isn't sound. */
function partsOf(price: unknown): readonly string[] | undefined {
  if (!isGiven(price)) return [];
  const strategy = objectIn(objectIn(price)["strategy_details"])["pricing_strategy"];
  if (typeof strategy !== "string" || !Object.hasOwn(STRATEGY_FIELDS, strategy)) return undefined;
  const fields = STRATEGY_FIELDS[strategy as PricingStrategy];
  const parts: string[] = [];
  if (Object.hasOwn(fields, "contracted_unit_count")) parts.push("units");
  if (PRICED_STRATEGIES.includes(strategy)) parts.push("price");
  if (Object.hasOwn(fields, "flat_fee")) parts.push("flat_fee");
  return parts;
}

function checkFlatFee(value: unknown, price: unknown, place: Place): void {
  const flatFee = decimalOf(value);
  const most = decimalOf(objectIn(price)["maximum_charge"]);
  if (flatFee === undefined || most === undefined || compareDecimals(flatFee, most) <= 0) return;
  const problem = "the flat fee is above maximum_charge";
  report(place, [], "CONFLICT", "R1", problem, flatFee, `up to maximum_charge (${most})`);
}
