import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test, vi } from "vitest";
import { parseSchedule } from "../../src/contract/parse-schedule.ts";
import { billingPeriod, billingPeriodAt, billingPeriods } from "../../src/period/billing-period.ts";
import { formatInstant } from "../../src/time/instant.ts";
import { type Zone, zoneNamed } from "../../src/time/zone.ts";
import { type BoundaryRules, boundaryByTemporal } from "./temporal-boundaries.ts";
import { everyZone, HARD_ZONES } from "./time-zones.ts";

// FC_RUNS=1000 checks every zone through all of its transitions.
const runs = Number(process.env.FC_RUNS ?? 100);
vi.setConfig({ testTimeout: 600_000 });

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const FROM_MS = Date.UTC(1900, 0, 1);
const TO_MS = Date.UTC(2100, 0, 1);

describe("a zone", () => {
  const zones = everyZone();

  test.each(zones.length <= runs ? zones : HARD_ZONES.filter((_, index) => index % 3 === 0))(
    "%s equals Temporal at all its transitions from 1900 to 2099",
    (name) => {
      const zone = zoneOf(name);
      const problems: string[] = [];
      let at = Temporal.Instant.fromEpochMilliseconds(FROM_MS).toZonedDateTimeISO(name);
      for (let count = 0; count < 2000; count++) {
        const next = at.getTimeZoneTransition("next");
        if (next === null || next.epochMilliseconds > TO_MS) break;
        problems.push(...differences(zone, next.epochMilliseconds));
        at = next;
      }
      expect(problems).toEqual([]);
    },
  );

  test("of any name equals Temporal in any year", () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer({ min: 1900, max: 2099 }), (name, year) => {
        const zone = zoneOf(name);
        const start = Temporal.ZonedDateTime.from({ timeZone: name, year, month: 1, day: 1 });
        const problems: string[] = [];
        for (let month = 0; month < 12; month++) {
          problems.push(...differencesAt(zone, start.add({ months: month }).epochMilliseconds));
        }
        let next = start.getTimeZoneTransition("next");
        while (next !== null && next.year === year) {
          problems.push(...differences(zone, next.epochMilliseconds));
          next = next.getTimeZoneTransition("next");
        }
        expect(problems).toEqual([]);
      }),
      { numRuns: 2 * runs },
    );
  });
});

describe("boundaries", () => {
  const zone = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...HARD_ZONES) },
    { weight: 1, arbitrary: fc.constantFrom(...everyZone()) },
  );
  const cycle = fc.constantFrom("hour", "day", "week", "month", "quarter", "year");
  const count = fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 14 }));
  const lastOffset = { hour: 0, day: 0, week: 6, month: 30, quarter: 91, year: 365 } as const;
  const rules = fc
    .tuple(zone, cycle, count, fc.boolean(), fc.nat(365), fc.boolean(), fc.integer({ min: -900, max: 900 }))
    .chain(([time_zone, unit, cycle_count, isCalendar, offset, isAnchored, days]) =>
      startIn(time_zone).map((startMs): BoundaryRules => {
        const calendar = isCalendar && unit !== "hour";
        const anchorMs = isAnchored && !calendar ? startMs + days * DAY_MS + (days % 5) * HOUR_MS : startMs;
        return {
          cycle: unit,
          cycle_count,
          cycle_start_offset: calendar ? offset % (lastOffset[unit] + 1) : null,
          time_zone,
          start: formatInstant(startMs),
          anchor: formatInstant(anchorMs),
        };
      }),
    );

  test("equal Temporal's for every cycle, count, offset, anchor and zone", () => {
    fc.assert(
      fc.property(rules, fc.nat(), (given, far) => {
        const boundary = boundaryByTemporal(given);
        const startMs = Date.parse(given.start);
        const schedule = scheduleOf(given);
        let first = Math.round((startMs - boundary(0)) / Math.max(boundary(1) - boundary(0), HOUR_MS));
        while (boundary(first) > startMs) first--;
        while (boundary(first + 1) <= startMs) first++;

        const near = billingPeriods(schedule, { from: given.start, count: 6 });
        // Fourteen years a period, and the calendar ends with the year 9999.
        const indexes = new Set([...near.map(({ index }) => index), 1 + (far % 500)]);
        for (const index of indexes) {
          const from = index === 1 ? startMs : boundary(first + index - 1);
          const to = boundary(first + index);
          const period = billingPeriod(schedule, index);
          if (from === to) {
            expect(period).toBeNull();
            continue;
          }
          expect([period?.start.getTime(), period?.end?.getTime()]).toEqual([from, to]);
          expect(period?.stub).toBe(index === 1 && boundary(first) < startMs);
          const middle = new Date(from + Math.floor((to - from) / 3));
          expect(billingPeriodAt(schedule, middle)).toEqual(period);
        }
      }),
      { numRuns: 8 * runs },
    );
  });

  test("of trials equal Temporal's local days", () => {
    fc.assert(
      fc.property(
        zone.chain((time_zone) => startIn(time_zone).map((startMs) => ({ time_zone, startMs }))),
        fc.integer({ min: 1, max: 400 }),
        ({ time_zone, startMs }, days) => {
          const activation = formatInstant(startMs);
          const schedule = parseSchedule({ cycle: "month", activation, time_zone, free_trial_days: days });
          const end = Temporal.Instant.from(activation).toZonedDateTimeISO(time_zone).add({ days });
          expect(billingPeriod(schedule, 0)?.end?.getTime()).toBe(end.epochMilliseconds);
        },
      ),
      { numRuns: 2 * runs },
    );
  });
});

/** Starts of all ages, many of them at a time of day that clocks skip or repeat, or beside a transition. */
function startIn(timeZone: string): fc.Arbitrary<number> {
  const seconds = fc.integer({ min: Date.UTC(1900, 0, 1) / 1000, max: Date.UTC(2060, 0, 1) / 1000 });
  const anywhere = seconds.map((each) => each * 1000);
  const atHour = fc
    .tuple(seconds, fc.constantFrom("00:00", "00:30", "02:00", "02:30", "23:59:59"))
    .map(([each, time]) => {
      const date = Temporal.Instant.fromEpochMilliseconds(each * 1000)
        .toZonedDateTimeISO(timeZone)
        .toPlainDate();
      return date.toPlainDateTime(time).toZonedDateTime(timeZone).epochMilliseconds;
    });
  const beside = fc.tuple(seconds, fc.integer({ min: -90, max: 90 })).map(([each, minutes]) => {
    const at = Temporal.Instant.fromEpochMilliseconds(each * 1000).toZonedDateTimeISO(timeZone);
    return (at.getTimeZoneTransition("next") ?? at).epochMilliseconds + minutes * 60_000;
  });
  return fc.oneof(anywhere, atHour, beside);
}

function scheduleOf({ start, anchor, ...rules }: BoundaryRules) {
  const cycle_anchor = anchor === start ? null : anchor;
  return parseSchedule({ ...rules, activation: start, cycle_anchor });
}

function zoneOf(name: string): Zone {
  const zone = zoneNamed(name);
  if (zone === undefined) throw new Error(`no zone ${name}`);
  return zone;
}

/** Where a zone differs from Temporal around a transition. */
function differences(zone: Zone, transitionMs: number): string[] {
  const steps = [-DAY_MS, -HOUR_MS, -1800_000, -1, 0, 1, 900_000, 1800_000, HOUR_MS, 2 * HOUR_MS, DAY_MS];
  return steps.flatMap((step) => differencesAt(zone, transitionMs + step));
}

/** Where a zone differs from Temporal at an instant, and at the local times that it shows before and after. */
function differencesAt(zone: Zone, epochMs: number): string[] {
  const local = Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(zone.name);
  const offset = local.offsetNanoseconds / 1e6;
  const found: string[] = [];
  if (zone.offsetMsAt(epochMs) !== offset) {
    found.push(`${zone.name} ${local.toString()}: offset ${zone.offsetMsAt(epochMs)}`);
  }
  for (const shift of [0, -HOUR_MS, HOUR_MS]) {
    const localMs = epochMs + offset + shift;
    const plain = Temporal.Instant.fromEpochMilliseconds(localMs).toZonedDateTimeISO("UTC").toPlainDateTime();
    const instant = plain.toZonedDateTime(zone.name, { disambiguation: "compatible" }).epochMilliseconds;
    if (zone.instantOf(localMs) !== instant) {
      found.push(`${zone.name} ${plain.toString()}: instant ${formatInstant(zone.instantOf(localMs))}`);
    }
  }
  return found;
}
