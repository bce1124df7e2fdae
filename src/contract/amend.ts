import { assertParsed, brand } from "./brand.ts";
import { completePlan } from "./complete-plan.ts";
import {
  type Contract,
  type ContractSummary,
  contractField,
  contractSummaryField,
  type FeatureChange,
} from "./contract.ts";
import { strategyOf } from "./contract-rules.ts";
import type { Discount } from "./discount.ts";
import { checkDiscounts } from "./discount-rules.ts";
import type { Field } from "./field.ts";
import { deepFreeze, type Gate, type MutableJson, pass } from "./gate.ts";
import { mergedOverrides } from "./merge-overrides.ts";
import { checkNames } from "./name-rules.ts";
import { object } from "./object-field.ts";
import { checkOverrides } from "./override-rules.ts";
import { type Place, within } from "./place.ts";
import { checkPlan } from "./plan-rules.ts";
import { entriesIn, isObject, type JsonObject, objectIn } from "./read.ts";
import { summaryFields } from "./schedule.ts";
import { checkSchedule } from "./schedule-rules.ts";
import { checkUnits } from "./unit-rules.ts";

/** What of a contract can be changed, in the document's words. Null takes away what a contract needn't have. */
export interface ContractChange extends Partial<Omit<ContractSummary, "currency" | "created">> {
  /** By slug, then part by part: null takes away the override of a feature, or one part of it. */
  readonly feature_configuration?: { readonly [slug: string]: FeatureChange | null } | null;
  readonly unit_count_configuration?: { readonly [slug: string]: string | number | null } | null;
  /** Takes the place of whatever discounts there were, as `discounts` does. */
  readonly discount?: Discount | null;
  readonly discounts?: readonly Discount[] | null;
  /** A plan document: the whole plan anew. */
  readonly plan?: object;
}

const SUMMARY_NAMES: readonly string[] = [...Object.keys(summaryFields), "strategy"];
const OVERRIDES = ["feature_configuration", "unit_count_configuration"];
const DISCOUNTS = ["discount", "discounts"];
const NAMES = [...OVERRIDES, ...DISCOUNTS, "plan", ...SUMMARY_NAMES];

const changeFields: ReadonlyMap<string, Field> = new Map(
  NAMES.map((name) => [name, fieldIn(contractField, name) ?? (fieldIn(contractSummaryField, name) as Field)]),
);

/** The fields of the names that are there. */
function fieldsOf(own: JsonObject): { readonly [name: string]: Field } {
  const fields: { [name: string]: Field } = {};
  for (const name of Object.keys(own)) {
    const field = changeFields.get(name);
    if (field !== undefined) fields[name] = field;
  }
  return fields;
}

function fieldIn({ entries }: Field, name: string): Field | undefined {
  return entries?.[name] as Field | undefined;
}

/**
 * A contract with some of its terms changed; whatever the change leaves alone is shared with the one given, and with it
 * what was compiled of it: the way for seat sliders and sweeps.
 *
 * What changed is checked, and the rules that connect the parts; also that the units contracted can be bought.
 *
 * @param change fields of the document and of its `contract_summary`, side by side. `feature_configuration` is merged
 * by slug, all else replaces what was there.
 * @throws NOT_PARSED when the contract didn't come through the gate; UNKNOWN_VALUE for a name that isn't read;
 * OUT_OF_RANGE for units that can't be bought; and what `parseContract` throws of the amended document, all in one error.
 * @example
 * import { amendContract, contractAmount, parseContract } from "pure-billing";
 *
 * const seats = { pricing_strategy: "per_unit", contracted_unit_count: "5", maximum_units: "50" };
 * const contract = parseContract({
 *   contract_summary: { cycle: "month", currency: "eur" },
 *   plan: { features: [{ slug: "seats", price: { amount: "12", strategy_details: seats } }] },
 * });
 * contractAmount(contract); //=> "60.00"
 * const amended = amendContract(contract, { feature_configuration: { seats: { units: "8" } } });
 * contractAmount(amended); //=> "96.00"
 * amended.plan === contract.plan; //=> true
 */
export function amendContract(contract: Contract, change: ContractChange): Contract {
  assertParsed(contract, "contract", "contract");
  const own = pass(change, gateOf(contract));
  const parts = changedParts(contract as unknown as JsonObject, own);
  if (isObject(parts["plan"])) completePlan(parts["plan"], contract.contract_summary.currency);
  return sharing(contract, parts);
}

/** A contract with other parts, which passed the gate; undefined takes one away. */
export function sharing(contract: Contract, parts: JsonObject): Contract {
  const next: MutableJson = { ...contract };
  for (const [name, part] of Object.entries(parts)) {
    if (part === undefined) delete next[name];
    else next[name] = part;
    if (typeof part === "object" && part !== null) deepFreeze(part);
  }
  return Object.freeze(brand(next, "contract")) as unknown as Contract;
}

function gateOf(contract: Contract): Gate {
  const document = contract as unknown as JsonObject;
  return {
    name: "the change",
    field: (own) => object(fieldsOf(own)),
    check: (own, place) => checkChange(document, own, place),
  };
}

/** The parts of the document that a change touches, as they are after it. */
function changedParts(document: JsonObject, own: JsonObject): MutableJson {
  const parts: MutableJson = {};
  if (isAnyIn(own, OVERRIDES)) Object.assign(parts, mergedOverrides(document, own));
  if (isAnyIn(own, DISCOUNTS)) {
    for (const name of DISCOUNTS) parts[name] = own[name] ?? undefined;
  }
  if ("plan" in own) parts["plan"] = own["plan"];
  const summary = SUMMARY_NAMES.filter((name) => Object.hasOwn(own, name)).map((name) => [name, own[name]]);
  if (summary.length > 0) {
    parts["contract_summary"] = { ...objectIn(document["contract_summary"]), ...Object.fromEntries(summary) };
  }
  return parts;
}

/** Issues have the paths of the change: those of the summary stand beside the others. */
function checkChange(document: JsonObject, own: JsonObject, place: Place): void {
  checkNames(own, NAMES, place);
  const parts = changedParts(document, own);
  const amended = { ...document, ...parts };
  const summary = objectIn(amended["contract_summary"]);
  const plan = objectIn(amended["plan"]);
  const { currency } = summary;
  const isPlanNew = "plan" in own || "strategy" in own;
  if ("contract_summary" in parts) checkSchedule(summary, place);
  if (isPlanNew) checkPlan(plan, strategyOf(summary, plan), currency, within(place, "plan"));
  if (isAnyIn(own, DISCOUNTS)) checkDiscounts(amended, currency, place);
  if (!isPlanNew && !isAnyIn(own, OVERRIDES)) return;
  checkOverrides(amended, entriesIn(plan["features"]), place);
  checkUnits(
    amended,
    isPlanNew ? null : new Set(OVERRIDES.flatMap((name) => Object.keys(objectIn(own[name])))),
    place,
  );
}

function isAnyIn(own: JsonObject, names: readonly string[]): boolean {
  return names.some((name) => Object.hasOwn(own, name));
}
