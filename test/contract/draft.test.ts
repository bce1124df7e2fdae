import { describe, expect, test } from "vitest";
import type { Contract } from "../../src/contract/contract.ts";
import { type ContractRequest, draftContract } from "../../src/contract/draft.ts";
import { parseContract } from "../../src/contract/parse.ts";
import { errorOf, flat, issuesOf, type Json, price } from "./documents.ts";

const AT = "2026-01-31T09:30:00Z";
const seats = price({
  pricing_strategy: "per_unit",
  contracted_unit_count: "5",
  minimum_units: "2",
  maximum_units: "50",
});
const plan = { slug: "team", features: [{ slug: "seats", price: seats }] };
const discount = { id: "D1", discount_type: "percentage", amount: "10" };

function draft(request: Json = {}, parts: Json = {}, options: Json = {}): Contract {
  const whole = { cycle: "month", currency: "eur", ...request } as unknown as ContractRequest;
  return draftContract(whole, { plan, ...parts }, { at: AT, ...options });
}

function issues(request: Json = {}, parts: Json = {}, options: Json = {}): string[] {
  return issuesOf(() => draft(request, parts, options));
}

describe("a drafted contract", () => {
  test("is the document that the request makes of its plan", () => {
    const contract = draft({ customer_id: "K1", plan_id: "P1", invoice_trigger: "every_cycle" });
    expect(contract).toEqual(
      parseContract({
        contract_summary: {
          cycle: "month",
          currency: "eur",
          customer_id: "K1",
          plan_id: "P1",
          activation: AT,
          free_trial_end: null,
          configuration: { invoice_trigger: "every_cycle" },
        },
        plan,
      }),
    );
    expect(parseContract(JSON.parse(JSON.stringify(contract)))).toEqual(contract);
  });

  test("takes overrides and whatever can be configured, options of ours included", () => {
    const contract = draft({
      feature_configuration: { seats: { units: "8" } },
      time_zone: "Europe/Berlin",
      cycle_start_offset: 0,
      free_cycles: 1,
      configuration: { rounding: "half_even" },
      automatic_payment: true,
    });
    expect(contract.feature_configuration).toEqual({ seats: { units: "8" } });
    expect(contract.contract_summary).toMatchObject({
      time_zone: "Europe/Berlin",
      cycle_start_offset: 0,
      free_cycles: 1,
      configuration: { rounding: "half_even", automatic_payment: true },
    });
    expect(draft({ unit_count_configuration: { seats: 9 } }).unit_count_configuration).toEqual({
      seats: "9",
    });
  });
});

describe("its activation", () => {
  test.each([[undefined], [null], [""]])("%s is the instant of the request", (activation) => {
    expect(draft({ activation }).contract_summary.activation).toBe(AT);
    expect(draft({ activation }, {}, { at: new Date(AT) }).contract_summary.activation).toBe(AT);
  });

  test("is the one requested, before or after", () => {
    expect(draft({ activation: "2026-03-01T01:00:00+01:00" }).contract_summary.activation).toBe(
      "2026-03-01T00:00:00Z",
    );
  });

  test("is ignored while it is pending", () => {
    const { contract_summary: summary } = draft({ is_pending: true, activation: "2026-03-01T00:00:00Z" });
    expect(summary).toMatchObject({ is_pending: true, activation: null, free_trial_end: null });
  });
});

describe("its trial", () => {
  const trial = { plan: { ...plan, free_trial_days: 14 } };

  test("lasts as the plan says, in local days", () => {
    expect(draft({}, trial).contract_summary.free_trial_end).toBe("2026-02-14T09:30:00Z");
    const berlin = draft({ time_zone: "Europe/Berlin", activation: "2026-03-20T11:00:00Z" }, trial);
    expect(berlin.contract_summary.free_trial_end).toBe("2026-04-03T10:00:00Z");
  });

  test("lasts as the request says, also not at all", () => {
    expect(draft({ free_trial_days: 1 }, trial).contract_summary.free_trial_end).toBe("2026-02-01T09:30:00Z");
    const none = draft({ free_trial_days: 0 }, trial);
    expect([none.contract_summary.free_trial_end, none.plan.free_trial_days]).toEqual([null, 0]);
  });

  test("of a pending contract isn't known: the plan keeps the days", () => {
    const pending = draft({ is_pending: true, free_trial_days: 30 }, trial);
    expect(pending.contract_summary).not.toHaveProperty("free_trial_end");
    expect(pending.plan.free_trial_days).toBe(30);
  });
});

describe("its automatic payment", () => {
  const paid = (request: Json, options: Json): unknown =>
    draft(request, {}, options).contract_summary.configuration?.automatic_payment;
  const customer = { automatic_payment: false };
  const defaults = { automatic_payment: true };

  test("is the request's, else the customer's, else the vendor's", () => {
    expect(paid({ automatic_payment: true }, { customer, defaults })).toBe(true);
    expect(paid({ configuration: { automatic_payment: true } }, { customer, defaults })).toBe(true);
    expect(paid({}, { customer, defaults })).toBe(false);
    expect(paid({ automatic_payment: null }, { customer: { automatic_payment: null }, defaults })).toBe(true);
    expect(draft({}, {}, { customer: null }).contract_summary).not.toHaveProperty("configuration");
  });

  test("that is none is reported where it was said", () => {
    expect(issues({ automatic_payment: "yes" })).toEqual(["INVALID_TYPE request.automatic_payment"]);
    expect(issues({}, {}, { customer: { automatic_payment: "yes" } })).toEqual([
      "INVALID_TYPE customer.automatic_payment",
    ]);
    expect(issues({}, {}, { defaults: { automatic_payment: "yes" } })).toEqual([
      "INVALID_TYPE defaults.automatic_payment",
    ]);
  });
});

describe("its discount", () => {
  test("is the one that the request names", () => {
    expect(draft({ discount_id: "D1" }, { discount }).discount).toEqual(discount);
    const { id: _, ...unnamed } = discount;
    expect(draft({ discount_id: "D1" }, { discount: unnamed }).discount).toEqual(unnamed);
    expect(draft({ discount_id: "" }).discount).toBeUndefined();
  });

  test("may not be missing, another, or there without being named", () => {
    expect(issues({ discount_id: "D1" })).toEqual(["MISSING discount"]);
    expect(issues({ discount_id: "D2" }, { discount })).toEqual(["CONFLICT discount"]);
    expect(issues({}, { discount })).toEqual(["CONFLICT discount"]);
  });
});

describe("a request is refused", () => {
  test("with units that can't be bought", () => {
    expect(issues({ feature_configuration: { seats: { units: "1" } } })).toEqual([
      "OUT_OF_RANGE request.feature_configuration.seats.units",
    ]);
    expect(issues({ unit_count_configuration: { seats: "51" } })).toEqual([
      "OUT_OF_RANGE request.unit_count_configuration.seats",
    ]);
  });

  test("with everything that is wrong in it, where it was said", () => {
    const request = {
      cycle: "fortnight",
      currency: "eurs",
      activation: "tomorrow",
      invoice_trigger: "sometimes",
      free_trial_days: 1.5,
      fre_cycles: 1,
      rounding: "half_up",
    };
    expect(
      issues(request, { plan: { features: [{ slug: "base", price: flat("-1") }] } }, { at: "now" }),
    ).toEqual([
      "INVALID_INSTANT at",
      "UNKNOWN_VALUE request.fre_cycles",
      "UNKNOWN_VALUE request.cycle",
      "UNKNOWN_VALUE request.currency",
      "INVALID_INSTANT request.activation",
      "MISPLACED_FIELD request.rounding",
      "UNKNOWN_VALUE request.invoice_trigger",
      "OUT_OF_RANGE plan.features[0].price.amount",
      "INVALID_TYPE request.free_trial_days",
    ]);
    expect(errorOf(() => draft({ fre_cycles: 1 })).message).toMatch(/did you mean free_cycles\?/);
  });

  test("with what only a contract in force has", () => {
    expect(issues({ status: "active", moved_at: AT, free_trial_end: AT, continues: null })).toEqual([
      "UNKNOWN_VALUE request.status",
      "UNKNOWN_VALUE request.moved_at",
      "UNKNOWN_VALUE request.free_trial_end",
      "UNKNOWN_VALUE request.continues",
    ]);
  });

  test("without a plan, or where nothing is what it should be", () => {
    expect(issues({}, { plan: undefined })).toEqual(["MISSING plan"]);
    expect(issuesOf(() => draftContract(null as never, { plan }, { at: AT }))).toContain(
      "INVALID_TYPE request",
    );
    expect(issuesOf(() => draftContract({} as never, undefined as never, undefined as never))).toEqual([
      "INVALID_INSTANT at",
      "MISSING request.cycle",
      "MISSING request.currency",
      "MISSING plan",
    ]);
    expect(issues({ configuration: "none" })).toEqual(["INVALID_TYPE request.configuration"]);
    expect(issues({ free_trial_days: 1e300 })).toEqual(["OUT_OF_RANGE request.free_trial_days"]);
  });
});
