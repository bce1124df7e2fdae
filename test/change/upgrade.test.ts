import { describe, expect, test } from "vitest";
import { explainLine, previewUpgrade, projectInvoices, type UpgradeRequest } from "../../src/index.ts";
import { briefly, contractOf, feature, flat, invoicesOf, metered, seats } from "./contracts.ts";

const AT = "2026-03-11T10:00:00Z";

function newPlan(features: readonly object[], more: object = {}): UpgradeRequest {
  return { upgrade_strategy: "new_plan", plan: { features }, ...more } as UpgradeRequest;
}

function unitCounts(counts: object, more: object = {}): UpgradeRequest {
  return {
    upgrade_strategy: "change_unit_count",
    unit_count_configuration: counts,
    ...more,
  } as UpgradeRequest;
}

describe("a change to another plan within a month", () => {
  const contract = contractOf([feature("base", flat("31"))]);
  const preview = previewUpgrade(contract, newPlan([feature("pro", flat("62"))]), { at: AT });

  test("credits the unused days of what was charged, and the day of the change is among them", () => {
    expect(preview.credits).toEqual([
      {
        name: "base",
        feature_slug: "base",
        kind: "credit",
        period: { start: AT, end: "2026-04-01T00:00:00Z" },
        unit_count: null,
        unit_price: null,
        subtotal: "-21.00",
        discount_amount: "0.00",
        total_excluding_tax: "-21.00",
        tax_amount: null,
        total_including_tax: "-21.00",
        tax_code: null,
        made_at: AT,
        due_date: AT,
        stub: true,
        exact: "-21",
        exact_ratio: { numerator: "-21", denominator: "1" },
      },
    ]);
  });

  test("charges the new plan for the same days, in the old month", () => {
    expect(preview.new_contract_period).toEqual({ start: AT, end: "2026-04-01T00:00:00Z" });
    expect(invoicesOf(preview.price_on_new_contract)).toEqual([[AT, "pro fixed 42.00"]]);
    expect([preview.effective_at, preview.is_downgrade, preview.net]).toEqual([AT, false, "21.00"]);
  });

  test("gives both contracts", () => {
    const { old_contract, new_contract } = preview;
    expect(old_contract.contract_summary.moved_at).toBe(AT);
    expect(old_contract.plan).toBe(contract.plan);
    expect(new_contract.contract_summary).toEqual({
      currency: "eur",
      cycle: "month",
      activation: AT,
      free_trial_end: null,
      continues: { boundary: "2026-01-01T00:00:00Z" },
    });
    expect(preview.remains_to_pay_current_contract).toEqual([]);
  });

  test("the new contract's invoices are those that it projects itself", () => {
    const range = { from: preview.effective_at, to: "2026-04-01T00:00:00Z" };
    expect([...projectInvoices(preview.new_contract, range)]).toEqual(preview.price_on_new_contract);
  });

  test("is plain JSON", () => {
    expect(JSON.parse(JSON.stringify(preview))).toEqual(preview);
  });

  test("leaves behind what names the old contract, and what was computed of it", () => {
    const summary = { id: "C1", name: "Ours", plan_id: "P1", amount: "31", created: AT, customer_id: "K" };
    const named = contractOf([feature("base", flat("31"))], summary, { id: "C1", customer: "K" });
    const { new_contract } = previewUpgrade(named, newPlan([feature("pro", flat("62"))]), { at: AT });
    expect(Object.keys(new_contract)).toEqual(["contract_summary", "plan", "customer"]);
    expect(new_contract.contract_summary).not.toHaveProperty("id");
    expect(new_contract.contract_summary).not.toHaveProperty("amount");
    expect(new_contract.contract_summary).not.toHaveProperty("plan_id");
    expect(new_contract.contract_summary).toHaveProperty("customer_id", "K");
    const kept = previewUpgrade(named, unitCounts({}), { at: AT }).new_contract.contract_summary;
    expect(kept).toHaveProperty("plan_id", "P1");
  });
});

describe("credits", () => {
  const same = unitCounts({});

  test("are of what charges cost after their discount", () => {
    const discount = { discount_type: "percentage", amount: "10" };
    const contract = contractOf([feature("base", flat("31"))], {}, { discount });
    const { credits, net } = previewUpgrade(contract, same, { at: AT });
    expect(briefly(credits)).toEqual(["base credit -18.90"]);
    expect(net).toBe("0.00");
  });

  test("carry tax, excluded and included", () => {
    const rates = { at: AT, tax_rates: { default: "19" } };
    const [excluded] = previewUpgrade(contractOf([feature("base", flat("31"))]), same, rates).credits;
    expect(excluded).toMatchObject({
      total_excluding_tax: "-21.00",
      tax_amount: "-3.99",
      total_including_tax: "-24.99",
    });
    const configuration = { tax_policy: "tax_included" };
    const contract = contractOf([feature("base", flat("31"))], { configuration });
    const [included] = previewUpgrade(contract, same, rates).credits;
    expect(included).toMatchObject({
      total_excluding_tax: "-17.65",
      tax_amount: "-3.35",
      total_including_tax: "-21.00",
    });
  });

  test("are of each charge's own period", () => {
    const contract = contractOf([
      feature("monthly", flat("31")),
      feature("yearly", flat("365"), "year"),
      feature("weekly", flat("7"), "week"),
    ]);
    // Weeks count from 2026-01-01, a Thursday: the running one began on 5 March and ends with 11 March.
    expect(briefly(previewUpgrade(contract, same, { at: AT }).credits)).toEqual([
      "monthly credit -21.00",
      "yearly credit -296.00",
      "weekly credit -1.00",
    ]);
  });

  test("are of flat fees, and not of usage, first-cycle and on-demand charges", () => {
    const contract = contractOf(
      [
        feature("calls", metered("0.01", { flat_fee: "9.30", minimum_units: "1000" })),
        feature("setup", flat("200"), "first_cycle"),
        feature("help", flat("80"), "on_demand"),
      ],
      { activation: "2026-03-01T00:00:00Z" },
    );
    const usage = { on_demand: [{ feature_slug: "help", at: "2026-03-05T00:00:00Z" }] };
    const { credits, net } = previewUpgrade(contract, same, { at: AT, usage });
    expect(briefly(credits)).toEqual(["calls credit -6.30"]);
    expect(credits[0]).toMatchObject({ unit_count: null, unit_price: null });
    expect(net).toBe("0.00");
  });

  test("of a stub are the part of what it was charged", () => {
    const activation = "2026-03-07T12:00:00Z";
    const contract = contractOf([feature("base", flat("31"))], { activation, cycle_start_offset: 0 });
    // 25 of 31 days were charged, 21 of them are left.
    const { credits } = previewUpgrade(contract, same, { at: AT });
    expect(credits[0]).toMatchObject({ subtotal: "-21.00", period: { end: "2026-04-01T00:00:00Z" } });
  });

  test("end where the contract would have expired", () => {
    const contract = contractOf([feature("base", flat("31"))], { expiration: "2026-03-21T00:00:00Z" });
    const { credits, net, new_contract } = previewUpgrade(contract, same, { at: AT });
    expect(credits[0]).toMatchObject({ subtotal: "-10.00", period: { end: "2026-03-21T00:00:00Z" } });
    expect([net, new_contract.contract_summary.expiration]).toEqual(["0.00", "2026-03-21T00:00:00Z"]);
  });

  test("of a waived charge are none", () => {
    const contract = contractOf([feature("base", flat("31"))], { free_cycles: 3 });
    expect(previewUpgrade(contract, same, { at: AT }).credits).toEqual([]);
  });

  test("of an endless period count up to the expiration; without one there are none", () => {
    const once = contractOf([feature("base", flat("100"))], { cycle: "once" });
    expect(previewUpgrade(once, same, { at: "2026-03-02T00:00:00Z" }).credits).toEqual([]);
    const ending = contractOf([feature("base", flat("100"))], {
      cycle: "constant",
      expiration: "2026-04-11T00:00:00Z",
    });
    const { credits } = previewUpgrade(ending, same, { at: "2026-03-02T00:00:00Z" });
    expect(credits[0]).toMatchObject({ subtotal: "-40.00", period: { end: "2026-04-11T00:00:00Z" } });
  });

  test("are explained", () => {
    const contract = contractOf([feature("base", flat("10"))]);
    const [credit] = previewUpgrade(contract, same, { at: AT, tax_rates: { default: "20" } }).credits;
    const explained = explainLine(credit as NonNullable<typeof credit>);
    expect(explained.steps.map(({ kind, value, value_ratio }) => [kind, value ?? value_ratio])).toEqual([
      ["charged", "-10"],
      ["proration", { numerator: "100", denominator: "31" }],
      ["rounding", { numerator: "13", denominator: "3100" }],
      ["tax", "-1.35"],
    ]);
    expect(explained.steps[1]?.operands).toMatchObject({ numerator: "21", denominator: "31" });
    expect(explained).toMatchObject({ subtotal: "-6.77", total_including_tax: "-8.12" });
  });
});

describe("when a change takes effect", () => {
  const contract = contractOf([feature("base", flat("31"))]);
  const effective = (activation: unknown): string =>
    previewUpgrade(contract, newPlan([feature("pro", flat("62"))], { activation }), { at: AT }).effective_at;

  test("at once, at the next cycle, or at a date", () => {
    expect([undefined, null, ""].map(effective)).toEqual([AT, AT, AT]);
    expect(effective({ type: "next_cycle" })).toBe("2026-04-01T00:00:00Z");
    expect(effective("2026-05-17T10:00:00+02:00")).toBe("2026-05-17T08:00:00Z");
    expect(effective({ type: "date", date: "2026-05-17T08:00:00Z" })).toBe("2026-05-17T08:00:00Z");
  });

  test("a period that would begin with the change is not charged by the old contract, and not credited", () => {
    const preview = previewUpgrade(
      contract,
      newPlan([feature("pro", flat("62"))], { activation: { type: "next_cycle" } }),
      { at: AT },
    );
    expect(preview.credits).toEqual([]);
    expect([preview.net, preview.remains_to_pay_current_contract]).toEqual(["62.00", []]);
    expect(preview.new_contract_period.end).toBe("2026-05-01T00:00:00Z");
  });

  test("a change in the trial ends it, or with a mere change of units lets it run", () => {
    const trial = contractOf(
      [feature("seats", seats("2", "31")), feature("setup", flat("100"), "first_cycle")],
      { free_trial_end: "2026-01-20T00:00:00Z" },
    );
    const at = "2026-01-10T00:00:00Z";
    const moved = previewUpgrade(trial, newPlan([feature("pro", flat("31"))], { downgrade_allowed: true }), {
      at,
    });
    expect(moved.new_contract.contract_summary.free_trial_end).toBeNull();
    // The stub before the old anchor, 20 January: 10 of the 31 days from 20 December on.
    expect(invoicesOf(moved.price_on_new_contract)).toEqual([[at, "pro fixed 10.00"]]);
    expect(moved.new_contract_period.end).toBe("2026-01-20T00:00:00Z");

    const grown = previewUpgrade(trial, unitCounts({ seats: "3" }), { at });
    expect(grown.new_contract_period).toEqual({ start: at, end: "2026-01-20T00:00:00Z" });
    expect([grown.net, grown.credits]).toEqual(["0.00", []]);
    expect(invoicesOf(grown.price_on_new_contract)).toEqual([
      ["2026-01-20T00:00:00Z", "seats fixed 93.00", "setup fixed 100.00"],
    ]);
  });

  test("a trial is granted again on request", () => {
    const change = newPlan([feature("pro", flat("62"))], { free_trial_days: 14 });
    const preview = previewUpgrade(contract, change, { at: AT });
    expect(preview.new_contract_period).toEqual({ start: AT, end: "2026-03-25T10:00:00Z" });
    expect(preview.net).toBe("-21.00");
    expect(invoicesOf(preview.price_on_new_contract)).toEqual([["2026-03-25T10:00:00Z", "pro fixed 14.00"]]);
  });
});

describe("what goes on", () => {
  const percent = { discount_type: "percentage", amount: "50", duration: 3 };
  const features = [feature("seats", seats("2", "31")), feature("setup", flat("100"), "first_cycle")];
  const range = { from: "2026-01-01T00:00:00Z", to: "2026-06-01T00:00:00Z" };
  const totals = (contract: Parameters<typeof projectInvoices>[0]): string[] =>
    [...projectInvoices(contract, range)].map(
      ({ date, total_including_tax: total }) => `${date.slice(0, 10)} ${total}`,
    );

  test("with unit counts: prices, discount, free cycles, and no second setup", () => {
    const contract = contractOf(
      features,
      { free_cycles: 1 },
      {
        discount: percent,
        feature_configuration: { seats: { price: "15.50" } },
      },
    );
    expect(totals(contract)).toEqual([
      "2026-01-01 50.00",
      "2026-02-01 15.50",
      "2026-03-01 15.50",
      "2026-04-01 31.00",
      "2026-05-01 31.00",
    ]);
    const { new_contract, net } = previewUpgrade(contract, unitCounts({ seats: "4" }), { at: AT });
    expect(totals(new_contract)).toEqual(["2026-03-11 21.00", "2026-04-01 62.00", "2026-05-01 62.00"]);
    expect(net).toBe("10.50");
    expect(new_contract.contract_summary.continues).toEqual({
      boundary: "2026-01-01T00:00:00Z",
      numbered_from: "2026-01-01T00:00:00Z",
    });
  });

  test("with unit counts in a free month: the rest of it stays free", () => {
    const contract = contractOf(features, { free_cycles: 1 });
    const { net, new_contract } = previewUpgrade(contract, unitCounts({ seats: "4" }), {
      at: "2026-01-11T00:00:00Z",
    });
    expect(net).toBe("0.00");
    expect(totals(new_contract).slice(0, 2)).toEqual(["2026-01-11 0.00", "2026-02-01 124.00"]);
  });

  test("with unit counts in a year that was waived: the rest of the year stays waived", () => {
    const contract = contractOf([feature("licence", seats("2", "365"), "year")], { free_cycles: 1 });
    const { credits, net } = previewUpgrade(contract, unitCounts({ licence: "4" }), { at: AT });
    expect([credits, net]).toEqual([[], "0.00"]);
  });

  test("through several changes of unit counts", () => {
    const contract = contractOf(features, {}, { discount: percent });
    const first = previewUpgrade(contract, unitCounts({ seats: "3" }), { at: "2026-02-11T00:00:00Z" });
    const second = previewUpgrade(first.new_contract, unitCounts({ seats: "4" }), { at: AT });
    expect(totals(second.new_contract)).toEqual([
      "2026-03-11 42.00",
      "2026-04-01 124.00",
      "2026-05-01 124.00",
    ]);
    expect(second.credits.map(({ subtotal }) => subtotal)).toEqual(["-31.50"]);
  });

  test("with a new plan: nothing of that", () => {
    const contract = contractOf(
      features,
      { free_cycles: 3, strategy: "feature" },
      {
        discount: percent,
        feature_configuration: { seats: { units: "4" } },
      },
    );
    const { new_contract, net } = previewUpgrade(contract, newPlan(features, { downgrade_allowed: true }), {
      at: AT,
    });
    expect(new_contract.discount).toBeUndefined();
    expect(new_contract.feature_configuration).toBeUndefined();
    expect(totals(new_contract).slice(0, 2)).toEqual(["2026-03-11 142.00", "2026-04-01 62.00"]);
    // Free months have nothing to credit.
    expect(net).toBe("142.00");
  });

  test("with a new plan: its own discount and overrides count from the change", () => {
    const contract = contractOf([feature("base", flat("31"))]);
    const change = newPlan(features, {
      discount: { ...percent, duration: 1 },
      feature_configuration: { seats: { units: "4" } },
    });
    const { new_contract } = previewUpgrade(contract, change, { at: AT });
    expect(totals(new_contract)).toEqual(["2026-03-11 92.00", "2026-04-01 62.00", "2026-05-01 124.00"]);
  });

  test("the count of used units stays with the contract that it was counted for", () => {
    const calls = feature("calls", metered("1", { used_unit_count: "40" }));
    const { new_contract, remains_to_pay_current_contract } = previewUpgrade(
      contractOf([calls, feature("seats", seats("2", "31"))]),
      unitCounts({ seats: "3" }),
      { at: AT },
    );
    expect(invoicesOf(remains_to_pay_current_contract)).toEqual([[AT, "calls usage 40.00"]]);
    expect(JSON.stringify(new_contract.plan)).not.toContain("used_unit_count");
  });
});

describe("the grid of the new contract", () => {
  const pro = [feature("pro", flat("620"))];
  const starts = (contract: Parameters<typeof projectInvoices>[0]): string[] =>
    [...projectInvoices(contract, { from: AT, to: "2027-06-01T00:00:00Z" })].map(({ date }) =>
      date.slice(0, 10),
    );

  test("is the old one where the cycle stays, anchors and clamped days included", () => {
    const contract = contractOf([feature("base", flat("31"))], { cycle_anchor: "2025-10-31T00:00:00Z" });
    const { new_contract } = previewUpgrade(contract, newPlan(pro), { at: AT });
    expect(starts(new_contract).slice(0, 4)).toEqual([
      "2026-03-11",
      "2026-03-31",
      "2026-04-30",
      "2026-05-31",
    ]);
  });

  test("keeps every third month of the calendar", () => {
    const contract = contractOf([feature("base", flat("31"))], {
      cycle_count: 3,
      cycle_start_offset: 4,
      activation: "2026-02-10T00:00:00Z",
    });
    const { new_contract } = previewUpgrade(contract, newPlan(pro), { at: "2026-04-11T00:00:00Z" });
    expect(starts(new_contract).slice(0, 3)).toEqual(["2026-04-11", "2026-05-05", "2026-08-05"]);
  });

  test("begins with the change where the cycle is another", () => {
    const contract = contractOf([feature("base", flat("31"))], { cycle_start_offset: 4, cycle_count: 2 });
    const { new_contract } = previewUpgrade(contract, newPlan(pro, { cycle: "year" }), { at: AT });
    expect(starts(new_contract)).toEqual(["2026-03-11", "2027-03-11"]);
    expect(new_contract.contract_summary).toMatchObject({ cycle_start_offset: null, cycle_count: null });
    expect(new_contract.contract_summary.continues).toBeUndefined();
  });

  test("is as the change says", () => {
    const contract = contractOf([feature("base", flat("31"))], {
      configuration: { cycle_alignment: "calendar" },
    });
    const own = previewUpgrade(contract, newPlan(pro, { anchor: "change" }), { at: AT });
    expect(starts(own.new_contract).slice(0, 2)).toEqual(["2026-03-11", "2026-04-11"]);
    expect(own.net).toBe("599.00");
    const kept = previewUpgrade(contract, newPlan(pro, { anchor: "keep", cycle: "quarter" }), { at: AT });
    expect(starts(kept.new_contract).slice(0, 3)).toEqual(["2026-03-11", "2026-04-01", "2026-07-01"]);
  });

  test("own cycles go on in theirs", () => {
    const own = [feature("base", flat("31"), "month"), feature("weekly", flat("7"), "week")];
    const contract = contractOf(own, { cycle: "year", activation: "2025-10-31T00:00:00Z" });
    const { new_contract, net } = previewUpgrade(contract, unitCounts({}), { at: AT });
    const range = { from: AT, to: "2026-04-15T00:00:00Z" };
    expect(invoicesOf([...projectInvoices(new_contract, range)])).toEqual([
      [AT, "base fixed 20.00", "weekly fixed 2.00"],
      ["2026-03-13T00:00:00Z", "weekly fixed 7.00"],
      ["2026-03-20T00:00:00Z", "weekly fixed 7.00"],
      ["2026-03-27T00:00:00Z", "weekly fixed 7.00"],
      ["2026-03-31T00:00:00Z", "base fixed 31.00"],
      ["2026-04-03T00:00:00Z", "weekly fixed 7.00"],
      ["2026-04-10T00:00:00Z", "weekly fixed 7.00"],
    ]);
    expect(net).toBe("0.00");
  });
});

describe("usage and invoices", () => {
  const calls = feature("calls", metered("1"));
  const contract = contractOf([calls]);
  const change = newPlan([feature("calls", metered("2")), feature("extra", metered("5"))]);

  test("usage is the contract's in force: before the change the old one's, then the new one's", () => {
    const events = [
      { feature_slug: "calls", units: "10", timestamp: "2026-03-11T09:59:59.999Z" },
      { feature_slug: "calls", units: "1", timestamp: AT },
      { feature_slug: "extra", units: "1", timestamp: AT },
      { feature_slug: "extra", units: "1000", timestamp: "2026-03-12T00:00:00Z" },
    ];
    const preview = previewUpgrade(contract, change, { at: AT, usage: { events } });
    expect(invoicesOf(preview.remains_to_pay_current_contract)).toEqual([[AT, "calls usage 10.00"]]);
    expect(invoicesOf(preview.price_on_new_contract)).toEqual([
      ["2026-04-01T00:00:00Z", "calls usage 2.00", "extra usage 5.00"],
    ]);
    expect(preview.net).toBe("0.00");
  });

  test("sums are of the period that the change cuts", () => {
    const usage = { sums: { calls: "7" } };
    for (const activation of [null, "2026-03-20T00:00:00Z"]) {
      const later = { ...change, activation } as UpgradeRequest;
      const preview = previewUpgrade(contract, later, { at: AT, usage });
      expect(preview.remains_to_pay_current_contract[0]?.subtotal).toBe("7.00");
      expect(preview.price_on_new_contract[0]?.lines[0]).toMatchObject({ unit_count: "0", assumed: true });
    }
  });

  test("sums at the very beginning of a period are the new contract's", () => {
    const preview = previewUpgrade(contract, change, {
      at: "2026-04-01T00:00:00Z",
      usage: { sums: { calls: "7" } },
    });
    // The old contract's March is closed then: its usage isn't among the sums.
    expect(preview.remains_to_pay_current_contract[0]?.lines[0]).toMatchObject({
      unit_count: "0",
      assumed: true,
    });
    expect(preview.price_on_new_contract[0]?.lines[0]).toMatchObject({ unit_count: "7" });
  });

  test("usage may name what either contract has, and nothing else", () => {
    const usage = (slug: string) => ({ sums: { [slug]: "7" } });
    expect(() => previewUpgrade(contract, change, { at: AT, usage: usage("extra") })).not.toThrow();
    expect(() => previewUpgrade(contract, change, { at: AT, usage: usage("nobody") })).toThrow(
      /no such slug/,
    );
  });

  test("what was charged but not invoiced remains to be paid, with the last usage", () => {
    const configuration = {
      invoice_trigger: { periodic: { cycle: "quarter", cycle_start_offset: 1 } },
      usage_period_closing_policy: "1 day",
    };
    const quarterly = contractOf([calls, feature("base", flat("31"))], { configuration });
    const allowed = { ...change, downgrade_allowed: true } as UpgradeRequest;
    const preview = previewUpgrade(quarterly, allowed, { at: AT });
    expect(invoicesOf(preview.remains_to_pay_current_contract)).toEqual([
      [
        "2026-03-12T10:00:00Z",
        "calls usage 0.00",
        "calls usage 0.00",
        "calls usage 0.00",
        "base fixed 31.00",
        "base fixed 31.00",
      ],
    ]);
    expect(preview.net).toBe("-21.00");
    expect(preview.price_on_new_contract.map(({ date }) => date)).toEqual(["2026-04-02T00:00:00Z"]);
  });

  test("a contract that charges nothing has no first invoice", () => {
    const nothing = newPlan([feature("help", flat("80"), "on_demand")]);
    expect(previewUpgrade(contract, nothing, { at: AT }).price_on_new_contract).toEqual([]);
  });

  test("an endless new contract shows its first invoice", () => {
    const once = newPlan([feature("licence", flat("900")), feature("support", flat("5"), "month")], {
      cycle: "once",
    });
    const preview = previewUpgrade(contract, once, { at: AT });
    expect(preview.new_contract_period).toEqual({ start: AT, end: null });
    expect(invoicesOf(preview.price_on_new_contract)).toEqual([
      [AT, "licence fixed 900.00", "support fixed 5.00"],
    ]);
  });
});
