import { configurationField } from "./configuration.ts";
import { contractField, contractSummaryField, overrideField } from "./contract.ts";
import { discountField } from "./discount.ts";
import type { Field } from "./field.ts";
import { featureField, groupField, planField } from "./plan.ts";
import { matrixEntryField, priceField } from "./price.ts";
import { continuationField } from "./schedule.ts";
import { STRATEGY_FIELDS, tierField } from "./strategy.ts";

/** The names that an object of the document may have: those that rules read, and others of the API. */
export interface KnownNames {
  readonly read: readonly string[];
  readonly unread: readonly string[];
}

type Part =
  | "document"
  | "contract_summary"
  | "configuration"
  | "continues"
  | "plan"
  | "feature"
  | "group"
  | "price"
  | "strategy_details"
  | "tier"
  | "matrix_entry"
  | "discount"
  | "override";

/** What the API computes of a contract: never read, only audited. */
export const COMPUTED: readonly string[] = [
  "amount",
  "billing_information",
  "cost_estimates",
  "next_cycle_start",
];
const COMMON = ["id", "internal_name", "external_name", "description", "created", "updated", "metadata"];
const OF_CONTRACT = [
  ...COMPUTED,
  ...COMMON,
  "name",
  "slug",
  "customer",
  "customer_id",
  "customer_slug",
  "discount_id",
  "plan",
  "plan_external_name",
  "plan_id",
  "plan_internal_name",
  "plan_slug",
  "pricing_id",
  "vendor_id",
];
const OF_FEATURE = [...COMMON, "original_feature_id", "entitlement_details", "feature_type", "status"];

function known(field: Field, ...unread: readonly string[]): KnownNames {
  return { read: Object.keys(field.entries ?? {}), unread };
}

/** The names of each kind of object. */
export const KNOWN_NAMES: { readonly [part in Part]: KnownNames } = {
  document: known(contractField, ...COMPUTED, "id", "customer"),
  contract_summary: known(contractSummaryField, ...OF_CONTRACT),
  configuration: known(configurationField),
  continues: known(continuationField),
  plan: known(planField, ...COMMON, "original_plan_id", "status", "vendor_id"),
  feature: known(featureField, ...OF_FEATURE),
  group: known(groupField, ...COMMON, "slug"),
  price: known(priceField, ...COMMON, "total_charge_estimate"),
  strategy_details: {
    read: ["pricing_strategy", ...new Set(Object.values(STRATEGY_FIELDS).flatMap(Object.keys))],
    unread: [],
  },
  tier: known(tierField, "id"),
  matrix_entry: known(matrixEntryField, "id", "name"),
  // A discount's currency is read by a rule, where the discount is flat.
  discount: known(discountField, ...COMMON, "name", "slug", "contract_id", "currency", "status"),
  override: known(overrideField),
};
