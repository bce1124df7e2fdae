import { describe, expect, test } from "vitest";
import { parseContract, parsePrice } from "../../src/contract/parse.ts";
import { errorOf, issuesOf, type Json, price, priced } from "./documents.ts";

const open = { up_to: null, unit_price: "1" };

function refusal(strategy_details: Json, more: Json = {}): string[] {
  return issuesOf(() => parsePrice(price(strategy_details, more)));
}

function tiered(tiers: unknown, more: Json = {}): Json {
  return { pricing_strategy: "usage_tiered", tiers, ...more };
}

describe("every strategy", () => {
  const all: Json[] = [
    { pricing_strategy: "flat" },
    {
      pricing_strategy: "per_unit",
      contracted_unit_count: 7,
      unit_name: "seat",
      minimum_units: "9",
      flat_fee: "1",
    },
    { pricing_strategy: "unit_tiered", contracted_unit_count: "7", tiers: [open], tier_mode: "volume" },
    {
      pricing_strategy: "usage",
      included_units: "5",
      maximum_units: "100",
      over_usage_price: "2",
      over_usage_charge_strategy: "all_usage_overcharge",
      batch_size: "10",
      batch_rounding: "down",
    },
    { pricing_strategy: "usage_tiered", tiers: [{ up_to: 10, unit_price: "2", flat_fee: 5 }, open] },
    {
      pricing_strategy: "percentage",
      rate: "2.5",
      free_events: "3",
      free_amount: "100",
      minimum_per_event: "0.1",
    },
  ];

  test.each(all)("is accepted with its own fields: $pricing_strategy", (details) => {
    expect(() => parsePrice(price(details))).not.toThrow();
  });

  test.each(all)("may have every other field as null: $pricing_strategy", (details) => {
    const nulls = Object.fromEntries(all.flatMap(Object.keys).map((name) => [name, null]));
    const required = new Set(["contracted_unit_count", "tiers", "rate"]);
    const others = Object.entries(nulls).filter(([name]) => !required.has(name) || !(name in details));
    expect(() => parsePrice(price({ ...Object.fromEntries(others), ...details }))).not.toThrow();
  });

  test("has quantities as decimal strings, and counts of events as numbers", () => {
    expect(parsePrice(price(all[1] as Json)).strategy_details).toMatchObject({ contracted_unit_count: "7" });
    expect(parsePrice(price(all[4] as Json)).strategy_details).toMatchObject({
      tiers: [{ up_to: "10", flat_fee: "5" }, open],
    });
    expect(parsePrice(price(all[5] as Json)).strategy_details).toMatchObject({ free_events: 3 });
  });

  test("an unknown one is told which there are, and nothing else", () => {
    const { issues } = errorOf(() => parsePrice(price({ pricing_strategy: "stairstep", steps: [] })));
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatchObject({
      code: "UNKNOWN_VALUE",
      path: ["strategy_details", "pricing_strategy"],
      allowed: "flat, per_unit, unit_tiered, usage, usage_tiered, percentage",
    });
  });

  test("a missing one is missing", () => {
    expect(refusal({})).toEqual(["MISSING strategy_details.pricing_strategy"]);
    expect(issuesOf(() => parsePrice({ currency: "eur" }))).toEqual(["MISSING strategy_details"]);
    expect(refusal({ pricing_strategy: 1 })).toEqual(["INVALID_TYPE strategy_details.pricing_strategy"]);
  });
});

describe("required fields", () => {
  const cases: [Json, string[]][] = [
    [{ pricing_strategy: "per_unit" }, ["MISSING strategy_details.contracted_unit_count"]],
    [
      { pricing_strategy: "per_unit", contracted_unit_count: null },
      ["INVALID_TYPE strategy_details.contracted_unit_count"],
    ],
    [{ pricing_strategy: "unit_tiered", tiers: [open] }, ["MISSING strategy_details.contracted_unit_count"]],
    [{ pricing_strategy: "usage_tiered" }, ["MISSING strategy_details.tiers"]],
    [{ pricing_strategy: "percentage" }, ["MISSING strategy_details.rate"]],
  ];
  test.each(cases)("are missed, case %#", (details, expected) => {
    expect(refusal(details)).toEqual(expected);
  });

  test.each(["flat", "per_unit", "usage"])("the amount of %s", (pricing_strategy) => {
    const details = {
      pricing_strategy,
      ...(pricing_strategy === "per_unit" && { contracted_unit_count: 1 }),
    };
    expect(issuesOf(() => parsePrice({ currency: "eur", strategy_details: details }))).toEqual([
      "MISSING amount",
    ]);
    expect(refusal(details, { amount: null })).toEqual(["MISSING amount"]);
  });
});

describe("tiers (R2)", () => {
  const tier = (up_to: unknown): Json => ({ up_to, unit_price: "1" });
  const cases: [string, unknown, string[]][] = [
    ["none at all", [], ["INVALID_TIERS strategy_details.tiers"]],
    ["not a list", {}, ["INVALID_TYPE strategy_details.tiers"]],
    ["no open end", [tier("10"), tier("20")], ["INVALID_TIERS strategy_details.tiers[1].up_to"]],
    ["two open ends", [tier(null), tier(null)], ["INVALID_TIERS strategy_details.tiers[0].up_to"]],
    ["out of order", [tier("10"), tier("9"), tier(null)], ["INVALID_TIERS strategy_details.tiers[1].up_to"]],
    [
      "an empty one",
      [tier("10"), tier("10.0"), tier(null)],
      ["INVALID_TIERS strategy_details.tiers[1].up_to"],
    ],
    [
      "a first one that ends at 0",
      [tier("0"), tier(null)],
      ["INVALID_TIERS strategy_details.tiers[0].up_to"],
    ],
    ["an end below 0", [tier("-5"), tier(null)], ["OUT_OF_RANGE strategy_details.tiers[0].up_to"]],
    ["a missing end", [{ unit_price: "1" }, open], ["MISSING strategy_details.tiers[0].up_to"]],
    ["a missing price", [{ up_to: null }], ["MISSING strategy_details.tiers[0].unit_price"]],
    [
      "a price that is a float",
      [{ up_to: null, unit_price: 0.1 }],
      ["INVALID_DECIMAL strategy_details.tiers[0].unit_price"],
    ],
    ["a fee below 0", [{ ...open, flat_fee: "-1" }], ["OUT_OF_RANGE strategy_details.tiers[0].flat_fee"]],
    ["an entry that is no object", [null, open], ["INVALID_TYPE strategy_details.tiers[0]"]],
  ];
  test.each(cases)("are refused: %s", (_, tiers, expected) => {
    expect(refusal(tiered(tiers))).toEqual(expected);
  });

  test("are compared exactly, beyond the precision of numbers", () => {
    const tiers = [
      tier("9007199254740992"),
      tier("9007199254740993"),
      tier("9007199254740993.000000000001"),
      tier(null),
    ];
    expect(() => parsePrice(price(tiered(tiers)))).not.toThrow();
    expect(refusal(tiered([tier("9007199254740993"), tier("9007199254740992"), tier(null)]))).toEqual([
      "INVALID_TIERS strategy_details.tiers[1].up_to",
    ]);
  });

  test("one wrong end is one issue: the next tier is compared with the last good one", () => {
    expect(refusal(tiered([tier("10"), tier("x"), tier("5"), tier("20"), tier(null)]))).toEqual([
      "INVALID_DECIMAL strategy_details.tiers[1].up_to",
      "INVALID_TIERS strategy_details.tiers[2].up_to",
    ]);
  });
});

describe("batches (R4)", () => {
  const tiers = [{ up_to: "1000", unit_price: "1" }, { up_to: "2500", unit_price: "1" }, open];

  test("of whole units divide graduated tiers", () => {
    expect(refusal(tiered(tiers, { batch_size: "1000" }))).toEqual([
      "INVALID_TIERS strategy_details.tiers[1].up_to",
    ]);
    expect(refusal(tiered(tiers, { batch_size: "0.3", batch_rounding: "down" }))).toEqual([
      "INVALID_TIERS strategy_details.tiers[0].up_to",
      "INVALID_TIERS strategy_details.tiers[1].up_to",
    ]);
    expect(() => parsePrice(price(tiered(tiers, { batch_size: "0.5" })))).not.toThrow();
    expect(() => parsePrice(price(tiered(tiers, { batch_size: "500", batch_rounding: "up" })))).not.toThrow();
  });

  test("needn't where they are ratios, or where the total is batched", () => {
    expect(() => parsePrice(price(tiered(tiers, { batch_size: "7", batch_rounding: "none" })))).not.toThrow();
    expect(() => parsePrice(price(tiered(tiers, { batch_size: "7", tier_mode: "volume" })))).not.toThrow();
  });

  test("have a size above 0", () => {
    expect(refusal({ pricing_strategy: "usage", batch_size: "0.00" })).toEqual([
      "OUT_OF_RANGE strategy_details.batch_size",
    ]);
    expect(refusal({ pricing_strategy: "usage", batch_size: "-1" })).toEqual([
      "OUT_OF_RANGE strategy_details.batch_size",
    ]);
    expect(refusal({ pricing_strategy: "usage", batch_rounding: "nearest" })).toEqual([
      "UNKNOWN_VALUE strategy_details.batch_rounding",
    ]);
  });
});

describe("limits (R1)", () => {
  const usage = { pricing_strategy: "usage" };

  test("minimum above maximum is refused, equal is fine", () => {
    expect(refusal(usage, { minimum_charge: "10.01", maximum_charge: "10" })).toEqual([
      "CONFLICT maximum_charge",
    ]);
    expect(() => parsePrice(price(usage, { minimum_charge: "10", maximum_charge: 10 }))).not.toThrow();
  });

  test("a maximum below the flat fee is refused", () => {
    expect(refusal({ ...usage, flat_fee: "5" }, { maximum_charge: "4.99" })).toEqual([
      "CONFLICT maximum_charge",
    ]);
    expect(() => parsePrice(price({ ...usage, flat_fee: "5" }, { maximum_charge: "5.00" }))).not.toThrow();
  });

  test("they are money", () => {
    expect(refusal(usage, { minimum_charge: "-1", maximum_charge: 1.5 })).toEqual([
      "OUT_OF_RANGE minimum_charge",
      "INVALID_DECIMAL maximum_charge",
    ]);
  });
});

describe("percentage prices (R6)", () => {
  const details = (more: Json): Json => ({ pricing_strategy: "percentage", rate: "1", ...more });

  test("have a rate from 0 to 100", () => {
    expect(() => parsePrice(price(details({ rate: 100 })))).not.toThrow();
    expect(() => parsePrice(price(details({ rate: "0" })))).not.toThrow();
    expect(refusal(details({ rate: "100.000000000001" }))).toEqual(["OUT_OF_RANGE strategy_details.rate"]);
    expect(refusal(details({ rate: "-1" }))).toEqual(["OUT_OF_RANGE strategy_details.rate"]);
  });

  test("have a minimum below the maximum of an event", () => {
    expect(refusal(details({ minimum_per_event: "2", maximum_per_event: "1" }))).toEqual([
      "CONFLICT strategy_details.maximum_per_event",
    ]);
  });

  test.each([
    [1.5, "INVALID_DECIMAL"],
    ["1.5", "INVALID_DECIMAL"],
    ["", "INVALID_DECIMAL"],
    ["9".repeat(17), "INVALID_DECIMAL"],
    [-1, "OUT_OF_RANGE"],
    [true, "INVALID_TYPE"],
  ])("count free events in whole numbers: case %#", (free_events, code) => {
    expect(refusal(details({ free_events }))).toEqual([`${code} strategy_details.free_events`]);
  });
});

describe("fields of another strategy", () => {
  const cases: [Json, string][] = [
    [{ pricing_strategy: "flat", contracted_unit_count: "1" }, "contracted_unit_count"],
    [{ pricing_strategy: "flat", flat_fee: "1" }, "flat_fee"],
    [{ pricing_strategy: "per_unit", contracted_unit_count: "1", included_units: "0" }, "included_units"],
    [{ pricing_strategy: "per_unit", contracted_unit_count: "1", batch_size: "5" }, "batch_size"],
    [
      { pricing_strategy: "unit_tiered", contracted_unit_count: "1", tiers: [open], minimum_units: "1" },
      "minimum_units",
    ],
    [{ pricing_strategy: "usage", tiers: [open] }, "tiers"],
    [{ pricing_strategy: "usage_tiered", tiers: [open], over_usage_price: "1" }, "over_usage_price"],
    [{ pricing_strategy: "percentage", rate: "1", included_units: "1" }, "included_units"],
  ];
  test.each(cases)("are refused, case %#", (details, field) => {
    expect(refusal(details)).toEqual([`FOREIGN_FIELD strategy_details.${field}`]);
  });

  test("say whose they are", () => {
    const { issues } = errorOf(() => parsePrice(price({ pricing_strategy: "flat", rate: "3" })));
    expect(issues[0]?.message).toBe(
      "rate has no meaning for the strategy flat; allowed: rate only for percentage",
    );
  });

  test("beside strategy_details are misplaced", () => {
    expect(
      refusal({ pricing_strategy: "usage" }, { flat_fee: "5", tiers: [open], pricing_strategy: null }),
    ).toEqual(["MISPLACED_FIELD flat_fee", "MISPLACED_FIELD tiers"]);
  });
});

describe("a matrix (R7)", () => {
  const usage = { pricing_strategy: "usage" };
  const refused = (entry: unknown, details: Json = usage): string[] => refusal(details, { by: [entry] });

  test("is accepted, with or without a price of its own in each entry", () => {
    const by = [
      { when: { region: "eu", tier: 1, trial: false }, amount: "2" },
      { when: { region: "us" }, strategy_details: tiered([open], { included_units: 5 }) },
      { when: { region: "jp" }, strategy_details: { pricing_strategy: "percentage", rate: 5 } },
    ];
    expect(parsePrice(price(usage, { by })).by?.[1]?.strategy_details).toEqual(
      tiered([open], { included_units: "5" }),
    );
    expect(() => parsePrice(price(usage, { by: [] }))).not.toThrow();
  });

  const cases: [unknown, string[]][] = [
    [{}, ["MISSING by[0].when"]],
    [{ when: {} }, ["MISSING by[0].when"]],
    [{ when: [] }, ["INVALID_TYPE by[0].when"]],
    [{ when: { region: null } }, ["INVALID_TYPE by[0].when.region"]],
    [{ when: { region: ["eu"] } }, ["INVALID_TYPE by[0].when.region"]],
    [{ when: { a: 1 }, amount: -1 }, ["OUT_OF_RANGE by[0].amount"]],
    [
      { when: { a: 1 }, strategy_details: { pricing_strategy: "flat" } },
      ["UNKNOWN_VALUE by[0].strategy_details.pricing_strategy"],
    ],
    [
      { when: { a: 1 }, strategy_details: { pricing_strategy: "usage", flat_fee: "1" } },
      ["FOREIGN_FIELD by[0].strategy_details.flat_fee"],
    ],
    [
      { when: { a: 1 }, strategy_details: { pricing_strategy: "usage", rate: "1" } },
      ["FOREIGN_FIELD by[0].strategy_details.rate"],
    ],
    [{ when: { a: 1 }, strategy_details: tiered([]) }, ["INVALID_TIERS by[0].strategy_details.tiers"]],
    [{ when: { a: 1 }, minimum_charge: "1" }, ["MISPLACED_FIELD by[0].minimum_charge"]],
    [{ when: { a: 1 }, included_units: "1" }, ["MISPLACED_FIELD by[0].included_units"]],
    [[], ["INVALID_TYPE by[0]"]],
  ];
  test.each(cases)("has sound entries, case %#", (entry, expected) => {
    expect(refused(entry)).toEqual(expected);
  });

  test("needs an amount somewhere for an entry that is usage", () => {
    const entry = { when: { a: 1 }, strategy_details: usage };
    expect(refused(entry, tiered([open]))).toEqual(["MISSING by[0].amount"]);
    expect(() => parsePrice(price(usage, { by: [entry] }))).not.toThrow();
  });

  test("is of a metered price only", () => {
    const by = [{ when: { a: 1 }, amount: "1" }];
    expect(refusal({ pricing_strategy: "flat" }, { by })).toEqual(["FOREIGN_FIELD by"]);
    expect(refusal({ pricing_strategy: "per_unit", contracted_unit_count: 1 }, { by })).toEqual([
      "FOREIGN_FIELD by",
    ]);
  });

  test("isn't in strategy_details", () => {
    expect(refusal({ ...usage, by: [], minimum_charge: "1", maximum_charge: "2" })).toEqual([
      "MISPLACED_FIELD strategy_details.by",
      "MISPLACED_FIELD strategy_details.minimum_charge",
      "MISPLACED_FIELD strategy_details.maximum_charge",
    ]);
  });
});

describe("currencies (A3)", () => {
  test("of prices are the contract's", () => {
    const mixed = priced(price({ pricing_strategy: "flat" }, { currency: "usd" }));
    expect(issuesOf(() => parseContract(mixed))).toEqual([
      "CURRENCY_MISMATCH plan.features[0].price.currency",
    ]);
  });

  test("that don't exist are said to, but not compared", () => {
    const unknown = priced(price({ pricing_strategy: "flat" }, { currency: "abc" }));
    expect(issuesOf(() => parseContract(unknown))).toEqual(["UNKNOWN_VALUE plan.features[0].price.currency"]);
    const summary = { currency: "EUR" };
    expect(issuesOf(() => parseContract(priced(price({ pricing_strategy: "flat" }), { summary })))).toEqual([
      "UNKNOWN_VALUE contract_summary.currency",
    ]);
  });
});

test("other fields of a price are checked too", () => {
  const more = { free_cycles: -1, tax_code: "", currency: 5 };
  expect(refusal({ pricing_strategy: "flat" }, more)).toEqual([
    "INVALID_TYPE currency",
    "OUT_OF_RANGE free_cycles",
    "OUT_OF_RANGE tax_code",
  ]);
});
