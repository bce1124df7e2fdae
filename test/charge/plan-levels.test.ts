import { describe, expect, test } from "vitest";
import { contractOf, feature, flat, type Json, linesOf, metered, seats, subtotals } from "./contracts.ts";

const FEATURES = [feature("base", flat("10")), feature("seats", seats("3", "4")), feature("sso", flat("7"))];
const GROUP = { id: "bundle", name: "Bundle", feature_ids: ["base", "seats"], price: flat("15") };

function charged(summary: Json, plan: Json): string[] {
  return subtotals(linesOf(contractOf({ summary, plan, features: FEATURES }), 1));
}

describe("the level at which a plan is charged", () => {
  const everything = { price: flat("99"), groups: [GROUP] };

  test("plan: the plan's price alone", () => {
    expect(charged({}, { ...everything, strategy: "plan" })).toEqual(["plan fixed 99.00"]);
  });

  test("feature, the default: the features' prices", () => {
    const expected = ["base fixed 10.00", "seats fixed 12.00", "sso fixed 7.00"];
    expect(charged({}, { ...everything, strategy: "feature" })).toEqual(expected);
    expect(charged({}, everything)).toEqual(expected);
  });

  test("group: each group once, its features not, the others as ever", () => {
    expect(charged({}, { ...everything, strategy: "group" })).toEqual([
      "bundle fixed 15.00",
      "sso fixed 7.00",
    ]);
  });

  test("group without groups is feature", () => {
    expect(charged({}, { strategy: "group" })).toEqual([
      "base fixed 10.00",
      "seats fixed 12.00",
      "sso fixed 7.00",
    ]);
  });

  test("the contract's strategy goes before the plan's", () => {
    expect(charged({ strategy: "plan" }, { ...everything, strategy: "feature" })).toEqual([
      "plan fixed 99.00",
    ]);
  });

  test("a feature without a price is an entitlement, and costs nothing", () => {
    const contract = contractOf({ features: [{ slug: "support" }, feature("base", flat("10"))] });
    expect(subtotals(linesOf(contract, 1))).toEqual(["base fixed 10.00"]);
  });

  test("groups name features by id where they have one", () => {
    const features = [feature("base", flat("10"), { id: "Feat_1" }), feature("sso", flat("7"))];
    const plan = { strategy: "group", groups: [{ ...GROUP, feature_ids: ["Feat_1"] }] };
    expect(subtotals(linesOf(contractOf({ plan, features }), 1))).toEqual([
      "bundle fixed 15.00",
      "sso fixed 7.00",
    ]);
  });
});

describe("R9: overrides", () => {
  const features = [
    feature("base", flat("10")),
    feature("seats", seats("3", "4", { flat_fee: "1" })),
    feature("calls", metered("0.01", { flat_fee: "5" })),
  ];
  const of = (rest: Json): string[] => subtotals(linesOf(contractOf({ features, rest }), 1));

  test("units, price and flat fee replace the plan's", () => {
    const feature_configuration = {
      base: { price: "8" },
      seats: { units: "5", price: "3", flat_fee: "2" },
      calls: { flat_fee: "0.50" },
    };
    // 2 + 5 x 3.
    expect(of({ feature_configuration })).toEqual([
      "base fixed 8.00",
      "seats fixed 17.00",
      "calls flat_fee 0.50",
      "calls usage 0.00",
    ]);
  });

  test("zero is a value: no units, only the flat fee; and a flat fee of zero has no line", () => {
    const feature_configuration = { seats: { units: "0" }, calls: { flat_fee: "0" } };
    expect(of({ feature_configuration })).toEqual([
      "base fixed 10.00",
      "seats fixed 1.00",
      "calls usage 0.00",
    ]);
  });

  test("the deprecated unit_count_configuration replaces units; the newer one goes first", () => {
    expect(of({ unit_count_configuration: { seats: "10" } })[1]).toBe("seats fixed 41.00");
    const both = {
      unit_count_configuration: { seats: "10" },
      feature_configuration: { seats: { units: "2" } },
    };
    expect(of(both)[1]).toBe("seats fixed 9.00");
    // Where the newer one doesn't speak of units, the older one does.
    const beside = {
      unit_count_configuration: { seats: "10" },
      feature_configuration: { seats: { price: "1" } },
    };
    expect(of(beside)[1]).toBe("seats fixed 11.00");
  });

  test("null leaves the plan's", () => {
    expect(of({ feature_configuration: { seats: null, base: { price: null } } }).slice(0, 2)).toEqual([
      "base fixed 10.00",
      "seats fixed 13.00",
    ]);
  });
});
