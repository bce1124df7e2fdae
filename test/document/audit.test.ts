import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseContract } from "../../src/contract/parse.ts";
import { auditContract } from "../../src/document/audit.ts";
import { contractDetails } from "../../src/document/contract-details.ts";

type Json = { [name: string]: Json } & { [index: number]: Json };

const AT = "2026-02-26T12:00:00Z";

function example(name: string): Json {
  return JSON.parse(readFileSync(new URL(`../../examples/${name}.json`, import.meta.url), "utf8"));
}

function computed(name: string): Json {
  const details = contractDetails(parseContract(example(name)), { at: AT });
  return JSON.parse(JSON.stringify(details));
}

test.each(["team-monthly", "enterprise-yearly", "starter-plan-yen"])(
  "the document of %s that we computed ourselves has no differences",
  (name) => {
    expect(auditContract(computed(name), { at: AT })).toEqual({
      differences: [],
      fitting_alignment: null,
      not_compared: [],
    });
  },
);

test("a document without computed fields has nothing to differ in", () => {
  expect(auditContract(example("team-monthly"), { at: AT }).differences).toEqual([]);
});

test("every wrong field is named with theirs and ours, wherever it is", () => {
  const document = computed("team-monthly");
  document["contract_summary"]!["amount"] = "138.74" as never; // the example has a summary
  document["contract_summary"]!["cost_estimates"]!["recurring_price"]!["minimum_usage"] = "0.24" as never; // and estimates
  document["plan"]!["features"]![0]!["price"]!["total_charge_estimate"]!["total"] = "1" as never; // and prices
  document["billing_information"]!["current_period_idx"] = 2 as never; // and its period twice
  expect(auditContract(document, { at: AT }).differences).toEqual([
    { path: ["contract_summary", "amount"], theirs: "138.74", ours: "138.73" },
    {
      path: ["contract_summary", "cost_estimates", "recurring_price", "minimum_usage"],
      theirs: "0.24",
      ours: "0.23",
    },
    { path: ["plan", "features", 0, "price", "total_charge_estimate", "total"], theirs: "1", ours: "39.20" },
    { path: ["billing_information", "current_period_idx"], theirs: 2, ours: 1 },
  ]);
});

test("amounts are compared by value and instants as instants, however they are written", () => {
  const document = computed("team-monthly");
  const summary = document["contract_summary"] as Json;
  summary["amount"] = 138.73 as never;
  summary["next_cycle_start"] = "2026-02-28T10:30:00.000+01:00" as never;
  expect(auditContract(document, { at: AT }).differences).toEqual([]);
});

test("where only the other alignment gives the period received, that is said", () => {
  const document = computed("team-monthly");
  for (const place of [document, document["contract_summary"] as Json]) {
    const period = { start: "2026-01-31T23:00:00Z", end: "2026-02-28T23:00:00Z" };
    place["billing_information"] = { current_period: period, current_period_idx: 2 } as never;
  }
  expect(auditContract(document, { at: AT }).fitting_alignment).toBe("calendar");
});

test("an estimate that needs events which weren't given is not compared", () => {
  const price = {
    amount: "1",
    strategy_details: { pricing_strategy: "percentage", rate: "2", free_events: 1 },
    total_charge_estimate: { subtotal: "5.00", total: "5.00" },
  };
  const document = {
    contract_summary: { cycle: "month", currency: "usd", activation: "2026-02-01T00:00:00Z" },
    plan: { features: [{ slug: "payments", price }] },
  };
  const audit = auditContract(document, { at: AT, usage: { sums: { payments: "250" } } });
  expect(audit.not_compared).toEqual([["plan", "features", 0, "price", "total_charge_estimate"]]);
});
