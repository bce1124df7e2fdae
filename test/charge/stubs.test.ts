import { describe, expect, test } from "vitest";
import type { Contract } from "../../src/index.ts";
import { contractOf, feature, flat, type Json, linesOf, metered, seats, subtotals } from "./contracts.ts";

/** Calendar months from 16 January 2026 on: the stub serves 16 of January's 31 days. */
function from16January(
  features: readonly Json[],
  configuration: Json = {},
  discounts: Json[] = [],
): Contract {
  const summary = { activation: "2026-01-16T00:00:00Z", cycle_start_offset: 0 };
  return contractOf({ summary, features, configuration, discounts });
}

describe("W4: stubs", () => {
  test("a fixed charge of 31 costs 16 for 16 of 31 days, and 31 from the next period on", () => {
    const contract = from16January([feature("base", flat("31"))]);
    const [stub] = linesOf(contract, 1);
    expect(stub).toMatchObject({ subtotal: "16.00", exact: "16", stub: true });
    const [whole] = linesOf(contract, 2);
    expect(whole).toMatchObject({ subtotal: "31.00", stub: false });
  });

  test("proration comes before rounding: 16/31 of 10.00 is 5.16129..., 5.16", () => {
    const [line] = linesOf(from16January([feature("base", flat("10"))]), 1);
    expect(line).toMatchObject({
      subtotal: "5.16",
      exact: null,
      exact_ratio: { numerator: "160", denominator: "31" },
    });
  });

  test("contracted units are prorated with their flat fee: 16/31 of 1 + 5 x 6", () => {
    const [line] = linesOf(from16January([feature("seats", seats("5", "6", { flat_fee: "1" }))]), 1);
    expect(line).toMatchObject({ kind: "fixed", unit_count: "5", subtotal: "16.00" });
  });

  test("of a usage price only the flat fee is prorated", () => {
    const contract = from16January([feature("calls", metered("0.10", { flat_fee: "31" }))]);
    const lines = linesOf(contract, 1, { usage: { sums: { calls: "100" } } });
    expect(subtotals(lines)).toEqual(["calls flat_fee 16.00", "calls usage 10.00"]);
  });

  test("included and minimum units are not prorated: 100 - 40 units are charged, and never less than 50", () => {
    const price = metered("1", { included_units: "40", minimum_units: "50" });
    const contract = from16January([feature("calls", price)]);
    const of = (units: string): string[] =>
      subtotals(linesOf(contract, 1, { usage: { sums: { calls: units } } }));
    expect(of("100")).toEqual(["calls usage 60.00"]);
    expect(of("41")).toEqual(["calls usage 50.00"]);
  });

  test("stub_charges full charges stubs like whole periods, free nothing of what would be prorated", () => {
    const features = [feature("base", flat("31")), feature("calls", metered("0.10", { flat_fee: "31" }))];
    const usage = { sums: { calls: "100" } };
    const of = (stub_charges: string): string[] =>
      subtotals(linesOf(from16January(features, { stub_charges }), 1, { usage }));
    expect(of("full")).toEqual(["base fixed 31.00", "calls flat_fee 31.00", "calls usage 10.00"]);
    expect(of("free")).toEqual(["base fixed 0.00", "calls flat_fee 0.00", "calls usage 10.00"]);
  });

  test("minimum and maximum charge are prorated with the charge", () => {
    const dear = feature("seats", seats("1", "62", {}, { maximum_charge: "31" }));
    const cheap = feature("calls", metered("0.10", {}, { minimum_charge: "310" }));
    const lines = linesOf(from16January([dear, cheap]), 1);
    expect(subtotals(lines)).toEqual(["seats fixed 16.00", "calls usage 160.00"]);
  });

  test("under stub_limits full the prorated amount is clamped by the whole limits", () => {
    const dear = feature("seats", seats("1", "62", {}, { maximum_charge: "31" }));
    const cheap = feature("calls", metered("0.10", {}, { minimum_charge: "310" }));
    const lines = linesOf(from16January([dear, cheap], { stub_limits: "full" }), 1);
    // 16/31 of 62 is 32, above the whole maximum of 31.
    expect(subtotals(lines)).toEqual(["seats fixed 31.00", "calls usage 310.00"]);
  });

  test("limits follow stub_limits under stub_charges full too", () => {
    const usage = { sums: { calls: "5000" } };
    const features = [
      feature("base", flat("310", { maximum_charge: "310" })),
      feature("calls", metered("0.10", {}, { maximum_charge: "310" })),
      feature("calm", metered("0.10", {}, { minimum_charge: "310" })),
    ];
    const of = (stub_limits: string): string[] =>
      subtotals(linesOf(from16January(features, { stub_charges: "full", stub_limits }), 1, { usage }));
    expect(of("prorated")).toEqual(["base fixed 160.00", "calls usage 160.00", "calm usage 160.00"]);
    expect(of("full")).toEqual(["base fixed 310.00", "calls usage 310.00", "calm usage 310.00"]);
  });

  test("a maximum never falls below the flat fee charged", () => {
    const price = metered("0.10", { flat_fee: "31" }, { maximum_charge: "31" });
    const contract = from16January([feature("calls", price)], { stub_charges: "full" });
    const lines = linesOf(contract, 1, { usage: { sums: { calls: "100" } } });
    expect(subtotals(lines)).toEqual(["calls flat_fee 31.00", "calls usage 0.00"]);
  });

  test("a free stub frees the minimum charge, and its maximum still protects usage", () => {
    const features = [
      feature("idle", metered("0.10", { flat_fee: "31" }, { minimum_charge: "310" })),
      feature("busy", metered("0.10", {}, { maximum_charge: "31" })),
    ];
    const lines = linesOf(from16January(features, { stub_charges: "free" }), 1, {
      usage: { sums: { busy: "9999" } },
    });
    expect(subtotals(lines)).toEqual(["idle flat_fee 0.00", "idle usage 0.00", "busy usage 16.00"]);
  });

  test("first_cycle and on_demand charges and their limits are never prorated", () => {
    const features = [
      feature("setup", flat("31"), { charge_trigger: "first_cycle" }),
      feature("audit", seats("2", "31", {}, { maximum_charge: "40" }), { charge_trigger: "on_demand" }),
      feature("import", metered("1", { flat_fee: "31" }, { minimum_charge: "50" }), {
        charge_trigger: "first_cycle",
      }),
    ];
    const usage = { on_demand: [{ feature_slug: "audit", at: "2026-01-20T00:00:00Z" }] };
    expect(subtotals(linesOf(from16January(features, { stub_charges: "free" }), 1, { usage }))).toEqual([
      "setup fixed 31.00",
      "audit on_demand 40.00",
      "import flat_fee 31.00",
      "import usage 19.00",
    ]);
  });

  test("an expiration cuts the last period: 10 of February's 28 days", () => {
    const summary = { expiration: "2026-02-11T00:00:00Z" };
    const contract = contractOf({ summary, features: [feature("base", flat("28"))] });
    expect(linesOf(contract, 2)[0]).toMatchObject({ subtotal: "10.00", stub: true });
  });

  test("a started day counts whole: 12 minutes into the 11th day are 11 days", () => {
    const summary = { expiration: "2026-02-11T00:12:00Z" };
    const contract = contractOf({ summary, features: [feature("base", flat("28"))] });
    expect(linesOf(contract, 2)[0]?.subtotal).toBe("11.00");
  });

  test("a move cuts too, but its period is no stub: charges stay as they were made (P9, M5)", () => {
    const summary = { moved_at: "2026-02-11T00:00:00Z" };
    const contract = contractOf({ summary, features: [feature("base", flat("28"))] });
    expect(linesOf(contract, 2)[0]).toMatchObject({
      subtotal: "28.00",
      stub: false,
      period: { start: "2026-02-01T00:00:00Z", end: "2026-02-11T00:00:00Z" },
    });
  });

  test("a move before a known expiration leaves the charge of the stub that it already was", () => {
    const summary = { moved_at: "2026-02-05T00:00:00Z", expiration: "2026-02-11T00:00:00Z" };
    const contract = contractOf({ summary, features: [feature("base", flat("28"))] });
    expect(linesOf(contract, 2)[0]).toMatchObject({ subtotal: "10.00", stub: true });
  });

  test("a period that both starts and ends inside its cycle is one stub: 10 to 20 January are 10 days", () => {
    const summary = {
      activation: "2026-01-10T00:00:00Z",
      expiration: "2026-01-20T00:00:00Z",
      cycle_start_offset: 0,
    };
    const contract = contractOf({ summary, features: [feature("base", flat("31"))] });
    expect(linesOf(contract, 1)[0]).toMatchObject({ subtotal: "10.00", stub: true });
  });

  test("own cycles have stubs of their own: a quarterly feature from 15 March serves 17 of 90 days (P13)", () => {
    const summary = { activation: "2026-03-15T00:00:00Z", cycle_start_offset: 0, cycle: "year" };
    const features = [feature("desk", flat("90"), { charge_trigger: "quarter" })];
    const lines = linesOf(contractOf({ summary, features }), 1);
    expect(lines.map((line) => [line.period.start.slice(0, 10), line.subtotal, line.stub])).toEqual([
      ["2026-03-15", "17.00", true],
      ["2026-04-01", "90.00", false],
      ["2026-07-01", "90.00", false],
      ["2026-10-01", "90.00", false],
    ]);
  });

  test("a zero or absent flat fee has no line; one below a cent has", () => {
    const features = [
      feature("zero", metered("1", { flat_fee: "0.00" })),
      feature("absent", metered("1")),
      feature("tiny", metered("1", { flat_fee: "0.004" })),
    ];
    expect(subtotals(linesOf(contractOf({ features }), 1))).toEqual([
      "zero usage 0.00",
      "absent usage 0.00",
      "tiny flat_fee 0.00",
      "tiny usage 0.00",
    ]);
  });
});

describe("M2: the bases of proration, as W4 uses them", () => {
  /** From noon on 16 January to 1 February. */
  function halfJanuary(proration_basis: string, cycle = "month"): string | undefined {
    const summary = { activation: "2026-01-16T12:00:00Z", cycle_start_offset: 0, cycle };
    const features = [feature("base", flat("360"))];
    return linesOf(contractOf({ summary, features, configuration: { proration_basis } }), 1)[0]?.subtotal;
  }

  test("day: 16 started days of 31", () => {
    expect(halfJanuary("day")).toBe("185.81");
  });

  test("second: 15.5 days of 31", () => {
    expect(halfJanuary("second")).toBe("180.00");
  });

  test("actual/360: 16 started days of 30", () => {
    expect(halfJanuary("actual/360")).toBe("192.00");
  });

  test("30/360: 15 days from the 16th to the 1st, of 30", () => {
    expect(halfJanuary("30/360")).toBe("180.00");
  });

  test("weeks aren't whole months: both 360s are `day`, 3 of 7 days from Friday noon on", () => {
    expect(halfJanuary("actual/360", "week")).toBe("154.29");
    expect(halfJanuary("30/360", "week")).toBe("154.29");
  });

  test("below a day `day` counts elapsed time: 20 minutes of an hour", () => {
    const summary = { cycle: "hour", expiration: "2026-01-01T01:20:00Z" };
    const contract = contractOf({ summary, features: [feature("base", flat("3"))] });
    expect(linesOf(contract, 2)[0]?.subtotal).toBe("1.00");
  });
});
