import { brand } from "./brand.ts";
import type { Field } from "./field.ts";
import { deepFreeze, type Gate, pass } from "./gate.ts";
import { checkPlaces } from "./misplaced.ts";
import { object } from "./object-field.ts";
import { type Place, within } from "./place.ts";
import { type JsonObject, objectIn } from "./read.ts";
import { freeTrialDaysField, type Schedule, scheduleField, summaryFields } from "./schedule.ts";
import { checkSchedule } from "./schedule-rules.ts";

const flatField: Field = object({ ...summaryFields, free_trial_days: freeTrialDaysField });

const gate: Gate = {
  name: "the schedule",
  field: (input) => (isDocument(input) ? scheduleField : flatField),
  check: checkParts,
};

/**
 * Reads what billing periods depend on: a contract document, or the fields of its `contract_summary` with
 * `free_trial_days` beside them.
 *
 * Takes parsed JSON; returns a deeply frozen schedule of its own, instants in UTC. Prices are not read, and a
 * parsed contract is a schedule already.
 *
 * @rule T1 (schedules)
 * @throws INVALID_TYPE, MISSING, OUT_OF_RANGE, UNKNOWN_VALUE, INVALID_INSTANT, INVALID_DATES, CONFLICT,
 * MISPLACED_FIELD or TOO_MANY, all in one error, when the input is no schedule
 * @example
 * import { parseSchedule } from "pure-billing";
 *
 * const schedule = parseSchedule({
 *   cycle: "month",
 *   activation: "2026-01-31T10:30:00+01:00",
 *   time_zone: "Europe/Berlin",
 *   free_trial_days: 14,
 * });
 * schedule.contract_summary.activation; //=> "2026-01-31T09:30:00Z"
 * schedule.plan; //=> { free_trial_days: 14 }
 */
export function parseSchedule(input: unknown): Schedule {
  const schedule = brand(partsOf(pass(input, gate)), "schedule");
  deepFreeze(schedule);
  return schedule as unknown as Schedule;
}

/** The schedule in either form of input. */
function partsOf(input: JsonObject): JsonObject {
  const { free_trial_days: flatDays, ...fields } = input;
  const days = isDocument(input) ? objectIn(input["plan"])["free_trial_days"] : flatDays;
  const contract_summary = isDocument(input) ? input["contract_summary"] : fields;
  return days === undefined ? { contract_summary } : { contract_summary, plan: { free_trial_days: days } };
}

function checkParts(input: JsonObject, place: Place): void {
  if (isDocument(input)) {
    checkPlaces(input, "the document", place);
    checkPlaces(objectIn(input["plan"]), "a plan", within(place, "plan"));
    checkSchedule(objectIn(input["contract_summary"]), within(place, "contract_summary"));
  } else checkSchedule(input, place);
}

function isDocument(input: JsonObject): boolean {
  return Object.hasOwn(input, "contract_summary");
}
