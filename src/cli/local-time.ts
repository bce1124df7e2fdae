import { DAY_MS } from "../time/civil.ts";
import { formatInstant } from "../time/instant.ts";
import type { Zone } from "../time/zone.ts";

/** An instant as the clocks of a zone show it, "2026-01-31 10:30"; its offset follows where they show that twice. */
export function localTime(zone: Zone, epochMs: number): string {
  const offsetMs = zone.offsetMsAt(epochMs);
  const [date = "", time = ""] = formatInstant(epochMs + offsetMs).split(/[TZ]/);
  const shown = `${date} ${time.replace(/:00$/, "")}`;
  return isShownTwice(zone, epochMs, offsetMs) ? `${shown} ${offsetText(offsetMs)}` : shown;
}

function isShownTwice(zone: Zone, epochMs: number, offsetMs: number): boolean {
  const localMs = epochMs + offsetMs;
  if (zone.instantOf(localMs) !== epochMs) return true;
  const laterMs = localMs - zone.offsetMsAt(epochMs + DAY_MS);
  return laterMs > epochMs && laterMs + zone.offsetMsAt(laterMs) === localMs;
}

function offsetText(offsetMs: number): string {
  const clock = formatInstant(Math.abs(offsetMs)).slice(11, -1).replace(/:00$/, "");
  return `${offsetMs < 0 ? "-" : "+"}${clock}`;
}
