import type { ChargeOptions } from "../charge/charge-run.ts";
import type { Contract } from "../contract/contract.ts";
import { parseContract } from "../contract/parse.ts";
import { parseSchedule } from "../contract/parse-schedule.ts";
import { isObject, type JsonObject, objectIn } from "../contract/read.ts";
import { type IssuePath, isBillingError } from "../error.ts";
import { compareAmounts } from "../money/amounts.ts";
import { periodMsAt, timelineOf } from "../period/timeline.ts";
import { type InstantLike, parseInstant, toEpochMs } from "../time/instant.ts";
import { contractDetails } from "./contract-details.ts";

/** A computed field of a received document that isn't what the rules give. */
export interface AuditDifference {
  readonly path: IssuePath;
  /** What the document says. */
  readonly theirs: unknown;
  /** What the rules give at the instant of the audit. */
  readonly ours: unknown;
}

/** What an audit found. */
export interface Audit {
  readonly differences: readonly AuditDifference[];
  /** The alignment that would give the current period received, where ours doesn't; null: neither does, or ours. */
  readonly fitting_alignment: "anniversary" | "calendar" | null;
  /** Received estimates that can't be compared, since their price depends on events that were not given. */
  readonly not_compared: readonly IssuePath[];
}

/** The computed fields of `contract_summary` (T1). */
const SUMMARY_FIELDS = ["amount", "billing_information", "next_cycle_start", "cost_estimates"];

/**
 * Compares the computed fields of a received document with ours, path by path. What the document doesn't say is not
 * compared; amounts are compared by value, instants as instants.
 *
 * @rule S5
 * @param document the JSON of a contract as it was received.
 * @param options `at`: the instant at which the document was computed; `usage` in any form.
 * @throws what `parseContract` and `contractDetails` throw.
 * @example
 * import { auditContract } from "pure-billing";
 *
 * const received = {
 *   contract_summary: {
 *     cycle: "month",
 *     currency: "eur",
 *     activation: "2026-01-31T00:00:00Z",
 *     amount: "49.0",
 *     next_cycle_start: "2026-03-28T00:00:00Z",
 *   },
 *   plan: { features: [{ slug: "base", price: { amount: "49", strategy_details: { pricing_strategy: "flat" } } }] },
 * };
 * auditContract(received, { at: "2026-03-05T00:00:00Z" }).differences;
 * //=> [{ "path": ["contract_summary", "next_cycle_start"], "theirs": "2026-03-28T00:00:00Z", "ours": "2026-03-31T00:00:00Z" }]
 */
export function auditContract(
  document: unknown,
  options: ChargeOptions & { readonly at: InstantLike },
): Audit {
  const contract = parseContract(document);
  const ours = contractDetails(contract, options);
  const found: Found = { differences: [], notCompared: [] };
  // The contract keeps what the document says of computed fields, and nothing of it changes meanwhile.
  const received = contract as unknown as JsonObject;
  const summary = objectIn(received["contract_summary"]);
  for (const name of SUMMARY_FIELDS) {
    compare(summary[name], (ours.contract_summary as JsonObject)[name], ["contract_summary", name], found);
  }
  compareEstimates(contract, ours.plan, found);
  compare(received["billing_information"], ours.billing_information, ["billing_information"], found);
  return {
    differences: found.differences,
    fitting_alignment: fittingAlignment(contract, summary, toEpochMs(options.at, "at")),
    not_compared: found.notCompared,
  };
}

interface Found {
  readonly differences: AuditDifference[];
  readonly notCompared: IssuePath[];
}

function compareEstimates(contract: Contract, ours: JsonObject, found: Found): void {
  compareEstimate(contract.plan, ours, ["plan"], found);
  for (const list of ["features", "groups"] as const) {
    for (const [index, holder] of (contract.plan[list] ?? []).entries()) {
      compareEstimate(
        holder,
        objectIn((ours[list] as readonly unknown[])[index]),
        ["plan", list, index],
        found,
      );
    }
  }
}

function compareEstimate(
  theirs: { readonly price?: unknown },
  ours: JsonObject,
  path: IssuePath,
  found: Found,
): void {
  const place = [...path, "price", "total_charge_estimate"];
  const received = objectIn(theirs.price)["total_charge_estimate"];
  const estimate = objectIn(ours["price"])["total_charge_estimate"];
  if (received === undefined) return;
  if (isObject(estimate) && "issues" in estimate) found.notCompared.push(place);
  else compare(received, estimate, place, found);
}

/** Compares what is there, down to the values; a field that only they have is no field of ours. */
function compare(theirs: unknown, ours: unknown, path: IssuePath, found: Found): void {
  if (theirs === undefined || ours === undefined) return;
  if (isObject(theirs) && isObject(ours)) {
    for (const name of Object.keys(theirs)) compare(theirs[name], ours[name], [...path, name], found);
  } else if (!isSame(theirs, ours)) {
    found.differences.push({ path, theirs, ours });
  }
}

function isSame(theirs: unknown, ours: unknown): boolean {
  if (theirs === ours) return true;
  if (typeof theirs === "number" && typeof ours === "string") return isSame(String(theirs), ours);
  if (typeof theirs !== "string" || typeof ours !== "string") return false;
  const instants = [parseInstant(theirs), parseInstant(ours)];
  if (!instants.some(Number.isNaN)) return instants[0] === instants[1];
  try {
    return compareAmounts(theirs, ours) === 0;
  } catch (error) {
    if (isBillingError(error)) return false;
    throw error;
  }
}

/** The other alignment, where only that one gives the current period received (P2, P3). */
function fittingAlignment(contract: Contract, summary: JsonObject, atMs: number): Audit["fitting_alignment"] {
  const received = objectIn(objectIn(summary["billing_information"])["current_period"])["start"];
  if (typeof received !== "string") return null;
  const startMs = parseInstant(received);
  if (periodMsAt(timelineOf(contract), atMs)?.startMs === startMs) return null;
  const { cycle_start_offset: offset, configuration, cycle_anchor: anchor } = contract.contract_summary;
  const isCalendar = configuration?.cycle_alignment
    ? configuration.cycle_alignment === "calendar"
    : (offset ?? null) !== null;
  const other = isCalendar ? "anniversary" : "calendar";
  const changed = {
    ...contract.contract_summary,
    cycle_anchor: isCalendar ? anchor : null,
    configuration: { ...configuration, cycle_alignment: other },
  };
  try {
    const schedule = parseSchedule({
      contract_summary: changed,
      plan: { free_trial_days: contract.plan.free_trial_days },
    });
    return periodMsAt(timelineOf(schedule), atMs)?.startMs === startMs ? other : null;
  } catch (error) {
    // An offset that no calendar of this cycle has: the other alignment isn't possible at all.
    if (isBillingError(error)) return null;
    throw error;
  }
}
