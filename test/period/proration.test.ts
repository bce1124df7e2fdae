import { describe, expect, test } from "vitest";
import type { ProrationBasis } from "../../src/contract/configuration.ts";
import { prorationRatio, type ServiceEnd } from "../../src/period/proration.ts";
import { parseInstant } from "../../src/time/instant.ts";
import { zoneNamed } from "../../src/time/zone.ts";
import { codesOf } from "./codes-of.ts";

type Stretch = readonly [start: string, end: string];

/** The ratio as text, `12/31`; dates without a time are midnights in UTC. */
function ratio(
  basis: ProrationBasis,
  service: Stretch,
  full: Stretch,
  zoneName = "UTC",
  end: ServiceEnd = {},
): string {
  const [from, to, fullFrom, fullTo] = [...service, ...full].map((text) =>
    parseInstant(text.includes("T") ? text : `${text}T00:00:00Z`),
  ) as [number, number, number, number];
  const zone = zoneNamed(zoneName) ?? expect.unreachable();
  const { numerator, denominator } = prorationRatio(basis, zone, from, to, fullFrom, fullTo, end);
  return `${numerator}/${denominator}`;
}

const JANUARY: Stretch = ["2026-01-01", "2026-02-01"];
const FEBRUARY: Stretch = ["2026-02-01", "2026-03-01"];

describe("by day", () => {
  test("days are counted, and a started day counts whole", () => {
    expect(ratio("day", ["2026-01-16", "2026-02-01"], JANUARY)).toBe("16/31");
    expect(ratio("day", ["2026-01-16T23:59:59Z", "2026-02-01"], JANUARY)).toBe("16/31");
    expect(ratio("day", ["2026-01-01", "2026-01-16T00:00:01Z"], JANUARY)).toBe("16/31");
    expect(ratio("day", ["2026-01-05T10:00:00Z", "2026-01-05T11:00:00Z"], JANUARY)).toBe("1/31");
    expect(ratio("day", JANUARY, JANUARY)).toBe("31/31");
  });

  test("days begin at the time of day at which the full period does", () => {
    const full: Stretch = ["2026-01-10T15:00:00Z", "2026-02-10T15:00:00Z"];
    expect(ratio("day", ["2026-01-20T14:00:00Z", full[1]], full)).toBe("22/31");
    expect(ratio("day", ["2026-01-20T15:00:00Z", full[1]], full)).toBe("21/31");
  });

  test("changes of the clock change nothing", () => {
    const march: Stretch = ["2026-02-28T23:00:00Z", "2026-03-31T22:00:00Z"];
    expect(ratio("day", march, march, "Europe/Berlin")).toBe("31/31");
    expect(ratio("day", ["2026-03-29T22:00:00Z", march[1]], march, "Europe/Berlin")).toBe("2/31");
    expect(ratio("day", ["2026-03-29T21:59:59Z", march[1]], march, "Europe/Berlin")).toBe("3/31");
    const day: Stretch = ["2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"];
    expect(ratio("day", ["2026-03-29T10:00:00Z", day[1]], day, "Europe/Berlin")).toBe("1/1");
  });

  test("days of a calendar period are midnights, also where its own one was skipped", () => {
    // From the 26th to the 26th; on 26 April 2024 Cairo's day began at one.
    const full: Stretch = ["2024-04-25T22:00:00Z", "2024-05-25T21:00:00Z"];
    expect(ratio("day", ["2024-05-09T21:00:00Z", full[1]], full, "Africa/Cairo")).toBe("16/30");
    const before: Stretch = ["2024-03-25T22:00:00Z", "2024-04-25T22:00:00Z"];
    expect(ratio("day", ["2024-04-23T22:00:00Z", before[1]], before, "Africa/Cairo")).toBe("2/31");
    // In Tehran both midnights of 22 March were skipped.
    const year: Stretch = ["2021-03-21T20:30:00Z", "2022-03-21T20:30:00Z"];
    expect(ratio("day", ["2022-03-20T20:30:00Z", year[1]], year, "Asia/Tehran")).toBe("1/365");
  });

  test("a boundary that the clock moved forward doesn't move the days", () => {
    // Daily at 02:30; on 29 March at 03:30.
    const full: Stretch = ["2026-03-29T01:30:00Z", "2026-04-28T00:30:00Z"];
    expect(ratio("day", ["2026-04-01T00:30:00Z", full[1]], full, "Europe/Berlin")).toBe("27/30");
    const before: Stretch = ["2026-02-28T01:30:00Z", "2026-03-29T01:30:00Z"];
    expect(ratio("day", ["2026-03-28T01:30:00Z", before[1]], before, "Europe/Berlin")).toBe("1/29");
  });

  test("a period that begins in the second pass of a repeated hour has its first day from there", () => {
    const full: Stretch = ["2026-10-25T01:30:00Z", "2026-11-25T01:30:00Z"];
    expect(ratio("day", full, full, "Europe/Berlin")).toBe("31/31");
    expect(ratio("day", ["2026-10-26T01:30:00Z", full[1]], full, "Europe/Berlin")).toBe("30/31");
  });

  test("a local day that never was is counted with the one before, so that shares add up", () => {
    const december: Stretch = ["2011-12-01T10:00:00Z", "2011-12-31T10:00:00Z"];
    expect(ratio("day", december, december, "Pacific/Apia")).toBe("31/31");
    const at = "2011-12-30T10:00:00Z";
    expect(ratio("day", [december[0], at], december, "Pacific/Apia")).toBe("30/31");
    expect(ratio("day", [at, december[1]], december, "Pacific/Apia")).toBe("1/31");
  });

  test("periods under a day are shared out by elapsed time", () => {
    const hour: Stretch = ["2026-01-01T10:00:00Z", "2026-01-01T11:00:00Z"];
    expect(ratio("day", ["2026-01-01T10:15:00Z", hour[1]], hour)).toBe("2700000/3600000");
    expect(ratio("30/360", ["2026-01-01T10:15:00Z", hour[1]], hour)).toBe("2700000/3600000");
  });

  test("at a change of contract the touched day belongs to the new one", () => {
    const at = "2026-01-16T06:00:00Z";
    const ends = { endsByChange: true };
    expect(ratio("day", [JANUARY[0], at], JANUARY, "UTC", ends)).toBe("15/31");
    expect(ratio("day", [at, JANUARY[1]], JANUARY)).toBe("16/31");
    expect(ratio("day", ["2026-01-10", at], JANUARY, "UTC", ends)).toBe("6/31");
    expect(ratio("day", [at, "2026-01-16T08:00:00Z"], JANUARY, "UTC", ends)).toBe("0/31");
  });
});

describe("by second", () => {
  test("elapsed time is counted in milliseconds", () => {
    expect(ratio("second", ["2026-01-16T12:00:00Z", "2026-02-01"], JANUARY)).toBe("1339200000/2678400000");
    const march: Stretch = ["2026-02-28T23:00:00Z", "2026-03-31T22:00:00Z"];
    expect(ratio("second", march, march, "Europe/Berlin")).toBe("2674800000/2674800000");
  });
});

describe("by conventions of thirty days", () => {
  test("actual/360 takes the days served of thirty a month, at most all of them", () => {
    expect(ratio("actual/360", ["2026-02-27", "2026-03-01"], FEBRUARY)).toBe("2/30");
    expect(ratio("actual/360", FEBRUARY, FEBRUARY)).toBe("28/30");
    expect(ratio("actual/360", JANUARY, JANUARY)).toBe("30/30");
    expect(ratio("actual/360", ["2026-03-01", "2027-01-01"], ["2026-01-01", "2027-01-01"])).toBe("306/360");
  });

  test("30/360 counts every month as thirty days, a 31st as the 30th", () => {
    expect(ratio("30/360", ["2026-02-27", "2026-03-01"], FEBRUARY)).toBe("4/30");
    expect(ratio("30/360", ["2026-01-31", "2026-02-01"], JANUARY)).toBe("1/30");
    expect(ratio("30/360", ["2026-01-30", "2026-01-31"], JANUARY)).toBe("0/30");
    expect(ratio("30/360", ["2026-01-31", "2026-02-15"], ["2026-01-31", "2026-02-28"])).toBe("15/28");
    expect(ratio("30/360", ["2026-03-01", "2026-07-01"], ["2026-01-01", "2027-01-01"])).toBe("120/360");
  });

  test("local dates count, not those in UTC", () => {
    const january: Stretch = ["2025-12-31T15:00:00Z", "2026-01-31T15:00:00Z"];
    expect(ratio("30/360", ["2026-01-15T15:00:00Z", january[1]], january, "Asia/Tokyo")).toBe("15/30");
  });

  test("months clamped to their end are whole ones", () => {
    expect(ratio("actual/360", ["2026-02-28", "2026-03-31"], ["2026-02-28", "2026-03-31"])).toBe("30/30");
    expect(ratio("actual/360", ["2026-01-31", "2026-02-01"], ["2026-01-31", "2026-02-28"])).toBe("1/30");
    expect(ratio("actual/360", ["2024-02-29", "2024-03-01"], ["2024-02-29", "2025-02-28"])).toBe("1/360");
  });

  test("where the full period isn't whole months both count days", () => {
    for (const basis of ["actual/360", "30/360"] as const) {
      expect(ratio(basis, ["2026-01-05", "2026-01-12"], ["2026-01-01", "2026-01-15"])).toBe("7/14");
      expect(ratio(basis, ["2026-05-15", "2026-05-16"], ["2026-02-15", "2026-05-16"])).toBe("1/90");
      expect(
        ratio(basis, ["2026-01-05", "2026-02-01T12:00:00Z"], ["2026-01-01", "2026-02-01T12:00:00Z"]),
      ).toBe("28/32");
    }
  });

  test("a boundary that the clock moved forward leaves months whole", () => {
    const full: Stretch = ["2024-04-25T22:00:00Z", "2024-05-25T21:00:00Z"];
    expect(ratio("actual/360", full, full, "Africa/Cairo")).toBe("30/30");
    const before: Stretch = ["2026-02-28T01:30:00Z", "2026-03-28T01:30:00Z"];
    expect(ratio("actual/360", before, before, "Europe/Berlin")).toBe("28/30");
  });
});

describe("empty and impossible", () => {
  test("an empty service is nothing, wherever in the period it is", () => {
    for (const basis of ["day", "second", "actual/360", "30/360"] as const) {
      for (const at of ["2026-01-01", "2026-01-16T06:00:00Z", "2026-02-01"]) {
        expect(ratio(basis, [at, at], JANUARY)).toMatch(/^0\//);
      }
    }
  });

  test.each<[string, Stretch, Stretch]>([
    ["an empty full period", ["2026-01-01", "2026-01-01"], ["2026-01-01", "2026-01-01"]],
    ["a full period that goes backwards", ["2026-01-01", "2026-01-01"], ["2026-02-01", "2026-01-01"]],
    ["a service that begins before it", ["2025-12-31", "2026-01-05"], JANUARY],
    ["a service that ends after it", ["2026-01-05", "2026-02-02"], JANUARY],
    ["a service that goes backwards", ["2026-01-05", "2026-01-04"], JANUARY],
    ["no instant", ["2026-01-32", "2026-02-01"], JANUARY],
  ])("%s is an error", (_, service, full) => {
    for (const basis of ["day", "second", "actual/360", "30/360"] as const) {
      expect(codesOf(() => ratio(basis, service, full))).toEqual(["INVALID_DATES"]);
    }
  });
});
