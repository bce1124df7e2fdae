import { describe, expect, test } from "vitest";
import { billingPeriod, isBillingError, type Proration, parseSchedule, prorate } from "../../src/index.ts";

const JANUARY = {
  amount: "100.00",
  currency: "eur",
  basis: "day",
  service: ["2026-01-16T00:00:00Z", "2026-02-01T00:00:00Z"],
  full: ["2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"],
} as const;

function problems(proration: unknown): string[] {
  try {
    prorate(proration as Proration);
  } catch (error) {
    if (!isBillingError(error)) throw error;
    return error.issues.map(({ code, rule, path }) => `${code} ${rule} ${path.join(".")}`);
  }
  return [];
}

describe("M1: a prorated amount", () => {
  test("is multiplied, divided and rounded once", () => {
    expect(prorate(JANUARY)).toEqual({ numerator: 16, denominator: 31, amount: "51.61" });
    // Rounded before it is multiplied, a day would be 3.23 and 16 of them 51.68.
    expect((100 / 31).toFixed(2)).toBe("3.23");
  });

  test("is rounded as the mode says, to the currency's digits", () => {
    const of = (more: object): string => prorate({ ...JANUARY, ...more }).amount;
    expect([of({ rounding: "up" }), of({ rounding: "down" })]).toEqual(["51.62", "51.61"]);
    expect([of({ currency: "jpy" }), of({ currency: "kwd" })]).toEqual(["52", "51.613"]);
    const half = { amount: "0.01", full: ["2026-01-01T00:00:00Z", "2026-01-03T00:00:00Z"] };
    const day = { ...half, service: ["2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"] };
    expect([of(day), of({ ...day, rounding: "half_even" })]).toEqual(["0.01", "0.00"]);
  });

  test("may be of a credit, and of any size", () => {
    expect(prorate({ ...JANUARY, amount: "-100" }).amount).toBe("-51.61");
    expect(prorate({ ...JANUARY, amount: "99999999999999999999999999.999999999999" }).amount).toBe(
      "51612903225806451612903225.81",
    );
    expect(prorate({ ...JANUARY, amount: 100n })).toEqual(prorate({ ...JANUARY, amount: 100 }));
  });

  test("takes billing periods, and instants of any kind", () => {
    const schedule = parseSchedule({
      cycle: "month",
      activation: "2026-01-31T00:00:00Z",
      time_zone: "Europe/Berlin",
    });
    const full = billingPeriod(schedule, 1);
    if (full === null || full.end === null) return expect.unreachable();
    const service = { start: "2026-02-14T12:00:00+01:00", end: { epochMilliseconds: full.end.getTime() } };
    expect(prorate({ ...JANUARY, time_zone: "Europe/Berlin", service, full })).toEqual({
      numerator: 14,
      denominator: 28,
      amount: "50.00",
    });
  });
});

describe("M2: the basis", () => {
  test("changes days, seconds or months of thirty days", () => {
    const ratio = (basis: Proration["basis"]): string => {
      const { numerator, denominator } = prorate({ ...JANUARY, basis });
      return `${numerator}/${denominator}`;
    };
    const bases = ["day", "second", "actual/360", "30/360"] as const;
    expect(bases.map(ratio)).toEqual(["16/31", "1382400000/2678400000", "16/30", "15/30"]);
  });

  test("says that nothing served is nothing, and refuses a service outside of its period", () => {
    const at = "2026-01-16T00:00:00Z";
    expect(prorate({ ...JANUARY, service: [at, at] }).amount).toBe("0.00");
    expect(problems({ ...JANUARY, full: [at, at] })).toEqual(["INVALID_DATES M2 full"]);
    expect(problems({ ...JANUARY, service: ["2025-12-31T00:00:00Z", at] })).toEqual([
      "INVALID_DATES M2 service",
    ]);
  });
});

test("everything that is wrong is said at once", () => {
  expect(
    problems({
      amount: "1e3",
      currency: "EUR",
      basis: "week",
      time_zone: "Mars/Base",
      service: ["2026-01-16", "2026-02-01T00:00:00Z"],
      full: "January",
      rounding: "best",
    }),
  ).toEqual([
    "INVALID_DECIMAL T5 amount",
    "UNKNOWN_VALUE A3 currency",
    "UNKNOWN_VALUE A1 rounding",
    "UNKNOWN_VALUE T3 time_zone",
    "UNKNOWN_VALUE M2 basis",
    "INVALID_INSTANT null service.0",
    "INVALID_TYPE M2 full",
  ]);
  expect(problems(undefined)).not.toEqual([]);
  expect(problems({ ...JANUARY, service: { start: JANUARY.service[0], end: null } })).toEqual([
    "INVALID_INSTANT null service.end",
  ]);
});
