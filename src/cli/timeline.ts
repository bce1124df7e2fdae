import type { BillingPeriod } from "../index.ts";
import type { Zone } from "../time/zone.ts";
import { facts } from "./table.ts";
import { cellOf, type Scale, scaleRow } from "./timeline-scale.ts";

const CELLS = 72;
const PHASES = { trial: "·", free: "~", paid: "─" } as const;
const BOUNDARY = "│";
const INVOICE = "●";

/** Billing periods and invoices along one row of time, for a glance: where is what. */
export function timeline(
  { fromMs, toMs }: Omit<Scale, "cells">,
  zone: Zone,
  periods: Iterable<BillingPeriod>,
  invoicedMs: readonly number[],
): string {
  const scale = { fromMs, toMs, cells: CELLS };
  const { row, phases } = periodRow(scale, periods);
  const counts = countsByCell(scale, invoicedMs);
  const marks = Array.from({ length: CELLS }, (_, cell) => invoiceMark(counts.get(cell) ?? 0));
  const several = Math.max(0, ...counts.values()) > 1 ? ["2 to 9, +: so many in one place"] : [];
  const legend = [
    ...[...phases].map((phase) => `${PHASES[phase]} ${phase}`),
    `${INVOICE} invoice`,
    ...several,
  ];
  return facts([
    ["", scaleRow(scale, zone)],
    ["Periods", row],
    ["Invoices", marks.join("")],
    ["", legend.join("   ")],
  ]);
}

function countsByCell(scale: Scale, instants: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const epochMs of instants) {
    const cell = cellOf(scale, epochMs);
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
  }
  return counts;
}

function invoiceMark(count: number): string {
  if (count < 2) return count === 1 ? INVOICE : " ";
  return count < 10 ? String(count) : "+";
}

/** Periods by their numbers, if all of them fit, and lines of their phases. */
function periodRow(
  scale: Scale,
  periods: Iterable<BillingPeriod>,
): { readonly row: string; readonly phases: ReadonlySet<keyof typeof PHASES> } {
  const cells = Array.from({ length: CELLS }, () => " ");
  const phases = new Set<keyof typeof PHASES>();
  const starts: { readonly cell: number; readonly label: string; readonly room: number }[] = [];
  for (const { index, phase, start, end } of periods) {
    const cell = cellOf(scale, start.getTime());
    const next = end === null ? Infinity : cellOf(scale, end.getTime());
    phases.add(phase);
    cells.fill(PHASES[phase], Math.max(0, cell), Math.min(CELLS, Math.max(cell + 1, next)));
    if (cell >= 0) starts.push({ cell, label: String(index), room: next - cell });
  }
  const isNumbered = starts.every(({ label, room }) => label.length <= room);
  for (const { cell, label } of starts) {
    const mark = isNumbered && cell + label.length <= CELLS ? label : BOUNDARY;
    cells.splice(cell, mark.length, ...mark);
  }
  return { row: cells.join(""), phases };
}
