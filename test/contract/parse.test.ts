import { describe, expect, test } from "vitest";
import { parseContract, parsePrice, safeParseContract } from "../../src/contract/parse.ts";
import { isBillingError, pathText } from "../../src/error.ts";
import {
  documentOf,
  EXAMPLES,
  errorOf,
  example,
  flat,
  issuesOf,
  type Json,
  price,
  priced,
} from "./documents.ts";

const tiers = [
  { up_to: "10", unit_price: "1" },
  { up_to: null, unit_price: "0.5" },
];

function refusal(document: unknown): string[] {
  return issuesOf(() => parseContract(document));
}

describe("a sound document", () => {
  test.each(EXAMPLES)("%s of the examples is accepted, without a warning", (name) => {
    expect(safeParseContract(example(name))).toMatchObject({ ok: true, warnings: [] });
  });

  test("becomes a contract of its own: normalised, frozen, its fields in the document's order", () => {
    const input = documentOf({
      summary: { activation: "2026-01-31T10:30:00+01:00", expiration: null, customer: { name: "N" } },
      plan: { features: [{ slug: "seats", price: flat(12) }, { slug: "sso" }] },
    });
    const before = structuredClone(input);
    const contract = parseContract(input);
    expect(JSON.stringify(contract)).toBe(
      JSON.stringify({
        contract_summary: {
          currency: "eur",
          cycle: "month",
          activation: "2026-01-31T09:30:00Z",
          expiration: null,
          customer: { name: "N" },
        },
        plan: {
          slug: "team",
          features: [
            {
              slug: "seats",
              price: { amount: "12", strategy_details: { pricing_strategy: "flat" }, currency: "eur" },
            },
            { slug: "sso" },
          ],
        },
      }),
    );
    expect(input).toEqual(before);
    expect(Object.isFrozen(input)).toBe(false);
    expect(Object.isFrozen((contract.contract_summary as unknown as { customer: object }).customer)).toBe(
      true,
    );
  });

  test("has an amount of 0 where the strategy has none, and keeps texts of money as they are", () => {
    const contract = parseContract(
      priced({ amount: null, currency: null, ...price({ pricing_strategy: "usage_tiered", tiers }) }),
    );
    expect(contract.plan.features?.[0]?.price).toMatchObject({ amount: "0", currency: "eur" });
    const kept = parseContract(priced(flat("0049.90"))).plan.features?.[0]?.price;
    expect(kept?.amount).toBe("0049.90");
  });

  test("may be a contract of ours again", () => {
    const contract = parseContract(example("team-monthly"));
    expect(parseContract(contract)).toEqual(contract);
    expect(parseContract(JSON.parse(JSON.stringify(contract)))).toEqual(contract);
  });

  test("may carry computed fields, whatever they hold", () => {
    const computed = { amount: -1.5, billing_information: [], cost_estimates: "?", next_cycle_start: {} };
    const document = documentOf({ summary: computed, billing_information: 7 });
    expect(parseContract(document)).toMatchObject({ contract_summary: computed, billing_information: 7 });
  });

  test("may have null for everything that is optional", () => {
    const summary = Object.fromEntries(
      [
        "activation",
        "created",
        "expiration",
        "moved_at",
        "free_trial_end",
        "cycle_count",
        "cycle_start_offset",
        "cycle_anchor",
        "time_zone",
        "free_cycles",
        "is_pending",
        "status",
        "strategy",
        "configuration",
      ].map((name) => [name, null]),
    );
    const nulls = {
      discount: null,
      discounts: null,
      feature_configuration: null,
      unit_count_configuration: null,
    };
    const plan = {
      strategy: null,
      free_trial_days: null,
      charge_trigger: null,
      price: null,
      groups: null,
      name: null,
    };
    expect(() => parseContract(documentOf({ summary, plan, ...nulls }))).not.toThrow();
  });
});

describe("what is no document at all", () => {
  const allowed = (input: unknown): string => errorOf(() => parseContract(input)).issues[0]?.allowed ?? "";

  test.each([[undefined], [null], [5], [[]], [true], [() => 1], [new Date(0)]])(
    "is refused, case %#",
    (input) => {
      expect(refusal(input)).toEqual(["INVALID_TYPE (input)"]);
    },
  );

  test("JSON text is refused with a hint, at any length", () => {
    expect(allowed(JSON.stringify(documentOf()))).toContain("JSON.parse");
    expect(allowed("x".repeat(10_000_000))).toContain("JSON.parse");
  });

  test("an empty object lacks its two parts", () => {
    expect(refusal({})).toEqual(["MISSING contract_summary", "MISSING plan"]);
  });

  test("arrays and objects are not taken for one another", () => {
    expect(refusal({ contract_summary: [], plan: [] })).toEqual([
      "INVALID_TYPE contract_summary",
      "INVALID_TYPE plan",
    ]);
    expect(refusal(documentOf({ plan: { features: {} }, discount: [], discounts: {} }))).toEqual([
      "INVALID_TYPE plan.features",
      "INVALID_TYPE discount",
      "INVALID_TYPE discounts",
      "CONFLICT discounts",
    ]);
    expect(refusal(priced([]))).toEqual(["INVALID_TYPE plan.features[0].price"]);
    expect(refusal(priced({ ...flat(), strategy_details: [] }))).toEqual([
      "INVALID_TYPE plan.features[0].price.strategy_details",
    ]);
    expect(refusal(documentOf({ feature_configuration: [], unit_count_configuration: [] }))).toEqual([
      "INVALID_TYPE feature_configuration",
      "INVALID_TYPE unit_count_configuration",
    ]);
  });
});

describe("contract_summary", () => {
  const cases: [string, Json, string[]][] = [
    ["needs a cycle", { cycle: undefined }, ["MISSING contract_summary.cycle"]],
    ["needs a currency", { currency: null }, ["INVALID_TYPE contract_summary.currency"]],
    ["needs a cycle that is known", { cycle: "fortnight" }, ["UNKNOWN_VALUE contract_summary.cycle"]],
    ["needs a cycle that is a word", { cycle: 5 }, ["INVALID_TYPE contract_summary.cycle"]],
    ["names currencies in lower case", { currency: "EUR" }, ["UNKNOWN_VALUE contract_summary.currency"]],
    ["names currencies that exist", { currency: "xyz" }, ["UNKNOWN_VALUE contract_summary.currency"]],
    [
      "names no property of objects as a currency",
      { currency: "toString" },
      ["UNKNOWN_VALUE contract_summary.currency"],
    ],
    [
      "names time zones that exist",
      { time_zone: "Europe/Atlantis" },
      ["UNKNOWN_VALUE contract_summary.time_zone"],
    ],
    [
      "names time zones, not offsets as numbers",
      { time_zone: 1 },
      ["INVALID_TYPE contract_summary.time_zone"],
    ],
    ["has a known status", { status: "paused" }, ["UNKNOWN_VALUE contract_summary.status"]],
    ["has a known strategy", { strategy: "bundle" }, ["UNKNOWN_VALUE contract_summary.strategy"]],
    ["says pending with true or false", { is_pending: "yes" }, ["INVALID_TYPE contract_summary.is_pending"]],
    ["has whole free cycles", { free_cycles: 1.5 }, ["INVALID_TYPE contract_summary.free_cycles"]],
    ["has no negative free cycles", { free_cycles: -1 }, ["OUT_OF_RANGE contract_summary.free_cycles"]],
    ["counts cycles with numbers", { cycle_count: "2" }, ["INVALID_TYPE contract_summary.cycle_count"]],
    ["counts cycles from 1", { cycle_count: 0 }, ["OUT_OF_RANGE contract_summary.cycle_count"]],
    [
      "counts cycles within the calendar",
      { cycle_count: 2 ** 53 - 1 },
      ["OUT_OF_RANGE contract_summary.cycle_count"],
    ],
    ["has one period if once", { cycle: "once", cycle_count: 2 }, ["CONFLICT contract_summary.cycle_count"]],
    [
      "has one period if constant",
      { cycle: "constant", cycle_count: 2 },
      ["CONFLICT contract_summary.cycle_count"],
    ],
    [
      "has a configuration that is an object",
      { configuration: [] },
      ["INVALID_TYPE contract_summary.configuration"],
    ],
  ];
  test.each(cases)("%s", (_, summary, expected) => {
    expect(refusal(documentOf({ summary }))).toEqual(expected);
  });

  test("once and constant may say that they count one cycle", () => {
    expect(() => parseContract(documentOf({ summary: { cycle: "once", cycle_count: 1 } }))).not.toThrow();
  });
});

describe("instants", () => {
  test.each([
    ["2026-02-30T00:00:00Z"],
    ["2026-13-01T00:00:00Z"],
    ["2026-01-31T09:30:00"],
    ["2026-01-31"],
    ["2026-01-31 09:30:00Z"],
    ["2026-01-31T24:00:00Z"],
    ["2026-01-31T23:59:60Z"],
    ["2026-01-31T09:30:00+99:00"],
    ["0000-01-01T00:00:00Z"],
    ["tomorrow"],
    [""],
    ["x".repeat(900_000)],
  ])("that don't exist, or have no offset, are refused: case %#", (activation) => {
    expect(refusal(documentOf({ summary: { activation } }))).toEqual([
      "INVALID_INSTANT contract_summary.activation",
    ]);
  });

  test("are strings, not numbers, and may have any offset", () => {
    expect(refusal(documentOf({ summary: { activation: 1_700_000_000 } }))).toEqual([
      "INVALID_TYPE contract_summary.activation",
    ]);
    const summary = { activation: "2026-01-31T09:30:00.250-05:30" };
    expect(parseContract(documentOf({ summary })).contract_summary.activation).toBe(
      "2026-01-31T15:00:00.250Z",
    );
  });

  test("stay in the order of a contract's life (P8, P9, M5)", () => {
    const early = "2026-01-31T09:29:59.999Z";
    const at = "2026-01-31T10:30:00+01:00";
    const summary = { free_trial_end: early, expiration: at, moved_at: early };
    expect(refusal(documentOf({ summary }))).toEqual([
      "INVALID_DATES contract_summary.free_trial_end",
      "INVALID_DATES contract_summary.expiration",
      "INVALID_DATES contract_summary.moved_at",
    ]);
    expect(errorOf(() => parseContract(documentOf({ summary }))).issues.map((issue) => issue.rule)).toEqual([
      "P8",
      "P9",
      "M5",
    ]);
    const onTime = { free_trial_end: at, expiration: "2026-01-31T09:30:00.001Z", moved_at: at };
    expect(() => parseContract(documentOf({ summary: onTime }))).not.toThrow();
  });
});

describe("calendar offsets (P3)", () => {
  const offsets = (cycle: string, cycle_start_offset: unknown, more: Json = {}): unknown =>
    documentOf({ summary: { cycle, cycle_start_offset, ...more } });
  const path = "contract_summary.cycle_start_offset";

  test.each([
    ["day", 0],
    ["week", 6],
    ["month", 30],
    ["quarter", 91],
    ["year", 365],
    ["hour", 0],
    ["once", 0],
    ["constant", 0],
  ])("of a %s go up to %i", (cycle, last) => {
    expect(() => parseContract(offsets(cycle, 0))).not.toThrow();
    expect(() => parseContract(offsets(cycle, last))).not.toThrow();
    expect(refusal(offsets(cycle, last + 1))).toEqual([`OUT_OF_RANGE ${path}`]);
  });

  test("are whole numbers from 0", () => {
    expect(refusal(offsets("month", -1))).toEqual([`OUT_OF_RANGE ${path}`]);
    expect(refusal(offsets("month", 1.5))).toEqual([`INVALID_TYPE ${path}`]);
    expect(refusal(offsets("month", "3"))).toEqual([`INVALID_TYPE ${path}`]);
    expect(refusal(offsets("month", 1e300))).toEqual([`OUT_OF_RANGE ${path}`]);
  });

  test("are only a description under anniversary alignment", () => {
    const configuration = { cycle_alignment: "anniversary" };
    expect(() => parseContract(offsets("hour", 99, { configuration }))).not.toThrow();
    expect(() =>
      parseContract(offsets("month", 99, { configuration, cycle_anchor: "2026-01-01T00:00:00Z" })),
    ).not.toThrow();
  });

  test("leave no room for an anchor", () => {
    const cycle_anchor = "2026-01-01T00:00:00Z";
    const conflict = ["CONFLICT contract_summary.cycle_anchor"];
    expect(refusal(offsets("month", 0, { cycle_anchor }))).toEqual(conflict);
    expect(
      refusal(offsets("month", null, { cycle_anchor, configuration: { cycle_alignment: "calendar" } })),
    ).toEqual(conflict);
    expect(() => parseContract(offsets("month", null, { cycle_anchor }))).not.toThrow();
    expect(() => parseContract(offsets("hour", 0, { cycle_anchor }))).not.toThrow();
  });
});

describe("a status that needs an end (S1)", () => {
  test("is refused without it", () => {
    expect(refusal(documentOf({ summary: { status: "canceled" } }))).toEqual([
      "CONFLICT contract_summary.status",
    ]);
    expect(refusal(documentOf({ summary: { status: "canceled", expiration: null } }))).toEqual([
      "CONFLICT contract_summary.status",
    ]);
    expect(refusal(documentOf({ summary: { status: "moved" } }))).toEqual([
      "CONFLICT contract_summary.status",
    ]);
  });

  test("is accepted with it", () => {
    const later = "2027-01-01T00:00:00Z";
    expect(() =>
      parseContract(documentOf({ summary: { status: "canceled", expiration: later } })),
    ).not.toThrow();
    expect(() => parseContract(documentOf({ summary: { status: "moved", moved_at: later } }))).not.toThrow();
  });
});

describe("the configuration", () => {
  const path = "contract_summary.configuration";
  const refused = (configuration: Json): string[] =>
    refusal(documentOf({ summary: { configuration } })).map((line) => line.replace(path, "…"));

  test.each<[Json]>([
    [{ invoice_trigger: "every_cycle", usage_period_closing_policy: "15 minutes", rounding: "half_even" }],
    [{ invoice_trigger: { periodic: { cycle: "year", cycle_count: 2, cycle_start_offset: 366 } } }],
    [{ usage_period_closing_policy: { delay: { days: 0, hours: 36 } }, proration_basis: "30/360" }],
    [
      {
        payment_terms: { net_days: 30 },
        stub_charges: "free",
        stub_limits: "full",
        tax_policy: "tax_included",
      },
    ],
    [{ payment_terms: { end_of_month: true, plus_days: 10 } }],
    [{ payment_terms: { proximo: { cutoff_day: 15, months: 0, day: 31 } }, automatic_payment: false }],
    [{ payment_terms: { net_days: 0, end_of_month: false } }],
  ])("is accepted, case %#", (configuration) => {
    expect(() => parseContract(documentOf({ summary: { configuration } }))).not.toThrow();
  });

  const closing = "usage_period_closing_policy";
  const cases: [string, Json, string[]][] = [
    [
      "unknown words",
      { due_date_policy: "asap", rounding: "bankers" },
      ["UNKNOWN_VALUE ….due_date_policy", "UNKNOWN_VALUE ….rounding"],
    ],
    ["automatic payment in words", { automatic_payment: "yes" }, ["INVALID_TYPE ….automatic_payment"]],
    ["an unknown trigger", { invoice_trigger: "weekly" }, ["UNKNOWN_VALUE ….invoice_trigger"]],
    ["a trigger that is a list", { invoice_trigger: ["manual"] }, ["INVALID_TYPE ….invoice_trigger"]],
    ["a trigger without its form", { invoice_trigger: {} }, ["MISSING ….invoice_trigger.periodic"]],
    [
      "invoices by the hour",
      { invoice_trigger: { periodic: { cycle: "hour" } } },
      ["UNKNOWN_VALUE ….invoice_trigger.periodic.cycle"],
    ],
    [
      "day 0 of a cycle",
      { invoice_trigger: { periodic: { cycle: "week", cycle_start_offset: 0 } } },
      ["OUT_OF_RANGE ….invoice_trigger.periodic.cycle_start_offset"],
    ],
    [
      "day 8 of a week",
      { invoice_trigger: { periodic: { cycle: "week", cycle_start_offset: 8 } } },
      ["OUT_OF_RANGE ….invoice_trigger.periodic.cycle_start_offset"],
    ],
    [
      "day 400 of a year",
      { invoice_trigger: { periodic: { cycle: "year", cycle_start_offset: 400 } } },
      ["OUT_OF_RANGE ….invoice_trigger.periodic.cycle_start_offset"],
    ],
    ["another closing time", { [closing]: "2 hours" }, [`UNKNOWN_VALUE ….${closing}`]],
    ["a delay of nothing", { [closing]: { delay: {} } }, [`MISSING ….${closing}.delay`]],
    [
      "a delay that isn't whole",
      { [closing]: { delay: { hours: 1.5 } } },
      [`INVALID_TYPE ….${closing}.delay.hours`],
    ],
    [
      "a delay back in time",
      { [closing]: { delay: { hours: -1 } } },
      [`OUT_OF_RANGE ….${closing}.delay.hours`],
    ],
    ["terms of no form", { payment_terms: {} }, ["MISSING ….payment_terms"]],
    ["terms that are a number", { payment_terms: 30 }, ["INVALID_TYPE ….payment_terms"]],
    [
      "terms of two forms",
      { payment_terms: { net_days: 30, end_of_month: true } },
      ["CONFLICT ….payment_terms"],
    ],
    ["days after net days", { payment_terms: { net_days: 30, plus_days: 3 } }, ["CONFLICT ….payment_terms"]],
    [
      "net days of eleven years",
      { payment_terms: { net_days: 4000 } },
      ["OUT_OF_RANGE ….payment_terms.net_days"],
    ],
    [
      "a half proximo",
      { payment_terms: { proximo: { cutoff_day: 32, months: 1 } } },
      ["OUT_OF_RANGE ….payment_terms.proximo.cutoff_day", "MISSING ….payment_terms.proximo.day"],
    ],
  ];
  test.each(cases)("has no %s", (_, configuration, expected) => {
    expect(refused(configuration)).toEqual(expected);
  });
});

describe("money and quantities (T5)", () => {
  const path = "plan.features[0].price.amount";

  test.each([
    ["0"],
    ["12"],
    ["0.000000000001"],
    ["9".repeat(26)],
    [`${"9".repeat(26)}.${"9".repeat(12)}`],
    ["00012.50"],
    [0],
    [2 ** 53 - 1],
  ])("are decimal strings or safe integers: %s", (amount) => {
    expect(parseContract(priced(flat(amount))).plan.features?.[0]?.price?.amount).toBe(String(amount));
  });

  test.each([
    ["1.5e3"],
    ["1e3"],
    ["0x10"],
    ["1_000"],
    ["1,000"],
    [" 1"],
    ["1 "],
    [""],
    ["."],
    [".5"],
    ["5."],
    ["1.2.3"],
    ["+1"],
    ["--1"],
    ["NaN"],
    ["Infinity"],
    ["١٢"],
    ["0.0000000000001"],
    ["x".repeat(900_000)],
    [1.5],
    [0.1 + 0.2],
    [1e21],
    [2 ** 53],
  ])("are never floats, exponents, hex, blanks or longer than 12 decimals: case %#", (amount) => {
    expect(refusal(priced(flat(amount)))).toEqual([`INVALID_DECIMAL ${path}`]);
  });

  test.each([["-1"], ["-0.01"], [-1], ["1".padEnd(27, "0")], ["0".repeat(27)]])(
    "are 0 to 10^26: case %#",
    (amount) => {
      expect(refusal(priced(flat(amount)))).toEqual([`OUT_OF_RANGE ${path}`]);
    },
  );

  test.each([[true], [{}], [["1"]]])("are of no other type: case %#", (amount) => {
    expect(refusal(priced(flat(amount)))).toEqual([`INVALID_TYPE ${path}`]);
  });

  test("what isn't JSON is reported once", () => {
    expect(refusal(priced(flat(Number.NaN)))).toEqual([`INVALID_TYPE ${path}`]);
    expect(refusal(priced(flat(10n)))).toEqual([`INVALID_TYPE ${path}`]);
    expect(refusal(priced(flat("1".repeat(10_000_000))))).toEqual([`OUT_OF_RANGE ${path}`]);
  });
});

describe("one error for everything (S4)", () => {
  const broken = {
    plan: {
      features: [
        {
          slug: "a",
          price: { amount: 1.5, currency: "usd", strategy_details: { pricing_strategy: "flat", tiers } },
        },
        { slug: "a", price: { amount: "1", strategy_details: { pricing_strategy: "guess" } } },
      ],
      time_zone: "UTC",
    },
    discount: { discount_type: "percentage", amount: "101" },
    contract_summary: {
      cycle: "month",
      currency: "eur",
      status: "canceled",
      activation: "yesterday",
      free_cycles: [],
    },
    feature_configuration: { b: { units: "1" } },
  };

  test("type errors and rule errors are listed together, in the document's order", () => {
    expect(refusal(broken)).toEqual([
      "INVALID_DECIMAL plan.features[0].price.amount",
      "CURRENCY_MISMATCH plan.features[0].price.currency",
      "FOREIGN_FIELD plan.features[0].price.strategy_details.tiers",
      "DUPLICATE plan.features[1].slug",
      "UNKNOWN_VALUE plan.features[1].price.strategy_details.pricing_strategy",
      "MISPLACED_FIELD plan.time_zone",
      "OUT_OF_RANGE discount.amount",
      "CONFLICT contract_summary.status",
      "INVALID_INSTANT contract_summary.activation",
      "INVALID_TYPE contract_summary.free_cycles",
      "UNKNOWN_SLUG feature_configuration.b",
    ]);
  });

  test("each says its rule, what was found and what is allowed", () => {
    const { issues, message } = errorOf(() => parseContract(broken));
    expect(issues[6]).toEqual({
      code: "OUT_OF_RANGE",
      rule: "C1",
      path: ["discount", "amount"],
      message: "the percentage is above 100; allowed: 0 to 100",
      found: '"101"',
      allowed: "0 to 100",
    });
    expect(issues.find((issue) => issue.code === "UNKNOWN_VALUE")?.allowed).toBe(
      "flat, per_unit, unit_tiered, usage, usage_tiered, percentage",
    );
    expect(message.split("\n")).toHaveLength(issues.length);
  });

  test("safeParseContract returns the same error instead of throwing it", () => {
    const result = safeParseContract(broken);
    expect(result.ok).toBe(false);
    if (result.ok) return;
    expect(isBillingError(result.error)).toBe(true);
    expect(result.error.issues).toEqual(errorOf(() => parseContract(broken)).issues);
  });

  test("a missing field is told in its own words", () => {
    const [issue] = errorOf(() => parseContract(documentOf({ summary: { cycle: undefined } }))).issues;
    expect(issue).toMatchObject({
      rule: "T2",
      found: "nothing",
      message: expect.stringContaining("cycle is missing; allowed: once, hour, day"),
    });
  });
});

describe("hostile documents", () => {
  test("a prototype in JSON text is refused and pollutes nothing", () => {
    const document = JSON.parse(
      '{"__proto__": {"plan": {}}, "contract_summary": {"__proto__": {"cycle": "month"}}}',
    );
    expect(refusal(document)).toEqual([
      "INVALID_TYPE contract_summary.__proto__",
      "MISSING contract_summary.cycle",
      "MISSING contract_summary.currency",
      "INVALID_TYPE __proto__",
      "MISSING plan",
    ]);
    expect(({} as Json)["cycle"]).toBeUndefined();
  });

  test("names of Object.prototype are ordinary slugs", () => {
    const features = [
      { slug: "constructor", price: flat() },
      { slug: "toString", price: flat() },
    ];
    expect(() => parseContract(documentOf({ plan: { features } }))).not.toThrow();
    expect(refusal(documentOf({ feature_configuration: { valueOf: {} } }))).toEqual([
      "UNKNOWN_SLUG feature_configuration.valueOf",
    ]);
    expect(refusal(priced({ ...flat(), strategy_details: { pricing_strategy: "constructor" } }))).toEqual([
      "UNKNOWN_VALUE plan.features[0].price.strategy_details.pricing_strategy",
    ]);
  });

  test("ten megabytes in any string give a quick error with a short one", () => {
    const long = "9".repeat(10_000_000);
    const started = performance.now();
    for (const summary of [
      { cycle: long },
      { currency: long },
      { time_zone: long },
      { activation: long },
      { [long]: 1 },
    ]) {
      const error = errorOf(() => parseContract(documentOf({ summary })));
      expect(error.issues[0]?.found.length).toBeLessThanOrEqual(100);
      expect(error.message.length).toBeLessThan(5000);
    }
    expect(performance.now() - started).toBeLessThan(2000);
  });

  test("a hundred thousand broken features give a hundred thousand issues, soon", () => {
    const features = Array.from({ length: 100_000 }, () => ({}));
    const { issues } = errorOf(() => parseContract(documentOf({ plan: { features } })));
    expect(issues).toHaveLength(100_000);
    expect(pathText(issues[99_999]?.path ?? [])).toBe("plan.features[99999].slug");
    expect(refusal(documentOf({ plan: { features: new Array(100_001) } }))).toEqual([
      "TOO_MANY plan.features",
    ]);
  });

  test("a hundred thousand unknown overrides too", () => {
    const feature_configuration = Object.fromEntries(
      Array.from({ length: 100_000 }, (_, index) => [`f${index}`, {}]),
    );
    expect(errorOf(() => parseContract(documentOf({ feature_configuration }))).issues).toHaveLength(100_000);
  });
});

describe("parsePrice", () => {
  test("needs a currency of its own", () => {
    expect(issuesOf(() => parsePrice(flat()))).toEqual(["MISSING currency"]);
    expect(issuesOf(() => parsePrice({ ...flat(), currency: null }))).toEqual(["MISSING currency"]);
    expect(parsePrice({ ...flat(5), currency: "usd" })).toEqual({ ...flat("5"), currency: "usd" });
  });

  test("returns the same price again, frozen", () => {
    const parsed = parsePrice(price({ pricing_strategy: "usage_tiered", tiers }));
    expect(parsePrice(parsed)).toEqual(parsed);
    expect(Object.isFrozen(parsed.strategy_details)).toBe(true);
  });

  test("is no gate for contracts", () => {
    expect(issuesOf(() => parsePrice(documentOf()))).toContain("MISSING strategy_details");
  });
});
