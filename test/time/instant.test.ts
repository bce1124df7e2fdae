import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { isBillingError } from "../../src/error.ts";
import {
  EARLIEST_MS,
  formatDate,
  formatInstant,
  type InstantLike,
  LATEST_MS,
  parseInstant,
  toEpochMs,
} from "../../src/time/instant.ts";

describe("parseInstant", () => {
  test.each([
    ["2026-01-31T09:30:00Z", Date.UTC(2026, 0, 31, 9, 30)],
    ["2026-01-31T09:30Z", Date.UTC(2026, 0, 31, 9, 30)],
    ["2026-01-31T10:30:00+01:00", Date.UTC(2026, 0, 31, 9, 30)],
    ["2026-01-31T10:30:00+0100", Date.UTC(2026, 0, 31, 9, 30)],
    ["2026-01-30T23:30:00-10:00", Date.UTC(2026, 0, 31, 9, 30)],
    ["2026-01-31T09:30:00-00:00", Date.UTC(2026, 0, 31, 9, 30)],
    ["2026-01-31T09:30:00.5Z", Date.UTC(2026, 0, 31, 9, 30, 0, 500)],
    ["2026-01-31T09:30:00.123Z", Date.UTC(2026, 0, 31, 9, 30, 0, 123)],
    ["2024-02-29T00:00:00Z", Date.UTC(2024, 1, 29)],
    ["0001-01-01T00:00:00Z", EARLIEST_MS],
    ["9999-12-31T23:59:59.999Z", LATEST_MS],
  ])("reads %s", (text, epochMs) => {
    expect(parseInstant(text)).toBe(epochMs);
  });

  test("cuts what is below the millisecond, before 1970 too", () => {
    expect(parseInstant("2026-01-31T09:30:00.1239999999Z")).toBe(Date.UTC(2026, 0, 31, 9, 30, 0, 123));
    expect(parseInstant("1969-12-31T23:59:59.999999Z")).toBe(-1);
  });

  test.each([
    ["2026-01-31", "has no time"],
    ["2026-01-31T09:30:00", "has no offset"],
    ["2026-02-29T00:00:00Z", "is no date"],
    ["2100-02-29T00:00:00Z", "is no date"],
    ["2026-04-31T00:00:00Z", "is no date"],
    ["2026-00-10T00:00:00Z", "has no month"],
    ["2026-13-10T00:00:00Z", "has no month"],
    ["2026-01-00T00:00:00Z", "has no day"],
    ["2026-01-31T24:00:00Z", "has an hour too many"],
    ["2026-01-31T23:60:00Z", "has a minute too many"],
    ["2016-12-31T23:59:60Z", "is a leap second"],
    ["2026-01-31 09:30:00Z", "has a space"],
    ["2026-01-31t09:30:00z", "is in lower case"],
    ["2026-01-31T09:30:00+01", "has half an offset"],
    ["2026-01-31T09:30:00+01:0", "has half an offset"],
    ["2026-01-31T09:30:00+24:00", "has an offset of a day"],
    ["2026-01-31T09:30:00+01:60", "has an offset that isn't one"],
    ["2026-01-31T09:30:00Z ", "goes on"],
    ["2026-01-31T09:30:00ZZ", "goes on"],
    ["2026-01-31T09:30:00.Z", "has no fraction after its point"],
    ["2026-01-31T09:30:00,5Z", "has a comma"],
    ["2026-01-31T09:30:Z", "has no seconds after its colon"],
    ["2026-1-31T09:30:00Z", "has a digit too few"],
    ["+002026-01-31T09:30:00Z", "has a longer year"],
    ["0000-12-31T00:00:00Z", "is before the year 1"],
    ["0001-01-01T00:00:00+00:01", "is before the year 1 in UTC"],
    ["9999-12-31T23:59:59-00:01", "is after the year 9999 in UTC"],
    ["2026-W05-6T09:30:00Z", "is a week date"],
    ["２０２６-01-31T09:30:00Z", "has other digits"],
    ["", "is empty"],
  ])("refuses %j, which %s", (text) => {
    expect(parseInstant(text)).toBeNaN();
  });

  test("agrees with Temporal on every text that looks like an instant", () => {
    const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));
    const text = fc
      .tuple(
        fc.constantFrom("2024", "2026", "1900"),
        fc.integer({ min: 0, max: 13 }),
        fc.integer({ min: 0, max: 32 }),
        fc.integer({ min: 0, max: 25 }),
        fc.integer({ min: 0, max: 61 }),
        fc.integer({ min: 0, max: 59 }),
        fc.oneof(fc.constant(""), digits(3), digits(9)),
        fc.constantFrom("Z", "+01:00", "-0330", "+14:00", ""),
      )
      .map(([year, month, day, hour, minute, second, fraction, offset]) => {
        const [mm, dd, hh, min, ss] = [month, day, hour, minute, second].map((each) =>
          String(each).padStart(2, "0"),
        );
        return `${year}-${mm}-${dd}T${hh}:${min}:${ss}${fraction && `.${fraction}`}${offset}`;
      });
    fc.assert(
      fc.property(text, (given) => {
        let expected = Number.NaN;
        try {
          expected = Temporal.Instant.from(given).epochMilliseconds;
        } catch {}
        expect(parseInstant(given)).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });

  test("looks at ten million characters no longer than it has to", () => {
    expect(parseInstant("x".repeat(1e7))).toBeNaN();
    expect(parseInstant(`2026-01-31T09:30:00.${"1".repeat(1e6)}Z`)).toBe(
      Date.UTC(2026, 0, 31, 9, 30, 0, 111),
    );
  });
});

describe("formatInstant", () => {
  test("prints milliseconds only where there are some", () => {
    expect(formatInstant(Date.UTC(2026, 0, 31, 9, 30))).toBe("2026-01-31T09:30:00Z");
    expect(formatInstant(Date.UTC(2026, 0, 31, 9, 30, 5, 7))).toBe("2026-01-31T09:30:05.007Z");
    expect(formatInstant(-1)).toBe("1969-12-31T23:59:59.999Z");
    expect(formatInstant(EARLIEST_MS)).toBe("0001-01-01T00:00:00Z");
    expect(formatInstant(LATEST_MS)).toBe("9999-12-31T23:59:59.999Z");
  });

  test("prints what Date prints, and parseInstant reads it back", () => {
    fc.assert(
      fc.property(fc.integer({ min: EARLIEST_MS, max: LATEST_MS }), (epochMs) => {
        const text = formatInstant(epochMs);
        expect(text).toBe(new Date(epochMs).toISOString().replace(".000Z", "Z"));
        expect(parseInstant(text)).toBe(epochMs);
      }),
    );
  });

  test("dates are printed with ten characters", () => {
    expect([0, -719_162, 2_932_896].map(formatDate)).toEqual(["1970-01-01", "0001-01-01", "9999-12-31"]);
  });
});

describe("toEpochMs", () => {
  const instant = "2026-01-31T09:30:00.250Z";

  test("takes a Date, a text and what Temporal has", () => {
    const epochMs = Date.parse(instant);
    const temporal = Temporal.Instant.from(instant);
    const zoned = temporal.toZonedDateTimeISO("Asia/Tokyo");
    const foreign = runInNewContext(`new Date(${epochMs})`) as Date;
    for (const given of [
      new Date(epochMs),
      instant,
      temporal,
      zoned,
      foreign,
      { epochMilliseconds: epochMs },
    ]) {
      expect(toEpochMs(given, "at")).toBe(epochMs);
    }
  });

  const hostile = Proxy.revocable({}, {});
  hostile.revoke();
  test.each<[string, unknown]>([
    ["an invalid Date", new Date(Number.NaN)],
    ["a Date of the year 10000", new Date(LATEST_MS + 1)],
    ["a Date of the year 0", new Date(EARLIEST_MS - 1)],
    ["a number", 0],
    ["null", null],
    ["undefined", undefined],
    ["a text without an offset", "2026-01-31T09:30:00"],
    ["an object", {}],
    ["a fraction of a millisecond", { epochMilliseconds: 0.5 }],
    ["a text where a number belongs", { epochMilliseconds: "0" }],
    ["infinity", { epochMilliseconds: Number.POSITIVE_INFINITY }],
    ["a revoked proxy", hostile.proxy],
  ])("refuses %s", (_, given) => {
    try {
      toEpochMs(given as InstantLike, "at");
      expect.unreachable();
    } catch (error) {
      expect(isBillingError(error) && error.issues).toMatchObject([
        { code: "INVALID_INSTANT", path: ["at"] },
      ]);
    }
  });
});
