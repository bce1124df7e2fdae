import { describe, expect, test } from "vitest";
import { nearestName } from "../../src/contract/nearest-name.ts";
import { safeParseContract } from "../../src/contract/parse.ts";
import { pathText } from "../../src/error.ts";
import { documentOf, flat, type Json, price, priced } from "./documents.ts";

/** The warnings of a sound document, as "path → suggestion" each. */
function warnings(document: Json): string[] {
  const result = safeParseContract(document);
  if (!result.ok) throw result.error;
  return result.warnings.map(({ path, suggestion }) => `${pathText(path)} → ${suggestion}`);
}

const open = [{ up_to: null, unit_price: "1" }];

describe("unknown fields", () => {
  test("are reported with the name that was probably meant", () => {
    const document = documentOf({
      summary: { timezone: "UTC", cycleCount: 2, colour: "red", configuration: { roundng: "up" } },
      plan: {
        freeTrialDays: 3,
        features: [{ slug: "a", charge_triger: "month", price: { ...flat(), ammount: "1" } }],
      },
      discount: { discount_type: "flat", amount: "1", durations: 3 },
      feature_configuration: { a: { unit: null } },
      dicount: {},
    });
    expect(warnings(document)).toEqual([
      "dicount → discount",
      "contract_summary.timezone → time_zone",
      "contract_summary.cycleCount → cycle_count",
      "contract_summary.colour → null",
      "contract_summary.configuration.roundng → rounding",
      "plan.freeTrialDays → free_trial_days",
      "plan.features[0].charge_triger → charge_trigger",
      "plan.features[0].price.ammount → amount",
      "discount.durations → duration",
      "feature_configuration.a.unit → units",
    ]);
  });

  test("that belong elsewhere are told where", () => {
    const document = documentOf({
      summary: { invoice_trigger: "manual", free_trial_days: 3 },
      plan: { activation: "x" },
    });
    expect(warnings(document)).toEqual([
      "contract_summary.invoice_trigger → contract_summary.configuration.invoice_trigger",
      "contract_summary.free_trial_days → plan.free_trial_days",
      "plan.activation → contract_summary.activation",
    ]);
  });

  test("of tiers, matrix entries and strategies are reported too", () => {
    const by = [
      {
        whenn: 1,
        when: { a: 1 },
        strategy_details: { pricing_strategy: "usage_tiered", tiers: open, tier: 1 },
      },
    ];
    const tiers = [{ ...open[0], up_too: "5" }];
    expect(
      warnings(priced(price({ pricing_strategy: "usage_tiered", tiers, includd_units: "1" }, { by }))),
    ).toEqual([
      "plan.features[0].price.strategy_details.includd_units → included_units",
      "plan.features[0].price.strategy_details.tiers[0].up_too → up_to",
      "plan.features[0].price.by[0].whenn → when",
      "plan.features[0].price.by[0].strategy_details.tier → tiers",
    ]);
  });

  test("of the API that no rule reads are known", () => {
    const api = { id: "x", amount: "1", billing_information: {}, next_cycle_start: null, cost_estimates: {} };
    const summary = {
      ...api,
      customer: "C",
      customer_id: "c",
      plan: "P",
      plan_id: "p",
      plan_internal_name: "p",
      plan_external_name: "P",
      pricing_id: "r",
    };
    const plan = {
      id: "p",
      original_plan_id: null,
      internal_name: "p",
      external_name: "P",
      description: "",
      features: [
        {
          id: "f",
          original_feature_id: null,
          slug: "a",
          name: "A",
          description: "",
          entitlement_details: {},
          price: { ...flat(), id: "x", total_charge_estimate: null },
        },
      ],
    };
    const discount = {
      id: "d",
      name: "D",
      slug: "d",
      discount_type: "flat",
      amount: "1",
      currency: "eur",
      contract_id: "c",
    };
    expect(warnings(documentOf({ summary, plan, discount, billing_information: {} }))).toEqual([]);
  });
});

describe("fields without effect", () => {
  test("an amount of a strategy that has none", () => {
    const tiered = { pricing_strategy: "usage_tiered", tiers: open };
    expect(warnings(priced(price(tiered, { amount: "5" })))).toEqual([
      "plan.features[0].price.amount → null",
    ]);
    expect(warnings(priced(price(tiered, { amount: "0.00" })))).toEqual([]);
    expect(
      warnings(priced(price({ pricing_strategy: "percentage", rate: "1" }, { amount: 5 }))),
    ).toHaveLength(1);
  });

  test("an amount that an entry of the matrix takes has one", () => {
    const by = [
      { when: { a: 1 }, strategy_details: { pricing_strategy: "usage" } },
      { when: { a: 2 }, amount: "3" },
    ];
    expect(
      warnings(priced(price({ pricing_strategy: "usage_tiered", tiers: open }, { amount: "5", by }))),
    ).toEqual(["plan.features[0].price.by[1].amount → null"]);
  });

  test("what needs another field", () => {
    const details = { pricing_strategy: "usage", over_usage_price: "1", batch_rounding: "up" };
    expect(warnings(priced(price(details)))).toEqual([
      "plan.features[0].price.strategy_details.over_usage_price → null",
      "plan.features[0].price.strategy_details.batch_rounding → null",
    ]);
  });
});

test("messages say what is not read", () => {
  const result = safeParseContract(documentOf({ summary: { timezone: "UTC" } }));
  expect(result).toMatchObject({
    ok: true,
    warnings: [{ message: "timezone is not a known field and is not read; did you mean time_zone?" }],
  });
});

test("a name is near another within two letters, whatever its case and underscores", () => {
  const known = ["free_cycles", "free_trial_end", "id"];
  expect(nearestName("freeCycles", known)).toBe("free_cycles");
  expect(nearestName("FREE-CYCLE", known)).toBe("free_cycles");
  expect(nearestName("free_cycels", known)).toBe("free_cycles");
  expect(nearestName("cycles", known)).toBeNull();
  expect(nearestName("ab", known)).toBeNull();
  expect(nearestName("x".repeat(1_000_000), known)).toBeNull();
});
