import { describe, expect, test } from "vitest";
import { parseSchedule } from "../../src/contract/parse-schedule.ts";
import type { Schedule } from "../../src/contract/schedule.ts";
import { type BillingPeriod, billingPeriod } from "../../src/period/billing-period.ts";
import { periodMs, timelineOf } from "../../src/period/timeline.ts";
import { closingMs, usageClosingOf, usagePeriodState } from "../../src/usage/usage-closing.ts";
import { codesOf } from "../period/codes-of.ts";

function schedule(usage_period_closing_policy?: unknown, fields: object = {}): Schedule {
  const configuration = { usage_period_closing_policy };
  return parseSchedule({ cycle: "month", activation: "2026-01-01T00:00:00Z", configuration, ...fields });
}
const january = (of: Schedule) => billingPeriod(of, 1) as BillingPeriod;
const closing = (of: Schedule, closed_at?: string) =>
  usageClosingOf(of, january(of), closed_at === undefined ? {} : { closed_at })?.toISOString() ?? null;
const state = (of: Schedule, at: string, closed_at?: string) =>
  usagePeriodState(of, january(of), at, closed_at === undefined ? {} : { closed_at });

describe("usage closes", () => {
  test.each([
    [undefined, "2026-02-01T00:00:00.000Z"],
    ["automatic", "2026-02-01T00:00:00.000Z"],
    ["15 minutes", "2026-02-01T00:15:00.000Z"],
    ["1 hour", "2026-02-01T01:00:00.000Z"],
    ["1 day", "2026-02-02T00:00:00.000Z"],
    [{ delay: { days: 1, hours: 2, minutes: 3 } }, "2026-02-02T02:03:00.000Z"],
    [{ delay: { minutes: 90 } }, "2026-02-01T01:30:00.000Z"],
    [{ delay: { days: null, hours: 0 } }, "2026-02-01T00:00:00.000Z"],
  ])("under %j at %s", (policy, expected) => {
    expect(closing(schedule(policy))).toBe(expected);
  });

  test("a day later means 24 hours, whatever the clock does", () => {
    const berlin = { time_zone: "Europe/Berlin", activation: "2026-02-28T11:00:00Z" };
    expect(closing(schedule("1 day", berlin))).toBe("2026-03-29T11:00:00.000Z");
  });

  test("under `manual` when the caller says so, else never", () => {
    expect(closing(schedule("manual"))).toBeNull();
    expect(closing(schedule("manual"), "2026-02-05T00:00:00Z")).toBe("2026-02-05T00:00:00.000Z");
    expect(closing(schedule("manual"), "2026-02-01T00:00:00Z")).toBe("2026-02-01T00:00:00.000Z");
    expect(closing(schedule("1 hour"), "2026-02-05T00:00:00Z")).toBe("2026-02-01T01:00:00.000Z");
  });

  test("in an endless period after the expiration, if there is one", () => {
    expect(closing(schedule("1 hour", { cycle: "constant" }))).toBeNull();
    expect(closing(schedule("1 hour", { cycle: "constant", expiration: "2026-05-01T00:00:00Z" }))).toBe(
      "2026-05-01T01:00:00.000Z",
    );
    expect(closing(schedule("automatic", { cycle: "once", moved_at: "2026-05-01T00:00:00Z" }))).toBe(
      "2026-05-01T00:00:00.000Z",
    );
  });

  test("a period cut by a move closes after the cut", () => {
    expect(closing(schedule("1 hour", { moved_at: "2026-01-20T00:00:00Z" }))).toBe(
      "2026-01-20T01:00:00.000Z",
    );
  });
});

describe("the state of a period", () => {
  test("is open before its end, closing until the closing, then closed", () => {
    const hour = schedule("1 hour");
    const instants = ["2025-01-01T00:00:00Z", "2026-01-31T23:59:59.999Z", "2026-02-01T00:00:00Z"];
    expect(instants.map((at) => state(hour, at))).toEqual(["open", "open", "closing"]);
    expect(state(hour, "2026-02-01T00:59:59.999Z")).toBe("closing");
    expect(state(hour, "2026-02-01T01:00:00Z")).toBe("closed");
  });

  test("under `automatic` is never closing", () => {
    expect(state(schedule("automatic"), "2026-02-01T00:00:00Z")).toBe("closed");
  });

  test("under `manual` stays closing until the caller closes it", () => {
    expect(state(schedule("manual"), "2030-01-01T00:00:00Z")).toBe("closing");
    expect(state(schedule("manual"), "2026-02-04T23:59:59Z", "2026-02-05T00:00:00Z")).toBe("closing");
    expect(state(schedule("manual"), "2026-02-05T00:00:00Z", "2026-02-05T00:00:00Z")).toBe("closed");
  });

  test("of an endless one is open for ever", () => {
    expect(state(schedule("automatic", { cycle: "constant" }), "9999-01-01T00:00:00Z")).toBe("open");
  });
});

test("options that are null are as absent", () => {
  const of = schedule("manual");
  expect(usageClosingOf(of, january(of), null as unknown as { closed_at?: string })).toBeNull();
});

describe("bad input", () => {
  test("closing a period before its end is refused, whatever the policy", () => {
    for (const policy of ["manual", "1 hour"]) {
      expect(codesOf(() => closing(schedule(policy), "2026-01-31T23:59:59Z"))).toEqual(["INVALID_DATES"]);
    }
  });

  test("closing at no instant, or another contract's period, is refused", () => {
    expect(codesOf(() => closing(schedule("manual"), "2026-02-30T00:00:00Z"))).toEqual(["INVALID_INSTANT"]);
    const other = january(schedule("manual", { activation: "2026-01-02T00:00:00Z" }));
    expect(codesOf(() => usageClosingOf(schedule(), other))).toEqual(["UNKNOWN_PERIOD"]);
    expect(codesOf(() => usagePeriodState(schedule(), other, "2026-01-01T00:00:00Z"))).toEqual([
      "UNKNOWN_PERIOD",
    ]);
    expect(codesOf(() => usageClosingOf({} as Schedule, other))).toEqual(["NOT_PARSED"]);
    expect(codesOf(() => state(schedule(), "2026-02-01"))).toEqual(["INVALID_INSTANT"]);
  });
});

test("a closing before a period's end says nothing about that period", () => {
  const timeline = timelineOf(schedule("manual"));
  const period = periodMs(timeline, 1) ?? expect.unreachable();
  expect(closingMs(timeline, period, Date.UTC(2026, 0, 20))).toBeNull();
});
