import { list, orNull } from "./collection-field.ts";
import { decimal, percentage, positiveDecimal } from "./decimal-field.ts";
import { choice, chosen, type Field, optional, single, text } from "./field.ts";
import { object } from "./object-field.ts";
import { isObject } from "./read.ts";

/** One tier: the units up to and including `up_to`, null for the last (R2). */
export interface Tier {
  readonly up_to: string | null;
  readonly unit_price: string;
  readonly flat_fee?: string | null;
}

/** How a started batch counts (R4). */
export type BatchRounding = "up" | "down" | "none";

interface Batched {
  readonly batch_size?: string | null;
  readonly batch_rounding?: BatchRounding | null;
}

interface Tiered extends Batched {
  readonly tiers: readonly Tier[];
  readonly tier_mode?: "graduated" | "volume" | null;
}

interface Charged {
  readonly unit_name?: string | null;
  readonly flat_fee?: string | null;
}

interface Used extends Charged {
  readonly used_unit_count?: string | null;
  readonly included_units?: string | null;
  readonly minimum_units?: string | null;
}

/** The price's amount, whatever is used. */
export interface FlatDetails {
  readonly pricing_strategy: "flat";
}

/** The amount for each contracted unit. */
export interface PerUnitDetails extends Charged {
  readonly pricing_strategy: "per_unit";
  readonly contracted_unit_count: string;
  readonly minimum_units?: string | null;
  readonly maximum_units?: string | null;
  readonly used_unit_count?: string | null;
}

/** Tiers over the contracted units. */
export interface UnitTieredDetails extends Charged, Tiered {
  readonly pricing_strategy: "unit_tiered";
  readonly contracted_unit_count: string;
}

/** The amount for each used unit (R1, R5). */
export interface UsageDetails extends Used, Batched {
  readonly pricing_strategy: "usage";
  readonly maximum_units?: string | null;
  readonly over_usage_price?: string | null;
  readonly over_usage_charge_strategy?: "extra_usage_overcharge" | "all_usage_overcharge" | null;
}

/** Tiers over the used units (R1, R2). */
export interface UsageTieredDetails extends Used, Tiered {
  readonly pricing_strategy: "usage_tiered";
}

/** A rate in percent of the money moved, and a fee for each event (R6). */
export interface PercentageDetails extends Charged {
  readonly pricing_strategy: "percentage";
  readonly rate: string;
  readonly fixed_fee_per_event?: string | null;
  readonly free_events?: number | null;
  readonly free_amount?: string | null;
  readonly minimum_per_event?: string | null;
  readonly maximum_per_event?: string | null;
}

/** The strategies that are charged by what was used. */
export type MeteredDetails = UsageDetails | UsageTieredDetails | PercentageDetails;

/** How a price is worked out, by its `pricing_strategy`. */
export type StrategyDetails = FlatDetails | PerUnitDetails | UnitTieredDetails | MeteredDetails;

/** The name of a pricing strategy. */
export type PricingStrategy = StrategyDetails["pricing_strategy"];

type Fields = { readonly [name: string]: Field };

const amount = optional(decimal());

/** Schema of a tier. */
export const tierField: Field = object({
  up_to: orNull(decimal("R2")),
  unit_price: decimal("R2"),
  flat_fee: amount,
});

const tiered: Fields = {
  tiers: list(tierField),
  tier_mode: optional(choice("R3", ["graduated", "volume"])),
};

const batched: Fields = {
  batch_size: optional(positiveDecimal("R4")),
  batch_rounding: optional(choice("R4", ["up", "down", "none"])),
};

const charged: Fields = { unit_name: optional(text), flat_fee: amount };

const used: Fields = { ...charged, used_unit_count: amount, included_units: amount, minimum_units: amount };

const freeEvents = single("R6", "an integer of at least 0", (value) => {
  if (typeof value !== "number" && typeof value !== "string") return { refused: "INVALID_TYPE" };
  if (typeof value === "string" && !(value.length <= 16 && /^\d+$/.test(value)))
    return { refused: "INVALID_DECIMAL" };
  const count = Number(value);
  if (!Number.isSafeInteger(count)) return { refused: "INVALID_DECIMAL" };
  return count < 0 ? { refused: "OUT_OF_RANGE" } : count;
});

/** The fields of each strategy beyond `pricing_strategy`. */
export const STRATEGY_FIELDS: { readonly [strategy in PricingStrategy]: Fields } = {
  flat: {},
  per_unit: {
    ...charged,
    contracted_unit_count: decimal(),
    minimum_units: amount,
    maximum_units: amount,
    used_unit_count: amount,
  },
  unit_tiered: { ...charged, ...tiered, ...batched, contracted_unit_count: decimal() },
  usage: {
    ...used,
    ...batched,
    maximum_units: amount,
    over_usage_price: amount,
    over_usage_charge_strategy: optional(choice("R5", ["extra_usage_overcharge", "all_usage_overcharge"])),
  },
  usage_tiered: { ...used, ...tiered, ...batched },
  percentage: {
    ...charged,
    rate: percentage("R6"),
    fixed_fee_per_event: amount,
    free_events: optional(freeEvents),
    free_amount: amount,
    minimum_per_event: amount,
    maximum_per_event: amount,
  },
};

/** Every strategy, in the order in which messages list them. */
export const STRATEGIES: readonly string[] = Object.keys(STRATEGY_FIELDS);

/** The strategies that are charged by what was used. */
export const METERED_STRATEGIES: readonly string[] = ["usage", "usage_tiered", "percentage"];

/** The strategies whose price has an `amount` (for each unit, or as a whole). */
export const PRICED_STRATEGIES: readonly string[] = ["flat", "per_unit", "usage"];

/** Schema of `strategy_details`, of one of these strategies. */
export function strategyDetails(strategies: readonly string[]): Field {
  const pricing_strategy = choice(null, strategies);
  const unknown = object({ pricing_strategy });
  const known = new Map<unknown, Field>();
  for (const [strategy, fields] of Object.entries(STRATEGY_FIELDS)) {
    if (strategies.includes(strategy)) known.set(strategy, object({ pricing_strategy, ...fields }));
  }
  return chosen("an object", (value) => {
    const details = isObject(value) ? known.get(value["pricing_strategy"]) : undefined;
    return details ?? unknown;
  });
}
