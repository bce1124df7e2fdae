import { type Configuration, configurationField, MOST_CYCLES } from "./configuration.ts";
import { CYCLES, type Cycle, type OwnCycle } from "./cycle.ts";
import { choice, type Field, flag, instant, integer, optional, timeZone } from "./field.ts";
import { object } from "./object-field.ts";

export type { Cycle, OwnCycle };

/** The status of a contract (S1). */
export type ContractStatus = "pending" | "scheduled" | "active" | "canceled" | "moved" | "not_ready";

/** Whose prices are charged: the plan's, the groups' or the features'. */
export type PlanStrategy = "plan" | "feature" | "group";

/** What a contract carries on of an older one that it takes over from (M3, M5). Instants are ISO 8601 in UTC. */
export interface Continuation {
  /** The older contract's boundary at or before its start: grids count from it instead of from the start. */
  readonly boundary?: string | null;
  /** The start from which periods are numbered on: free cycles and discounts go on, first-cycle charges were made. */
  readonly numbered_from?: string | null;
}

/** The part of `contract_summary` that decides time. Instants are ISO 8601 in UTC. */
export interface ScheduleSummary {
  readonly activation?: string | null;
  readonly expiration?: string | null;
  readonly moved_at?: string | null;
  readonly free_trial_end?: string | null;
  readonly cycle: Cycle;
  readonly cycle_count?: number | null;
  readonly cycle_start_offset?: number | null;
  readonly cycle_anchor?: string | null;
  readonly time_zone?: string | null;
  readonly free_cycles?: number | null;
  readonly is_pending?: boolean | null;
  readonly status?: ContractStatus | null;
  readonly continues?: Continuation | null;
  readonly configuration?: Configuration | null;
}

/** A parsed schedule: what billing periods, due dates and usage closing depend on. */
export interface Schedule {
  readonly contract_summary: ScheduleSummary;
  readonly plan?: { readonly free_trial_days?: number | null };
}

/** The longest free trial: a hundred years. */
export const MOST_TRIAL_DAYS = 36_525;

/** Schema of what a contract carries on. */
export const continuationField: Field = object({
  boundary: optional(instant),
  numbered_from: optional(instant),
});

/** The fields of `contract_summary` that decide time. */
export const summaryFields: { readonly [name: string]: Field } = {
  activation: optional(instant),
  expiration: optional(instant),
  moved_at: optional(instant),
  free_trial_end: optional(instant),
  cycle: choice("T2", CYCLES),
  cycle_count: optional(integer("T2", 1, MOST_CYCLES)),
  cycle_start_offset: optional(integer("P3", 0)),
  cycle_anchor: optional(instant),
  time_zone: optional(timeZone),
  free_cycles: optional(integer("W3", 0)),
  is_pending: optional(flag),
  status: optional(choice("S1", ["pending", "scheduled", "active", "canceled", "moved", "not_ready"])),
  continues: optional(continuationField),
  configuration: optional(configurationField),
};

/** Schema of `plan.free_trial_days`. */
export const freeTrialDaysField: Field = optional(integer("P8", 0, MOST_TRIAL_DAYS));

/** Schema of a schedule in the document's form. */
export const scheduleField: Field = object({
  contract_summary: object(summaryFields),
  plan: optional(object({ free_trial_days: freeTrialDaysField })),
});
