import { Temporal } from "temporal-polyfill";
import type { Contract } from "../../src/contract/contract.ts";
import { contractSpans, expirationOf, instantMs, movedOf, startOf, zoned, zoneOf } from "./naive-spans.ts";

/** What grouping needs to know of a line. */
export interface MadeLine {
  readonly kind: string;
  readonly period: { readonly end: string | null };
  readonly made_at: string | null;
}

/** Lines that are invoiced together, in the order in which they were given. */
export interface NaiveInvoice<Line> {
  readonly dateMs: number;
  readonly lines: readonly Line[];
}

const MONTHS: { readonly [cycle: string]: number } = { month: 1, quarter: 3, year: 12 };

/**
 * The invoices of the whole life of a contract that ends, from I1 alone: all dates first, then each line on its own.
 * Scheduled dates on which nothing is charged are among them, without lines.
 */
export function naiveInvoices<Line extends MadeLine>(
  contract: Contract,
  lines: readonly Line[],
): NaiveInvoice<Line>[] {
  const trigger = contract.contract_summary.configuration?.invoice_trigger ?? "immediate";
  if (trigger === "manual") return [];
  const endMs = Math.min(expirationOf(contract), movedOf(contract));
  const dates = trigger === "immediate" ? [] : scheduledDates(contract, endMs);
  const invoices = new Map(dates.map((dateMs) => [dateMs, { dateMs, lines: [] as Line[] }]));
  for (const line of lines) {
    const madeMs = instantMs(line.made_at as string);
    const usageEndMs = line.period.end === null ? endMs : instantMs(line.period.end);
    const fromMs = line.kind === "usage" ? usageEndMs : madeMs;
    const slotMs = trigger === "immediate" ? madeMs : (dates.find((date) => date >= fromMs) ?? endMs);
    const invoice = invoices.get(slotMs) ?? { dateMs: slotMs, lines: [] };
    invoice.dateMs = Math.max(invoice.dateMs, madeMs);
    invoice.lines.push(line);
    invoices.set(slotMs, invoice);
  }
  return [...invoices]
    .sort(
      ([firstSlot, first], [secondSlot, second]) => first.dateMs - second.dateMs || firstSlot - secondSlot,
    )
    .map(([, invoice]) => invoice);
}

/** The scheduled dates before the end of a contract, the first of them at or after its start. */
export function scheduledDates(contract: Contract, endMs: number): number[] {
  const trigger = contract.contract_summary.configuration?.invoice_trigger;
  if (trigger === "every_cycle") {
    const starts: number[] = [];
    for (const { start } of contractSpans(contract)) starts.push(start);
    return starts;
  }
  if (typeof trigger !== "object" || trigger === null) return [];
  const { cycle, cycle_count, cycle_start_offset: day } = trigger.periodic;
  const count = cycle_count ?? 1;
  const startMs = startOf(contract);
  const dates: number[] = [];
  for (let k = 0; ; k += count) {
    const date = day == null ? fromStart(contract, cycle, k) : onDay(contract, cycle, day, k);
    if (date >= endMs) return dates;
    if (date >= startMs) dates.push(date);
  }
}

/** Start and k cycles on. */
function fromStart(contract: Contract, cycle: string, k: number): number {
  const startMs = startOf(contract);
  const start = zoned(startMs, zoneOf(contract));
  if (k === 0) return startMs;
  return (
    cycle === "day" || cycle === "week"
      ? start.add({ days: k * (cycle === "week" ? 7 : 1) })
      : start.add({ months: k * (MONTHS[cycle] as number) })
  ).epochMilliseconds;
}

/** Midnight of the n-th day of a natural cycle, the k-th counted from the last such date at or before the start. */
function onDay(contract: Contract, cycle: string, day: number, k: number): number {
  const zone = zoneOf(contract);
  const startMs = startOf(contract);
  const date = zoned(startMs, zone).toPlainDate();
  const midnight = (n: number): number => {
    const first = naturalStart(date, cycle, n);
    const length = first.until(naturalStart(date, cycle, n + 1), { largestUnit: "days" }).days;
    const chosen = first.add({ days: Math.min(day, length) - 1 });
    return chosen.toZonedDateTime({ timeZone: zone, plainTime: "00:00" }).epochMilliseconds;
  };
  let last = 1;
  while (midnight(last) > startMs) last -= 1;
  return midnight(last + k);
}

/** The natural start of the n-th cycle from the one that a date is in. */
function naturalStart(date: Temporal.PlainDate, cycle: string, n: number): Temporal.PlainDate {
  if (cycle === "day") return date.add({ days: n });
  if (cycle === "week") return date.subtract({ days: date.dayOfWeek - 1 }).add({ days: 7 * n });
  const months = MONTHS[cycle] as number;
  const month = Math.floor((date.month - 1) / months) * months + 1;
  return Temporal.PlainDate.from({ year: date.year, month, day: 1 }).add({ months: months * n });
}
