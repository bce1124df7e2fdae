import { DAY_MS } from "./civil.ts";
import type { Zone } from "./zone.ts";

/** The same local time so many local days later; it may lie outside the calendar. */
export function addLocalDays(zone: Zone, epochMs: number, days: number): number {
  return zone.instantOf(epochMs + zone.offsetMsAt(epochMs) + days * DAY_MS);
}
