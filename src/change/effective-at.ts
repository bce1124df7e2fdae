import type { Contract } from "../contract/contract.ts";
import { fail, issue } from "../error.ts";
import { periodIndexAt, periodMsAt, type Timeline, timelineOf } from "../period/timeline.ts";
import { formatInstant, parseInstant } from "../time/instant.ts";
import type { UpgradeWords } from "./upgrade-request.ts";

/**
 * When a change takes effect: when it is asked to, or where it has to wait, at the end of the period that runs then.
 *
 * @rule M4 (when)
 * @throws INVALID_DATES when the contract isn't active then, or that is before the request itself.
 */
export function effectiveAt(contract: Contract, words: UpgradeWords, atMs: number, waits: boolean): number {
  const timeline = timelineOf(contract);
  const requestedMs = requestedAt(timeline, words.activation, atMs);
  if (requestedMs < atMs) {
    const problem = "the change would take effect before it is asked for";
    refuseDate(["activation"], problem, requestedMs, `${formatInstant(atMs)} or later`);
  }
  const running = waits ? periodMsAt(timeline, requestedMs) : null;
  // What begins at that instant has not been charged: the period before has just ended.
  const isWaiting = running !== null && running.startMs < requestedMs;
  const effectiveMs = isWaiting ? (running.endMs ?? requestedMs) : requestedMs;
  checkActive(timeline, effectiveMs, words.activation === undefined && !isWaiting ? "at" : "activation");
  return effectiveMs;
}

/** Refuses an instant at which a contract isn't in force. */
export function checkActive(timeline: Timeline, epochMs: number, name: string): void {
  if (periodIndexAt(timeline, epochMs) >= 0) return;
  const { activationMs, endMs } = timeline;
  const before = endMs === Infinity ? "" : ` to before ${formatInstant(endMs)}`;
  const allowed =
    activationMs === null ? "no instant: it is pending" : `${formatInstant(activationMs)}${before}`;
  refuseDate([name], "the contract isn't active then", epochMs, allowed);
}

function requestedAt(timeline: Timeline, activation: UpgradeWords["activation"], atMs: number): number {
  if (activation === undefined || activation === "") return atMs;
  if (typeof activation === "string") return parseInstant(activation);
  if (activation.type === "date") return parseInstant(activation.date);
  checkActive(timeline, atMs, "at");
  const endMs = periodMsAt(timeline, atMs)?.endMs ?? null;
  if (endMs === null)
    refuseDate(["activation"], "no cycle follows", atMs, "an instant: the contract has no cycles");
  return endMs;
}

/** Refuses an instant for a change. */
export function refuseDate(
  path: readonly string[],
  problem: string,
  foundMs: number,
  allowed: string,
): never {
  fail(issue("INVALID_DATES", "M3", path, problem, formatInstant(foundMs), allowed));
}
