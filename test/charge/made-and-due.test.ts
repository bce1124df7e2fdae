import { describe, expect, test } from "vitest";
import type { ChargeLine, ChargeOptions } from "../../src/index.ts";
import { contractOf, feature, flat, type Json, linesOf, metered } from "./contracts.ts";

const FEATURES = [feature("base", flat("10")), feature("calls", metered("1", { flat_fee: "5" }))];

/** Kind, made_at and due_date of January's lines, the date alone where the time is midnight. */
function dates(configuration: Json, options: ChargeOptions = {}, summary: Json = {}): string[] {
  const lines = linesOf(contractOf({ configuration, summary, features: FEATURES }), 1, options);
  return lines.map((line) => `${line.kind} ${shortDate(line.made_at)} ${shortDate(line.due_date)}`);
}

function shortDate(instant: ChargeLine["made_at"]): string {
  return instant === null ? "never" : instant.replace("T00:00:00Z", "");
}

describe("W2: when a charge is made", () => {
  test("fixed charges and flat fees at the start of their period, usage when it closes", () => {
    expect(dates({ usage_period_closing_policy: "1 hour" })).toEqual([
      "fixed 2026-01-01 2026-01-01",
      "flat_fee 2026-01-01 2026-01-01",
      "usage 2026-02-01T01:00:00Z 2026-02-01T01:00:00Z",
    ]);
  });

  test("under manual at the period's end, or when the caller closed it", () => {
    const configuration = { usage_period_closing_policy: "manual" };
    expect(dates(configuration)[2]).toBe("usage 2026-02-01 2026-02-01");
    expect(dates(configuration, { closed_at: "2026-02-05T08:00:00Z" })[2]).toBe(
      "usage 2026-02-05T08:00:00Z 2026-02-05T08:00:00Z",
    );
  });

  test("an on-demand charge when it is demanded", () => {
    const contract = contractOf({ features: [feature("audit", flat("7"), { charge_trigger: "on_demand" })] });
    const on_demand = [{ feature_slug: "audit", at: "2026-01-20T10:00:00Z" }];
    expect(linesOf(contract, 1, { usage: { on_demand } })[0]).toMatchObject({
      made_at: "2026-01-20T10:00:00Z",
      due_date: "2026-01-20T10:00:00Z",
    });
  });

  test("usage of an endless contract is made at its expiration, without one never", () => {
    const once = (summary: Json): string[] => dates({}, {}, { cycle: "once", ...summary });
    expect(once({ expiration: "2026-07-01T00:00:00Z" })[2]).toBe("usage 2026-07-01 2026-07-01");
    expect(once({})).toEqual([
      "fixed 2026-01-01 2026-01-01",
      "flat_fee 2026-01-01 2026-01-01",
      "usage never never",
    ]);
  });

  test("flat fee and usage are one charge in two lines: 2.004 + 1.002 is 3.006, so 2.00 and 1.01", () => {
    const features = [feature("calls", metered("0.501", { flat_fee: "2.004" }))];
    const lines = linesOf(contractOf({ features }), 1, { usage: { sums: { calls: "2" } } });
    expect(lines.map((line) => [line.kind, line.exact, line.subtotal])).toEqual([
      ["flat_fee", "2.004", "2.00"],
      // 1.002 alone would be 1.00, and a cent would be lost.
      ["usage", "1.002", "1.01"],
    ]);
  });

  test("a percentage is usage, too", () => {
    const price = { strategy_details: { pricing_strategy: "percentage", rate: "2", flat_fee: "5" } };
    const contract = contractOf({ features: [feature("payments", price)] });
    const lines = linesOf(contract, 1, { usage: { sums: { payments: "150" } } });
    expect(lines.map((line) => [line.kind, line.subtotal, line.made_at])).toEqual([
      ["flat_fee", "5.00", "2026-01-01T00:00:00Z"],
      ["usage", "3.00", "2026-02-01T00:00:00Z"],
    ]);
  });
});

describe("D1 to D4: when lines fall due", () => {
  test("end_of_period moves fixed charges to the end of their period, and flat fees with them", () => {
    expect(dates({ due_date_policy: "end_of_period" })).toEqual([
      "fixed 2026-01-01 2026-02-01",
      "flat_fee 2026-01-01 2026-02-01",
      "usage 2026-02-01 2026-02-01",
    ]);
  });

  test("flat fees may have a policy of their own (D2)", () => {
    const configuration = { due_date_policy: "end_of_period", flat_fee_due_date_policy: "start_of_period" };
    expect(dates(configuration).slice(0, 2)).toEqual([
      "fixed 2026-01-01 2026-02-01",
      "flat_fee 2026-01-01 2026-01-01",
    ]);
  });

  test("net days count from the later of the due date and the making (D3)", () => {
    expect(dates({ payment_terms: { net_days: 30 }, usage_period_closing_policy: "1 day" })).toEqual([
      "fixed 2026-01-01 2026-01-31",
      "flat_fee 2026-01-01 2026-01-31",
      "usage 2026-02-02 2026-03-04",
    ]);
  });

  test("end of month and proximo dates", () => {
    const endOfMonth = dates({ payment_terms: { end_of_month: true, plus_days: 10 } });
    expect(endOfMonth).toEqual([
      "fixed 2026-01-01 2026-02-10",
      "flat_fee 2026-01-01 2026-02-10",
      "usage 2026-02-01 2026-03-10",
    ]);
    const proximo = dates({ payment_terms: { proximo: { cutoff_day: 25, months: 1, day: 31 } } });
    expect(proximo[0]).toBe("fixed 2026-01-01 2026-02-28");
  });

  test("nothing is due before it is made: proximo in the same month falls back to the making (D4)", () => {
    const configuration = {
      payment_terms: { proximo: { cutoff_day: 31, months: 0, day: 1 } },
      usage_period_closing_policy: "1 day",
    };
    expect(dates(configuration)[2]).toBe("usage 2026-02-02 2026-02-02");
  });

  test("an on-demand charge under end_of_period is due at the end of its billing period", () => {
    const features = [feature("audit", flat("7"), { charge_trigger: "on_demand" })];
    const contract = contractOf({ features, configuration: { due_date_policy: "end_of_period" } });
    const on_demand = [{ feature_slug: "audit", at: "2026-01-20T10:00:00Z" }];
    expect(linesOf(contract, 1, { usage: { on_demand } })[0]?.due_date).toBe("2026-02-01T00:00:00Z");
  });

  test("own-cycle charges are due by their own periods", () => {
    const features = [feature("desk", flat("3"), { charge_trigger: "quarter" })];
    const contract = contractOf({ features, configuration: { due_date_policy: "end_of_period" } });
    expect(linesOf(contract, 1)[0]?.due_date).toBe("2026-04-01T00:00:00Z");
  });
});
