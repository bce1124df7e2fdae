import type { PeriodicInvoiceTrigger } from "../contract/configuration.ts";
import type { Timeline } from "../period/timeline.ts";
import { anniversaryGrid, calendarGrid, type Grid } from "../time/grid.ts";

/** The row of dates on which invoices are to be written. */
export interface InvoiceSchedule {
  /** Whether the dates stand before anything is charged: under `immediate` charges make them. */
  readonly isFixed: boolean;
  /** The first date at or after an instant; infinite where none follows. */
  dateFrom(epochMs: number): number;
  /** The last date before an instant; infinite where none precedes. */
  dateBefore(epochMs: number): number;
}

const IMMEDIATE: InvoiceSchedule = {
  isFixed: false,
  dateFrom: (epochMs) => epochMs,
  dateBefore: (epochMs) => epochMs - 1,
};

/**
 * The dates of a contract's invoices; null where invoices are written by hand.
 *
 * @rule I1 (scheduled dates)
 */
export function invoiceScheduleOf(timeline: Timeline): InvoiceSchedule | null {
  const trigger = timeline.summary.configuration?.invoice_trigger ?? "immediate";
  if (trigger === "manual") return null;
  if (trigger === "immediate") return IMMEDIATE;
  return trigger === "every_cycle"
    ? scheduleOn(timeline, timeline.grid, true)
    : scheduleOn(timeline, periodicGrid(timeline, trigger), false);
}

/** Dates of their own: on a day of the calendar, or without one counted from the start. */
function periodicGrid({ startMs, zone }: Timeline, { periodic }: PeriodicInvoiceTrigger): Grid {
  const { cycle, cycle_count, cycle_start_offset: day } = periodic;
  const count = cycle_count ?? 1;
  return day == null
    ? anniversaryGrid(zone, cycle, count, startMs)
    : calendarGrid(zone, cycle, count, day - 1, startMs);
}

/** From the contract's start on, which may be a date between those of the grid; its end is the final date. */
function scheduleOn(
  { endMs, startMs }: Timeline,
  grid: Grid | null,
  beginsWithStart: boolean,
): InvoiceSchedule {
  const dateFrom = (epochMs: number): number => {
    if (epochMs <= startMs && beginsWithStart) return startMs;
    const earliestMs = Math.max(epochMs, startMs);
    return Math.min(grid === null ? Infinity : boundaryFrom(grid, earliestMs), endMs);
  };
  const dateBefore = (epochMs: number): number => {
    if (epochMs <= startMs) return -Infinity;
    if (epochMs > endMs) return endMs;
    const boundaryMs = grid === null ? -Infinity : grid.boundaryMs(grid.indexAt(epochMs - 1));
    if (boundaryMs >= startMs) return boundaryMs;
    return beginsWithStart ? startMs : -Infinity;
  };
  return { isFixed: true, dateFrom, dateBefore };
}

function boundaryFrom(grid: Grid, epochMs: number): number {
  const index = grid.indexAt(epochMs);
  const boundaryMs = grid.boundaryMs(index);
  return boundaryMs === epochMs ? boundaryMs : grid.boundaryMs(index + 1);
}
