import { describe, expect, test } from "vitest";
import { previewUpgrade, type UpgradeRequest } from "../../src/index.ts";
import { contractOf, feature, flat, type Json, metered, seats } from "./contracts.ts";

const AT = "2026-03-11T10:00:00Z";

function isDowngrade(from: readonly Json[], to: readonly Json[], cycles: readonly [Json, Json]): boolean {
  const contract = contractOf(from, cycles[0]);
  const change = { upgrade_strategy: "new_plan", plan: { features: to }, ...cycles[1] } as UpgradeRequest;
  return previewUpgrade(contract, change, { at: AT }).is_downgrade;
}

const base = (amount: string): Json[] => [feature("base", flat(amount))];

describe("what is a downgrade", () => {
  test.each([
    ["month", "100", "year", "1200", false],
    ["month", "100", "year", "1199.99", true],
    ["week", "12", "month", "52", false],
    ["week", "12", "month", "51.99", true],
    ["day", "4", "quarter", "365", false],
    ["day", "4", "quarter", "364.99", true],
    ["hour", "1", "year", "8760", false],
    ["hour", "1", "year", "8759.99", true],
  ])("%s %s to %s %s: %s", (cycle, amount, other, price, expected) => {
    expect(isDowngrade(base(amount), base(price), [{ cycle }, { cycle: other }])).toBe(expected);
  });

  test("counts cycles of several months, and own cycles by their own", () => {
    const halfYear = { cycle: "month", cycle_count: 6 };
    expect(isDowngrade(base("600"), base("1200"), [halfYear, { cycle: "year" }])).toBe(false);
    expect(isDowngrade(base("600"), base("1199"), [halfYear, { cycle: "year" }])).toBe(true);
    const own = [feature("base", flat("100"), "month")];
    expect(isDowngrade(own, base("1200"), [{ cycle: "year" }, {}])).toBe(false);
    expect(isDowngrade(own, base("1199"), [{ cycle: "year" }, {}])).toBe(true);
  });

  test("counts fixed charges and flat fees, and no usage, first-cycle or on-demand charges", () => {
    const rich = [
      feature("base", flat("10")),
      feature("calls", metered("5", { flat_fee: "10", minimum_units: "100" })),
      feature("setup", flat("900"), "first_cycle"),
      feature("help", flat("900"), "on_demand"),
    ];
    expect(isDowngrade(rich, base("20"), [{}, {}])).toBe(false);
    expect(isDowngrade(rich, base("19.99"), [{}, {}])).toBe(true);
  });

  test("compares list prices, without discounts and free cycles", () => {
    const discount = { discount_type: "percentage", amount: "90" };
    const contract = contractOf(base("100"), { free_cycles: 12 }, { discount });
    const change = { upgrade_strategy: "new_plan", plan: { features: base("50") } } as const;
    expect(previewUpgrade(contract, change, { at: AT }).is_downgrade).toBe(true);
  });

  test("is never from or to once and constant", () => {
    expect(isDowngrade(base("100"), base("1"), [{ cycle: "constant" }, { cycle: "month" }])).toBe(false);
    expect(isDowngrade(base("100"), base("1"), [{}, { cycle: "once" }])).toBe(false);
  });

  test("equal amounts are none, however they come about", () => {
    expect(isDowngrade([feature("s", seats("3", "33.333333"))], base("99.999999"), [{}, {}])).toBe(false);
    expect(isDowngrade([feature("s", seats("3", "33.333333"))], base("99.999998"), [{}, {}])).toBe(true);
  });
});

describe("when a downgrade takes effect", () => {
  const contract = contractOf([feature("seats", seats("5", "31"))]);
  const fewer = (more: Json = {}): UpgradeRequest =>
    ({
      upgrade_strategy: "change_unit_count",
      unit_configuration: { seats: "2" },
      ...more,
    }) as UpgradeRequest;

  test("at the end of the running period", () => {
    const preview = previewUpgrade(contract, fewer(), { at: AT });
    expect(preview).toMatchObject({
      is_downgrade: true,
      effective_at: "2026-04-01T00:00:00Z",
      credits: [],
      net: "62.00",
    });
    expect(preview.old_contract.contract_summary.moved_at).toBe("2026-04-01T00:00:00Z");
  });

  test("at once where that is allowed, in either place", () => {
    const expected = { is_downgrade: true, effective_at: AT, net: "-63.00" };
    expect(previewUpgrade(contract, fewer({ downgrade_allowed: true }), { at: AT })).toMatchObject(expected);
    const nested = { upgrade_configuration: fewer(), downgrade_allowed: true } as UpgradeRequest;
    expect(previewUpgrade(contract, nested, { at: AT })).toMatchObject(expected);
  });

  test("where it is asked for the beginning of a period, then", () => {
    for (const activation of [{ type: "next_cycle" }, "2026-04-01T00:00:00Z"]) {
      const { effective_at } = previewUpgrade(contract, fewer({ activation }), { at: AT });
      expect(effective_at).toBe("2026-04-01T00:00:00Z");
    }
  });

  test("at the end of the period of its date", () => {
    const { effective_at } = previewUpgrade(contract, fewer({ activation: "2026-05-02T00:00:00Z" }), {
      at: AT,
    });
    expect(effective_at).toBe("2026-06-01T00:00:00Z");
  });
});
