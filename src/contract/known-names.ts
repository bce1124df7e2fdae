import { STRATEGY_FIELDS } from "./price.ts";

/** The names that an object of the document may have: those that rules read, and others of the API. */
export interface KnownNames {
  readonly read: readonly string[];
  readonly unread: readonly string[];
}

const COMPUTED = ["amount", "billing_information", "cost_estimates", "next_cycle_start"];
const NAMES = ["id", "internal_name", "external_name", "description", "created", "updated", "metadata"];

/** The names of each kind of object. */
export const KNOWN_NAMES = {
  document: {
    read: [
      "contract_summary",
      "plan",
      "discount",
      "discounts",
      "feature_configuration",
      "unit_count_configuration",
    ],
    unread: [...COMPUTED, "id", "customer"],
  },
  contract_summary: {
    read: [
      "activation",
      "created",
      "expiration",
      "moved_at",
      "free_trial_end",
      "currency",
      "cycle",
      "cycle_count",
      "cycle_start_offset",
      "cycle_anchor",
      "time_zone",
      "free_cycles",
      "is_pending",
      "status",
      "strategy",
      "configuration",
    ],
    unread: [
      ...COMPUTED,
      ...NAMES,
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
    ],
  },
  configuration: {
    read: [
      "automatic_payment",
      "due_date_policy",
      "flat_fee_due_date_policy",
      "invoice_trigger",
      "usage_period_closing_policy",
      "cycle_alignment",
      "rounding",
      "proration_basis",
      "stub_charges",
      "stub_limits",
      "payment_terms",
      "tax_policy",
    ],
    unread: [],
  },
  plan: {
    read: ["slug", "name", "strategy", "free_trial_days", "charge_trigger", "price", "features", "groups"],
    unread: [...NAMES, "original_plan_id", "status", "vendor_id"],
  },
  feature: {
    read: ["id", "slug", "name", "charge_trigger", "price"],
    unread: [...NAMES, "original_feature_id", "entitlement_details", "feature_type", "status"],
  },
  group: {
    read: ["id", "name", "feature_ids", "charge_trigger", "price"],
    unread: [...NAMES, "slug"],
  },
  price: {
    read: [
      "amount",
      "currency",
      "strategy_details",
      "free_cycles",
      "tax_code",
      "minimum_charge",
      "maximum_charge",
      "by",
    ],
    unread: [...NAMES, "total_charge_estimate"],
  },
  strategy_details: {
    read: ["pricing_strategy", ...new Set(Object.values(STRATEGY_FIELDS).flatMap(Object.keys))],
    unread: [],
  },
  tier: { read: ["up_to", "unit_price", "flat_fee"], unread: ["id"] },
  matrix_entry: { read: ["when", "amount", "strategy_details"], unread: ["id", "name"] },
  discount: {
    read: ["discount_type", "amount", "duration", "currency"],
    unread: [...NAMES, "name", "slug", "contract_id", "status"],
  },
  override: { read: ["units", "price", "flat_fee"], unread: [] },
} as const satisfies { readonly [kind: string]: KnownNames };
