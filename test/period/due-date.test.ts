import { describe, expect, test } from "vitest";
import { parseContract } from "../../src/contract/parse.ts";
import { parseSchedule } from "../../src/contract/parse-schedule.ts";
import type { Schedule } from "../../src/contract/schedule.ts";
import { type BillingPeriod, billingPeriod } from "../../src/period/billing-period.ts";
import { chargeDueMs, type DueCharge, dueDateOf, localDateOf } from "../../src/period/due-date.ts";
import { featurePeriodAt } from "../../src/period/feature-period.ts";
import { periodMs, timelineOf } from "../../src/period/timeline.ts";
import { formatInstant, parseInstant } from "../../src/time/instant.ts";
import { codesOf } from "./codes-of.ts";

function schedule(configuration: object = {}, fields: object = {}): Schedule {
  return parseSchedule({ cycle: "month", activation: "2026-01-10T09:00:00Z", configuration, ...fields });
}
function due(of: Schedule, charge?: DueCharge, index = 1): string | null {
  const date = dueDateOf(of, billingPeriod(of, index) as BillingPeriod, charge);
  return date === null ? null : formatInstant(date.getTime());
}

describe("without terms", () => {
  test("fixed charges are due at the start of their period, or as the policy says", () => {
    expect(due(schedule())).toBe("2026-01-10T09:00:00Z");
    expect(due(schedule({ due_date_policy: "start_of_period" }))).toBe("2026-01-10T09:00:00Z");
    expect(due(schedule({ due_date_policy: "end_of_period" }))).toBe("2026-02-10T09:00:00Z");
  });

  test("a contract that moves on leaves the due dates of what it has charged as they were made", () => {
    const moved = { moved_at: "2026-01-20T00:00:00Z" };
    expect(due(schedule({ due_date_policy: "end_of_period" }, moved))).toBe("2026-02-10T09:00:00Z");
    expect(due(schedule({ due_date_policy: "end_of_period" }, { ...moved, cycle: "once" }))).toBe(
      "2026-01-10T09:00:00Z",
    );
    const expiring = { ...moved, expiration: "2026-01-25T00:00:00Z" };
    expect(due(schedule({ due_date_policy: "end_of_period" }, expiring))).toBe("2026-01-25T00:00:00Z");
  });

  test("flat fees follow their own policy, by default that of fixed charges", () => {
    expect(due(schedule({ due_date_policy: "end_of_period" }), "flat_fee")).toBe("2026-02-10T09:00:00Z");
    const mixed = schedule({ due_date_policy: "end_of_period", flat_fee_due_date_policy: "start_of_period" });
    expect([due(mixed, "flat_fee"), due(mixed, "fixed")]).toEqual([
      "2026-01-10T09:00:00Z",
      "2026-02-10T09:00:00Z",
    ]);
  });

  test("usage is due when it closes, under `manual` at the end of its period", () => {
    expect(due(schedule(), "usage")).toBe("2026-02-10T09:00:00Z");
    expect(due(schedule({ usage_period_closing_policy: "1 day" }), "usage")).toBe("2026-02-11T09:00:00Z");
    expect(due(schedule({ usage_period_closing_policy: "manual" }), "usage")).toBe("2026-02-10T09:00:00Z");
  });

  test("the charges of an endless period are due at its start, or at the expiration", () => {
    const atEnd = { due_date_policy: "end_of_period", usage_period_closing_policy: "1 hour" };
    const endless = schedule(atEnd, { cycle: "constant" });
    expect([due(endless), due(endless, "usage")]).toEqual(["2026-01-10T09:00:00Z", null]);
    const expiring = schedule(atEnd, { cycle: "once", expiration: "2026-06-01T00:00:00Z" });
    expect([due(expiring), due(expiring, "usage")]).toEqual(["2026-06-01T00:00:00Z", "2026-06-01T01:00:00Z"]);
  });

  test("a trailing stub ends, and falls due, at the expiration", () => {
    const cut = schedule({ due_date_policy: "end_of_period" }, { expiration: "2026-02-20T00:00:00Z" });
    expect(due(cut, "fixed", 2)).toBe("2026-02-20T00:00:00Z");
  });
});

describe("payment terms", () => {
  const terms = (payment_terms: object, fields: object = {}) => due(schedule({ payment_terms }, fields));

  test("net days are local days at the same time of day", () => {
    expect(terms({ net_days: 30 })).toBe("2026-02-09T09:00:00Z");
    expect(terms({ net_days: 0 })).toBe("2026-01-10T09:00:00Z");
    const spring = { time_zone: "Europe/Berlin", activation: "2026-03-20T09:00:00Z" };
    expect(terms({ net_days: 14 }, spring)).toBe("2026-04-03T08:00:00Z");
  });

  test("end of month is the last day of the local month, and days after it", () => {
    expect(terms({ end_of_month: true })).toBe("2026-01-31T09:00:00Z");
    expect(terms({ end_of_month: true, plus_days: 30 })).toBe("2026-03-02T09:00:00Z");
    const tokyo = { time_zone: "Asia/Tokyo", activation: "2026-01-31T15:00:00Z" };
    expect(terms({ end_of_month: true }, tokyo)).toBe("2026-02-27T15:00:00Z");
  });

  test("proximo is a day of the month after, past the cut-off day of one more", () => {
    const activation = (day: string) => ({ activation: `2026-01-${day}T09:00:00Z` });
    const proximo = { cutoff_day: 20, months: 1, day: 12 };
    expect(terms({ proximo }, activation("20"))).toBe("2026-02-12T09:00:00Z");
    expect(terms({ proximo }, activation("21"))).toBe("2026-03-12T09:00:00Z");
  });

  test("both days of proximo are clamped to their month", () => {
    const february = { activation: "2026-02-28T09:00:00Z" };
    expect(terms({ proximo: { cutoff_day: 30, months: 0, day: 31 } }, february)).toBe("2026-02-28T09:00:00Z");
    expect(terms({ proximo: { cutoff_day: 30, months: 1, day: 31 } }, february)).toBe("2026-03-31T09:00:00Z");
    expect(terms({ proximo: { cutoff_day: 27, months: 0, day: 31 } }, february)).toBe("2026-03-31T09:00:00Z");
  });

  test("count from the date of the policy, and for usage from its closing", () => {
    const late = schedule({
      due_date_policy: "end_of_period",
      usage_period_closing_policy: "1 day",
      payment_terms: { net_days: 10 },
    });
    expect([due(late), due(late, "usage")]).toEqual(["2026-02-20T09:00:00Z", "2026-02-21T09:00:00Z"]);
  });

  test("nothing is due before it is invoiced", () => {
    const early = schedule({ payment_terms: { proximo: { cutoff_day: 20, months: 0, day: 5 } } });
    expect(due(early)).toBe("2026-01-10T09:00:00Z");
    const timeline = timelineOf(schedule({ payment_terms: { net_days: 7 } }));
    const period = periodMs(timeline, 1) ?? expect.unreachable();
    const invoiced = parseInstant("2026-03-01T00:00:00Z");
    expect(formatInstant(chargeDueMs(timeline, period, "fixed", invoiced) ?? 0)).toBe("2026-03-08T00:00:00Z");
  });

  test("of no days in a repeated hour are the instant itself", () => {
    const autumn = { time_zone: "Europe/Berlin", activation: "2026-10-25T01:30:00Z" };
    expect(terms({ net_days: 0 }, autumn)).toBe("2026-10-25T01:30:00Z");
  });

  test("a null form beside the given one is as absent", () => {
    expect(terms({ net_days: null, end_of_month: true })).toBe("2026-01-31T09:00:00Z");
  });
});

test("the period of a feature's own cycle has due dates as well", () => {
  const contract = parseContract({
    contract_summary: {
      cycle: "year",
      currency: "eur",
      activation: "2026-01-10T09:00:00Z",
      configuration: { due_date_policy: "end_of_period" },
    },
    plan: {
      features: [
        {
          slug: "calls",
          charge_trigger: "month",
          price: { amount: "1", strategy_details: { pricing_strategy: "flat" } },
        },
      ],
    },
  });
  const period = featurePeriodAt(contract, "calls", "2026-03-01T00:00:00Z") as BillingPeriod;
  expect(dueDateOf(contract, period)?.toISOString()).toBe("2026-03-10T09:00:00.000Z");
});

test("another contract's period and an unknown charge are refused", () => {
  const own = billingPeriod(schedule(), 1) as BillingPeriod;
  const other = schedule({}, { activation: "2026-01-11T09:00:00Z" });
  expect(codesOf(() => dueDateOf(other, own))).toEqual(["UNKNOWN_PERIOD"]);
  expect(codesOf(() => dueDateOf(schedule(), null as unknown as BillingPeriod))).toEqual(["UNKNOWN_PERIOD"]);
  expect(codesOf(() => dueDateOf(schedule(), own, "tax" as DueCharge))).toEqual(["UNKNOWN_VALUE"]);
  expect(codesOf(() => dueDateOf({} as Schedule, own))).toEqual(["NOT_PARSED"]);
});

test("a due date beyond the calendar is an error", () => {
  const last = schedule({ payment_terms: { net_days: 60 } }, { activation: "9999-11-10T00:00:00Z" });
  expect(codesOf(() => due(last))).toEqual(["OUT_OF_RANGE"]);
});

test("the local date of an instant is that of the contract's zone", () => {
  const apia = schedule({}, { time_zone: "Pacific/Apia" });
  expect(localDateOf(apia, "2011-12-30T09:59:59Z")).toBe("2011-12-29");
  expect(localDateOf(apia, "2011-12-30T10:00:00Z")).toBe("2011-12-31");
  expect(localDateOf(schedule(), new Date(0))).toBe("1970-01-01");
  expect(codesOf(() => localDateOf(apia, "2011-12-30"))).toEqual(["INVALID_INSTANT"]);
});
