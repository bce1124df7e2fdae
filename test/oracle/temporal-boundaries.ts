import { Temporal } from "temporal-polyfill";
import type { Cycle } from "../../src/contract/cycle.ts";

/** What the boundaries of a schedule follow from, in the words of the schedule. */
export interface BoundaryRules {
  readonly cycle: Exclude<Cycle, "once" | "constant">;
  readonly cycle_count: number;
  /** null: anniversary. */
  readonly cycle_start_offset: number | null;
  readonly time_zone: string;
  readonly start: string;
  readonly anchor: string;
}

const HOUR_MS = 3_600_000;
const MONTHS = { month: 1, quarter: 3, year: 12 } as const;

/** P2 and P3 in Temporal's words, as slow as they read: boundary k, and whether k is at or before the start. */
export function boundaryByTemporal(rules: BoundaryRules): (index: number) => number {
  const { cycle, cycle_count: count, cycle_start_offset: offset, time_zone: zone } = rules;
  const startMs = Temporal.Instant.from(rules.start).epochMilliseconds;
  const anchor = Temporal.Instant.from(rules.anchor);
  if (cycle === "hour") return (index) => anchor.epochMilliseconds + index * count * HOUR_MS;
  if (offset === null) {
    const local = anchor.toZonedDateTimeISO(zone);
    const unit = cycle === "quarter" ? "months" : (`${cycle}s` as const);
    const step = cycle === "quarter" ? 3 * count : count;
    return (index) => local.add({ [unit]: index * step }).epochMilliseconds;
  }
  const day = Temporal.Instant.fromEpochMilliseconds(startMs).toZonedDateTimeISO(zone).toPlainDate();
  const natural = (index: number): number => naturalStart(cycle, day, index, offset, zone);
  let last = 3;
  while (natural(last) > startMs) last--;
  return (index) => natural(last + index * count);
}

/** The natural start `index` cycles after that of the cycle that a day is in, offset and all. */
function naturalStart(
  cycle: Exclude<BoundaryRules["cycle"], "hour">,
  day: Temporal.PlainDate,
  index: number,
  offset: number,
  zone: string,
): number {
  const midnight = (date: Temporal.PlainDate): number =>
    date.toPlainDateTime("00:00").toZonedDateTime(zone).epochMilliseconds;
  if (cycle === "day") return midnight(day.add({ days: index }));
  if (cycle === "week")
    return midnight(day.subtract({ days: day.dayOfWeek - 1 }).add({ days: 7 * index + offset }));
  const months = MONTHS[cycle];
  const first = day
    .with({ day: 1, month: day.month - ((day.month - 1) % months) })
    .add({ months: months * index });
  const end = first.add({ months }).subtract({ days: 1 });
  const shifted = first.add({ days: offset });
  return midnight(Temporal.PlainDate.compare(shifted, end) > 0 ? end : shifted);
}
