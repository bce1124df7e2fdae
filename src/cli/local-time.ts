import type { Schedule } from "../index.ts";
import { timelineOf } from "../period/timeline.ts";
import { DAY_MS } from "../time/civil.ts";
import { formatInstant, toEpochMs } from "../time/instant.ts";
import type { Zone } from "../time/zone.ts";

/** Prints instants as the clocks of a contract's time zone show them. */
export interface LocalClock {
  readonly zone: string;
  readonly show: (instant: Date | string) => string;
}

/** The clock of a contract's time zone. */
export function localClock(schedule: Schedule): LocalClock {
  const { zone } = timelineOf(schedule);
  return { zone: zone.name, show: (instant) => localTime(zone, toEpochMs(instant, "instant")) };
}

/** An instant in local time, "2026-01-31 10:30"; its offset follows where clocks show that time twice. */
export function localTime(zone: Zone, epochMs: number): string {
  const offsetMs = zone.offsetMsAt(epochMs);
  const [date = "", time = ""] = formatInstant(epochMs + offsetMs).split(/[TZ]/);
  const shown = `${date} ${time.replace(/^(..:..):00$/, "$1")}`;
  return isShownTwice(zone, epochMs, offsetMs) ? `${shown} ${offsetText(offsetMs)}` : shown;
}

function isShownTwice(zone: Zone, epochMs: number, offsetMs: number): boolean {
  const localMs = epochMs + offsetMs;
  if (zone.instantOf(localMs) !== epochMs) return true;
  const laterMs = localMs - zone.offsetMsAt(epochMs + DAY_MS);
  return laterMs > epochMs && laterMs + zone.offsetMsAt(laterMs) === localMs;
}

function offsetText(offsetMs: number): string {
  const clock = formatInstant(Math.abs(offsetMs)).slice(11, -1);
  return `${offsetMs < 0 ? "-" : "+"}${clock.replace(/^(..:..):00$/, "$1")}`;
}
