import { describe, expect, test } from "vitest";
import { billingPeriod, type Contract, featurePeriodAt, sumUsage } from "../../src/index.ts";
import { contractOf, feature, flat, type Json, linesOf, metered, subtotals } from "../charge/contracts.ts";
import { issuesOf } from "../contract/documents.ts";

/** A contract that is charged by its plan's metered price. */
function ofPlan(plan: Json, features: readonly Json[] = []): Contract {
  return contractOf({ summary: { strategy: "plan" }, plan: { price: metered("1"), ...plan }, features });
}

const BUNDLE = {
  strategy: "group",
  groups: [{ id: "bundle", feature_ids: ["calls", "mails"], price: metered("1") }],
};

describe("U6: what usage is reported under", () => {
  test("a metered plan price under the plan's slug", () => {
    const contract = ofPlan({ slug: "team" });
    expect(subtotals(linesOf(contract, 1, { usage: { sums: { team: "12" } } }))).toEqual([
      "plan usage 12.00",
    ]);
  });

  test("a plan without a slug is called plan", () => {
    const contract = ofPlan({ slug: null });
    expect(subtotals(linesOf(contract, 1, { usage: { sums: { plan: "12" } } }))).toEqual([
      "plan usage 12.00",
    ]);
    const events = [{ feature_slug: "plan", units: "3", timestamp: "2026-01-05T00:00:00Z" }];
    const january = billingPeriod(contract, 1);
    expect(january && sumUsage(contract, "plan", january, events, { at: "2026-02-01T00:00:00Z" }).units).toBe(
      "3",
    );
  });

  test("where the plan's own price is charged, a feature of the same slug says nothing about its period", () => {
    const features = [feature("team", metered("5"), { charge_trigger: "week" })];
    const contract = ofPlan({ slug: "team" }, features);
    const events = [{ feature_slug: "team", units: "3", timestamp: "2026-01-25T00:00:00Z" }];
    const january = billingPeriod(contract, 1);
    expect(january && sumUsage(contract, "team", january, events, { at: "2026-02-01T00:00:00Z" }).units).toBe(
      "3",
    );
    expect(featurePeriodAt(contract, "team", "2026-01-25T00:00:00Z")).toEqual(january);
  });

  test("a group's price under the group's id", () => {
    const features = [feature("calls", metered("5")), feature("mails", metered("5"))];
    const contract = contractOf({ plan: BUNDLE, features });
    const lines = linesOf(contract, 1, { usage: { sums: { bundle: "12" } } });
    expect(subtotals(lines)).toEqual(["bundle usage 12.00"]);
  });

  test("a slug that the contract doesn't have is an error that lists what it has", () => {
    const contract = contractOf({ features: [feature("calls", metered("1")), feature("base", flat("9"))] });
    expect(() => linesOf(contract, 1, { usage: { sums: { call: "12" } } })).toThrow(
      'usage.sums.call: the contract has no such slug; allowed: team, calls, base (found "call")',
    );
    expect(issuesOf(() => linesOf(contract, 1, { usage: { sums: { call: "12" } } }))).toEqual([
      "UNKNOWN_SLUG usage.sums.call",
    ]);
  });
});

describe("U5: the period that usage belongs to", () => {
  test("a feature's own week, where it has one; else the billing period", () => {
    const features = [
      feature("desk", metered("1"), { charge_trigger: "week" }),
      feature("calls", metered("1")),
    ];
    const contract = contractOf({ features });
    const events = ["2026-01-07T23:59:59Z", "2026-01-08T00:00:00Z", "2026-01-31T12:00:00Z"].flatMap(
      (timestamp) => [
        { feature_slug: "desk", units: "1", timestamp },
        { feature_slug: "calls", units: "1", timestamp },
      ],
    );
    const lines = linesOf(contract, 1, { usage: { events } });
    expect(
      lines.map((line) => `${line.feature_slug} ${line.period.start.slice(5, 10)} ${line.unit_count}`),
    ).toEqual([
      "desk 01-01 1",
      "desk 01-08 1",
      "desk 01-15 0",
      "desk 01-22 0",
      // The week from 29 January ends in February: it is charged where it begins.
      "desk 01-29 1",
      "calls 01-01 3",
    ]);
  });
});
