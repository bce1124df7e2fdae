import { describe, expect, test } from "vitest";
import { amendContract, type ContractChange } from "../../src/contract/amend.ts";
import type { Contract } from "../../src/contract/contract.ts";
import { parseContract } from "../../src/contract/parse.ts";
import { pricedItems } from "../../src/contract/priced-items.ts";
import { timelineOf } from "../../src/period/timeline.ts";
import { documentOf, errorOf, flat, issuesOf, type Json, price } from "./documents.ts";

const seats = price({
  pricing_strategy: "per_unit",
  contracted_unit_count: "5",
  minimum_units: "2",
  maximum_units: "50",
});
const calls = price({ pricing_strategy: "usage", flat_fee: "5" }, { maximum_charge: "100" });
const features = [{ slug: "seats", price: seats }, { slug: "calls", price: calls }, { slug: "sso" }];

function contractOf(rest: Json = {}): Contract {
  return parseContract(documentOf({ plan: { features }, ...rest }));
}

function unitsOf(contract: Contract): unknown {
  const [item] = pricedItems(contract);
  const details = item?.price.strategy_details;
  return details?.pricing_strategy === "per_unit" ? details.contracted_unit_count : undefined;
}

function issues(change: unknown, contract = contractOf()): string[] {
  return issuesOf(() => amendContract(contract, change as ContractChange));
}

describe("an amended contract", () => {
  test("is another one, frozen, and leaves the first as it was", () => {
    const contract = contractOf();
    const amended = amendContract(contract, { feature_configuration: { seats: { units: "8" } } });
    expect([unitsOf(contract), unitsOf(amended)]).toEqual(["5", "8"]);
    expect(Object.isFrozen(amended) && Object.isFrozen(amended.feature_configuration?.["seats"])).toBe(true);
    expect(contract.feature_configuration).toBeUndefined();
  });

  test("shares what didn't change, and what was compiled of it", () => {
    const contract = contractOf({ feature_configuration: { calls: { flat_fee: "7" } } });
    const timeline = timelineOf(contract);
    const [, item] = pricedItems(contract);
    const amended = amendContract(contract, { feature_configuration: { seats: { units: "8" } } });
    expect(amended.plan).toBe(contract.plan);
    expect(timelineOf(amended)).toBe(timeline);
    // An overridden price is another object than the plan's, and still the same one.
    expect(pricedItems(amended)[1]?.price).toBe(item?.price);
    expect(amended.feature_configuration?.["calls"]).toBe(contract.feature_configuration?.["calls"]);
  });

  test("has what the change says of its summary", () => {
    const amended = amendContract(contractOf({ summary: { cycle_start_offset: 3 } }), {
      cycle: "quarter",
      expiration: "2027-01-01T01:00:00+01:00",
      cycle_start_offset: null,
    });
    expect(amended.contract_summary).toMatchObject({
      cycle: "quarter",
      expiration: "2027-01-01T00:00:00Z",
      cycle_start_offset: null,
      currency: "eur",
    });
  });

  test("has a new plan's prices, completed", () => {
    const amended = amendContract(contractOf(), { plan: { features: [{ slug: "base", price: flat("9") }] } });
    expect(amended.plan.features?.[0]?.price).toMatchObject({ amount: "9", currency: "eur" });
    expect(parseContract(JSON.parse(JSON.stringify(amended)))).toEqual(amended);
  });

  test("has the one discount, or the list, that was named last", () => {
    const discount = { discount_type: "percentage", amount: "10" } as const;
    const one = amendContract(contractOf({ discounts: [discount, discount] }), { discount });
    expect([one.discount, one.discounts]).toEqual([discount, undefined]);
    const list = amendContract(one, { discounts: [discount] });
    expect([list.discount, list.discounts]).toEqual([undefined, [discount]]);
    expect(amendContract(list, { discounts: null })).not.toHaveProperty("discounts");
  });

  test("of no change has equal parts", () => {
    const contract = contractOf();
    expect(amendContract(contract, {})).toEqual(contract);
  });
});

describe("overrides are merged", () => {
  const contract = contractOf({
    feature_configuration: { seats: { units: "8", price: "9" }, calls: { flat_fee: "6" } },
  });
  const configured = (change: ContractChange, of = contract): unknown => {
    const { feature_configuration, unit_count_configuration } = amendContract(of, change);
    return { ...feature_configuration, counts: unit_count_configuration };
  };

  test("slug by slug and part by part", () => {
    expect(configured({ feature_configuration: { seats: { units: "9" } } })).toEqual({
      seats: { units: "9", price: "9" },
      calls: { flat_fee: "6" },
    });
  });

  test("and taken away with null: a part, a feature's, all", () => {
    expect(configured({ feature_configuration: { seats: { price: null } } })).toMatchObject({
      seats: { units: "8" },
    });
    expect(configured({ feature_configuration: { seats: null } })).toEqual({ calls: { flat_fee: "6" } });
    expect(configured({ feature_configuration: null })).toEqual({});
  });

  test("whichever form they have: the last word on units counts", () => {
    expect(configured({ unit_count_configuration: { seats: "9" } })).toEqual({
      seats: { price: "9" },
      calls: { flat_fee: "6" },
      counts: { seats: "9" },
    });
    const counted = amendContract(contractOf(), { unit_count_configuration: { seats: "9" } });
    expect(unitsOf(counted)).toBe("9");
    const configuredLater = amendContract(counted, { feature_configuration: { seats: { units: "10" } } });
    expect([unitsOf(configuredLater), configuredLater.unit_count_configuration]).toEqual(["10", undefined]);
    expect(unitsOf(amendContract(configuredLater, { feature_configuration: { seats: null } }))).toBe("5");
    expect(unitsOf(amendContract(counted, { unit_count_configuration: { seats: null } }))).toBe("5");
    expect(
      configured({
        feature_configuration: { seats: { units: "7" } },
        unit_count_configuration: { seats: "9" },
      }),
    ).toEqual({
      seats: { units: "7", price: "9" },
      calls: { flat_fee: "6" },
      counts: { seats: "9" },
    });
  });
});

describe("a change is refused", () => {
  test("with units that can't be bought, in either form", () => {
    expect(issues({ feature_configuration: { seats: { units: "51" } } })).toEqual([
      "OUT_OF_RANGE feature_configuration.seats.units",
    ]);
    expect(issues({ unit_count_configuration: { seats: "1.999" } })).toEqual([
      "OUT_OF_RANGE unit_count_configuration.seats",
    ]);
    expect(
      errorOf(() => amendContract(contractOf(), { unit_count_configuration: { seats: "51" } })).message,
    ).toBe('unit_count_configuration.seats: more units than can be bought; allowed: 2 to 50 (found "51")');
    expect(() =>
      amendContract(contractOf(), { feature_configuration: { seats: { units: "50" } } }),
    ).not.toThrow();
  });

  test("with a plan whose own units can't be bought", () => {
    const few = price({ pricing_strategy: "per_unit", contracted_unit_count: "1", minimum_units: "2" });
    const path = "price.strategy_details.contracted_unit_count";
    expect(issues({ plan: { features: [{ slug: "seats", price: few }] } })).toEqual([
      `OUT_OF_RANGE plan.features[0].${path}`,
    ]);
    expect(
      issues({ plan: { strategy: "plan", price: few, features: [{ slug: "seats", price: few }] } }),
    ).toEqual([`OUT_OF_RANGE plan.${path}`]);
    const groups = [{ id: "g", feature_ids: ["seats"], price: few }];
    expect(
      issues({ plan: { strategy: "group", groups, features: [{ slug: "seats", price: few }] } }),
    ).toEqual([`OUT_OF_RANGE plan.groups[0].${path}`]);
  });

  test("not for units that were there before", () => {
    const few = price({ pricing_strategy: "per_unit", contracted_unit_count: "1", minimum_units: "2" });
    const old = parseContract(
      documentOf({ plan: { features: [...features, { slug: "desks", price: few }] } }),
    );
    expect(() => amendContract(old, { expiration: "2027-01-01T00:00:00Z" })).not.toThrow();
    expect(() => amendContract(old, { feature_configuration: { seats: { units: "3" } } })).not.toThrow();
    expect(issues({ feature_configuration: { desks: { price: "3" } } }, old)).toEqual([
      "OUT_OF_RANGE plan.features[3].price.strategy_details.contracted_unit_count",
    ]);
  });

  test("where it breaks what connects the parts", () => {
    expect(issues({ feature_configuration: { desks: { units: "1" }, sso: { units: "1" } } })).toEqual([
      "UNKNOWN_SLUG feature_configuration.desks",
      "CONFLICT feature_configuration.sso.units",
    ]);
    expect(issues({ feature_configuration: { calls: { flat_fee: "101" } } })).toEqual([
      "CONFLICT feature_configuration.calls.flat_fee",
    ]);
    const configured = contractOf({ feature_configuration: { seats: { units: "8" } } });
    expect(issues({ plan: { features: [{ slug: "base", price: flat() }] } }, configured)).toEqual([
      "UNKNOWN_SLUG feature_configuration.seats",
    ]);
    expect(issues({ expiration: "2026-01-01T00:00:00Z", cycle_start_offset: 31 })).toEqual([
      "INVALID_DATES expiration",
      "OUT_OF_RANGE cycle_start_offset",
    ]);
    expect(issues({ strategy: "plan" })).toEqual(["MISSING plan.price"]);
    expect(issues({ discount: { discount_type: "flat", amount: "1.001" } })).toEqual([
      "OUT_OF_RANGE discount.amount",
    ]);
    const dollars = { features: [{ slug: "base", price: { ...flat(), currency: "usd" } }] };
    expect(issues({ plan: dollars })).toEqual(["CURRENCY_MISMATCH plan.features[0].price.currency"]);
  });

  test("with names that aren't read, and everything else in one error", () => {
    expect(
      issues({ cycl: "year", currency: "usd", cycle: "fortnight", discount: { amount: "-1" }, plan: null }),
    ).toEqual([
      "UNKNOWN_VALUE cycl",
      "UNKNOWN_VALUE currency",
      "UNKNOWN_VALUE cycle",
      "OUT_OF_RANGE discount.amount",
      "MISSING discount.discount_type",
      "INVALID_TYPE plan",
      "MISSING plan.features",
    ]);
    expect(errorOf(() => amendContract(contractOf(), { cycl: "year" } as ContractChange)).message).toMatch(
      /did you mean cycle\?/,
    );
    expect(issues({ feature_configuration: "8" })).toEqual(["INVALID_TYPE feature_configuration"]);
    expect(issues({ feature_configuration: { seats: "8" } })).toEqual([
      "INVALID_TYPE feature_configuration.seats",
    ]);
    expect(issues({ unit_count_configuration: { seats: 1.5 } })).toEqual([
      "INVALID_DECIMAL unit_count_configuration.seats",
    ]);
  });

  test("that is no object, or of what is no contract", () => {
    expect(issues(null)).toEqual(["INVALID_TYPE (input)"]);
    expect(issues([])).toEqual(["INVALID_TYPE (input)"]);
    expect(issues({ cycle: new Date(0) })).toEqual(["INVALID_TYPE cycle"]);
    expect(issuesOf(() => amendContract({} as Contract, {}))).toEqual(["NOT_PARSED contract"]);
  });
});
