import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  contractAmount,
  contractDetails,
  costEstimates,
  parseContract,
  totalChargeEstimate,
  type Usage,
} from "../../src/index.ts";
import { contractOf, feature, flat, type Json } from "../charge/contracts.ts";
import { EXAMPLES, example } from "../contract/documents.ts";

function details(summary: Json, at: string): Json {
  const contract = contractOf({ summary, features: [feature("base", flat("10"))] });
  return contractDetails(contract, { at }).contract_summary;
}

describe("T1: the document with its computed fields", () => {
  test("the team example on 26 February 2026", () => {
    const contract = parseContract(example("team-monthly"));
    const usage: Usage = JSON.parse(readFileSync("examples/team-monthly.usage.json", "utf8"));
    const at = "2026-02-26T12:00:00Z";
    const document = contractDetails(contract, { at, usage });
    expect(document.contract_summary).toMatchObject({
      id: "Cont_5a0f2c1e-7c1b-4a7e-9a53-0d2f6f1f7a01",
      status: "active",
      // 49 + 7 x 12.50 + 2 + 0.23, where 100 GB at least are 10 batches at 0.023.
      amount: "138.73",
      free_trial_end: "2026-01-31T09:30:00Z",
      billing_information: {
        current_period: { start: "2026-01-31T09:30:00Z", end: "2026-02-28T09:30:00Z" },
        current_period_idx: 1,
      },
      next_cycle_start: "2026-02-28T09:30:00Z",
      cost_estimates: costEstimates(contract),
    });
    expect(document.billing_information).toEqual(document.contract_summary.billing_information);
    const features = document.plan["features"] as {
      slug: string;
      price: { total_charge_estimate: unknown };
    }[];
    expect(
      Object.fromEntries(features.map(({ slug, price }) => [slug, price.total_charge_estimate])),
    ).toEqual({
      platform: { subtotal: "49.00", total: "39.20" },
      // Free in its first cycle.
      seats: { subtotal: "0.00", total: "0.00" },
      // 90,000 x 0.0008 + 45,250 x 0.0005 + 5, less 20%.
      "api-calls": { subtotal: "99.63", total: "79.70" },
      // 2 + 14 batches at 0.023.
      storage: { subtotal: "2.32", total: "1.86" },
      onboarding: { subtotal: "250.00", total: "200.00" },
      "audit-export": null,
    });
  });

  test.each(EXAMPLES)(
    "%s: every estimate is totalChargeEstimate's, the rest that of its function",
    (name) => {
      const contract = parseContract(example(name));
      const at = "2026-05-02T00:00:00Z";
      const document = contractDetails(contract, { at });
      expect(document.contract_summary.amount).toBe(contractAmount(contract));
      for (const each of (document.plan["features"] ?? []) as { slug: string; price?: Json }[]) {
        const expected = totalChargeEstimate(contract, { feature: each.slug }, { at });
        expect(each.price?.["total_charge_estimate"]).toEqual(expected);
      }
      expect(JSON.parse(JSON.stringify(document))).toEqual(document);
    },
  );

  test("what the document held is there, computed fields replaced, in the API's order", () => {
    const summary = {
      notes: "unknown to us",
      amount: "1.00",
      next_cycle_start: "1999-01-01T00:00:00Z",
      cost_estimates: {},
      status: "active",
      id: "Cont_1",
    };
    const found = details(summary, "2026-01-10T00:00:00Z");
    expect(found).toMatchObject({
      notes: "unknown to us",
      amount: "10.00",
      next_cycle_start: "2026-02-01T00:00:00Z",
    });
    expect(Object.keys(found)).toEqual([
      "id",
      "status",
      "cycle",
      "currency",
      "amount",
      "activation",
      "billing_information",
      "free_trial_end",
      "next_cycle_start",
      "cost_estimates",
      "notes",
    ]);
  });

  test("a document of details is a document again, and gives the same details", () => {
    const contract = parseContract(example("team-monthly"));
    const at = "2026-02-26T12:00:00Z";
    const document = contractDetails(contract, { at });
    expect(contractDetails(parseContract(document), { at })).toEqual(document);
  });

  test("the document is the caller's to change: the contract is not", () => {
    const contract = parseContract(example("team-monthly"));
    const at = "2026-02-26T12:00:00Z";
    const document = contractDetails(contract, { at });
    document.contract_summary.amount = "0";
    (document.plan["features"] as Json[]).pop();
    document.billing_information = { current_period: null, current_period_idx: null };
    expect(contractDetails(contract, { at }).contract_summary.amount).toBe("138.73");
    expect(contractDetails(contract, { at }).plan["features"]).toHaveLength(6);
  });
});

describe("at an instant", () => {
  const summary = { expiration: "2026-03-11T00:00:00Z" };

  test("before the activation there is no period, and nothing follows", () => {
    expect(details(summary, "2025-12-31T00:00:00Z")).toMatchObject({
      status: "scheduled",
      billing_information: { current_period: null, current_period_idx: null },
      next_cycle_start: null,
    });
  });

  test("in the last period no cycle follows", () => {
    expect(details(summary, "2026-03-01T00:00:00Z")).toMatchObject({
      status: "active",
      billing_information: {
        current_period: { start: "2026-03-01T00:00:00Z", end: "2026-03-11T00:00:00Z" },
        current_period_idx: 3,
      },
      next_cycle_start: null,
    });
  });

  test("from the expiration on the contract is canceled, from a move on moved", () => {
    expect(details(summary, "2026-03-11T00:00:00Z")["status"]).toBe("canceled");
    const moved = { moved_at: "2026-02-11T00:00:00Z" };
    expect(details(moved, "2026-02-10T23:59:59Z")).toMatchObject({
      status: "active",
      next_cycle_start: null,
    });
    expect(details(moved, "2026-02-11T00:00:00Z")).toMatchObject({
      status: "moved",
      billing_information: { current_period: null, current_period_idx: null },
    });
  });

  test("in the trial the index is 0, and the next cycle starts with the end of the trial", () => {
    expect(details({ free_trial_end: "2026-01-15T00:00:00Z" }, "2026-01-10T00:00:00Z")).toMatchObject({
      billing_information: {
        current_period: { start: "2026-01-01T00:00:00Z", end: "2026-01-15T00:00:00Z" },
        current_period_idx: 0,
      },
      next_cycle_start: "2026-01-15T00:00:00Z",
    });
  });

  test("a pending contract has its prices, and no dates", () => {
    expect(details({ activation: null, is_pending: true }, "2026-01-10T00:00:00Z")).toMatchObject({
      status: "pending",
      amount: "10.00",
      billing_information: { current_period: null, current_period_idx: null },
      next_cycle_start: null,
    });
  });

  test("an endless contract has a period without an end", () => {
    expect(details({ cycle: "constant" }, "2031-01-10T00:00:00Z")).toMatchObject({
      billing_information: {
        current_period: { start: "2026-01-01T00:00:00Z", end: null },
        current_period_idx: 1,
      },
      next_cycle_start: null,
    });
  });
});
