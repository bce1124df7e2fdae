import { type InstantLike, parseInstant, toEpochMs } from "../time/instant.ts";
import { assertParsed } from "./brand.ts";
import type { ContractStatus, Schedule } from "./schedule.ts";

/**
 * The status of a contract at an instant.
 *
 * @rule S1
 * @param at a Date, an ISO 8601 string with an offset, or a Temporal object with `epochMilliseconds`.
 * @throws NOT_PARSED when the schedule didn't come through the gate; INVALID_INSTANT when `at` is no instant.
 * @example
 * import { contractStatus, parseSchedule } from "pure-billing";
 *
 * const schedule = parseSchedule({
 *   cycle: "month",
 *   activation: "2026-01-01T00:00:00Z",
 *   expiration: "2026-07-01T00:00:00Z",
 * });
 * contractStatus(schedule, "2025-12-24T00:00:00Z"); //=> "scheduled"
 * contractStatus(schedule, "2026-06-30T23:59:59Z"); //=> "active"
 * contractStatus(schedule, "2026-07-01T00:00:00Z"); //=> "canceled"
 */
export function contractStatus(schedule: Schedule, at: InstantLike): ContractStatus {
  assertParsed(schedule, "schedule", "schedule");
  return statusAtMs(schedule, toEpochMs(at, "at"));
}

/** The status at an instant in epoch milliseconds, of a schedule that is parsed. */
export function statusAtMs(schedule: Schedule, atMs: number): ContractStatus {
  const { activation, expiration, is_pending, moved_at, status } = schedule.contract_summary;
  if (status === "not_ready") return "not_ready";
  if (activation == null || is_pending === true) return "pending";
  const movedMs = moved_at == null ? Infinity : parseInstant(moved_at);
  const expirationMs = expiration == null ? Infinity : parseInstant(expiration);
  // Whichever came first ended the contract.
  if (atMs >= movedMs && movedMs <= expirationMs) return "moved";
  if (atMs >= expirationMs) return "canceled";
  return atMs < parseInstant(activation) ? "scheduled" : "active";
}
