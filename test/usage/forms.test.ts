import { describe, expect, test } from "vitest";
import {
  type BillingPeriod,
  billingPeriod,
  type ChargeLine,
  type Contract,
  chargesOf,
  parseContract,
  type Usage,
} from "../../src/index.ts";
import { contractOf, feature, flat, type Json, linesOf, metered } from "../charge/contracts.ts";
import { issuesOf } from "../contract/documents.ts";

const FEATURES = [feature("calls", metered("1", { used_unit_count: "9" })), feature("mails", metered("1"))];
const contract = contractOf({ features: FEATURES });

/** The lines as "slug units", marked where they are assumed. */
function units(lines: readonly ChargeLine[]): string[] {
  return lines.map((line) => `${line.feature_slug} ${line.unit_count}${line.assumed ? " assumed" : ""}`);
}

function ofMonth(index: number, usage?: Usage, at?: string, of: Contract = contract): string[] {
  return units(linesOf(of, index, { ...(usage && { usage }), ...(at !== undefined && { at }) }));
}

describe("U6: the four forms of usage", () => {
  test("sums are those of the running period", () => {
    const usage = { sums: { calls: "12.5" } };
    expect(ofMonth(2, usage, "2026-02-10T00:00:00Z")).toEqual(["calls 12.5", "mails 0 assumed"]);
    // Asked in February, they say nothing about January.
    expect(ofMonth(1, usage, "2026-02-10T00:00:00Z")).toEqual(["calls 0 assumed", "mails 0 assumed"]);
  });

  test("without an instant the period that is asked about runs", () => {
    expect(ofMonth(7, { sums: { calls: 3n } })).toEqual(["calls 3", "mails 0 assumed"]);
  });

  test("sums of a feature with several own periods need to know which one runs", () => {
    const weekly = contractOf({ features: [feature("desk", metered("1"), { charge_trigger: "week" })] });
    const usage = { sums: { desk: "5" } };
    expect(issuesOf(() => ofMonth(1, usage, undefined, weekly))).toEqual([
      "CONFLICT plan.features[0].price.usage.sums.desk",
    ]);
    expect(ofMonth(1, usage, "2026-01-09T00:00:00Z", weekly)).toEqual([
      "desk 0 assumed",
      "desk 5",
      "desk 0 assumed",
      "desk 0 assumed",
      "desk 0 assumed",
    ]);
  });

  test("events are sorted into periods by their timestamps", () => {
    const usage = {
      events: [
        { feature_slug: "calls", units: "2", timestamp: "2026-01-31T23:59:59Z" },
        { feature_slug: "calls", units: "3", timestamp: "2026-02-01T00:00:00Z" },
      ],
    };
    expect(ofMonth(1, usage)).toEqual(["calls 2", "mails 0 assumed"]);
    expect(ofMonth(2, usage)).toEqual(["calls 3", "mails 0 assumed"]);
    // Events of the slug are known, there are just none in March.
    expect(ofMonth(3, usage)).toEqual(["calls 0", "mails 0 assumed"]);
  });

  test("events after `at` don't count", () => {
    const usage = {
      events: ["05", "06", "07"].map((day) => ({
        feature_slug: "calls",
        units: 1,
        timestamp: `2026-01-${day}T00:00:00Z`,
      })),
    };
    expect(ofMonth(1, usage, "2026-01-06T00:00:00Z")[0]).toBe("calls 2");
  });

  test("periods name their usage by the period's start", () => {
    const usage = {
      periods: [
        { feature_slug: "calls", start: "2026-01-01T00:00:00Z", units: "2" },
        { feature_slug: "calls", start: new Date("2026-02-01T00:00:00Z"), units: "3" },
      ],
    };
    expect([1, 2, 3].map((index) => ofMonth(index, usage)[0])).toEqual([
      "calls 2",
      "calls 3",
      "calls 9 assumed",
    ]);
  });

  test("a function is asked by slug and usage period; undefined is not known", () => {
    const asked: [string, BillingPeriod][] = [];
    const usage: Usage = (slug, period) => {
      asked.push([slug, period]);
      return slug === "calls" ? "4" : undefined;
    };
    expect(ofMonth(2, usage)).toEqual(["calls 4", "mails 0 assumed"]);
    expect(asked).toEqual(
      ["calls", "mails"].map((slug) => [
        slug,
        {
          index: 2,
          phase: "paid",
          start: new Date("2026-02-01T00:00:00Z"),
          end: new Date("2026-03-01T00:00:00Z"),
          stub: false,
        },
      ]),
    );
  });

  test("without usage a feature has its used_unit_count in the running period, else zero, and says so", () => {
    expect(ofMonth(1)).toEqual(["calls 9 assumed", "mails 0 assumed"]);
    expect(ofMonth(1, undefined, "2026-01-31T23:59:59Z")).toEqual(["calls 9 assumed", "mails 0 assumed"]);
    expect(ofMonth(1, undefined, "2026-02-01T00:00:00Z")).toEqual(["calls 0 assumed", "mails 0 assumed"]);
    expect(ofMonth(1, {} as Usage)).toEqual(["calls 9 assumed", "mails 0 assumed"]);
  });

  test("usage given for a fixed price changes nothing: it is the contracted count that is charged", () => {
    const fixed = contractOf({ features: [feature("base", flat("10"))] });
    expect(linesOf(fixed, 1, { usage: { sums: { base: "12" } } })[0]).toMatchObject({
      kind: "fixed",
      unit_count: null,
      subtotal: "10.00",
    });
  });
});

describe("U6: usage that is refused", () => {
  const wrong = (usage: unknown): string[] => issuesOf(() => linesOf(contract, 1, { usage: usage as Usage }));

  test("several forms at once, or none of them", () => {
    expect(wrong({ sums: {}, events: [] })).toEqual(["CONFLICT usage"]);
    expect(wrong({ event: [] })).toEqual(["INVALID_TYPE usage.event"]);
    expect(wrong([])).toEqual(["INVALID_TYPE usage"]);
    expect(wrong("12")).toEqual(["INVALID_TYPE usage"]);
    expect(wrong({ sums: [] })).toEqual(["INVALID_TYPE usage.sums"]);
    expect(wrong({ periods: {} })).toEqual(["INVALID_TYPE usage.periods"]);
  });

  test("a function beside a form is several, too", () => {
    expect(wrong(Object.assign(() => 1, { sums: {} }))).toEqual(["CONFLICT usage"]);
  });

  test("unknown slugs, bad units, instants that don't exist and duplicates are listed together", () => {
    const start = "2026-01-01T00:00:00Z";
    const periods = [
      { feature_slug: "calls", start, units: "1" },
      { feature_slug: "calls", start: "2026-01-01T01:00:00+01:00", units: "2" },
      { feature_slug: "cals", start, units: "-1" },
      { feature_slug: "mails", start: "2026-02-30T00:00:00Z", units: 0.5 },
      { feature_slug: "mails", units: "1" },
      7,
    ];
    const on_demand = [
      { feature_slug: "calls", at: "tomorrow" },
      { feature_slug: "nobody", at: start, unit_count: "0x10" },
    ];
    expect(wrong({ periods, on_demand }).sort()).toEqual([
      "DUPLICATE usage.periods[1].start",
      "INVALID_DECIMAL usage.on_demand[1].unit_count",
      "INVALID_DECIMAL usage.periods[3].units",
      "INVALID_INSTANT usage.on_demand[0].at",
      "INVALID_INSTANT usage.periods[3].start",
      "INVALID_INSTANT usage.periods[4].start",
      "INVALID_TYPE usage.periods[5]",
      "OUT_OF_RANGE usage.periods[2].units",
      "UNKNOWN_SLUG usage.on_demand[1].feature_slug",
      "UNKNOWN_SLUG usage.periods[2].feature_slug",
    ]);
  });

  test("negative sums, of a function as well (R8)", () => {
    expect(wrong({ sums: { calls: "-1" } })).toEqual(["OUT_OF_RANGE usage.sums.calls"]);
    expect(wrong(() => -1)[0]).toMatch(/^OUT_OF_RANGE/);
    expect(wrong(() => Number.NaN)[0]).toMatch(/^INVALID_DECIMAL/);
  });

  test("slugs that are names of every object's", () => {
    const prototype: Json = JSON.parse('{ "__proto__": "1", "constructor": "1" }');
    expect(wrong({ sums: prototype })).toEqual([
      "UNKNOWN_SLUG usage.sums.__proto__",
      "UNKNOWN_SLUG usage.sums.constructor",
    ]);
  });
});

test("usage of a period that the contract doesn't have is refused, not left out", () => {
  const contract = parseContract({
    contract_summary: { cycle: "month", currency: "eur", activation: "2026-01-31T00:00:00Z" },
    plan: {
      features: [
        { slug: "calls", price: { amount: "1", strategy_details: { pricing_strategy: "usage" } } },
        {
          slug: "rows",
          charge_trigger: "quarter",
          price: { amount: "1", strategy_details: { pricing_strategy: "usage" } },
        },
      ],
    },
  });
  const usageAt = (feature_slug: string, start: string): Usage => ({
    periods: [{ feature_slug, start, units: "5" }],
  });
  const charged = (usage: Usage): (string | null)[] =>
    chargesOf(contract, billingPeriod(contract, 1) as BillingPeriod, { usage }).map(
      (line) => line.unit_count,
    );
  expect(charged(usageAt("calls", "2026-01-31T00:00:00Z"))).toEqual(["5", "0"]);
  expect(() => charged(usageAt("calls", "2026-02-01T00:00:00Z"))).toThrow(
    /no usage period of calls starts then/,
  );
  // A month of the contract is no quarter of the feature.
  expect(() => charged(usageAt("rows", "2026-02-28T00:00:00Z"))).toThrow(
    /no usage period of rows starts then/,
  );
});

describe("U6: the same in every period", () => {
  test("stands beside any form, and in any period", () => {
    const usage = { every_period: { calls: "4.5" }, sums: { mails: 2 } };
    expect(ofMonth(1, usage, "2026-01-05T00:00:00Z")).toEqual(["calls 4.5", "mails 2"]);
    expect(ofMonth(8, usage, "2026-01-05T00:00:00Z")).toEqual(["calls 4.5", "mails 0 assumed"]);
  });

  test("of an own cycle it is that of each of its periods", () => {
    const weekly = contractOf({ features: [feature("desk", metered("1"), { charge_trigger: "week" })] });
    expect(ofMonth(1, { every_period: { desk: 2 } }, undefined, weekly)).toEqual(Array(5).fill("desk 2"));
  });

  test("can't be given once more for one of them", () => {
    const usage = { every_period: { calls: "1" }, sums: { calls: "2" } };
    expect(issuesOf(() => ofMonth(1, usage))).toEqual(["CONFLICT usage.every_period.calls"]);
  });

  test("is read like all usage", () => {
    expect(issuesOf(() => ofMonth(1, { every_period: { calls: "-1", none: 1 } }))).toEqual([
      "OUT_OF_RANGE usage.every_period.calls",
      "UNKNOWN_SLUG usage.every_period.none",
    ]);
    expect(issuesOf(() => ofMonth(1, { every_period: [] as never }))).toEqual([
      "INVALID_TYPE usage.every_period",
    ]);
  });
});
