import { nearestName } from "./nearest-name.ts";
import { type Place, report } from "./place.ts";
import type { JsonObject } from "./read.ts";

/** Reports names that nothing reads, where a misspelt one would be a wish silently left out. */
export function checkNames(value: JsonObject, known: readonly string[], place: Place): void {
  for (const name of Object.keys(value)) {
    if (known.includes(name)) continue;
    const nearest = nearestName(name, known);
    const allowed = nearest === null ? known.join(", ") : `did you mean ${nearest}?`;
    report(place, [name], "UNKNOWN_VALUE", null, "this is not read", value[name], allowed);
  }
}
