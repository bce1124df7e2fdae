import { describe, expect, test } from "vitest";
import type { Contract } from "../../src/contract/contract.ts";
import { parseContract } from "../../src/contract/parse.ts";
import { type BillingPeriod, billingPeriod, billingPeriodAt } from "../../src/period/billing-period.ts";
import { featurePeriodAt, featurePeriods, requireAnyPeriod } from "../../src/period/feature-period.ts";
import { ownPeriodsStartingIn, ownTimelineOf } from "../../src/period/own-cycle.ts";
import { timelineOf } from "../../src/period/timeline.ts";
import { formatInstant, parseInstant } from "../../src/time/instant.ts";
import { codesOf } from "./codes-of.ts";

const price = { amount: "9", strategy_details: { pricing_strategy: "flat" } };
const TRIGGERS = ["day", "week", "month", "quarter", "year", "every_cycle", "first_cycle", "on_demand"];

function contractOf(summary: object = {}, plan: object = {}): Contract {
  return parseContract({
    contract_summary: { cycle: "year", currency: "eur", activation: "2026-03-15T00:00:00Z", ...summary },
    plan: {
      slug: "pro",
      features: TRIGGERS.map((trigger) => ({ slug: `per-${trigger}`, charge_trigger: trigger, price })),
      ...plan,
    },
  });
}

/** A period in short: `1 2026-03-15..2026-04-15 stub`, times of day left out where they are midnight. */
function short(period: BillingPeriod | null): string | null {
  if (period === null) return null;
  const [start, end] = [period.start, period.end].map((date) =>
    date === null ? "" : formatInstant(date.getTime()).replace("T00:00:00Z", ""),
  );
  return `${period.index} ${start}..${end}${period.stub ? " stub" : ""}`;
}
const from = (contract: Contract, slug: string, instant: string, count: number) =>
  featurePeriods(contract, slug, { from: instant, count }).map(short);

describe("own cycles", () => {
  test("count from the contract's boundary: a monthly feature of a yearly contract keeps its day", () => {
    expect(from(contractOf(), "per-month", "2026-01-01T00:00:00Z", 2)).toEqual([
      "1 2026-03-15..2026-04-15",
      "2 2026-04-15..2026-05-15",
    ]);
    expect(short(featurePeriodAt(contractOf(), "per-quarter", "2027-03-14T00:00:00Z"))).toBe(
      "4 2026-12-15..2027-03-15",
    );
    expect(short(featurePeriodAt(contractOf(), "per-week", "2026-03-22T00:00:00Z"))).toBe(
      "2 2026-03-22..2026-03-29",
    );
    expect(short(featurePeriodAt(contractOf(), "per-day", "2026-03-16T12:00:00Z"))).toBe(
      "2 2026-03-16..2026-03-17",
    );
    expect(short(featurePeriodAt(contractOf(), "per-year", "2028-01-01T00:00:00Z"))).toBe(
      "2 2027-03-15..2028-03-15",
    );
  });

  test("of a calendar contract count from before the start, and begin there with a stub", () => {
    const contract = contractOf({ cycle_start_offset: 0, activation: "2026-02-20T12:00:00Z" });
    expect(from(contract, "per-quarter", "2026-01-01T00:00:00Z", 2)).toEqual([
      "1 2026-02-20T12:00:00Z..2026-04-01 stub",
      "2 2026-04-01..2026-07-01",
    ]);
    expect(from(contract, "per-week", "2026-01-01T00:00:00Z", 2)).toEqual([
      // 2026-01-01 was a Thursday, and so are all the boundaries of its weeks.
      "1 2026-02-20T12:00:00Z..2026-02-26 stub",
      "2 2026-02-26..2026-03-05",
    ]);
  });

  test("of an anchored contract count from the anchor's boundary at or before the start", () => {
    const contract = contractOf({ cycle: "month", cycle_anchor: "2026-05-31T00:00:00Z" });
    expect(from(contract, "per-month", "2026-01-01T00:00:00Z", 3)).toEqual([
      "1 2026-03-15..2026-03-28 stub",
      "2 2026-03-28..2026-04-28",
      "3 2026-04-28..2026-05-28",
    ]);
  });

  test("of once and constant contracts count from the start, up to the expiration", () => {
    for (const cycle of ["once", "constant"]) {
      const contract = contractOf({ cycle, expiration: "2026-05-01T00:00:00Z" });
      expect(from(contract, "per-month", "2026-01-01T00:00:00Z", 9)).toEqual([
        "1 2026-03-15..2026-04-15",
        "2 2026-04-15..2026-05-01 stub",
      ]);
    }
  });

  test("are cut by expiration to a stub, by `moved_at` to none", () => {
    expect(
      from(contractOf({ expiration: "2026-04-20T00:00:00Z" }), "per-month", "2026-01-01T00:00:00Z", 9)[1],
    ).toBe("2 2026-04-15..2026-04-20 stub");
    expect(
      from(contractOf({ moved_at: "2026-04-20T00:00:00Z" }), "per-month", "2026-01-01T00:00:00Z", 9)[1],
    ).toBe("2 2026-04-15..2026-04-20");
  });

  test("begin after the trial", () => {
    const contract = contractOf({}, { free_trial_days: 10 });
    expect(featurePeriodAt(contract, "per-month", "2026-03-20T00:00:00Z")).toBeNull();
    expect(short(featurePeriodAt(contract, "per-month", "2026-03-25T00:00:00Z"))).toBe(
      "1 2026-03-25..2026-04-25",
    );
  });

  test("that begin in free billing periods are free", () => {
    const contract = contractOf({ cycle: "month", cycle_start_offset: 0, free_cycles: 1 });
    const periods = featurePeriods(contract, "per-quarter", { from: "2026-01-01T00:00:00Z", count: 2 });
    expect(periods.map(({ phase }) => phase)).toEqual(["free", "paid"]);
    const days = featurePeriods(contract, "per-day", { from: "2026-04-29T00:00:00Z", count: 3 });
    expect(days.map(({ phase }) => phase)).toEqual(["free", "free", "paid"]);
  });

  test("a pending contract has none", () => {
    expect(from(contractOf({ activation: null }), "per-month", "2026-01-01T00:00:00Z", 9)).toEqual([]);
  });
});

describe("slugs", () => {
  test.each(["per-every_cycle", "per-first_cycle", "per-on_demand", "pro"])(
    "%s without an own cycle has the contract's periods",
    (slug) => {
      const contract = contractOf();
      const at = "2027-01-01T00:00:00Z";
      expect(featurePeriodAt(contract, slug, at)).toEqual(billingPeriodAt(contract, at));
    },
  );

  test("the plan's slug and a group's id have the trigger of the plan and the group", () => {
    const groups = [{ id: "bundle", feature_ids: ["per-year"], price, charge_trigger: "month" }];
    const at = "2026-12-24T00:00:00Z";
    const month = "10 2026-12-15..2027-01-15";
    const grouped = contractOf({ strategy: "group" }, { groups });
    expect([
      short(featurePeriodAt(grouped, "bundle", at)),
      short(featurePeriodAt(grouped, "per-year", at)),
    ]).toEqual([month, month]);
    expect(short(featurePeriodAt(contractOf({}, { groups }), "per-year", at))).toBe(
      "1 2026-03-15..2027-03-15",
    );
    const planned = contractOf({ strategy: "plan" }, { price, charge_trigger: "month" });
    expect(short(featurePeriodAt(planned, "pro", at))).toBe(month);
  });

  test.each(["", "unknown", "toString", undefined])("%s is refused", (slug) => {
    expect(codesOf(() => featurePeriodAt(contractOf(), slug as string, "2026-04-01T00:00:00Z"))).toEqual([
      "UNKNOWN_SLUG",
    ]);
    const range = { from: "2026-04-01T00:00:00Z", count: 1 };
    expect(codesOf(() => featurePeriods(contractOf({}, { slug: null }), slug as string, range))).toEqual([
      "UNKNOWN_SLUG",
    ]);
  });

  test("what did not come through the gate is refused", () => {
    const raw = { contract_summary: {}, plan: {} } as unknown as Contract;
    expect(codesOf(() => featurePeriodAt(raw, "a", "2026-04-01T00:00:00Z"))).toEqual(["NOT_PARSED"]);
  });
});

describe("own periods that begin in a stretch of time", () => {
  const own = (contract: Contract, fromText: string, toText: string | null) =>
    ownPeriodsStartingIn(
      ownTimelineOf(timelineOf(contract), "month"),
      parseInstant(fromText),
      toText === null ? null : parseInstant(toText),
    ).map(({ index }) => index);

  test("are those whose start is in it", () => {
    const contract = contractOf({ expiration: "2026-09-01T00:00:00Z" });
    expect(own(contract, "2026-03-15T00:00:00Z", "2026-05-15T00:00:00Z")).toEqual([1, 2]);
    expect(own(contract, "2026-03-16T00:00:00Z", "2026-05-15T00:00:00.001Z")).toEqual([2, 3]);
    expect(own(contract, "2026-01-01T00:00:00Z", "2026-03-15T00:00:00Z")).toEqual([]);
    expect(own(contract, "2026-08-20T00:00:00Z", "2027-01-01T00:00:00Z")).toEqual([]);
    expect(own(contract, "2026-09-01T00:00:00Z", "2027-01-01T00:00:00Z")).toEqual([]);
    expect(own(contract, "2026-06-01T00:00:00Z", null)).toEqual([4, 5, 6]);
  });

  test("of the billing periods of a contract are all own periods, each once", () => {
    const contract = contractOf({ cycle: "week", cycle_start_offset: 0, expiration: "2026-12-01T00:00:00Z" });
    const timeline = ownTimelineOf(timelineOf(contract), "month");
    const found: number[] = [];
    for (let index = 1; ; index++) {
      const week = billingPeriod(contract, index);
      if (week === null) break;
      const starting = ownPeriodsStartingIn(timeline, week.start.getTime(), week.end?.getTime() ?? null);
      found.push(...starting.map((each) => each.index));
    }
    expect(found).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test("without an end are too many", () => {
    expect(codesOf(() => own(contractOf({ cycle: "constant" }), "2026-03-15T00:00:00Z", null))).toEqual([
      "TOO_MANY",
    ]);
  });
});

describe("any period of a contract", () => {
  const contract = contractOf();
  const month = featurePeriodAt(contract, "per-month", "2026-05-01T00:00:00Z") as BillingPeriod;

  test("is a billing period or one of an own cycle that the plan has", () => {
    expect(requireAnyPeriod(contract, month).startMs).toBe(month.start.getTime());
    expect(requireAnyPeriod(contract, billingPeriod(contract, 1) as BillingPeriod).fullEndMs).toBe(
      Date.UTC(2027, 2, 15),
    );
  });

  test("and not one of a cycle that no feature has", () => {
    const yearly = contractOf({}, { features: [{ slug: "a", price, charge_trigger: "year" }] });
    expect(codesOf(() => requireAnyPeriod(yearly, month))).toEqual(["UNKNOWN_PERIOD"]);
  });
});
