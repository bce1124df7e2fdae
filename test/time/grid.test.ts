import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anniversaryGrid, type CalendarUnit, calendarGrid, type Grid } from "../../src/time/grid.ts";
import { formatInstant, isInstantMs, parseInstant } from "../../src/time/instant.ts";
import { type Zone, zoneNamed } from "../../src/time/zone.ts";

const zone = (name: string): Zone => zoneNamed(name) ?? expect.unreachable();
const anniversary = (unit: CalendarUnit | "hour", anchor: string, name = "UTC", count = 1): Grid =>
  anniversaryGrid(zone(name), unit, count, parseInstant(anchor));
const calendar = (unit: CalendarUnit, offset: number, start: string, name = "UTC", count = 1): Grid =>
  calendarGrid(zone(name), unit, count, offset, parseInstant(start));

function row(grid: Grid, from: number, to: number): string[] {
  const boundaries: string[] = [];
  for (let index = from; index <= to; index++) boundaries.push(formatInstant(grid.boundaryMs(index)));
  return boundaries;
}
const dates = (grid: Grid, from: number, to: number) => row(grid, from, to).map((each) => each.slice(0, 10));

describe("an anniversary grid", () => {
  test("with an anchor on the 31st returns to the 31st after February", () => {
    const grid = anniversary("month", "2026-01-31T09:30:00Z");
    expect(row(grid, -2, 3)).toEqual([
      "2025-11-30T09:30:00Z",
      "2025-12-31T09:30:00Z",
      "2026-01-31T09:30:00Z",
      "2026-02-28T09:30:00Z",
      "2026-03-31T09:30:00Z",
      "2026-04-30T09:30:00Z",
    ]);
  });

  test("of years from 29 February comes back to it in leap years", () => {
    expect(dates(anniversary("year", "2024-02-29T00:00:00Z"), 0, 4)).toEqual([
      "2024-02-29",
      "2025-02-28",
      "2026-02-28",
      "2027-02-28",
      "2028-02-29",
    ]);
  });

  test("of quarters steps by three months, of two weeks by fourteen days", () => {
    expect(dates(anniversary("quarter", "2025-11-30T00:00:00Z"), 0, 2)).toEqual([
      "2025-11-30",
      "2026-02-28",
      "2026-05-30",
    ]);
    expect(dates(anniversary("week", "2026-01-01T00:00:00Z", "UTC", 2), -1, 1)).toEqual([
      "2025-12-18",
      "2026-01-01",
      "2026-01-15",
    ]);
  });

  test("keeps the local time of day across clock changes", () => {
    expect(row(anniversary("month", "2026-02-15T08:00:00Z", "Europe/Berlin"), 0, 2)).toEqual([
      "2026-02-15T08:00:00Z",
      "2026-03-15T08:00:00Z",
      "2026-04-15T07:00:00Z",
    ]);
  });

  test("of hours counts elapsed ones", () => {
    const grid = anniversary("hour", "2026-03-29T00:30:00Z", "Europe/Berlin", 2);
    expect(row(grid, 0, 2)).toEqual(["2026-03-29T00:30:00Z", "2026-03-29T02:30:00Z", "2026-03-29T04:30:00Z"]);
    expect(grid.indexAt(parseInstant("2026-03-29T02:29:59.999Z"))).toBe(0);
    expect(grid.indexAt(parseInstant("2026-03-28T23:00:00Z"))).toBe(-1);
  });

  test("leaves an anchor in the second pass of a repeated hour where it is", () => {
    const grid = anniversary("day", "2024-10-27T01:30:00Z", "Europe/Berlin");
    expect(row(grid, -1, 1)).toEqual([
      "2024-10-26T00:30:00Z",
      "2024-10-27T01:30:00Z",
      "2024-10-28T01:30:00Z",
    ]);
    expect(grid.indexAt(parseInstant("2024-10-27T00:45:00Z"))).toBe(-1);
  });

  test("moves a boundary that the clock skips forward, and only that one", () => {
    expect(row(anniversary("day", "2024-03-30T01:30:00Z", "Europe/Berlin"), 0, 2)).toEqual([
      "2024-03-30T01:30:00Z",
      "2024-03-31T01:30:00Z",
      "2024-04-01T00:30:00Z",
    ]);
  });
});

describe("a calendar grid", () => {
  test("begins weeks on Monday, shifted by the offset", () => {
    expect(dates(calendar("week", 0, "2026-01-01T00:00:00Z"), 0, 1)).toEqual(["2025-12-29", "2026-01-05"]);
    expect(dates(calendar("week", 2, "2026-01-01T00:00:00Z"), 0, 1)).toEqual(["2025-12-31", "2026-01-07"]);
    expect(dates(calendar("week", 6, "2026-01-01T00:00:00Z"), 0, 1)).toEqual(["2025-12-28", "2026-01-04"]);
  });

  test("clamps an offset to the last day of its cycle", () => {
    expect(dates(calendar("month", 30, "2026-01-31T00:00:00Z"), 0, 3)).toEqual([
      "2026-01-31",
      "2026-02-28",
      "2026-03-31",
      "2026-04-30",
    ]);
    expect(dates(calendar("quarter", 91, "2026-01-01T00:00:00Z"), 0, 2)).toEqual([
      "2025-12-31",
      "2026-03-31",
      "2026-06-30",
    ]);
    expect(dates(calendar("year", 365, "2024-12-31T00:00:00Z"), 0, 1)).toEqual(["2024-12-31", "2025-12-31"]);
  });

  test("counts days of an offset, so that leap years shift it", () => {
    expect(dates(calendar("year", 59, "2023-06-01T00:00:00Z"), 0, 1)).toEqual(["2023-03-01", "2024-02-29"]);
    expect(dates(calendar("quarter", 45, "2026-01-01T00:00:00Z"), 0, 2)).toEqual([
      "2025-11-15",
      "2026-02-15",
      "2026-05-16",
    ]);
  });

  test("takes every N-th natural start from the last one at or before the start", () => {
    expect(dates(calendar("month", 0, "2026-02-10T00:00:00Z", "UTC", 3), -1, 1)).toEqual([
      "2025-11-01",
      "2026-02-01",
      "2026-05-01",
    ]);
    expect(dates(calendar("day", 0, "2026-02-10T12:00:00Z", "UTC", 10), 0, 1)).toEqual([
      "2026-02-10",
      "2026-02-20",
    ]);
  });

  test("lies at local midnight, or after it where the clock skips midnight", () => {
    expect(row(calendar("day", 0, "2024-04-25T12:00:00Z", "Africa/Cairo"), 0, 2)).toEqual([
      "2024-04-24T22:00:00Z",
      "2024-04-25T22:00:00Z",
      "2024-04-26T21:00:00Z",
    ]);
  });

  test("has two equal boundaries where a local day never was, and an instant on them is in the later cycle", () => {
    const grid = calendar("day", 0, "2011-12-29T12:00:00Z", "Pacific/Apia");
    expect(row(grid, 0, 3)).toEqual([
      "2011-12-29T10:00:00Z",
      "2011-12-30T10:00:00Z",
      "2011-12-30T10:00:00Z",
      "2011-12-31T10:00:00Z",
    ]);
    expect(grid.indexAt(parseInstant("2011-12-30T10:00:00Z"))).toBe(2);
    expect(grid.indexAt(parseInstant("2011-12-30T09:59:59Z"))).toBe(0);
  });
});

describe("a grid that was asked before", () => {
  const START_MS = Date.UTC(2011, 11, 28, 1, 30);
  const kinds = [
    { unit: "month", anchor: "2011-10-31T01:30:00Z", name: "Europe/Berlin", count: 1 },
    { unit: "day", anchor: "2011-12-28T12:00:00Z", name: "Pacific/Apia", count: 1 },
    { unit: "week", anchor: "2012-03-04T07:30:00Z", name: "America/New_York", count: 3 },
    { unit: "year", anchor: "2012-02-29T00:00:00Z", name: "UTC", count: 2 },
    { unit: "hour", anchor: "2011-12-30T09:59:00Z", name: "Pacific/Apia", count: 5 },
  ] as const;
  const question = fc.oneof(
    fc.record({ boundary: fc.integer({ min: -40, max: 40 }) }),
    fc.record({ instant: fc.integer({ min: -(10 ** 10), max: 10 ** 10 }).map((ms) => START_MS + ms) }),
  );
  const answer = (grid: Grid, asked: { boundary?: number; instant?: number }) =>
    asked.instant === undefined ? grid.boundaryMs(asked.boundary ?? 0) : grid.indexAt(asked.instant);

  test.each(kinds)(
    "answers as a new one does, every $count. $unit in $name",
    ({ unit, anchor, name, count }) => {
      const asked = anniversary(unit, anchor, name, count);
      fc.assert(
        fc.property(fc.array(question, { maxLength: 30 }), (questions) => {
          for (const each of questions) {
            const fresh = anniversary(unit, anchor, name, count);
            expect(answer(asked, each)).toBe(answer(fresh, each));
            const { index, startMs, endMs } = asked;
            expect([startMs, endMs]).toEqual([fresh.boundaryMs(index), fresh.boundaryMs(index + 1)]);
          }
        }),
      );
    },
  );
});

describe("far away", () => {
  test("a boundary outside the calendar is infinite, on its side", () => {
    for (const grid of [
      anniversary("hour", "2026-01-01T00:00:00Z"),
      anniversary("day", "2026-01-01T00:00:00Z", "Asia/Tokyo"),
      anniversary("year", "2026-01-01T00:00:00Z", "America/New_York", 100_000),
      calendar("quarter", 91, "2026-01-01T00:00:00Z"),
    ]) {
      expect(grid.boundaryMs(Number.MAX_SAFE_INTEGER)).toBe(Number.POSITIVE_INFINITY);
      expect(grid.boundaryMs(Number.MIN_SAFE_INTEGER)).toBe(Number.NEGATIVE_INFINITY);
      expect(isInstantMs(grid.boundaryMs(0))).toBe(true);
    }
  });

  test("instants at both ends of the calendar have their index", () => {
    const grid = anniversary("month", "2026-01-31T00:00:00Z", "Pacific/Auckland");
    const last = grid.indexAt(parseInstant("9999-12-31T23:59:59.999Z"));
    expect(formatInstant(grid.boundaryMs(last))).toBe("9999-12-31T00:00:00Z");
    const first = grid.indexAt(parseInstant("0001-02-15T00:00:00Z"));
    expect(formatInstant(grid.boundaryMs(first))).toBe("0001-01-31T01:20:56Z");
  });
});
