import { formsOfTerms, PAYMENT_TERMS } from "./configuration.ts";
import { epochMsOf } from "./field.ts";
import { checkPlaces } from "./misplaced.ts";
import { type Place, report, within } from "./place.ts";
import { isGiven, isObject, type JsonObject, objectIn } from "./read.ts";

/** The last offset of a calendar cycle (P3); the cycles that are not here have no natural start. */
const LAST_OFFSET: ReadonlyMap<unknown, number> = new Map([
  ["day", 0],
  ["week", 6],
  ["month", 30],
  ["quarter", 91],
  ["year", 365],
]);

/** The issues of a schedule's fields with one another, as far as each is sound by itself. */
export function checkSchedule(summary: JsonObject, place: Place): void {
  const configuration = objectIn(summary["configuration"]);
  checkPlaces(summary, "contract_summary", place);
  checkCycle(summary, configuration["cycle_alignment"], place);
  checkDates(summary, place);
  checkStatus(summary, place);
  checkConfiguration(configuration, within(place, "configuration"));
}

/**
 * Cycle count, offset and anchor against the cycle (P3).
 *
 * @rule T2 (cycle_count)
 */
function checkCycle(summary: JsonObject, alignment: unknown, place: Place): void {
  const { cycle, cycle_count: count, cycle_start_offset: offset, cycle_anchor: anchor } = summary;
  if ((cycle === "once" || cycle === "constant") && typeof count === "number" && count > 1) {
    const problem = `a ${cycle} contract has one period only`;
    report(place, ["cycle_count"], "CONFLICT", "T2", problem, count, "1, or no cycle_count");
  }
  const last = LAST_OFFSET.get(cycle);
  const byOffset = !isGiven(alignment) && isGiven(offset) && last !== undefined;
  if (isGiven(anchor) && (alignment === "calendar" || byOffset)) {
    const problem = "an anchor cannot move the calendar's boundaries";
    report(
      place,
      ["cycle_anchor"],
      "CONFLICT",
      "P3",
      problem,
      anchor,
      "no cycle_anchor with calendar alignment",
    );
  }
  if (typeof cycle !== "string" || alignment === "anniversary") return;
  if (typeof offset !== "number" || !Number.isSafeInteger(offset) || offset <= (last ?? 0)) return;
  const allowed = `${last ? `0 to ${last}` : "0"} for the cycle ${cycle.slice(0, 100)}`;
  report(place, ["cycle_start_offset"], "OUT_OF_RANGE", "P3", "the offset leaves its cycle", offset, allowed);
}

/** No trial, end or move before the activation (P8, P9, M5). */
function checkDates(summary: JsonObject, place: Place): void {
  const activation = epochMsOf(summary["activation"]);
  if (activation === undefined) return;
  checkNotBefore(summary, "free_trial_end", activation, "P8", "the activation or later", place);
  checkNotBefore(summary, "expiration", activation + 1, "P9", "later than the activation", place);
  checkNotBefore(summary, "moved_at", activation, "M5", "the activation or later", place);
  checkNumbering(summary, activation, place);
}

function checkNotBefore(
  summary: JsonObject,
  field: string,
  earliestMs: number,
  rule: string,
  allowed: string,
  place: Place,
): void {
  const epochMs = epochMsOf(summary[field]);
  if (epochMs === undefined || epochMs >= earliestMs) return;
  report(place, [field], "INVALID_DATES", rule, `${field} is too early`, summary[field], allowed);
}

/** Periods are numbered on from those that an older contract had before this one's activation. */
function checkNumbering(summary: JsonObject, activationMs: number, place: Place): void {
  const from = objectIn(summary["continues"])["numbered_from"];
  const epochMs = epochMsOf(from);
  if (epochMs === undefined || epochMs < activationMs) return;
  const path = ["continues", "numbered_from"];
  report(place, path, "INVALID_DATES", "M5", "numbered_from is too late", from, "before the activation");
}

/** A contract that is said to have ended needs its end: it would be billed for ever (S1). */
function checkStatus(summary: JsonObject, place: Place): void {
  const { status } = summary;
  const needed = status === "canceled" ? "expiration" : status === "moved" ? "moved_at" : null;
  if (needed === null || isGiven(summary[needed])) return;
  const problem = `a ${status} contract without ${needed} would be billed for ever`;
  report(place, ["status"], "CONFLICT", "S1", problem, status, `${needed} beside the status`);
}

function checkConfiguration(configuration: JsonObject, place: Place): void {
  checkPlaces(configuration, "contract_summary.configuration", place);
  checkInvoiceDay(objectIn(objectIn(configuration["invoice_trigger"])["periodic"]), place);
  checkDelay(objectIn(configuration["usage_period_closing_policy"])["delay"], place);
  checkTerms(configuration["payment_terms"], place);
}

/** `day` is 1-based, so the last one is that of an offset and one more. */
function checkInvoiceDay({ cycle, cycle_start_offset: day }: JsonObject, place: Place): void {
  const last = LAST_OFFSET.get(cycle);
  // Above 366 the field is refused by itself.
  if (last === undefined || typeof day !== "number" || day <= last + 1 || day > 366) return;
  const path = ["invoice_trigger", "periodic", "cycle_start_offset"];
  const allowed = `${last > 0 ? `1 to ${last + 1}` : "1"} for the cycle ${cycle}`;
  report(place, path, "OUT_OF_RANGE", "I1", "the day leaves its cycle", day, allowed);
}

function checkDelay(delay: unknown, place: Place): void {
  if (!isObject(delay) || isGiven(delay["days"]) || isGiven(delay["hours"]) || isGiven(delay["minutes"]))
    return;
  const path = ["usage_period_closing_policy", "delay"];
  report(place, path, "MISSING", "U1", "the delay says no time", delay, "days, hours or minutes");
}

function checkTerms(terms: unknown, place: Place): void {
  if (!isObject(terms)) return;
  const forms = formsOfTerms(terms);
  if (forms.length === 0) {
    report(place, ["payment_terms"], "MISSING", "D3", "the terms say no time", terms, PAYMENT_TERMS);
    return;
  }
  if (forms.length === 1 && (forms[0] === "end_of_month" || !isGiven(terms["plus_days"]))) return;
  const problem = "the terms contradict one another";
  report(place, ["payment_terms"], "CONFLICT", "D3", problem, terms, PAYMENT_TERMS);
}
