import fc from "fast-check";
import { CYCLES } from "../../src/contract/cycle.ts";
import { formatInstant } from "../../src/time/instant.ts";
import { HARD_ZONES } from "../oracle/time-zones.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const LAST_OFFSET: { readonly [cycle: string]: number } = { week: 6, month: 30, quarter: 91, year: 365 };

/** Instants of this century and the last, most of them on a whole or half hour. */
export const instantMs: fc.Arbitrary<number> = fc.oneof(
  fc.integer({ min: Date.UTC(1930, 0, 1), max: Date.UTC(2060, 0, 1) }),
  fc
    .integer({ min: Date.UTC(1990, 0, 1) / 1_800_000, max: Date.UTC(2040, 0, 1) / 1_800_000 })
    .map((half) => half * 1_800_000),
);

/** Fields of schedules of every kind, each of which the gate lets through. */
export const scheduleFields: fc.Arbitrary<Record<string, unknown>> = fc
  .record({
    cycle: fc.constantFrom(...CYCLES),
    activationMs: instantMs,
    time_zone: fc.constantFrom(...HARD_ZONES),
    count: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 7 })),
    offset: fc.option(fc.nat(365)),
    anchorDays: fc.option(fc.integer({ min: -400, max: 400 })),
    free_trial_days: fc.oneof(fc.constant(0), fc.nat(45)),
    free_cycles: fc.nat(4),
    expirationHours: fc.option(fc.integer({ min: 1, max: 40_000 })),
    movedHours: fc.option(fc.integer({ min: 0, max: 40_000 })),
  })
  .map(({ cycle, activationMs, count, offset, anchorDays, expirationHours, movedHours, ...rest }) => {
    const later = (hours: number | null) =>
      hours === null ? null : formatInstant(activationMs + hours * HOUR_MS);
    const isEndless = cycle === "once" || cycle === "constant";
    const isCalendar = offset !== null && !isEndless && cycle !== "hour";
    return {
      ...rest,
      cycle,
      activation: formatInstant(activationMs),
      expiration: later(expirationHours),
      moved_at: later(movedHours),
      ...(!isEndless && { cycle_count: count }),
      ...(isCalendar && { cycle_start_offset: offset % ((LAST_OFFSET[cycle] ?? 0) + 1) }),
      ...(!isCalendar &&
        anchorDays !== null && { cycle_anchor: formatInstant(activationMs + anchorDays * DAY_MS) }),
    };
  });
