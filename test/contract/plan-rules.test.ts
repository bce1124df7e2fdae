import { describe, expect, test } from "vitest";
import { parseContract } from "../../src/contract/parse.ts";
import { documentOf, flat, issuesOf, type Json, price } from "./documents.ts";

function refusal(document: unknown): string[] {
  return issuesOf(() => parseContract(document));
}

describe("the prices that a strategy charges (T1)", () => {
  test("plan needs the plan's price, and no features", () => {
    const plan = { strategy: "plan", features: undefined };
    expect(refusal(documentOf({ plan }))).toEqual(["MISSING plan.price"]);
    expect(refusal(documentOf({ plan: { ...plan, price: null } }))).toEqual(["MISSING plan.price"]);
    expect(() => parseContract(documentOf({ plan: { ...plan, price: flat() } }))).not.toThrow();
  });

  test.each([["feature"], ["group"], [null], [undefined]])("%s needs features", (strategy) => {
    expect(refusal(documentOf({ plan: { strategy, features: undefined } }))).toEqual([
      "MISSING plan.features",
    ]);
    expect(refusal(documentOf({ plan: { strategy, features: null } }))).toEqual(["MISSING plan.features"]);
    expect(() => parseContract(documentOf({ plan: { strategy, features: [] } }))).not.toThrow();
  });

  test("the contract's strategy goes before the plan's", () => {
    const document = documentOf({ summary: { strategy: "plan" }, plan: { strategy: "feature" } });
    expect(refusal(document)).toEqual(["MISSING plan.price"]);
  });

  test("a feature without a price is an entitlement", () => {
    const features = [{ slug: "sso" }, { slug: "audit", price: null }];
    expect(() => parseContract(documentOf({ plan: { features } }))).not.toThrow();
  });
});

describe("features", () => {
  test("have slugs, each its own", () => {
    const features = [
      {},
      { slug: "" },
      { slug: 5 },
      { slug: "a" },
      { slug: "b" },
      { slug: "a" },
      { slug: "a" },
    ];
    expect(refusal(documentOf({ plan: { features } }))).toEqual([
      "MISSING plan.features[0].slug",
      "OUT_OF_RANGE plan.features[1].slug",
      "INVALID_TYPE plan.features[2].slug",
      "DUPLICATE plan.features[5].slug",
      "DUPLICATE plan.features[6].slug",
    ]);
  });

  test("have known charge triggers, as the plan and groups have", () => {
    const features = [{ slug: "a", charge_trigger: "hourly" }];
    const groups = [{ id: "g", feature_ids: [], charge_trigger: "hour" }];
    expect(refusal(documentOf({ plan: { features, groups, charge_trigger: "sometimes" } }))).toEqual([
      "UNKNOWN_VALUE plan.features[0].charge_trigger",
      "UNKNOWN_VALUE plan.groups[0].charge_trigger",
      "UNKNOWN_VALUE plan.charge_trigger",
    ]);
  });

  test("may have a slug that the plan has too", () => {
    expect(() => parseContract(documentOf({ plan: { slug: "seats" } }))).not.toThrow();
  });
});

describe("groups", () => {
  const features = [{ id: "F1", slug: "a", price: flat() }, { id: "F2", slug: "b" }, { slug: "c" }];
  const grouped = (groups: unknown, strategy = "group"): Json =>
    documentOf({ plan: { strategy, features, groups } });

  test("are accepted, naming features by id, or by slug where they have none", () => {
    const groups = [
      { id: "g", feature_ids: ["F1", "c"], price: flat() },
      { id: "h", feature_ids: [], price: flat() },
    ];
    expect(() => parseContract(grouped(groups))).not.toThrow();
  });

  test("have an id and features", () => {
    expect(refusal(grouped([{ price: flat() }]))).toEqual([
      "MISSING plan.groups[0].id",
      "MISSING plan.groups[0].feature_ids",
    ]);
    expect(refusal(grouped([{ id: "g", feature_ids: "F1", price: flat() }]))).toEqual([
      "INVALID_TYPE plan.groups[0].feature_ids",
    ]);
    expect(refusal(grouped([{ id: "g", feature_ids: [1], price: flat() }]))).toEqual([
      "INVALID_TYPE plan.groups[0].feature_ids[0]",
    ]);
  });

  test("have a price where they are charged", () => {
    expect(refusal(grouped([{ id: "g", feature_ids: [] }]))).toEqual(["MISSING plan.groups[0].price"]);
    expect(() => parseContract(grouped([{ id: "g", feature_ids: [] }], "feature"))).not.toThrow();
  });

  test("share out the features", () => {
    const groups = [
      { id: "g", feature_ids: ["F1", "F9"], price: flat() },
      { id: "g", feature_ids: ["F2", "F1", "F2"], price: flat() },
      { id: "c", feature_ids: [], price: flat() },
    ];
    expect(refusal(grouped(groups))).toEqual([
      "UNKNOWN_SLUG plan.groups[0].feature_ids[1]",
      "DUPLICATE plan.groups[1].id",
      "DUPLICATE plan.groups[1].feature_ids[1]",
      "DUPLICATE plan.groups[1].feature_ids[2]",
      "DUPLICATE plan.groups[2].id",
    ]);
  });
});

describe("free trial days", () => {
  test.each([
    [-1, "OUT_OF_RANGE"],
    [1.5, "INVALID_TYPE"],
    ["14", "INVALID_TYPE"],
    [1e9, "OUT_OF_RANGE"],
  ])("are a whole number of days: %s", (free_trial_days, code) => {
    expect(refusal(documentOf({ plan: { free_trial_days } }))).toEqual([`${code} plan.free_trial_days`]);
  });
});

describe("discounts (C1, C2)", () => {
  const discounted = (discount: Json, currency = "eur"): Json =>
    documentOf({ summary: { currency }, discount: { discount_type: "flat", amount: "1", ...discount } });

  const accepted: [Json, string][] = [
    [{ discount_type: "percentage", amount: "100", duration: 0, currency: "usd" }, "eur"],
    [{ discount_type: "percentage", amount: "33.333333333333" }, "jpy"],
    [{ amount: "0.01", duration: null, currency: "eur" }, "eur"],
    [{ amount: "5.0000" }, "jpy"],
    [{ amount: "1.234" }, "kwd"],
    [{ amount: 7, duration: 3 }, "eur"],
  ];
  test.each(accepted)("are accepted, case %#", (discount, currency) => {
    expect(() => parseContract(discounted(discount, currency))).not.toThrow();
  });

  const refused: [Json, string, string[]][] = [
    [{ discount_type: "percentage", amount: "100.01" }, "eur", ["OUT_OF_RANGE discount.amount"]],
    [{ discount_type: "percentage", amount: "-1" }, "eur", ["OUT_OF_RANGE discount.amount"]],
    [{ discount_type: "coupon" }, "eur", ["UNKNOWN_VALUE discount.discount_type"]],
    [{ discount_type: undefined }, "eur", ["MISSING discount.discount_type"]],
    [{ amount: undefined }, "eur", ["MISSING discount.amount"]],
    [{ amount: "0.001" }, "eur", ["OUT_OF_RANGE discount.amount"]],
    [{ amount: "0.5" }, "jpy", ["OUT_OF_RANGE discount.amount"]],
    [{ currency: "usd" }, "eur", ["CURRENCY_MISMATCH discount.currency"]],
    [{ duration: -1 }, "eur", ["OUT_OF_RANGE discount.duration"]],
    [{ duration: 1.5 }, "eur", ["INVALID_TYPE discount.duration"]],
    [{ duration: "3" }, "eur", ["INVALID_TYPE discount.duration"]],
  ];
  test.each(refused)("are refused, case %#", (discount, currency, expected) => {
    const document = discounted(discount, currency);
    (document["plan"] as Json)["features"] = [];
    expect(refusal(document)).toEqual(expected);
  });

  test("come as one or as a list, not as both", () => {
    const discount = { discount_type: "percentage", amount: "5" };
    expect(() =>
      parseContract(documentOf({ discounts: [discount, discount], discount: null })),
    ).not.toThrow();
    expect(refusal(documentOf({ discount, discounts: [] }))).toEqual(["CONFLICT discounts"]);
    expect(refusal(documentOf({ discounts: [discount, { ...discount, amount: "101" }] }))).toEqual([
      "OUT_OF_RANGE discounts[1].amount",
    ]);
  });
});

describe("overrides (R9)", () => {
  const tiers = [{ up_to: null, unit_price: "1" }];
  const features = [
    { slug: "flat", price: flat() },
    { slug: "seats", price: price({ pricing_strategy: "per_unit", contracted_unit_count: "1" }) },
    { slug: "users", price: price({ pricing_strategy: "unit_tiered", contracted_unit_count: "1", tiers }) },
    { slug: "calls", price: price({ pricing_strategy: "usage_tiered", tiers }) },
    { slug: "data", price: price({ pricing_strategy: "usage" }, { maximum_charge: "10" }) },
    { slug: "sso" },
  ];
  const refused = (feature_configuration: Json, more: Json = {}): string[] =>
    refusal(documentOf({ plan: { features }, feature_configuration, ...more })).map((line) =>
      line.replace("feature_configuration.", ""),
    );

  test("are accepted where there is something to override", () => {
    const feature_configuration = {
      flat: { price: "5", units: null },
      seats: { units: 3, price: "2", flat_fee: "1" },
      users: { units: "4" },
      calls: { flat_fee: "9" },
      data: { price: 1, flat_fee: "10" },
      sso: null,
    };
    const unit_count_configuration = { seats: 2, users: null };
    expect(() =>
      parseContract(documentOf({ plan: { features }, feature_configuration, unit_count_configuration })),
    ).not.toThrow();
  });

  const cases: [Json, string[]][] = [
    [{ nope: { units: "1" } }, ["UNKNOWN_SLUG nope"]],
    [{ flat: { units: "1" } }, ["CONFLICT flat.units"]],
    [{ flat: { flat_fee: "1" } }, ["CONFLICT flat.flat_fee"]],
    [{ users: { price: "1" } }, ["CONFLICT users.price"]],
    [{ calls: { price: "1", units: "1" } }, ["CONFLICT calls.price", "CONFLICT calls.units"]],
    [{ data: { units: "1" } }, ["CONFLICT data.units"]],
    [{ data: { flat_fee: "10.01" } }, ["CONFLICT data.flat_fee"]],
    [{ sso: { price: "1" } }, ["CONFLICT sso.price"]],
    [{ seats: { units: -1, price: 0.5 } }, ["OUT_OF_RANGE seats.units", "INVALID_DECIMAL seats.price"]],
    [{ seats: [] }, ["INVALID_TYPE seats"]],
    [{ seats: "3" }, ["INVALID_TYPE seats"]],
  ];
  test.each(cases)("are refused, case %#", (configuration, expected) => {
    expect(refused(configuration)).toEqual(expected);
  });

  test("of unit counts are checked alike", () => {
    expect(
      refusal(documentOf({ plan: { features }, unit_count_configuration: { nope: 1, flat: 1, seats: 1.5 } })),
    ).toEqual([
      "UNKNOWN_SLUG unit_count_configuration.nope",
      "CONFLICT unit_count_configuration.flat",
      "INVALID_DECIMAL unit_count_configuration.seats",
    ]);
  });
});

describe("options of ours in the wrong object (T7)", () => {
  const configuration = [
    "cycle_alignment",
    "rounding",
    "proration_basis",
    "stub_charges",
    "stub_limits",
    "payment_terms",
    "flat_fee_due_date_policy",
    "tax_policy",
  ];
  const summary = ["time_zone", "cycle_count", "cycle_anchor", "moved_at"];

  test.each(configuration)("%s belongs into the configuration", (name) => {
    const details = { pricing_strategy: "flat", [name]: "x" };
    const feature = { slug: "a", price: { ...flat(), strategy_details: details, [name]: "x" }, [name]: "x" };
    const document = documentOf({
      summary: { [name]: "x" },
      plan: { features: [feature], [name]: "x" },
      [name]: "x",
    });
    expect(refusal(document)).toEqual([
      `MISPLACED_FIELD contract_summary.${name}`,
      `MISPLACED_FIELD plan.features[0].price.strategy_details.${name}`,
      `MISPLACED_FIELD plan.features[0].price.${name}`,
      `MISPLACED_FIELD plan.features[0].${name}`,
      `MISPLACED_FIELD plan.${name}`,
      `MISPLACED_FIELD ${name}`,
    ]);
  });

  test.each(summary)("%s belongs into contract_summary", (name) => {
    const document = documentOf({
      summary: { configuration: { [name]: 1 } },
      plan: { [name]: 1 },
      [name]: 1,
    });
    expect(refusal(document)).toEqual([
      `MISPLACED_FIELD contract_summary.configuration.${name}`,
      `MISPLACED_FIELD plan.${name}`,
      `MISPLACED_FIELD ${name}`,
    ]);
  });

  test("discounts and overrides belong into the document", () => {
    const misplaced = { discounts: [], feature_configuration: {}, unit_count_configuration: {} };
    expect(refusal(documentOf({ summary: misplaced }))).toEqual([
      "MISPLACED_FIELD contract_summary.discounts",
      "MISPLACED_FIELD contract_summary.feature_configuration",
      "MISPLACED_FIELD contract_summary.unit_count_configuration",
    ]);
  });

  test("null has no effect anywhere", () => {
    expect(() =>
      parseContract(documentOf({ plan: { time_zone: null, rounding: null }, by: null })),
    ).not.toThrow();
  });
});
