import { describe, expect, test } from "vitest";
import { assertParsed } from "../../src/contract/brand.ts";
import { parseContract } from "../../src/contract/parse.ts";
import { pricedItems } from "../../src/contract/priced-items.ts";
import { documentOf, example, flat, type Json, price } from "./documents.ts";

function itemsOf(document: Json): ReturnType<typeof pricedItems> {
  return pricedItems(parseContract(document));
}

const plan = {
  price: flat("99"),
  features: [
    { id: "F1", slug: "a", name: "A", price: flat("1"), charge_trigger: "month" },
    { id: "F2", slug: "b" },
    { slug: "c", price: flat("3"), charge_trigger: null },
  ],
  groups: [{ id: "g", name: "G", feature_ids: ["F1"], price: flat("7"), charge_trigger: "on_demand" }],
};

describe("what a contract charges", () => {
  test("under the strategy feature: the features with a price", () => {
    const contract = parseContract(documentOf({ plan }));
    expect(pricedItems(contract)).toEqual([
      {
        kind: "feature",
        key: "a",
        name: "A",
        feature_slug: "a",
        group_id: null,
        price: contract.plan.features?.[0]?.price,
        charge_trigger: "month",
        path: ["plan", "features", 0, "price"],
      },
      {
        kind: "feature",
        key: "c",
        name: "c",
        feature_slug: "c",
        group_id: null,
        price: contract.plan.features?.[2]?.price,
        charge_trigger: "every_cycle",
        path: ["plan", "features", 2, "price"],
      },
    ]);
  });

  test("under the strategy plan: the plan's price alone, under its slug", () => {
    expect(
      itemsOf(documentOf({ summary: { strategy: "plan" }, plan: { ...plan, name: "Team" } })),
    ).toMatchObject([
      {
        kind: "plan",
        key: "team",
        name: "Team",
        feature_slug: null,
        group_id: null,
        path: ["plan", "price"],
      },
    ]);
    expect(itemsOf(documentOf({ plan: { ...plan, strategy: "plan", slug: undefined } }))).toMatchObject([
      { kind: "plan", key: "plan", name: "plan", charge_trigger: "every_cycle" },
    ]);
  });

  test("under the strategy group: groups, then the features in none", () => {
    expect(itemsOf(documentOf({ plan: { ...plan, strategy: "group" } }))).toMatchObject([
      {
        kind: "group",
        key: "g",
        name: "G",
        feature_slug: null,
        group_id: "g",
        charge_trigger: "on_demand",
        path: ["plan", "groups", 0, "price"],
      },
      { kind: "feature", key: "c" },
    ]);
  });

  test("under the strategy group without groups: the features", () => {
    expect(
      itemsOf(documentOf({ plan: { ...plan, strategy: "group", groups: null } })).map((item) => item.key),
    ).toEqual(["a", "c"]);
  });

  test("is worked out once a contract", () => {
    const contract = parseContract(example("team-monthly"));
    expect(pricedItems(contract)).toBe(pricedItems(contract));
    expect(pricedItems(contract)[0]?.price).toBe(contract.plan.features?.[0]?.price);
  });
});

describe("overrides (R9)", () => {
  const features = [
    {
      slug: "seats",
      price: price({ pricing_strategy: "per_unit", contracted_unit_count: "7" }, { minimum_charge: "1" }),
    },
    { slug: "constructor", price: price({ pricing_strategy: "per_unit", contracted_unit_count: "1" }) },
  ];

  test("replace units, amount and flat fee in a price of their own", () => {
    const contract = parseContract(
      documentOf({
        plan: { features },
        feature_configuration: { seats: { units: 3, price: "2.50", flat_fee: "1" } },
      }),
    );
    const item = pricedItems(contract)[0];
    expect(item?.price).toEqual({
      amount: "2.50",
      currency: "eur",
      strategy_details: { pricing_strategy: "per_unit", contracted_unit_count: "3", flat_fee: "1" },
      minimum_charge: "1",
    });
    expect(() => assertParsed(item?.price, "price", "price")).not.toThrow();
    expect(Object.isFrozen(item?.price)).toBe(true);
    expect(Object.isFrozen(item?.price.strategy_details)).toBe(true);
    expect(contract.plan.features?.[0]?.price?.amount).toBe("10");
  });

  test("of unit counts apply where feature_configuration says nothing else", () => {
    const unit_count_configuration = { seats: 5 };
    const units = (feature_configuration: Json): unknown =>
      itemsOf(documentOf({ plan: { features }, unit_count_configuration, feature_configuration }))[0]?.price
        .strategy_details;
    expect(units({})).toMatchObject({ contracted_unit_count: "5" });
    expect(units({ seats: { price: "1" } })).toMatchObject({ contracted_unit_count: "5" });
    expect(units({ seats: { units: "6" } })).toMatchObject({ contracted_unit_count: "6" });
    expect(units({ seats: null })).toMatchObject({ contracted_unit_count: "5" });
  });

  test("of zero are overrides too", () => {
    const feature_configuration = { seats: { units: 0, price: 0, flat_fee: 0 } };
    expect(itemsOf(documentOf({ plan: { features }, feature_configuration }))[0]?.price).toMatchObject({
      amount: "0",
      strategy_details: { contracted_unit_count: "0", flat_fee: "0" },
    });
  });

  test("that say nothing leave the price as it is", () => {
    const contract = parseContract(
      documentOf({ plan: { features }, feature_configuration: { seats: { units: null } } }),
    );
    expect(pricedItems(contract)[0]?.price).toBe(contract.plan.features?.[0]?.price);
    expect(pricedItems(contract)[1]?.price).toBe(contract.plan.features?.[1]?.price);
  });
});
