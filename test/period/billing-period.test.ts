import type { Interval } from "date-fns";
import { describe, expect, expectTypeOf, test } from "vitest";
import { parseSchedule } from "../../src/contract/parse-schedule.ts";
import type { Schedule } from "../../src/contract/schedule.ts";
import {
  type BillingPeriod,
  billingPeriod,
  billingPeriodAt,
  billingPeriods,
  eachBillingPeriod,
  nextCycleStart,
  type PeriodRange,
  requirePeriod,
} from "../../src/period/billing-period.ts";
import { cycleNumber, timelineOf } from "../../src/period/timeline.ts";
import { formatInstant } from "../../src/time/instant.ts";
import { codesOf } from "./codes-of.ts";

const monthly = (fields: object = {}): Schedule =>
  parseSchedule({ cycle: "month", activation: "2026-01-31T09:00:00Z", ...fields });

/** A period in short: `1 paid 2026-01-31T09:00:00Z..2026-02-28T09:00:00Z stub`. */
function short(period: BillingPeriod | null): string | null {
  if (period === null) return null;
  const [start, end] = [period.start, period.end].map((date) =>
    date === null ? "" : formatInstant(date.getTime()),
  );
  return `${period.index} ${period.phase} ${start}..${end}${period.stub ? " stub" : ""}`;
}
const first = (schedule: Schedule, count: number) =>
  billingPeriods(schedule, { from: "0001-01-01T00:00:00Z", count }).map(short);
const at = (schedule: Schedule, instant: string) => short(billingPeriodAt(schedule, instant));

describe("numbering", () => {
  test("the first period is 1, a trial before it is 0", () => {
    expect(first(monthly({ free_trial_days: 14 }), 2)).toEqual([
      "0 trial 2026-01-31T09:00:00Z..2026-02-14T09:00:00Z",
      "1 paid 2026-02-14T09:00:00Z..2026-03-14T09:00:00Z",
    ]);
    expect(first(monthly(), 1)).toEqual(["1 paid 2026-01-31T09:00:00Z..2026-02-28T09:00:00Z"]);
  });

  test("free cycles are full periods, and a leading stub before them is free too", () => {
    expect(first(monthly({ free_cycles: 2 }), 3).map((each) => each?.slice(0, 6))).toEqual([
      "1 free",
      "2 free",
      "3 paid",
    ]);
    expect(
      first(monthly({ free_cycles: 2, cycle_start_offset: 0 }), 4).map((each) => each?.slice(0, 6)),
    ).toEqual(["1 free", "2 free", "3 free", "4 paid"]);
    expect(
      first(monthly({ free_cycles: 1, free_trial_days: 7 }), 3).map((each) => each?.slice(0, 7)),
    ).toEqual(["0 trial", "1 free ", "2 paid "]);
  });

  test("cycles are numbered by full periods: a leading stub is 0", () => {
    expect(cycleNumber(timelineOf(monthly()), 1)).toBe(1);
    expect(cycleNumber(timelineOf(monthly({ cycle_start_offset: 0 })), 1)).toBe(0);
  });
});

describe("alignment", () => {
  test("an instant on a boundary is in the later period", () => {
    expect(at(monthly(), "2026-02-28T09:00:00Z")).toBe("2 paid 2026-02-28T09:00:00Z..2026-03-31T09:00:00Z");
    expect(at(monthly(), "2026-02-28T08:59:59.999Z")).toBe(
      "1 paid 2026-01-31T09:00:00Z..2026-02-28T09:00:00Z",
    );
  });

  test("a start between boundaries makes the first period a stub", () => {
    expect(first(monthly({ cycle_start_offset: 9 }), 2)).toEqual([
      "1 paid 2026-01-31T09:00:00Z..2026-02-10T00:00:00Z stub",
      "2 paid 2026-02-10T00:00:00Z..2026-03-10T00:00:00Z",
    ]);
  });

  test("a start on a boundary makes none", () => {
    expect(first(monthly({ activation: "2026-02-01T00:00:00Z", cycle_start_offset: 0 }), 1)).toEqual([
      "1 paid 2026-02-01T00:00:00Z..2026-03-01T00:00:00Z",
    ]);
  });

  test("`cycle_alignment` decides over the offset", () => {
    const offset = { cycle_start_offset: 14 };
    expect(first(monthly({ ...offset, configuration: { cycle_alignment: "anniversary" } }), 1)).toEqual([
      "1 paid 2026-01-31T09:00:00Z..2026-02-28T09:00:00Z",
    ]);
    expect(first(monthly({ configuration: { cycle_alignment: "calendar" } }), 1)).toEqual([
      "1 paid 2026-01-31T09:00:00Z..2026-02-01T00:00:00Z stub",
    ]);
    expect(first(monthly({ ...offset, configuration: { cycle_alignment: null } }), 1)).toEqual([
      "1 paid 2026-01-31T09:00:00Z..2026-02-15T00:00:00Z stub",
    ]);
  });

  test("hours have no natural start: an offset of 0 means nothing", () => {
    const fields = { cycle: "hour", activation: "2026-01-31T09:20:00Z" };
    const expected = ["1 paid 2026-01-31T09:20:00Z..2026-01-31T10:20:00Z"];
    expect(first(monthly({ ...fields, cycle_start_offset: 0 }), 1)).toEqual(expected);
    expect(first(monthly({ ...fields, configuration: { cycle_alignment: "calendar" } }), 1)).toEqual(
      expected,
    );
  });

  test("an anchor after the start counts backwards too", () => {
    expect(first(monthly({ cycle_anchor: "2026-03-15T00:00:00Z" }), 2)).toEqual([
      "1 paid 2026-01-31T09:00:00Z..2026-02-15T00:00:00Z stub",
      "2 paid 2026-02-15T00:00:00Z..2026-03-15T00:00:00Z",
    ]);
  });

  test("an anchor long before the start keeps its day of the month", () => {
    expect(first(monthly({ cycle_anchor: "2020-05-31T00:00:00Z" }), 3)).toEqual([
      "1 paid 2026-01-31T09:00:00Z..2026-02-28T00:00:00Z stub",
      "2 paid 2026-02-28T00:00:00Z..2026-03-31T00:00:00Z",
      "3 paid 2026-03-31T00:00:00Z..2026-04-30T00:00:00Z",
    ]);
  });

  test("days are local: 23 and 25 hours long where the clock is changed", () => {
    const daily = monthly({
      cycle: "day",
      cycle_start_offset: 0,
      time_zone: "Europe/Berlin",
      activation: "2026-03-28T23:00:00Z",
    });
    expect(first(daily, 2)).toEqual([
      "1 paid 2026-03-28T23:00:00Z..2026-03-29T22:00:00Z",
      "2 paid 2026-03-29T22:00:00Z..2026-03-30T22:00:00Z",
    ]);
  });

  test("a local day that never was leaves its number out", () => {
    const daily = monthly({ cycle: "day", time_zone: "Pacific/Apia", activation: "2011-12-28T10:00:00Z" });
    expect(first(daily, 4)).toEqual([
      "1 paid 2011-12-28T10:00:00Z..2011-12-29T10:00:00Z",
      "2 paid 2011-12-29T10:00:00Z..2011-12-30T10:00:00Z",
      "4 paid 2011-12-30T10:00:00Z..2011-12-31T10:00:00Z",
      "5 paid 2011-12-31T10:00:00Z..2012-01-01T10:00:00Z",
    ]);
    expect(billingPeriod(daily, 3)).toBeNull();
    expect(short(billingPeriodAt(daily, "2011-12-30T10:00:00Z"))).toMatch(/^4 /);
  });
});

describe("a trial", () => {
  test("lasts until `free_trial_end` where the field is there, whatever the plan says", () => {
    const fields = { free_trial_days: 14, free_trial_end: "2026-02-03T12:00:00Z" };
    expect(first(monthly(fields), 2)).toEqual([
      "0 trial 2026-01-31T09:00:00Z..2026-02-03T12:00:00Z",
      "1 paid 2026-02-03T12:00:00Z..2026-03-03T12:00:00Z",
    ]);
  });

  test("there is none where `free_trial_end` is null, where it is the activation, and of 0 days", () => {
    const expected = ["1 paid 2026-01-31T09:00:00Z..2026-02-28T09:00:00Z"];
    expect(first(monthly({ free_trial_days: 14, free_trial_end: null }), 1)).toEqual(expected);
    expect(first(monthly({ free_trial_days: 14, free_trial_end: "2026-01-31T09:00:00Z" }), 1)).toEqual(
      expected,
    );
    expect(first(monthly({ free_trial_days: 0 }), 1)).toEqual(expected);
    expect(first(monthly({ free_trial_days: null }), 1)).toEqual(expected);
  });

  test("of days ends at the same local time, over a change of the clock too", () => {
    const fields = { time_zone: "Europe/Berlin", activation: "2026-03-20T09:00:00Z", free_trial_days: 14 };
    expect(first(monthly(fields), 1)).toEqual(["0 trial 2026-03-20T09:00:00Z..2026-04-03T08:00:00Z"]);
  });

  test("aligns the cycles that follow with its end", () => {
    expect(first(monthly({ free_trial_days: 14, cycle_start_offset: 0 }), 2)).toEqual([
      "0 trial 2026-01-31T09:00:00Z..2026-02-14T09:00:00Z",
      "1 paid 2026-02-14T09:00:00Z..2026-03-01T00:00:00Z stub",
    ]);
  });

  test("that outlasts the contract is all there is", () => {
    const schedule = monthly({ free_trial_days: 30, expiration: "2026-02-10T00:00:00Z" });
    expect(first(schedule, 5)).toEqual(["0 trial 2026-01-31T09:00:00Z..2026-02-10T00:00:00Z stub"]);
    expect(billingPeriod(schedule, 1)).toBeNull();
    expect(nextCycleStart(schedule, "2026-02-01T00:00:00Z")).toBeNull();
  });
});

describe("the end", () => {
  test("by expiration makes the last period a stub, and nothing begins after it", () => {
    const schedule = monthly({ expiration: "2026-03-10T00:00:00Z" });
    expect(first(schedule, 9)).toEqual([
      "1 paid 2026-01-31T09:00:00Z..2026-02-28T09:00:00Z",
      "2 paid 2026-02-28T09:00:00Z..2026-03-10T00:00:00Z stub",
    ]);
    expect(billingPeriod(schedule, 3)).toBeNull();
    expect(billingPeriod(schedule, Number.MAX_SAFE_INTEGER)).toBeNull();
    expect(at(schedule, "2026-03-10T00:00:00Z")).toBeNull();
  });

  test("by expiration on a boundary cuts nothing", () => {
    expect(first(monthly({ expiration: "2026-02-28T09:00:00Z" }), 9)).toEqual([
      "1 paid 2026-01-31T09:00:00Z..2026-02-28T09:00:00Z",
    ]);
  });

  test("by `moved_at` cuts without making a stub", () => {
    const schedule = monthly({ moved_at: "2026-03-10T00:00:00Z" });
    expect(first(schedule, 9)[1]).toBe("2 paid 2026-02-28T09:00:00Z..2026-03-10T00:00:00Z");
    expect(at(schedule, "2026-03-10T00:00:00Z")).toBeNull();
  });

  test("by `moved_at` leaves a stub a stub", () => {
    const leading = monthly({ cycle_start_offset: 9, moved_at: "2026-02-05T00:00:00Z" });
    expect(first(leading, 9)).toEqual(["1 paid 2026-01-31T09:00:00Z..2026-02-05T00:00:00Z stub"]);
    const trailing = monthly({ moved_at: "2026-02-05T00:00:00Z", expiration: "2026-02-20T00:00:00Z" });
    expect(first(trailing, 9)).toEqual(["1 paid 2026-01-31T09:00:00Z..2026-02-05T00:00:00Z stub"]);
  });

  test("before it began leaves nothing", () => {
    expect(first(monthly({ moved_at: "2026-01-31T09:00:00Z" }), 9)).toEqual([]);
  });

  test("there is no period before the activation, nor of a pending contract", () => {
    expect(at(monthly(), "2026-01-31T08:59:59.999Z")).toBeNull();
    for (const pending of [
      monthly({ activation: null, free_trial_days: 3 }),
      monthly({ is_pending: true }),
    ]) {
      expect(first(pending, 3)).toEqual([]);
      expect(at(pending, "2026-02-01T00:00:00Z")).toBeNull();
      expect([billingPeriod(pending, 0), billingPeriod(pending, 7)]).toEqual([null, null]);
      expect(nextCycleStart(pending, "2026-02-01T00:00:00Z")).toBeNull();
    }
  });
});

describe("once and constant", () => {
  test.each(["once", "constant"])(
    "%s is one endless period, with an expiration too, and never a stub",
    (cycle) => {
      const schedule = monthly({ cycle, expiration: "2026-03-10T00:00:00Z", free_trial_days: 1 });
      expect(first(schedule, 9)).toEqual([
        "0 trial 2026-01-31T09:00:00Z..2026-02-01T09:00:00Z",
        "1 paid 2026-02-01T09:00:00Z..",
      ]);
      expect(at(schedule, "2026-03-09T23:59:59Z")).toBe("1 paid 2026-02-01T09:00:00Z..");
      expect(at(schedule, "2026-03-10T00:00:00Z")).toBeNull();
      expect(billingPeriod(schedule, 2)).toBeNull();
      expect(nextCycleStart(schedule, "2026-03-09T00:00:00Z")).toBeNull();
      expect(first(monthly({ cycle, free_cycles: 1 }), 9)).toEqual(["1 free 2026-01-31T09:00:00Z.."]);
    },
  );
});

describe("the next cycle start", () => {
  const schedule = monthly({ free_trial_days: 14, expiration: "2026-04-01T00:00:00Z" });
  const next = (instant: string) => nextCycleStart(schedule, instant)?.toISOString() ?? null;

  test("is the end of the running period, the trial included", () => {
    expect(next("2026-02-01T00:00:00Z")).toBe("2026-02-14T09:00:00.000Z");
    expect(next("2026-02-14T09:00:00Z")).toBe("2026-03-14T09:00:00.000Z");
  });

  test("is null where no period follows, before the activation and after the end", () => {
    expect(next("2026-03-20T00:00:00Z")).toBeNull();
    expect(next("2026-01-01T00:00:00Z")).toBeNull();
    expect(next("2026-05-01T00:00:00Z")).toBeNull();
  });

  test("is null of a contract that isn't active", () => {
    expect(nextCycleStart(monthly({ status: "not_ready" }), "2026-02-01T00:00:00Z")).toBeNull();
    expect(nextCycleStart(monthly({ moved_at: "2026-02-10T00:00:00Z" }), "2026-02-01T00:00:00Z")).toBeNull();
  });
});

describe("ranges", () => {
  const indexes = (
    range: PeriodRange,
    schedule = monthly({ free_trial_days: 14, expiration: "2026-06-20T00:00:00Z" }),
  ) => billingPeriods(schedule, range).map(({ index }) => index);

  test("take the periods that touch them: from the one that contains `from`, or else the next", () => {
    expect(indexes({ from: "2026-03-20T00:00:00Z", to: "2026-05-01T00:00:00Z" })).toEqual([2, 3]);
    expect(indexes({ from: "2020-01-01T00:00:00Z", to: "2026-02-14T09:00:00Z" })).toEqual([0]);
    expect(indexes({ from: "2020-01-01T00:00:00Z", to: "2026-02-14T09:00:00.001Z" })).toEqual([0, 1]);
    expect(indexes({ from: "2026-05-14T09:00:00Z", to: "2030-01-01T00:00:00Z" })).toEqual([4, 5]);
  });

  test("may be empty", () => {
    expect(indexes({ from: "2026-03-20T00:00:00Z", to: "2026-03-20T00:00:00Z" })).toEqual([]);
    expect(indexes({ from: "2020-01-01T00:00:00Z", to: "2021-01-01T00:00:00Z" })).toEqual([]);
    expect(indexes({ from: "2026-06-20T00:00:00Z", to: "2027-01-01T00:00:00Z" })).toEqual([]);
    expect(indexes({ from: "2026-03-20T00:00:00Z", count: 0 })).toEqual([]);
  });

  test("count from the period that contains `from`, and end with the contract", () => {
    expect(indexes({ from: "2026-03-20T00:00:00Z", count: 2 })).toEqual([2, 3]);
    expect(indexes({ from: "2026-05-20T00:00:00Z", count: 1_000_000 })).toEqual([4, 5]);
  });

  test("above 100,000 periods are refused without walking, and 100,000 aren't", () => {
    const hourly = monthly({ cycle: "hour" });
    const to = (hours: number) => new Date(Date.UTC(2026, 0, 31, 9) + hours * 3_600_000);
    expect(codesOf(() => billingPeriods(hourly, { from: to(0), to: to(100_001) }))).toEqual(["TOO_MANY"]);
    expect(codesOf(() => billingPeriods(hourly, { from: to(0), to: "9999-12-31T00:00:00Z" }))).toEqual([
      "TOO_MANY",
    ]);
    expect(codesOf(() => billingPeriods(hourly, { from: to(0), count: 100_001 }))).toEqual(["TOO_MANY"]);
    expect(billingPeriods(hourly, { from: to(0), to: to(100_000) })).toHaveLength(100_000);
  });

  test.each<[string, unknown, string]>([
    ["without a bound", { from: "2026-01-01T00:00:00Z" }, "MISSING"],
    ["without a beginning", { to: "2026-01-01T00:00:00Z" }, "MISSING"],
    ["that go backwards", { from: "2026-01-02T00:00:00Z", to: "2026-01-01T00:00:00Z" }, "INVALID_DATES"],
    ["from no instant", { from: "2026-02-30T00:00:00Z", count: 1 }, "INVALID_INSTANT"],
    ["of a negative count", { from: "2026-01-01T00:00:00Z", count: -1 }, "OUT_OF_RANGE"],
    ["of a fraction", { from: "2026-01-01T00:00:00Z", count: 1.5 }, "OUT_OF_RANGE"],
    [
      "of an infinite count",
      { from: "2026-01-01T00:00:00Z", count: Number.POSITIVE_INFINITY },
      "OUT_OF_RANGE",
    ],
    ["of a count that is a text", { from: "2026-01-01T00:00:00Z", count: "3" }, "OUT_OF_RANGE"],
    ["that are null", null, "INVALID_TYPE"],
    ["that are no object", "2026", "INVALID_TYPE"],
    ["that are empty", {}, "MISSING MISSING"],
    ["with two problems", { from: "2026-02-30", count: -1 }, "INVALID_INSTANT OUT_OF_RANGE"],
  ])("%s are refused, with every problem", (_, range, code) => {
    expect(codesOf(() => billingPeriods(monthly(), range as PeriodRange)).join(" ")).toBe(code);
  });
});

describe("one by one", () => {
  test("taking 12 of a contract that never ends costs 12", () => {
    const taken: number[] = [];
    for (const { index } of eachBillingPeriod(monthly({ cycle: "hour" }))) {
      taken.push(index);
      if (taken.length === 12) break;
    }
    expect(taken).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  test("any bound may be given", () => {
    const range = { from: "2026-03-01T00:00:00Z", to: "2026-12-01T00:00:00Z", count: 3 };
    expect([...eachBillingPeriod(monthly(), range)].map(({ index }) => index)).toEqual([2, 3, 4]);
    expect([...eachBillingPeriod(monthly(), { count: 2 })].map(({ index }) => index)).toEqual([1, 2]);
    expect([...eachBillingPeriod(monthly({ expiration: "2026-03-01T00:00:00Z" }))]).toHaveLength(2);
  });

  test("a wrong range is refused before the first period is asked for", () => {
    expect(codesOf(() => eachBillingPeriod(monthly(), { count: -1 }))).toEqual(["OUT_OF_RANGE"]);
  });
});

describe("bad input", () => {
  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])(
    "the index %d is refused",
    (index) => {
      expect(codesOf(() => billingPeriod(monthly(), index))).toEqual(["UNKNOWN_PERIOD"]);
    },
  );

  test("an index that is a text is refused", () => {
    expect(codesOf(() => billingPeriod(monthly(), "1" as unknown as number))).toEqual(["UNKNOWN_PERIOD"]);
  });

  test("a period beyond the calendar is an error, never an invalid date", () => {
    expect(codesOf(() => billingPeriod(monthly(), 1_000_000))).toEqual(["OUT_OF_RANGE"]);
    expect(codesOf(() => billingPeriod(monthly(), Number.MAX_SAFE_INTEGER))).toEqual(["OUT_OF_RANGE"]);
    expect(codesOf(() => billingPeriodAt(monthly(), "9999-12-31T23:00:00Z"))).toEqual(["OUT_OF_RANGE"]);
    expect(codesOf(() => billingPeriod(monthly({ cycle: "year", cycle_count: 9000 }), 1))).toEqual([
      "OUT_OF_RANGE",
    ]);
  });

  test("what did not come through the gate is refused everywhere", () => {
    const raw = {
      contract_summary: { cycle: "month", activation: "2026-01-31T09:00:00Z" },
    } as unknown as Schedule;
    const at = "2026-02-01T00:00:00Z";
    for (const call of [
      () => billingPeriodAt(raw, at),
      () => billingPeriod(raw, 1),
      () => billingPeriods(raw, { from: at, count: 1 }),
      () => eachBillingPeriod(raw),
      () => nextCycleStart(raw, at),
      () => billingPeriodAt(null as unknown as Schedule, at),
    ]) {
      expect(codesOf(call)).toEqual(["NOT_PARSED"]);
    }
  });

  test("another contract's period is refused, and so is what is none", () => {
    const timeline = timelineOf(monthly());
    const own = billingPeriod(monthly(), 2);
    expect(requirePeriod(timeline, own as BillingPeriod).startMs).toBe(own?.start.getTime());
    const other = billingPeriod(monthly({ activation: "2026-01-31T10:00:00Z" }), 2);
    const text = { ...own, start: own?.start.toISOString() };
    const far = { ...own, index: 2 ** 53 - 1 };
    const never = new Date(Number.NaN);
    const before = {
      index: -1,
      start: new Date("2025-11-30T09:00:00Z"),
      end: new Date("2025-12-31T09:00:00Z"),
    };
    const broken = [{ ...own, start: never }, { ...own, end: never }, before];
    for (const period of [
      other,
      text,
      far,
      ...broken,
      null,
      undefined,
      2,
      {},
      { index: -1 },
      [],
      { ...own, index: 3 },
    ]) {
      expect(codesOf(() => requirePeriod(timeline, period as BillingPeriod))).toEqual(["UNKNOWN_PERIOD"]);
    }
  });
});

test("a billing period with an end is an interval of date-fns", () => {
  expectTypeOf<BillingPeriod & { end: Date }>().toExtend<Interval>();
  const period = billingPeriod(monthly(), 1);
  if (period === null || period.end === null) return expect.unreachable();
  const interval: Interval<Date, Date> = { start: period.start, end: period.end };
  expect(interval.start < interval.end).toBe(true);
});

test("amended contracts share the compiled timeline of their summary, if the trial is the same", () => {
  const schedule = monthly({ free_trial_days: 14 });
  const same = { contract_summary: schedule.contract_summary, plan: { free_trial_days: 14 } };
  const longer = { contract_summary: schedule.contract_summary, plan: { free_trial_days: 15 } };
  expect(timelineOf(same)).toBe(timelineOf(schedule));
  expect(timelineOf(longer).trialEndMs).toBe((timelineOf(schedule).trialEndMs ?? 0) + 86_400_000);
});
