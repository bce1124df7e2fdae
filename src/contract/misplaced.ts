import { type Place, report } from "./place.ts";
import { isGiven, type JsonObject } from "./read.ts";

/** Where each option of ours belongs. */
const HOMES: ReadonlyMap<string, string> = new Map([
  ...homes("contract_summary.configuration", [
    "cycle_alignment",
    "rounding",
    "proration_basis",
    "stub_charges",
    "stub_limits",
    "payment_terms",
    "flat_fee_due_date_policy",
    "tax_policy",
  ]),
  ...homes("contract_summary", ["time_zone", "cycle_count", "cycle_anchor", "moved_at", "continues"]),
  ...homes("a price", ["minimum_charge", "maximum_charge", "by"]),
  ...homes("the document", ["discounts", "feature_configuration", "unit_count_configuration"]),
]);

/** The names of the options of ours, which are reported where they are misplaced. */
export const PLACED_NAMES: readonly string[] = [...HOMES.keys()];

function homes(home: string, names: readonly string[]): [string, string][] {
  return names.map((name) => [name, home]);
}

/**
 * Reports the options of ours that stand in an object which is not theirs.
 *
 * @rule T7 (misplaced options)
 */
export function checkPlaces(value: JsonObject, home: string, place: Place): void {
  for (const name in value) {
    const right = HOMES.get(name);
    if (right === undefined || right === home || !isGiven(value[name])) continue;
    const problem = `${name} would have no effect here`;
    report(place, [name], "MISPLACED_FIELD", "T7", problem, value[name], `${name} in ${right}`);
  }
}
