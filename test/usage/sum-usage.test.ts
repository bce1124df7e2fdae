import { describe, expect, test } from "vitest";
import {
  type BillingPeriod,
  billingPeriod,
  type Contract,
  featurePeriodAt,
  sumUsage,
  type UsageEvent,
  type UsageSum,
} from "../../src/index.ts";
import { contractOf, feature, flat, type Json, metered } from "../charge/contracts.ts";
import { issuesOf } from "../contract/documents.ts";

function storage(units: UsageEvent["units"], timestamp: string, more: Partial<UsageEvent> = {}): UsageEvent {
  return { feature_slug: "storage", units, timestamp, ...more };
}

function contractWith(configuration: Json = {}, summary: Json = {}): Contract {
  const features = [feature("storage", metered("1")), feature("base", flat("10"))];
  return contractOf({ configuration, summary, features });
}

/** January's sum, asked in March. */
function january(events: readonly UsageEvent[], configuration: Json = {}, summary: Json = {}): UsageSum {
  const contract = contractWith(configuration, summary);
  const period = billingPeriod(contract, 1) as BillingPeriod;
  return sumUsage(contract, "storage", period, events, { at: "2026-03-01T00:00:00Z" });
}

describe("U3: the sum of events", () => {
  test("the units of all events from the start on and before the end", () => {
    const events = [
      storage("1", "2026-01-01T00:00:00Z"),
      storage("2", "2026-01-31T23:59:59.999Z"),
      storage("4", "2026-02-01T00:00:00Z"),
      storage("8", "2026-01-15T12:00:00+14:00"),
    ];
    expect(january(events)).toEqual({ units: "11", counted: 3, late: 0, refused: 0, discarded: 0 });
  });

  test("decimals of any length add up exactly: 0.1 + 0.2 is 0.3", () => {
    expect(
      january([storage("0.1", "2026-01-05T00:00:00Z"), storage("0.2", "2026-01-06T00:00:00Z")]).units,
    ).toBe("0.3");
    const fine = [
      storage("9007199254740993", "2026-01-05T00:00:00Z"),
      storage("0.000000000001", "2026-01-06T00:00:00Z"),
    ];
    expect(january(fine).units).toBe("9007199254740993.000000000001");
  });

  test("what is reported at or after the closing is late; without reported_at it is in time", () => {
    const at = "2026-01-10T00:00:00Z";
    const events = [
      storage("1", at),
      storage("2", at, { reported_at: null }),
      storage("4", at, { reported_at: "2026-02-01T00:59:59.999Z" }),
      storage("8", at, { reported_at: "2026-02-01T01:00:00Z" }),
    ];
    const policy = { usage_period_closing_policy: "1 hour" };
    expect(january(events, policy)).toMatchObject({ units: "7", counted: 3, late: 1 });
    // Under automatic the period closes at its end.
    expect(january(events)).toMatchObject({ units: "3", late: 2 });
  });

  test("under manual nothing is late until the caller has closed", () => {
    const contract = contractWith({ usage_period_closing_policy: "manual" });
    const period = billingPeriod(contract, 1) as BillingPeriod;
    const events = [storage("4", "2026-01-10T00:00:00Z", { reported_at: "2026-02-10T00:00:00Z" })];
    const of = (closed_at?: string): string =>
      sumUsage(contract, "storage", period, events, {
        at: "2026-03-01T00:00:00Z",
        ...(closed_at && { closed_at }),
      }).units;
    expect(of()).toBe("4");
    expect(of("2026-02-11T00:00:00Z")).toBe("4");
    expect(of("2026-02-10T00:00:00Z")).toBe("0");
  });

  test("events before the activation, from the expiration or from a move on are refused", () => {
    const events = [
      storage("1", "2025-12-31T23:59:59Z"),
      storage("2", "2026-01-10T00:00:00Z"),
      storage("4", "2026-02-20T00:00:00Z"),
    ];
    expect(january(events)).toMatchObject({ units: "2", refused: 1 });
    expect(january(events, {}, { expiration: "2026-02-20T00:00:00Z" })).toMatchObject({ refused: 2 });
    expect(january(events, {}, { moved_at: "2026-02-01T00:00:00Z" })).toMatchObject({ refused: 2 });
  });

  test("usage ends where the contract moves, even within a period", () => {
    const events = [storage("1", "2026-01-10T00:00:00Z"), storage("2", "2026-01-20T00:00:00Z")];
    expect(january(events, {}, { moved_at: "2026-01-20T00:00:00Z" })).toMatchObject({
      units: "1",
      refused: 1,
    });
  });

  test("negative events are corrections, but the sum is floored at 0", () => {
    const events = [storage("10", "2026-01-05T00:00:00Z"), storage("-2.5", "2026-01-06T00:00:00Z")];
    expect(january(events).units).toBe("7.5");
    expect(january([...events, storage("-100", "2026-01-07T00:00:00Z")]).units).toBe("0");
  });

  test("events after `at` aren't known yet: neither counted nor refused", () => {
    const contract = contractWith({}, { expiration: "2026-02-20T00:00:00Z" });
    const period = billingPeriod(contract, 1) as BillingPeriod;
    const events = ["2026-01-10", "2026-01-20", "2026-02-25"].map((day) => storage("1", `${day}T00:00:00Z`));
    const at = "2026-01-10T00:00:00Z";
    expect(sumUsage(contract, "storage", period, events, { at })).toMatchObject({ counted: 1, refused: 0 });
  });

  test("other slugs' events are left alone", () => {
    const events = [
      storage("1", "2026-01-05T00:00:00Z"),
      storage("2", "2026-01-05T00:00:00Z", { feature_slug: "base" }),
    ];
    expect(january(events)).toEqual({ units: "1", counted: 1, late: 0, refused: 0, discarded: 0 });
  });

  test("the trial is a period, too: its usage has a sum, though nobody pays it", () => {
    const contract = contractOf({
      plan: { free_trial_days: 14 },
      features: [feature("storage", metered("1"))],
    });
    const trial = billingPeriod(contract, 0) as BillingPeriod;
    const events = [storage("3", "2026-01-14T23:59:59Z"), storage("5", "2026-01-15T00:00:00Z")];
    const options = { at: "2026-02-01T00:00:00Z" };
    expect(sumUsage(contract, "storage", trial, events, options)).toMatchObject({ units: "3", refused: 0 });
    const first = billingPeriod(contract, 1) as BillingPeriod;
    expect(sumUsage(contract, "storage", first, events, options).units).toBe("5");
  });

  test("usage of an endless contract counts up to its expiration", () => {
    const summary = { cycle: "constant", expiration: "2026-06-01T00:00:00Z" };
    const contract = contractOf({ summary, features: [feature("storage", metered("1"))] });
    const period = billingPeriod(contract, 1) as BillingPeriod;
    const events = [storage("3", "2026-05-31T00:00:00Z"), storage("5", "2026-06-01T00:00:00Z")];
    expect(sumUsage(contract, "storage", period, events, { at: "2027-01-01T00:00:00Z" })).toMatchObject({
      units: "3",
      refused: 1,
    });
  });

  test("a feature with a cycle of its own is summed in its own periods (U5)", () => {
    const features = [feature("storage", metered("1"), { charge_trigger: "week" })];
    const contract = contractOf({ features });
    const week = featurePeriodAt(contract, "storage", "2026-01-30T00:00:00Z") as BillingPeriod;
    const events = ["2026-01-28", "2026-01-29", "2026-02-04", "2026-02-05"].map((day) =>
      storage("1", `${day}T00:00:00Z`),
    );
    expect(sumUsage(contract, "storage", week, events, { at: "2026-03-01T00:00:00Z" }).counted).toBe(2);
  });
});

describe("U4: what absolute events discard is counted", () => {
  test("two earlier events, and one of two at the same instant", () => {
    const noon = "2026-01-10T12:00:00Z";
    const events = [
      storage("1", "2026-01-02T00:00:00Z"),
      storage("2", "2026-01-03T00:00:00Z", { is_absolute: true }),
      storage("7", noon, { is_absolute: true }),
      storage("9", noon, { is_absolute: true }),
      storage("0.5", "2026-01-11T00:00:00Z"),
    ];
    expect(january(events)).toEqual({ units: "9.5", counted: 2, late: 0, refused: 0, discarded: 3 });
  });
});

describe("what is refused", () => {
  const contract = contractWith();
  const period = billingPeriod(contract, 1) as BillingPeriod;
  const at = "2026-03-01T00:00:00Z";

  test("an unknown slug, asked about or in an event", () => {
    expect(issuesOf(() => sumUsage(contract, "storag", period, [], { at }))[0]).toMatch(/^UNKNOWN_SLUG/);
    const events = [storage("1", at, { feature_slug: "storag" })];
    expect(issuesOf(() => sumUsage(contract, "storage", period, events, { at }))).toEqual([
      "UNKNOWN_SLUG usage.events[0].feature_slug",
    ]);
  });

  test("everything wrong with events is in one error", () => {
    const events = [
      storage("1e3", "2026-01-02T00:00:00Z"),
      storage(1.5, "2026-01-32T00:00:00Z"),
      storage("1", "2026-01-02T00:00:00Z", { reported_at: "yesterday" }),
      storage("1", "2026-01-02T00:00:00Z", { is_absolute: "yes" as unknown as boolean }),
      null as unknown as UsageEvent,
      storage("100000000000000000000000000", "2026-01-02T00:00:00Z"),
    ];
    expect(issuesOf(() => sumUsage(contract, "storage", period, events, { at })).sort()).toEqual([
      "INVALID_DECIMAL usage.events[0].units",
      "INVALID_DECIMAL usage.events[1].units",
      "INVALID_INSTANT usage.events[1].timestamp",
      "INVALID_INSTANT usage.events[2].reported_at",
      "INVALID_TYPE usage.events[3].is_absolute",
      "INVALID_TYPE usage.events[4]",
      "OUT_OF_RANGE usage.events[5].units",
    ]);
  });

  test("no list of events, or no instant", () => {
    expect(issuesOf(() => sumUsage(contract, "storage", period, {} as unknown as [], { at }))).toEqual([
      "INVALID_TYPE usage.events",
    ]);
    expect(issuesOf(() => sumUsage(contract, "storage", period, [], { at: "soon" }))).toEqual([
      "INVALID_INSTANT at",
    ]);
  });
});
