import { describe, expect, test } from "vitest";
import { type Contract, parseContract, previewCancellation, previewUpgrade } from "../../src/index.ts";
import { issuesOf } from "../contract/documents.ts";
import { contractOf, feature, flat, metered, seats } from "./contracts.ts";

const AT = "2026-03-11T10:00:00Z";
const contract = contractOf([
  feature("seats", seats("5", "31", { minimum_units: "2", maximum_units: "10" })),
]);

function issues(change: unknown, options: unknown = { at: AT }, of: Contract = contract): string[] {
  return issuesOf(() => previewUpgrade(of, change as never, options as never));
}

const same = { upgrade_strategy: "change_unit_count" };
const plan = { features: [feature("pro", flat("62"))] };

describe("a change that can't be", () => {
  test("is refused when the contract isn't active", () => {
    const ending = contractOf([feature("base", flat("31"))], { expiration: "2026-03-01T00:00:00Z" });
    const pending = parseContract({
      ...ending,
      contract_summary: { cycle: "month", currency: "eur", activation: null },
    });
    expect(issues(same, { at: "2025-12-31T23:59:59Z" })).toEqual(["INVALID_DATES at"]);
    expect(issues(same, { at: "2026-03-01T00:00:00Z" }, ending)).toEqual(["INVALID_DATES at"]);
    expect(issues(same, { at: AT }, pending)).toEqual(["INVALID_DATES at"]);
    const moved = contractOf([feature("base", flat("31"))], { moved_at: "2026-03-01T00:00:00Z" });
    expect(issues(same, { at: AT }, moved)).toEqual(["INVALID_DATES at"]);
    const next = { ...same, activation: { type: "next_cycle" } };
    expect(issues(next, { at: "2025-12-31T23:59:59Z" })).toEqual(["INVALID_DATES at"]);
    expect(issues(next, { at: "2026-02-11T00:00:00Z" }, ending)).toEqual(["INVALID_DATES activation"]);
    expect(
      issues({ ...same, activation: "2026-03-01T00:00:00Z" }, { at: "2026-02-11T00:00:00Z" }, ending),
    ).toEqual(["INVALID_DATES activation"]);
  });

  test("says when the contract is active", () => {
    const ending = contractOf([feature("base", flat("31"))], { expiration: "2026-03-01T00:00:00Z" });
    expect(() => previewUpgrade(ending, same as never, { at: AT })).toThrow(
      "at: the contract isn't active then; allowed: 2026-01-01T00:00:00Z to before 2026-03-01T00:00:00Z " +
        '(found "2026-03-11T10:00:00Z")',
    );
  });

  test("is refused before it is asked for, and in a next cycle that doesn't follow", () => {
    expect(issues({ ...same, activation: "2026-03-01T00:00:00Z" })).toEqual(["INVALID_DATES activation"]);
    const once = contractOf([feature("base", flat("31"))], { cycle: "once" });
    expect(issues({ ...same, activation: { type: "next_cycle" } }, { at: AT }, once)).toEqual([
      "INVALID_DATES activation",
    ]);
  });

  test("is refused in another currency", () => {
    expect(issues({ ...same, currency: "usd" })).toEqual(["CURRENCY_MISMATCH currency"]);
    const dollars = { features: [feature("pro", flat("62", { currency: "usd" }))] };
    expect(issues({ upgrade_strategy: "new_plan", plan: dollars })).toEqual([
      "CURRENCY_MISMATCH plan.features[0].price.currency",
    ]);
    expect(previewUpgrade(contract, { ...same, currency: "eur" } as never, { at: AT }).net).toBe("0.00");
  });

  test("is refused with units that can't be bought", () => {
    expect(issues({ ...same, unit_count_configuration: { seats: "11" } })).toEqual([
      "OUT_OF_RANGE unit_count_configuration.seats",
    ]);
    expect(issues({ ...same, feature_configuration: { seats: { units: "1" } } })).toEqual([
      "OUT_OF_RANGE feature_configuration.seats.units",
    ]);
    const small = { features: [feature("pro", seats("1", "5", { minimum_units: "3" }))] };
    expect(issues({ upgrade_strategy: "new_plan", plan: small })).toEqual([
      "OUT_OF_RANGE plan.features[0].price.strategy_details.contracted_unit_count",
    ]);
  });

  test("is refused where a change of units names what it keeps", () => {
    const discount = { discount_type: "percentage", amount: "10" };
    expect(issues({ ...same, plan, cycle: "year", cycle_count: 2 })).toEqual([
      "CONFLICT plan",
      "CONFLICT cycle",
      "CONFLICT cycle_count",
    ]);
    expect(issues({ ...same, discount: { ...discount, duration: 3 } })).toEqual([
      "CONFLICT discount.duration",
    ]);
    const named = { ...same, cycle: "month", cycle_count: 1, discount } as never;
    expect(previewUpgrade(contract, named, { at: AT }).net).toBe("-10.50");
  });

  test("lists everything that is wrong, its words and its terms", () => {
    const change = {
      upgrade_strategy: "new_plan",
      activation: { type: "tomorrow" },
      anchor: "stay",
      plan: {
        features: [{ slug: "pro", price: { amount: 1.5, strategy_details: { pricing_strategy: "flat" } } }],
      },
      downgrade_alowed: true,
      free_trial_days: -1,
    };
    expect(issues(change, { at: "today" })).toEqual([
      "INVALID_INSTANT at",
      "UNKNOWN_VALUE activation.type",
      "UNKNOWN_VALUE anchor",
      "UNKNOWN_VALUE downgrade_alowed",
      "OUT_OF_RANGE free_trial_days",
      "INVALID_DECIMAL plan.features[0].price.amount",
    ]);
    expect(() => previewUpgrade(contract, change as never, { at: AT })).toThrow(
      /did you mean downgrade_allowed\?/,
    );
  });

  test("is refused without a strategy or a plan, or where it is no change at all", () => {
    expect(issues({})).toEqual(["MISSING upgrade_strategy"]);
    expect(issues({ upgrade_strategy: "upgrade" })).toEqual(["UNKNOWN_VALUE upgrade_strategy"]);
    expect(issues({ upgrade_strategy: "new_plan" })).toEqual(["MISSING plan"]);
    expect(issues(null)).toEqual(["INVALID_TYPE (input)"]);
    expect(issues("new_plan")).toEqual(["INVALID_TYPE (input)"]);
    expect(issues({ upgrade_configuration: same, anchor: "keep" })).toEqual(["UNKNOWN_VALUE anchor"]);
    expect(issues(same, null)).toEqual(["INVALID_INSTANT at"]);
    expect(issuesOf(() => previewUpgrade({} as Contract, same as never, { at: AT }))).toEqual([
      "NOT_PARSED contract",
    ]);
  });

  test("lists what is wrong with usage and rates together", () => {
    const usage = { sums: { nobody: "1" } };
    expect(issues(same, { at: AT, usage, tax_rates: { default: "-1" } })).toEqual([
      "UNKNOWN_SLUG usage.sums.nobody",
      "OUT_OF_RANGE tax_rates.default",
    ]);
  });

  test("is not quoted where a price needs the events", () => {
    const by = [{ when: { region: "eu" }, amount: "2" }];
    const calls = contractOf([feature("calls", { ...metered("1"), by })]);
    expect(issues(same, { at: AT, usage: { sums: { calls: "5" } } }, calls)).toEqual([
      "NEEDS_EVENTS plan.features[0].price.quantity",
    ]);
  });

  test("can't be granted a trial beyond the calendar", () => {
    const far = contractOf([feature("base", flat("31"))], { activation: "9990-01-01T00:00:00Z" });
    expect(issues({ ...same, free_trial_days: 36_525 }, { at: "9991-01-01T00:00:00Z" }, far)).toEqual([
      "OUT_OF_RANGE (input)",
    ]);
  });
});

describe("a cancellation that can't be", () => {
  const cancel = (options: unknown, of: Contract = contract): string[] =>
    issuesOf(() => previewCancellation(of, options as never));

  test("is refused when the contract isn't active, or begins then", () => {
    expect(cancel({ at: "2025-12-31T00:00:00Z", mode: "now" })).toEqual(["INVALID_DATES at"]);
    expect(cancel({ at: "2026-01-01T00:00:00Z", mode: "now" })).toEqual(["INVALID_DATES expiration"]);
    const ending = contractOf([feature("base", flat("31"))], { expiration: "2026-03-01T00:00:00Z" });
    expect(cancel({ at: AT, mode: "end_of_period" }, ending)).toEqual(["INVALID_DATES at"]);
  });

  test("is refused at the end of a period without one", () => {
    const once = contractOf([feature("base", flat("31"))], { cycle: "once" });
    expect(cancel({ at: AT, mode: "end_of_period" }, once)).toEqual(["INVALID_DATES mode"]);
  });

  test("lists what is wrong with its options", () => {
    expect(cancel({ at: "today", mode: "later" })).toEqual(["INVALID_INSTANT at", "UNKNOWN_VALUE mode"]);
    expect(cancel(undefined)).toEqual(["INVALID_INSTANT at", "UNKNOWN_VALUE mode"]);
    expect(cancel({ at: AT, mode: "now" }, {} as Contract)).toEqual(["NOT_PARSED contract"]);
    expect(cancel({ at: AT, mode: "now", usage: { sums: { nobody: "1" } } })).toEqual([
      "UNKNOWN_SLUG usage.sums.nobody",
    ]);
  });
});
