import { ROUNDING_MODES, type RoundingMode } from "../money/rounding.ts";
import { OWN_CYCLES, type OwnCycle } from "./cycle.ts";
import { choice, chosen, coded, type Field, flag, integer, nothing, optional, single } from "./field.ts";
import { object } from "./object-field.ts";
import { isObject, type JsonObject } from "./read.ts";

/** When a charge falls due within its period (D1). */
export type DuePolicy = "start_of_period" | "end_of_period";

/** Which invoices there are without being asked for (I1). */
export type InvoiceTrigger = "immediate" | "every_cycle" | "manual" | PeriodicInvoiceTrigger;

/** Invoices at dates of their own; the offset is the 1-based day within the cycle (I1). */
export interface PeriodicInvoiceTrigger {
  readonly periodic: {
    readonly cycle: OwnCycle;
    readonly cycle_count?: number | null;
    readonly cycle_start_offset?: number | null;
  };
}

/** When the usage of a period closes (U1). */
export type UsageClosingPolicy =
  | "automatic"
  | "manual"
  | "15 minutes"
  | "1 hour"
  | "1 day"
  | {
      readonly delay: {
        readonly days?: number | null;
        readonly hours?: number | null;
        readonly minutes?: number | null;
      };
    };

/** How a share of a period is counted (M2). */
export type ProrationBasis = "day" | "second" | "actual/360" | "30/360";

/** How long after its date an amount falls due (D3). */
export type PaymentTerms =
  | { readonly net_days: number }
  | { readonly end_of_month: true; readonly plus_days?: number | null }
  | { readonly proximo: { readonly cutoff_day: number; readonly months: number; readonly day: number } };

/** `contract_summary.configuration`: the API's options and ours (T7). */
export interface Configuration {
  readonly automatic_payment?: boolean | null;
  readonly due_date_policy?: DuePolicy | null;
  readonly flat_fee_due_date_policy?: DuePolicy | null;
  readonly invoice_trigger?: InvoiceTrigger | null;
  readonly usage_period_closing_policy?: UsageClosingPolicy | null;
  readonly cycle_alignment?: "anniversary" | "calendar" | null;
  readonly rounding?: RoundingMode | null;
  readonly proration_basis?: ProrationBasis | null;
  readonly stub_charges?: "prorated" | "full" | "free" | null;
  readonly stub_limits?: "prorated" | "full" | null;
  readonly payment_terms?: PaymentTerms | null;
  readonly tax_policy?: "tax_excluded" | "tax_included" | null;
}

/** The most cycles that one period may have: further ones would leave the calendar. */
export const MOST_CYCLES = 100_000;

const MOST_TERM_DAYS = 3650;
const DAY_HOURS = 24;
const HOUR_MINUTES = 60;

const duePolicy = choice("D1", ["start_of_period", "end_of_period"]);

const periodic = object({
  periodic: object({
    cycle: choice("I1", OWN_CYCLES),
    cycle_count: optional(integer("I1", 1, MOST_CYCLES)),
    cycle_start_offset: optional(integer("I1", 1, 366)),
  }),
});

const delay = object({
  delay: object({
    days: optional(integer("U1", 0, MOST_TERM_DAYS)),
    hours: optional(integer("U1", 0, MOST_TERM_DAYS * DAY_HOURS)),
    minutes: optional(integer("U1", 0, MOST_TERM_DAYS * DAY_HOURS * HOUR_MINUTES)),
  }),
});

/** Terms that say nothing are reported with the rules. */
const anyTerms = object({});

const netDays = object({ net_days: integer("D3", 0, MOST_TERM_DAYS) });

const endOfMonth = object({
  end_of_month: single("D3", "true", (value) => value === true || { refused: "INVALID_TYPE" }),
  plus_days: optional(integer("D3", 0, MOST_TERM_DAYS)),
});

const proximo = object({
  proximo: object({
    cutoff_day: integer("D3", 1, 31),
    months: integer("D3", 0, 120),
    day: integer("D3", 1, 31),
  }),
});

/** The forms of `payment_terms`, as messages list them. */
export const PAYMENT_TERMS =
  'one of {"net_days": N}, {"end_of_month": true, "plus_days"?: N}, {"proximo": {"cutoff_day": D, "months": M, "day": D}}';

/** The forms of payment terms that are given; `false` is as absent. */
export function formsOfTerms(terms: JsonObject): string[] {
  return ["net_days", "end_of_month", "proximo"].filter((form) => (terms[form] ?? false) !== false);
}

const TERMS = coded("INVALID_TYPE", "D3", PAYMENT_TERMS);
const noTerms = nothing(TERMS);
const termsOfForm = new Map([
  ["net_days", netDays],
  ["end_of_month", endOfMonth],
  ["proximo", proximo],
]);

const paymentTerms = chosen(PAYMENT_TERMS, (value) => {
  if (!isObject(value)) return noTerms;
  return termsOfForm.get(formsOfTerms(value)[0] ?? "") ?? anyTerms;
});

function wordOrObject(rule: string, words: readonly string[], otherwise: Field, shape: string): Field {
  const word = choice(rule, words, shape);
  return chosen(shape, (value) => (isObject(value) ? otherwise : word));
}

/** Schema of `contract_summary.configuration`. */
export const configurationField: Field = object({
  automatic_payment: optional(flag),
  due_date_policy: optional(duePolicy),
  flat_fee_due_date_policy: optional(duePolicy),
  invoice_trigger: optional(
    wordOrObject("I1", ["immediate", "every_cycle", "manual"], periodic, '{"periodic": {"cycle": ...}}'),
  ),
  usage_period_closing_policy: optional(
    wordOrObject("U1", ["automatic", "manual", "15 minutes", "1 hour", "1 day"], delay, '{"delay": {...}}'),
  ),
  cycle_alignment: optional(choice("P2", ["anniversary", "calendar"])),
  rounding: optional(choice("A1", ROUNDING_MODES)),
  proration_basis: optional(choice("M2", ["day", "second", "actual/360", "30/360"])),
  stub_charges: optional(choice("W4", ["prorated", "full", "free"])),
  stub_limits: optional(choice("W4", ["prorated", "full"])),
  payment_terms: optional(paymentTerms),
  tax_policy: optional(choice("K1", ["tax_excluded", "tax_included"])),
});
