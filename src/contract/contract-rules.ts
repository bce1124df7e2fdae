import { checkDiscounts } from "./discount-rules.ts";
import { checkPlaces } from "./misplaced.ts";
import { checkOverrides } from "./override-rules.ts";
import { type Place, within } from "./place.ts";
import { checkPlan } from "./plan-rules.ts";
import { isObject, type JsonObject, objectIn } from "./read.ts";
import { checkSchedule } from "./schedule-rules.ts";

/** The issues of a contract document's parts with one another, as far as each is sound by itself. */
export function checkContract(document: JsonObject, place: Place): void {
  const { plan } = document;
  const summary = objectIn(document["contract_summary"]);
  const { currency } = summary;
  checkPlaces(document, "the document", place);
  checkSchedule(summary, within(place, "contract_summary"));
  if (isObject(plan)) {
    checkPlan(plan, strategyOf(summary, plan), currency, within(place, "plan"));
    if (Array.isArray(plan["features"])) checkOverrides(document, plan["features"], place);
  }
  checkDiscounts(document, currency, place);
}

/** Whose prices are charged: the contract says, else the plan, else the features'. */
export function strategyOf(
  summary: { readonly strategy?: unknown },
  plan: { readonly strategy?: unknown },
): unknown {
  return summary.strategy ?? plan.strategy ?? "feature";
}
