import { type Place, report } from "./place.ts";
import { entriesIn, isGiven, isObject, type JsonObject, objectIn } from "./read.ts";

/** What groups call a feature: its id, or its slug where it has none. */
export function featureId(feature: { readonly id?: unknown; readonly slug?: unknown }): unknown {
  return feature.id ?? feature.slug;
}

/** Groups share out the plan's features, and have a price where they are charged. */
export function checkGroups(plan: JsonObject, strategy: unknown, place: Place): void {
  const groups = entriesIn(plan["groups"]);
  const features = plan["features"];
  if (groups.length === 0) return;
  if (Array.isArray(features)) checkMembers(groups, features, place);
  if (strategy !== "group") return;
  const slugs = new Set(entriesIn(features).map((feature) => objectIn(feature)["slug"]));
  for (const [index, group] of groups.entries()) {
    if (!isObject(group)) continue;
    const { id, price } = group;
    if (!isGiven(price)) {
      const problem = "price is missing: the strategy group charges it";
      report(place, ["groups", index, "price"], "MISSING", "T1", problem, price, "a price");
    }
    if (typeof id === "string" && slugs.has(id)) {
      const problem = "a feature's slug is the same: usage could be of either";
      report(
        place,
        ["groups", index, "id"],
        "DUPLICATE",
        "U6",
        problem,
        id,
        "an id that is no feature's slug",
      );
    }
  }
}

function checkMembers(groups: readonly unknown[], features: readonly unknown[], place: Place): void {
  const known = new Set(features.map((feature) => featureId(objectIn(feature))));
  const grouped = new Set<string>();
  for (const [index, group] of groups.entries()) {
    for (const [position, id] of entriesIn(objectIn(group)["feature_ids"]).entries()) {
      if (typeof id !== "string") continue;
      const path = ["groups", index, "feature_ids", position];
      if (!known.has(id)) {
        report(
          place,
          path,
          "UNKNOWN_SLUG",
          null,
          "no feature has this id",
          id,
          "the id of a feature of the plan",
        );
      } else if (grouped.has(id)) {
        report(place, path, "DUPLICATE", null, "the feature is in a group already", id, "each feature once");
      }
      grouped.add(id);
    }
  }
}
