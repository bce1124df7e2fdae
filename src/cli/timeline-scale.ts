import { DAY_MS, firstDayOfMonth, monthIndexOfDay } from "../time/civil.ts";
import { formatDate } from "../time/instant.ts";
import type { Zone } from "../time/zone.ts";

/** A stretch of time drawn on a row of cells. */
export interface Scale {
  readonly fromMs: number;
  readonly toMs: number;
  readonly cells: number;
}

const MOST_DAYS = 62;
const MOST_MONTHS_DAYS = 3 * 366;
const YEAR_MONTHS = 12;

/** The cell that an instant is drawn in; cells before the first and after the last are outside. */
export function cellOf({ fromMs, toMs, cells }: Scale, epochMs: number): number {
  return Math.floor(((epochMs - fromMs) * cells) / (toMs - fromMs));
}

/** The row of dates above a timeline: local days, months or years, as many as there is room for. */
export function scaleRow(scale: Scale, zone: Zone): string {
  let row = "";
  for (const { epochMs, label } of ticks(scale, zone)) {
    const cell = cellOf(scale, epochMs);
    if (cell + label.length > scale.cells) break;
    if (row === "" ? cell >= 0 : cell > row.length) row = row.padEnd(cell) + label;
  }
  return row;
}

function* ticks({ fromMs, toMs }: Scale, zone: Zone): Generator<{ epochMs: number; label: string }> {
  const localDay = (epochMs: number): number => Math.floor((epochMs + zone.offsetMsAt(epochMs)) / DAY_MS);
  const first = localDay(fromMs);
  const last = localDay(toMs - 1);
  const days = last - first;
  if (days <= MOST_DAYS) {
    for (let day = first; day <= last; day++) yield tick(zone, day, formatDate(day).slice(5));
    return;
  }
  const step = days <= MOST_MONTHS_DAYS ? 1 : YEAR_MONTHS;
  const firstMonth = monthIndexOfDay(first);
  for (let month = firstMonth - (firstMonth % step); month <= monthIndexOfDay(last); month += step) {
    const day = firstDayOfMonth(month);
    yield tick(zone, day, formatDate(day).slice(0, step === 1 ? 7 : 4));
  }
}

function tick(zone: Zone, day: number, label: string): { epochMs: number; label: string } {
  return { epochMs: zone.instantOf(day * DAY_MS), label };
}
