import { describe, expect, test } from "vitest";
import {
  type BillingPeriod,
  billingPeriod,
  type Contract,
  chargeFor,
  chargesOf,
  contractAmount,
  contractDetails,
  costEstimates,
  parsePrice,
  sumUsage,
  totalChargeEstimate,
} from "../../src/index.ts";
import { issuesOf } from "../contract/documents.ts";
import { contractOf, feature, flat, linesOf, metered } from "./contracts.ts";

const AT = "2026-01-10T00:00:00Z";
const contract = contractOf({ features: [feature("base", flat("10")), feature("calls", metered("1"))] });
const january = billingPeriod(contract, 1) as BillingPeriod;

/** Contracts that didn't come through the gate. */
const UNPARSED: readonly (readonly [what: string, value: unknown])[] = [
  ["JSON", JSON.parse(JSON.stringify(contract))],
  ["a spread contract", { ...contract }],
  ["a structured clone", structuredClone(contract)],
  ["nothing", undefined],
  ["null", null],
  ["text", "contract"],
  ["a price", parsePrice({ ...flat("1"), currency: "eur" })],
];

describe("NOT_PARSED: only the gate makes contracts", () => {
  test.each(UNPARSED)("%s is refused by every function", (_, value) => {
    const unparsed = value as Contract;
    const calls = [
      () => chargesOf(unparsed, january),
      () => costEstimates(unparsed),
      () => contractAmount(unparsed),
      () => contractDetails(unparsed, { at: AT }),
      () => totalChargeEstimate(unparsed, { feature: "base" }, { at: AT }),
      () => sumUsage(unparsed, "calls", january, [], { at: AT }),
    ];
    for (const call of calls) expect(issuesOf(call)).toEqual(["NOT_PARSED contract"]);
  });

  test("prices too", () => {
    const price = parsePrice({ ...flat("1"), currency: "eur" });
    for (const value of [
      { ...price },
      structuredClone(price),
      JSON.parse(JSON.stringify(price)),
      contract,
      null,
    ]) {
      expect(issuesOf(() => chargeFor(value))).toEqual(["NOT_PARSED price"]);
    }
  });

  test("a price within a contract is parsed", () => {
    const price = contract.plan.features?.[0]?.price;
    expect(price && chargeFor(price).subtotal).toBe("10.00");
  });
});

describe("UNKNOWN_PERIOD: only periods of the contract", () => {
  const other = contractOf({ summary: { activation: "2026-01-15T00:00:00Z" }, features: [] });

  test("a period of another contract", () => {
    const period = billingPeriod(other, 1) as BillingPeriod;
    expect(issuesOf(() => chargesOf(contract, period))).toEqual(["UNKNOWN_PERIOD period"]);
    expect(issuesOf(() => sumUsage(contract, "calls", period, [], { at: AT }))).toEqual([
      "UNKNOWN_PERIOD period",
    ]);
  });

  test("bounds that were moved, an index that doesn't fit, or nothing", () => {
    const wrong = [
      { ...january, end: new Date("2026-01-20T00:00:00Z") },
      { ...january, start: new Date("2026-01-02T00:00:00Z") },
      { ...january, index: 2 },
      { ...january, index: 0.5 },
      { ...january, index: -1 },
      { ...january, end: null },
      {},
      null,
      undefined,
      1,
    ];
    for (const period of wrong) {
      expect(issuesOf(() => chargesOf(contract, period as BillingPeriod))).toEqual(["UNKNOWN_PERIOD period"]);
    }
  });

  test("an own period of a feature is no billing period", () => {
    const features = [feature("desk", metered("1"), { charge_trigger: "week" })];
    const weekly = contractOf({ features });
    const week = { ...january, end: new Date("2026-01-08T00:00:00Z") };
    expect(issuesOf(() => chargesOf(weekly, week))).toEqual(["UNKNOWN_PERIOD period"]);
    // But it is the period of the feature's usage (U5), and the month isn't.
    expect(sumUsage(weekly, "desk", week, [], { at: AT }).units).toBe("0");
    expect(issuesOf(() => sumUsage(weekly, "desk", january, [], { at: AT }))).toEqual([
      "UNKNOWN_PERIOD period",
    ]);
  });
});

describe("NEEDS_EVENTS: prices that depend on single events", () => {
  const matrix = metered("1", {}, { by: [{ when: { region: "eu" }, amount: "2" }] });
  const fees = {
    strategy_details: { pricing_strategy: "percentage", rate: "2", fixed_fee_per_event: "0.30" },
  };
  const features = [feature("base", flat("10")), feature("traffic", matrix), feature("payments", fees)];
  const needing = contractOf({ features });
  const usage = { sums: { traffic: "5", payments: "100" } };

  test("chargesOf throws, with every price that lacks them: an invoice without them would be wrong", () => {
    expect(issuesOf(() => linesOf(needing, 1, { usage }))).toEqual([
      "NEEDS_EVENTS plan.features[1].price.quantity",
      "NEEDS_EVENTS plan.features[2].price.quantity",
    ]);
  });

  test("contractDetails answers with their issues in the place of those estimates alone", () => {
    const details = contractDetails(needing, { at: AT, usage });
    const estimates = (details.plan["features"] as { price: { total_charge_estimate: unknown } }[]).map(
      ({ price }) => price.total_charge_estimate,
    );
    expect(estimates[0]).toEqual({ subtotal: "10.00", total: "10.00" });
    for (const [index, estimate] of estimates.slice(1).entries()) {
      const { issues } = estimate as { issues: object[] };
      expect(issues).toMatchObject([
        { code: "NEEDS_EVENTS", path: ["plan", "features", index + 1, "price", "quantity"] },
      ]);
    }
    expect(details.contract_summary.amount).toBe("10.00");
  });

  test("totalChargeEstimate throws for those prices and answers for the others", () => {
    expect(totalChargeEstimate(needing, { feature: "base" }, { at: AT, usage })).toEqual({
      subtotal: "10.00",
      total: "10.00",
    });
    expect(issuesOf(() => totalChargeEstimate(needing, { feature: "traffic" }, { at: AT, usage }))).toEqual([
      "NEEDS_EVENTS plan.features[1].price.quantity",
    ]);
  });

  test("without any usage nothing is missing", () => {
    expect(linesOf(needing, 1).map((line) => [line.subtotal, line.assumed ?? false])).toEqual([
      ["10.00", false],
      ["0.00", true],
      ["0.00", true],
    ]);
  });

  test("a document's used_unit_count is a sum, too", () => {
    const counted = metered("1", { used_unit_count: "5" }, { by: [{ when: { region: "eu" }, amount: "2" }] });
    const asked = contractOf({ features: [feature("traffic", counted)] });
    expect(issuesOf(() => linesOf(asked, 1))).toEqual(["NEEDS_EVENTS plan.features[0].price.quantity"]);
  });
});
