import { describe, expect, test } from "vitest";
import { formatInstant, parseInstant } from "../../src/time/instant.ts";
import { type Zone, zoneNamed } from "../../src/time/zone.ts";
import { everyZone } from "../oracle/time-zones.ts";

function zone(name: string): Zone {
  const found = zoneNamed(name);
  if (found === undefined) throw new Error(`no zone ${name}`);
  return found;
}

/** The instant of a local time. */
const instant = (name: string, local: string) =>
  formatInstant(zone(name).instantOf(parseInstant(`${local}Z`)));
/** The local time of an instant. */
const local = (name: string, at: string) => {
  const epochMs = parseInstant(at);
  return formatInstant(epochMs + zone(name).offsetMsAt(epochMs)).slice(0, -1);
};

describe("a local time", () => {
  test("that the clock skips moves forward by the length of the gap", () => {
    expect(instant("Europe/Berlin", "2024-03-31T02:30:00")).toBe("2024-03-31T01:30:00Z");
    expect(instant("Europe/Berlin", "2024-03-31T01:59:59")).toBe("2024-03-31T00:59:59Z");
    expect(instant("Europe/Berlin", "2024-03-31T03:00:00")).toBe("2024-03-31T01:00:00Z");
  });

  test("that comes twice is the first of the two", () => {
    expect(instant("Europe/Berlin", "2024-10-27T02:30:00")).toBe("2024-10-27T00:30:00Z");
    expect(instant("Europe/Berlin", "2024-10-27T03:00:00")).toBe("2024-10-27T02:00:00Z");
    expect(instant("America/Havana", "2024-11-03T00:00:00")).toBe("2024-11-03T04:00:00Z");
  });

  test("of midnight, where the clock skips midnight, is on the day that it names", () => {
    expect(instant("Africa/Cairo", "2024-04-26T00:00:00")).toBe("2024-04-25T22:00:00Z");
    expect(local("Africa/Cairo", "2024-04-25T22:00:00Z")).toBe("2024-04-26T01:00:00");
    expect(instant("America/Sao_Paulo", "2018-11-04T00:00:00")).toBe("2018-11-04T03:00:00Z");
    expect(instant("Asia/Beirut", "2026-03-29T00:00:00")).toBe("2026-03-28T22:00:00Z");
    expect(instant("America/Asuncion", "2022-10-02T00:00:00")).toBe("2022-10-02T04:00:00Z");
    expect(instant("Asia/Tehran", "2021-03-22T00:00:00")).toBe("2021-03-21T20:30:00Z");
  });

  test("where the clock moves by half an hour", () => {
    expect(instant("Australia/Lord_Howe", "2024-10-06T02:15:00")).toBe("2024-10-05T15:45:00Z");
    expect(instant("Australia/Lord_Howe", "2024-04-07T01:45:00")).toBe("2024-04-06T14:45:00Z");
    expect(instant("Australia/Lord_Howe", "2024-04-07T02:00:00")).toBe("2024-04-06T15:30:00Z");
  });

  test("of a day that never was is the next day's", () => {
    expect(instant("Pacific/Apia", "2011-12-30T00:00:00")).toBe("2011-12-30T10:00:00Z");
    expect(instant("Pacific/Apia", "2011-12-31T00:00:00")).toBe("2011-12-30T10:00:00Z");
    expect(instant("Pacific/Apia", "2011-12-30T12:00:00")).toBe(
      instant("Pacific/Apia", "2011-12-31T12:00:00"),
    );
    expect(instant("Asia/Manila", "1844-12-31T12:00:00")).toBe(instant("Asia/Manila", "1845-01-01T12:00:00"));
    expect(instant("Pacific/Kwajalein", "1993-08-21T12:00:00")).toBe(
      instant("Pacific/Kwajalein", "1993-08-22T12:00:00"),
    );
  });

  test("of a day that was twice is the first one's", () => {
    expect(local("America/Juneau", "1867-10-18T12:00:00Z")).toBe("1867-10-19T03:02:19");
    expect(local("America/Juneau", "1867-10-19T12:00:00Z")).toBe("1867-10-19T03:02:19");
    expect(instant("America/Juneau", "1867-10-19T03:02:19")).toBe("1867-10-18T12:00:00Z");
  });

  test("before there were zones differs by seconds", () => {
    expect(zone("America/New_York").offsetMsAt(parseInstant("1800-01-01T00:00:00Z"))).toBe(-17_762_000);
    expect(instant("America/New_York", "1883-11-18T00:00:00")).toBe("1883-11-18T04:56:02Z");
    expect(instant("Africa/Monrovia", "1972-01-06T23:00:00")).toBe("1972-01-06T23:44:30Z");
  });
});

test("both transitions of Asia/Gaza in one fortnight are found", () => {
  // 2011: summer time ended on 1 August, began again on 30 August and ended on 30 September.
  const offsets = ["2011-07-31T12", "2011-08-15T12", "2011-09-15T12", "2011-10-15T12"].map(
    (at) => zone("Asia/Hebron").offsetMsAt(parseInstant(`${at}:00:00Z`)) / 3_600_000,
  );
  expect(offsets).toEqual([3, 2, 3, 2]);
});

describe("names", () => {
  test("every zone of the platform and its links work", () => {
    for (const name of everyZone()) expect(Math.abs(zone(name).offsetMsAt(0))).toBeLessThan(15 * 3_600_000);
  });

  test("their case doesn't matter", () => {
    expect(zone("europe/berlin").offsetMsAt(0)).toBe(3_600_000);
    expect(zone("utc").offsetMsAt(0)).toBe(0);
  });

  test.each([
    "UTC",
    "GMT",
    "Etc/UTC",
    "Etc/GMT",
    "Etc/GMT0",
    "GMT+0",
    "Zulu",
    "Universal",
    "Greenwich",
    "UCT",
  ])("%s is UTC without asking the platform", (name) => {
    expect(zoneNamed(name)).toBe(zoneNamed("UTC"));
  });

  test.each([
    "",
    " ",
    "Nowhere",
    "Europe/Atlantis",
    "+01:00",
    "-0530",
    "UTC+1",
    "GMT+1",
    "UTC\0",
    " UTC",
    "Etc/Unknown",
  ])("%j is none", (name) => {
    expect(zoneNamed(name)).toBeUndefined();
  });

  test("abbreviations that only the platform knows are none: its BST is Dhaka", () => {
    expect(["BST", "IST", "CST", "PST", "SystemV/EST5"].map(zoneNamed)).toEqual(Array(5).fill(undefined));
    expect(zoneNamed("EST")).toBeDefined();
  });

  test("a name of ten million characters is none", () => {
    expect(zoneNamed("A".repeat(1e7))).toBeUndefined();
  });
});

describe("memory", () => {
  test("stays bounded however many years are asked for", () => {
    const paris = zone("Europe/Paris") as Zone & { readonly slots: readonly unknown[] };
    for (let year = 1; year <= 9999; year += 3)
      paris.offsetMsAt(Date.UTC(2000, 0, 1) + (year - 2000) * 31_556_952_000);
    expect(paris.slots.length).toBeLessThanOrEqual(128);
    expect(paris.offsetMsAt(Date.UTC(2026, 6, 1))).toBe(7_200_000);
  });

  test("stays bounded however many names are asked for: the oldest is read anew", () => {
    const letters = "europe/prague";
    const spelled = (number: number) =>
      [...letters].map((letter, bit) => (number & (1 << bit) ? letter.toUpperCase() : letter)).join("");
    const first = zone(spelled(0));
    expect(zone(spelled(0))).toBe(first);
    for (let number = 1; number <= 600; number++) zone(spelled(number));
    expect(zone(spelled(0))).not.toBe(first);
    expect(zone(spelled(0)).offsetMsAt(0)).toBe(first.offsetMsAt(0));
  });
});
