import { isGiven, isObject, type JsonObject, objectIn } from "./read.ts";

/** The overrides of a contract (R9); absent where there are none. */
export interface Overrides {
  readonly feature_configuration?: JsonObject | undefined;
  readonly unit_count_configuration?: JsonObject | undefined;
}

/**
 * A contract's overrides with those of a change, slug by slug and part by part; null takes one away. What is said of
 * units in one form ends what the other form said before.
 */
export function mergedOverrides(contract: JsonObject, change: JsonObject): Overrides {
  const { feature_configuration: said, unit_count_configuration: counts } = change;
  const configurations = said === null ? {} : { ...objectIn(contract["feature_configuration"]) };
  const unitCounts = counts === null ? {} : { ...objectIn(contract["unit_count_configuration"]) };
  for (const [slug, own] of Object.entries(objectIn(said))) {
    configurations[slug] = isObject(own) ? { ...objectIn(configurations[slug]), ...own } : own;
    if (own === null || (isObject(own) && "units" in own)) delete unitCounts[slug];
  }
  for (const [slug, units] of Object.entries(objectIn(counts))) {
    unitCounts[slug] = units;
    if (isGiven(objectIn(objectIn(said)[slug])["units"]) || !isObject(configurations[slug])) continue;
    configurations[slug] = { ...configurations[slug], units: null };
  }
  for (const slug of Object.keys(configurations)) {
    if (isObject(configurations[slug])) configurations[slug] = withoutNulls(configurations[slug]);
  }
  return {
    feature_configuration: said === null ? undefined : orUndefined(configurations, said),
    unit_count_configuration: counts === null ? undefined : orUndefined(unitCounts, counts),
  };
}

/** The same object where nothing in it is null. */
function withoutNulls(values: JsonObject): JsonObject {
  const entries = Object.entries(values);
  const given = entries.filter(([, value]) => value !== null);
  return given.length === entries.length ? values : Object.fromEntries(given);
}

/** Without what is null; nothing at all where the change doesn't speak of it and nothing is left. */
function orUndefined(values: JsonObject, said: unknown): JsonObject | undefined {
  const given = withoutNulls(values);
  return said === undefined && Object.keys(given).length === 0 ? undefined : given;
}
