import { describe, expect, test } from "vitest";
import {
  type BillingPeriod,
  billingPeriod,
  billingPeriodAt,
  type Contract,
  featurePeriodAt,
  sumUsage,
  sumUsageByFeature,
  type UsageEvent,
} from "../../src/index.ts";
import { fromScaled } from "../../src/money/integer.ts";
import { contractOf, feature, flat, type Json, metered } from "../charge/contracts.ts";
import { issuesOf } from "../contract/documents.ts";

const AT = "2026-01-20T12:00:00Z";
const features = [
  feature("base", flat("10")),
  feature("storage", metered("1"), { charge_trigger: "day" }),
  feature("calls", metered("1")),
];

function contractWith(configuration: Json = {}, summary: Json = {}): Contract {
  return contractOf({ configuration, summary, features });
}

function used(feature_slug: string, units: UsageEvent["units"], timestamp: string): UsageEvent {
  return { feature_slug, units, timestamp };
}

describe("the sums of all metered prices", () => {
  const contract = contractWith();

  test("are in the document's order, each of its own period that contains the instant", () => {
    const events = [
      used("calls", "3", "2026-01-01T00:00:00Z"),
      used("storage", "5", "2026-01-20T00:00:00Z"),
      used("calls", "0.5", "2026-01-20T12:00:00Z"),
      used("storage", "7", "2026-01-19T23:59:59Z"),
      used("calls", "11", "2026-01-20T12:00:00.001Z"),
      used("calls", "13", "2025-12-31T00:00:00Z"),
    ];
    expect(sumUsageByFeature(contract, events, { at: AT })).toEqual([
      {
        feature_slug: "storage",
        period: featurePeriodAt(contract, "storage", AT),
        units: "5",
        counted: 1,
        late: 0,
        refused: 0,
        discarded: 0,
      },
      {
        feature_slug: "calls",
        period: billingPeriodAt(contract, AT),
        units: "3.5",
        counted: 2,
        late: 0,
        refused: 1,
        discarded: 0,
      },
    ]);
  });

  test("equal what is summed slug by slug, of other periods too", () => {
    const closing = contractWith({ usage_period_closing_policy: "manual" });
    const january = billingPeriod(closing, 1) as BillingPeriod;
    const day = featurePeriodAt(closing, "storage", "2026-01-19T00:00:00Z") as BillingPeriod;
    const events = Array.from({ length: 400 }, (_, index): UsageEvent => {
      const timestamp = new Date(Date.UTC(2026, 0, 1, (index * 7) % 1000));
      const reported = new Date(Date.UTC(2026, 0, 1 + (index % 60)));
      return {
        feature_slug: index % 3 === 0 ? "storage" : "calls",
        units: `${(index * 37) % 100}.${index % 10}`,
        timestamp,
        reported_at: reported,
        is_absolute: index % 50 === 0,
      };
    });
    const options = { at: "2026-02-05T00:00:00Z", closed_at: "2026-02-10T00:00:00Z" };
    const periods = { storage: day, calls: january };
    const bySlug = ([slug, period]: [string, BillingPeriod]) => ({
      feature_slug: slug,
      period,
      ...sumUsage(closing, slug, period, events, options),
    });
    expect(sumUsageByFeature(closing, events, { ...options, periods })).toEqual(
      Object.entries(periods).map(bySlug),
    );
  });

  test("are zero where no period contains the instant: before the start, and in the trial for own cycles", () => {
    const trial = contractWith({}, { free_trial_end: "2026-01-15T00:00:00Z" });
    const events = [used("calls", "1", "2026-01-02T00:00:00Z"), used("storage", "1", "2026-01-02T00:00:00Z")];
    const [storage, calls] = sumUsageByFeature(trial, events, { at: "2026-01-03T00:00:00Z" });
    expect(storage).toMatchObject({ period: null, units: "0", counted: 0, refused: 0 });
    expect(calls).toMatchObject({ period: { phase: "trial" }, units: "1", counted: 1 });
    const before = sumUsageByFeature(trial, events, { at: "2025-12-01T00:00:00Z" });
    expect(before.map(({ period, units }) => [period, units])).toEqual([
      [null, "0"],
      [null, "0"],
    ]);
  });

  test("of a group's and of the plan's price stand under its id and its slug", () => {
    const groups = [{ id: "all", name: "All", feature_ids: ["storage", "calls"], price: metered("2") }];
    const grouped = contractOf({ summary: { strategy: "group" }, features, plan: { groups } });
    const events = [used("all", "4", "2026-01-02T00:00:00Z")];
    expect(sumUsageByFeature(grouped, events, { at: AT })).toMatchObject([
      { feature_slug: "all", units: "4" },
    ]);
  });
});

describe("bad input of sums by feature", () => {
  const contract = contractWith();
  const january = billingPeriod(contract, 1) as BillingPeriod;

  test("all wrong options are in one error", () => {
    const options = { at: "today", closed_at: "2026-02-30T00:00:00Z", periods: { base: january } };
    expect(issuesOf(() => sumUsageByFeature(contract, [], options))).toEqual([
      "INVALID_INSTANT at",
      "INVALID_INSTANT closed_at",
      "UNKNOWN_SLUG periods.base",
    ]);
    expect(issuesOf(() => sumUsageByFeature(contract, [], undefined as never))).toEqual([
      "INVALID_INSTANT at",
    ]);
  });

  test("a period of another cycle, a contract that wasn't parsed, and wrong events are refused", () => {
    const storage = { at: AT, periods: { storage: january } };
    expect(issuesOf(() => sumUsageByFeature(contract, [], storage))).toEqual(["UNKNOWN_PERIOD period"]);
    expect(issuesOf(() => sumUsageByFeature({ ...contract }, [], { at: AT }))).toEqual([
      "NOT_PARSED contract",
    ]);
    const events = [used("calls", "1e3", AT), used("nothing", "1", AT), used("calls", "1", "yesterday")];
    expect(issuesOf(() => sumUsageByFeature(contract, events, { at: AT }))).toEqual([
      "INVALID_DECIMAL usage.events[0].units",
      "UNKNOWN_SLUG usage.events[1].feature_slug",
      "INVALID_INSTANT usage.events[2].timestamp",
    ]);
  });
});

describe("usage at scale", () => {
  test("a million events of twenty features in any order", () => {
    const slugs = Array.from({ length: 20 }, (_, index) => `feature-${index}`);
    const contract = contractOf({ features: slugs.map((slug) => feature(slug, metered("1"))) });
    const startMs = Date.UTC(2026, 0, 1);
    const stretchMs = Date.UTC(2026, 1, 1) - startMs;
    const thousandths = slugs.map(() => 0);
    const counted = slugs.map(() => 0);
    // A prime step visits every event once, in an order that is none.
    const events = Array.from({ length: 1_000_000 }, (_, position) => {
      const index = (position * 611_953) % 1_000_000;
      const which = index % slugs.length;
      const timestamp = new Date(startMs + Math.floor((index / 800_000) * stretchMs)).toISOString();
      const isJanuary = index < 800_000;
      const size = (index * 7919) % 1_000_000;
      const isCorrection = index % 1000 === 999;
      if (isJanuary) {
        thousandths[which] = (thousandths[which] ?? 0) + (isCorrection ? -size : size);
        counted[which] = (counted[which] ?? 0) + 1;
      }
      const units = `${isCorrection ? "-" : ""}${Math.floor(size / 1000)}.${String(1000 + (size % 1000)).slice(1)}`;
      return { feature_slug: slugs[which] ?? "", units, timestamp };
    });
    const periods = Object.fromEntries(
      slugs.map((slug) => [slug, billingPeriod(contract, 1) as BillingPeriod]),
    );
    const sums = sumUsageByFeature(contract, events, { at: "2026-03-01T00:00:00Z", periods });
    expect(sums.map(({ feature_slug }) => feature_slug)).toEqual(slugs);
    expect(sums.map(({ units }) => units)).toEqual(thousandths.map((sum) => fromScaled(sum, 3)));
    expect(sums.map((sum) => sum.counted)).toEqual(counted);
    const one = sumUsage(contract, "feature-7", periods["feature-7"] as BillingPeriod, events, {
      at: "2026-03-01T00:00:00Z",
    });
    expect({ ...sums[7], ...one }).toEqual(sums[7]);
  }, 30_000);
});
