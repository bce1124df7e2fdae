import type { Schedule, ScheduleSummary } from "../contract/schedule.ts";
import { statusAtMs } from "../contract/status.ts";
import { fail, issue } from "../error.ts";
import { compileTimeline, outOfRange, type Timeline } from "./compile-timeline.ts";

export type { Timeline };

/** The phase of a period: not charged for being a trial, waived (W3), or charged. */
export type Phase = "trial" | "free" | "paid";

/** A period in epoch milliseconds, and the full one of the grid that it is or is cut from. */
export interface PeriodMs {
  readonly index: number;
  readonly phase: Phase;
  readonly startMs: number;
  /** null: endless (P7). */
  readonly endMs: number | null;
  /** Whether expiration or a late start cuts it; `moved_at` leaves its charges as they were made (P9). */
  readonly stub: boolean;
  readonly fullStartMs: number;
  readonly fullEndMs: number | null;
}

interface Compiled {
  readonly trialDays: number | null | undefined;
  readonly timeline: Timeline;
}

// By the summary, which amended contracts share; of the plan only the trial's length matters.
const compiled = new WeakMap<ScheduleSummary, Compiled>();

/** The timeline of a parsed schedule, compiled on first use. */
export function timelineOf(schedule: Schedule): Timeline {
  const known = compiled.get(schedule.contract_summary);
  const trialDays = schedule.plan?.free_trial_days;
  if (known !== undefined && known.trialDays === trialDays) return known.timeline;
  const timeline = compileTimeline(schedule);
  compiled.set(schedule.contract_summary, { trialDays, timeline });
  return timeline;
}

/** The number of a period's full period; 0 for a leading stub, which goes with the first of them. */
export function cycleNumber({ firstNumber }: Timeline, index: number): number {
  return firstNumber + index - 1;
}

/**
 * The index of the period that contains an instant; -1 where none does.
 *
 * @rule T6
 * @rule P10
 * @rule P12
 */
export function periodIndexAt(timeline: Timeline, atMs: number): number {
  const { activationMs, endMs, firstBoundary, grid, startMs } = timeline;
  if (activationMs === null || atMs < activationMs || atMs >= endMs) return -1;
  if (atMs < startMs) return 0;
  return grid === null ? 1 : grid.indexAt(atMs) - firstBoundary + 1;
}

/** The period that contains an instant; null where none does. */
export function periodMsAt(timeline: Timeline, atMs: number): PeriodMs | null {
  const index = periodIndexAt(timeline, atMs);
  return index < 0 ? null : periodMs(timeline, index);
}

/**
 * The period with an index; null where there is none, as after the end of the contract.
 *
 * @rule P1
 * @param index a whole number of at least 0.
 * @throws OUT_OF_RANGE when the period leaves the calendar.
 */
export function periodMs(timeline: Timeline, index: number): PeriodMs | null {
  const { firstBoundary, grid } = timeline;
  if (index === 0) return trialPeriod(timeline);
  if (grid === null) return endlessPeriod(timeline, index);
  grid.seek(firstBoundary + index - 1);
  const { startMs: fullStartMs, endMs: fullEndMs } = grid;
  if (!isPeriod(timeline, index, fullStartMs, fullEndMs)) return null;
  const startMs = startOf(timeline, index, fullStartMs);
  return {
    index,
    phase: phaseOf(timeline, startMs),
    startMs,
    endMs: Math.min(fullEndMs, timeline.endMs),
    stub: isStub(timeline, startMs, fullStartMs, fullEndMs),
    fullStartMs,
    fullEndMs,
  };
}

/** Whether the stretch of the grid with an index is a period; refuses one that leaves the calendar. */
export function isPeriod(timeline: Timeline, index: number, fullStartMs: number, fullEndMs: number): boolean {
  const { endMs } = timeline;
  const startMs = startOf(timeline, index, fullStartMs);
  if (startMs >= endMs && endMs !== Infinity) return false;
  if (fullEndMs === Infinity && endMs === Infinity) outOfRange("the period", index);
  // A local day that never was (P5).
  return startMs !== fullEndMs;
}

/** Where a period of the grid begins: the first one with the contract's cycles. */
export function startOf(timeline: Timeline, index: number, fullStartMs: number): number {
  return index === 1 ? timeline.startMs : fullStartMs;
}

/** The phase of a period that begins at an instant. */
export function phaseOf(timeline: Timeline, startMs: number): Phase {
  return startMs < timeline.freeUntilMs ? "free" : "paid";
}

/** Whether a period is shorter than its stretch of the grid; a move of the contract doesn't make it so (P9). */
export function isStub(
  { expirationMs }: Timeline,
  startMs: number,
  fullStartMs: number,
  fullEndMs: number,
): boolean {
  return startMs !== fullStartMs || (expirationMs !== null && expirationMs < fullEndMs);
}

/**
 * The end of the running period while the contract is active; null where no period follows.
 *
 * @rule P11 (next cycle)
 */
export function nextCycleStartMs(timeline: Timeline, schedule: Schedule, atMs: number): number | null {
  if (statusAtMs(schedule, atMs) !== "active") return null;
  const endMs = periodMsAt(timeline, atMs)?.endMs ?? null;
  return endMs === timeline.endMs ? null : endMs;
}

/**
 * The end of a period for rules that need one: of an endless period, that of the contract, if it has any.
 *
 * @rule P7 (rules that need an end)
 */
export function closingEndMs({ endMs: cutMs }: Timeline, { endMs }: PeriodMs): number | null {
  return endMs ?? (cutMs === Infinity ? null : cutMs);
}

/** Refuses an index that no period of the timeline can have. */
export function assertIndex(timeline: Timeline, index: number): void {
  const least = timeline.trialEndMs === null && timeline.activationMs !== null ? 1 : 0;
  if (Number.isSafeInteger(index) && index >= least) return;
  const allowed =
    least === 0 ? "a whole number of at least 0" : "a whole number of at least 1; 0 is a free trial's";
  fail(issue("UNKNOWN_PERIOD", "P1", ["index"], "no period can have this index", index, allowed));
}

function trialPeriod(timeline: Timeline): PeriodMs | null {
  const { activationMs, endMs: cutMs, expirationMs, trialEndMs } = timeline;
  if (activationMs === null || trialEndMs === null || activationMs >= cutMs) return null;
  return {
    index: 0,
    phase: "trial",
    startMs: activationMs,
    endMs: Math.min(trialEndMs, cutMs),
    stub: expirationMs !== null && expirationMs < trialEndMs,
    fullStartMs: activationMs,
    fullEndMs: trialEndMs,
  };
}

/** @rule P7 (one endless period) */
function endlessPeriod(timeline: Timeline, index: number): PeriodMs | null {
  const { endMs, startMs } = timeline;
  if (index !== 1 || startMs >= endMs) return null;
  const phase = phaseOf(timeline, startMs);
  return { index, phase, startMs, endMs: null, stub: false, fullStartMs: startMs, fullEndMs: null };
}
