import { list } from "./collection-field.ts";
import { OWN_CYCLES, type OwnCycle } from "./cycle.ts";
import { choice, type Field, identifier, optional, text } from "./field.ts";
import { object } from "./object-field.ts";
import { type Price, priceField } from "./price.ts";
import { freeTrialDaysField, type PlanStrategy } from "./schedule.ts";

/** When a price is charged (W1). */
export type ChargeTrigger = "every_cycle" | "first_cycle" | "on_demand" | OwnCycle;

/** A feature of a plan; without a price it is an entitlement only. */
export interface Feature {
  readonly id?: string | null;
  readonly slug: string;
  readonly name?: string | null;
  readonly charge_trigger?: ChargeTrigger | null;
  readonly price?: Price | null;
}

/** Features that are charged together, once, under the strategy `group`. */
export interface Group {
  readonly id: string;
  readonly name?: string | null;
  readonly feature_ids: readonly string[];
  readonly charge_trigger?: ChargeTrigger | null;
  readonly price?: Price | null;
}

/** What is sold: the plan's own price, its features and their groups. */
export interface Plan {
  readonly slug?: string | null;
  readonly name?: string | null;
  readonly strategy?: PlanStrategy | null;
  readonly free_trial_days?: number | null;
  readonly charge_trigger?: ChargeTrigger | null;
  readonly price?: Price | null;
  readonly features?: readonly Feature[] | null;
  readonly groups?: readonly Group[] | null;
}

/** Schema of a strategy, the contract's or the plan's. */
export const planStrategyField: Field = optional(choice(null, ["plan", "feature", "group"]));

const chargeTrigger = optional(choice("W1", ["every_cycle", "first_cycle", "on_demand", ...OWN_CYCLES]));
const name = optional(text);
const price = optional(priceField);

/** Schema of a feature. */
export const featureField: Field = object({
  id: optional(identifier),
  slug: identifier,
  name,
  charge_trigger: chargeTrigger,
  price,
});

/** Schema of a group. */
export const groupField: Field = object({
  id: identifier,
  name,
  feature_ids: list(identifier),
  charge_trigger: chargeTrigger,
  price,
});

/** Schema of `plan`. */
export const planField: Field = object({
  slug: optional(identifier),
  name,
  strategy: planStrategyField,
  free_trial_days: freeTrialDaysField,
  charge_trigger: chargeTrigger,
  price,
  features: optional(list(featureField)),
  groups: optional(list(groupField)),
});
