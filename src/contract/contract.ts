import { dictionary, list } from "./collection-field.ts";
import { currencyField } from "./currency-field.ts";
import { decimal } from "./decimal-field.ts";
import { type Discount, discountField } from "./discount.ts";
import { type Field, instant, optional } from "./field.ts";
import { object } from "./object-field.ts";
import { type Plan, planField, planStrategyField } from "./plan.ts";
import { type PlanStrategy, type ScheduleSummary, summaryFields } from "./schedule.ts";

/** `contract_summary`: the configured fields that rules read. Others of the document are kept. */
export interface ContractSummary extends ScheduleSummary {
  readonly currency: string;
  readonly created?: string | null;
  readonly strategy?: PlanStrategy | null;
}

/** What a contract changes about the price of one feature (R9). */
export interface FeatureConfiguration {
  readonly units?: string | null;
  readonly price?: string | null;
  readonly flat_fee?: string | null;
}

/** The same as callers may write it. */
export interface FeatureChange {
  readonly units?: string | number | null;
  readonly price?: string | number | null;
  readonly flat_fee?: string | number | null;
}

/** A parsed contract: deeply frozen JSON of ours, instants in UTC, money as decimal strings (T1). */
export interface Contract {
  readonly contract_summary: ContractSummary;
  readonly plan: Plan;
  readonly discount?: Discount | null;
  readonly discounts?: readonly Discount[] | null;
  readonly feature_configuration?: { readonly [slug: string]: FeatureConfiguration | null } | null;
  /** Deprecated by the API in favour of `feature_configuration`. */
  readonly unit_count_configuration?: { readonly [slug: string]: string | null } | null;
}

const amount = optional(decimal("R9"));

/** Schema of what a contract overrides of one feature. */
export const overrideField: Field = object({ units: amount, price: amount, flat_fee: amount });

/** Schema of `contract_summary`. */
export const contractSummaryField: Field = object({
  ...summaryFields,
  currency: currencyField,
  created: optional(instant),
  strategy: planStrategyField,
});

/** Schema of a contract document. */
export const contractField: Field = object({
  contract_summary: contractSummaryField,
  plan: planField,
  discount: optional(discountField),
  discounts: optional(list(discountField)),
  feature_configuration: optional(dictionary(optional(overrideField))),
  unit_count_configuration: optional(dictionary(amount)),
});
