// date-fns-tz is the peer that most would build on: what it answers where local times are skipped or repeated, and ours.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { fromZonedTime } from "date-fns-tz";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { parseSchedule } from "../../src/contract/parse-schedule.ts";
import { billingPeriodAt } from "../../src/period/billing-period.ts";
import { formatDate, formatInstant, parseInstant } from "../../src/time/instant.ts";
import { type Zone, zoneNamed } from "../../src/time/zone.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const DAY_MS = 86_400_000;
const FIRST_DAY = Date.UTC(2015, 0, 1) / DAY_MS;
const LAST_DAY = Date.UTC(2040, 11, 31) / DAY_MS;

interface SkippedMidnight {
  readonly zone: Zone;
  /** The local day that has no midnight, since 1970-01-01. */
  readonly day: number;
}

const skipped = Intl.supportedValuesOf("timeZone").flatMap(skippedMidnights);

/** The days of 2015 to 2040 whose local midnight the zone's clocks jump over. */
function skippedMidnights(name: string): SkippedMidnight[] {
  const zone = zoneNamed(name);
  if (zone === undefined) throw new Error(`the platform lists ${name} and doesn't know it`);
  const found: SkippedMidnight[] = [];
  for (let day = FIRST_DAY; day <= LAST_DAY; day++) {
    const midnightMs = day * DAY_MS;
    const instantMs = zone.instantOf(midnightMs);
    if (instantMs + zone.offsetMsAt(instantMs) !== midnightMs) found.push({ zone, day });
  }
  return found;
}

/** The start of the daily billing period of a day, as our public functions answer it. */
function ourStart({ zone, day }: SkippedMidnight): number | undefined {
  const schedule = parseSchedule({
    cycle: "day",
    cycle_start_offset: 0,
    time_zone: zone.name,
    activation: formatInstant((day - 7) * DAY_MS),
  });
  return billingPeriodAt(schedule, new Date(zone.instantOf((day + 0.5) * DAY_MS)))?.start.getTime();
}

function temporalStart({ zone, day }: SkippedMidnight): number {
  const local = Temporal.PlainDateTime.from(`${formatDate(day)}T00:00:00`);
  return local.toZonedDateTime(zone.name, { disambiguation: "compatible" }).epochMilliseconds;
}

function theirStart({ zone, day }: SkippedMidnight): number {
  return fromZonedTime(`${formatDate(day)}T00:00:00`, zone.name).getTime();
}

/** Those of which something is true, as a failure should show them. */
function those(isSo: (midnight: SkippedMidnight) => boolean): string[] {
  return skipped.filter(isSo).map(({ zone, day }) => `${zone.name} ${formatDate(day)}`);
}

function localDay(zone: Zone, epochMs: number): number {
  return Math.floor((epochMs + zone.offsetMsAt(epochMs)) / DAY_MS);
}

describe("a local midnight that the clock skips, in any zone from 2015 to 2040", () => {
  test("there are many, in several zones", () => {
    expect(skipped.length).toBeGreaterThan(100);
    expect(new Set(skipped.map(({ zone }) => zone.name)).size).toBeGreaterThan(5);
  });

  test("we answer what Temporal answers, on the day that was asked for", () => {
    expect(those((each) => ourStart(each) !== temporalStart(each))).toEqual([]);
    expect(those((each) => localDay(each.zone, ourStart(each) ?? 0) !== each.day)).toEqual([]);
  });

  test("date-fns-tz answers an instant of the day before, in all of them", () => {
    expect(those((each) => localDay(each.zone, theirStart(each)) !== each.day - 1)).toEqual([]);
  });

  test("side by side for Cairo's 26 April 2024", () => {
    const zone = zoneNamed("Africa/Cairo") as Zone;
    const cairo = { zone, day: Date.UTC(2024, 3, 26) / DAY_MS };
    expect(formatInstant(ourStart(cairo) ?? 0)).toBe("2024-04-25T22:00:00Z");
    expect(formatInstant(temporalStart(cairo))).toBe("2024-04-25T22:00:00Z");
    expect(formatInstant(theirStart(cairo))).toBe("2024-04-25T21:00:00Z");
  });
});

describe("a local time that comes twice", () => {
  const LOCAL = "2024-10-27T02:30:00";
  const inProcess = (timeZone: string): string => {
    const program = `import { fromZonedTime } from "date-fns-tz";
      console.log(fromZonedTime("${LOCAL}", "Europe/Berlin").toISOString());`;
    const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
      cwd: root,
      encoding: "utf8",
      env: { ...process.env, TZ: timeZone },
    });
    return stdout.trim() || stderr;
  };

  test("we answer the first of the two, whatever the time zone of the process", () => {
    // This suite itself runs under several.
    expect(zoneNamed("Europe/Berlin")?.instantOf(parseInstant(`${LOCAL}Z`))).toBe(
      Date.UTC(2024, 9, 27, 0, 30),
    );
  });

  test("date-fns-tz answers by the time zone of the process", () => {
    expect(inProcess("UTC")).toBe("2024-10-27T01:30:00.000Z");
    expect(inProcess("America/New_York")).toBe("2024-10-27T00:30:00.000Z");
  });
});
