import type { OwnCycle } from "../contract/cycle.ts";
import { compileOwnTimeline, type Timeline } from "./compile-timeline.ts";
import { lastIndex, walkedPeriods } from "./period-range.ts";
import { type PeriodMs, periodIndexAt, periodMs } from "./timeline.ts";

const compiled = new WeakMap<Timeline, { [unit in OwnCycle]?: Timeline }>();

/** The timeline of an own cycle of the contract whose timeline is given, compiled on first use. */
export function ownTimelineOf(contract: Timeline, unit: OwnCycle): Timeline {
  let units = compiled.get(contract);
  if (units === undefined) {
    units = {};
    compiled.set(contract, units);
  }
  let own = units[unit];
  if (own === undefined) {
    own = compileOwnTimeline(contract, unit);
    units[unit] = own;
  }
  return own;
}

/**
 * The own periods that begin in [fromMs, toMs); `toMs` null: all from there on.
 *
 * @throws TOO_MANY above 100,000, as in an endless billing period.
 */
export function ownPeriodsStartingIn(own: Timeline, fromMs: number, toMs: number | null): PeriodMs[] {
  const { activationMs } = own;
  if (activationMs === null || fromMs >= own.endMs) return [];
  // The period before is the one that the last millisecond before the stretch is in.
  const first = fromMs <= activationMs ? 1 : periodIndexAt(own, fromMs - 1) + 1;
  return walkedPeriods(own, { first, last: lastIndex(own, toMs ?? Infinity), count: Infinity }, periodMs);
}
