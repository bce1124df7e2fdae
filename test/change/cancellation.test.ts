import { describe, expect, test } from "vitest";
import { contractStatus, previewCancellation, projectInvoices } from "../../src/index.ts";
import { briefly, contractOf, feature, flat, invoicesOf, type Json, metered } from "./contracts.ts";

const AT = "2026-03-11T10:00:00Z";
const base = [feature("base", flat("31"))];

describe("canceled at once", () => {
  test("a contract expires then, and what is unused comes back: the day itself is used", () => {
    const preview = previewCancellation(contractOf(base), { at: AT, mode: "now" });
    expect(preview.effective_at).toBe(AT);
    expect(preview.contract.contract_summary.expiration).toBe(AT);
    expect(contractStatus(preview.contract, AT)).toBe("canceled");
    expect(preview.credits).toMatchObject([
      { kind: "credit", subtotal: "-20.00", period: { start: AT, end: "2026-04-01T00:00:00Z" }, made_at: AT },
    ]);
    expect(preview.remains_to_pay_current_contract).toEqual([]);
    expect(preview.net).toBe("-20.00");
  });

  test.each([
    ["day", "-20.00"],
    // 20 days, 14 hours of 31.
    ["second", "-20.58"],
    // 11 of 30 days are used, of 31.00.
    ["actual/360", "-19.63"],
    // 10 days lie between the 1st and the 11th.
    ["30/360", "-20.67"],
  ])("by %s it comes to %s", (proration_basis, expected) => {
    const contract = contractOf(base, { configuration: { proration_basis } });
    expect(previewCancellation(contract, { at: AT, mode: "now" }).net).toBe(expected);
  });

  test("usage until then remains to be paid, and takes its discount", () => {
    const discount = { discount_type: "percentage", amount: "10" };
    const contract = contractOf([...base, feature("calls", metered("1"))], {}, { discount });
    const usage = { sums: { calls: "50" } };
    const preview = previewCancellation(contract, {
      at: AT,
      mode: "now",
      usage,
      tax_rates: { default: "19" },
    });
    expect(invoicesOf(preview.remains_to_pay_current_contract)).toEqual([[AT, "calls usage 50.00"]]);
    expect(preview.credits.map((credit) => credit.total_including_tax)).toEqual(["-21.42"]);
    expect(preview.net).toBe("32.13");
  });

  test("own cycles are credited up to their own end, first-cycle charges not", () => {
    const contract = contractOf(
      [feature("licence", flat("365"), "year"), feature("setup", flat("100"), "first_cycle")],
      { activation: "2026-03-01T00:00:00Z" },
    );
    expect(briefly(previewCancellation(contract, { at: AT, mode: "now" }).credits)).toEqual([
      "licence credit -354.00",
    ]);
  });

  test("what was not invoiced yet is charged for the days used, and nothing of it is credited", () => {
    const configuration = { invoice_trigger: { periodic: { cycle: "quarter", cycle_start_offset: 1 } } };
    const contract = contractOf(base, { configuration });
    const preview = previewCancellation(contract, { at: AT, mode: "now" });
    expect(preview.credits).toEqual([]);
    expect(invoicesOf(preview.remains_to_pay_current_contract)).toEqual([
      [AT, "base fixed 31.00", "base fixed 11.00"],
    ]);
    expect(preview.net).toBe("42.00");
  });

  test("where invoices are written by hand, all that was charged counts as invoiced", () => {
    const contract = contractOf(base, { configuration: { invoice_trigger: "manual" } });
    const preview = previewCancellation(contract, { at: AT, mode: "now" });
    expect([preview.net, preview.remains_to_pay_current_contract]).toEqual(["-20.00", []]);
  });

  test("a trial costs nothing", () => {
    const contract = contractOf(base, { free_trial_end: "2026-03-20T00:00:00Z" });
    const preview = previewCancellation(contract, { at: AT, mode: "now" });
    expect(preview).toMatchObject({ credits: [], remains_to_pay_current_contract: [], net: "0.00" });
    expect([...projectInvoices(preview.contract, { from: AT, to: "2027-01-01T00:00:00Z" })]).toEqual([]);
  });
});

describe("canceled at the end of the period", () => {
  const cancel = (summary: Json = {}, features: readonly Json[] = base) =>
    previewCancellation(contractOf(features, summary), { at: AT, mode: "end_of_period" });

  test("a contract serves the month that was paid", () => {
    const preview = cancel();
    expect(preview).toMatchObject({ effective_at: "2026-04-01T00:00:00Z", credits: [], net: "0.00" });
    expect(preview.contract.contract_summary.expiration).toBe("2026-04-01T00:00:00Z");
  });

  test("own cycles that reach beyond it are credited", () => {
    const { credits } = cancel({}, [...base, feature("licence", flat("365"), "year")]);
    expect(briefly(credits)).toEqual(["licence credit -275.00"]);
  });

  test("a trial ends without a charge", () => {
    expect(cancel({ free_trial_end: "2026-03-20T00:00:00Z" })).toMatchObject({
      effective_at: "2026-03-20T00:00:00Z",
      net: "0.00",
    });
  });

  test("one that expires earlier stays as it is", () => {
    const contract = contractOf(base, { expiration: "2026-03-20T00:00:00Z" });
    const preview = previewCancellation(contract, { at: AT, mode: "end_of_period" });
    expect(preview).toMatchObject({ effective_at: "2026-03-20T00:00:00Z", credits: [], net: "0.00" });
    expect(preview.contract).toEqual(contract);
  });

  test("an endless period ends with the contract", () => {
    const summary = { cycle: "once", expiration: "2027-01-01T00:00:00Z" };
    expect(cancel(summary)).toMatchObject({ effective_at: "2027-01-01T00:00:00Z", credits: [] });
  });

  test("at the beginning of a period that period is served", () => {
    const preview = previewCancellation(contractOf(base), {
      at: "2026-03-01T00:00:00Z",
      mode: "end_of_period",
    });
    expect(preview.effective_at).toBe("2026-04-01T00:00:00Z");
    expect(preview.net).toBe("0.00");
  });
});
