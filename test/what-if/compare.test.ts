import { describe, expect, test } from "vitest";
import { amendContract, type Comparison, type Contract, compareContracts } from "../../src/index.ts";
import { contractOf, feature, flat, metered, seats } from "../change/contracts.ts";
import { issuesOf } from "../contract/documents.ts";

const HALF_A_YEAR = { from: "2026-01-01T00:00:00Z", to: "2026-07-01T00:00:00Z" };

const team = contractOf([feature("base", flat("20")), feature("calls", metered("0.02"))]);
const pro = contractOf([feature("base", flat("60")), feature("calls", metered("0.01"))]);

function totalsOf({ contracts }: Comparison): { [name: string]: string } {
  return Object.fromEntries(
    Object.entries(contracts).map(([name, { total_including_tax: total }]) => [name, total]),
  );
}

function halfAYear(contracts: { readonly [name: string]: Contract }, calls: number): Comparison {
  return compareContracts(contracts, { ...HALF_A_YEAR, usage: { every_period: { calls } } });
}

describe("compareContracts", () => {
  test("names the cheapest for the same usage, and what the others cost more", () => {
    const few = halfAYear({ team, pro }, 1000);
    expect(totalsOf(few)).toEqual({ team: "240.00", pro: "420.00" });
    expect(few.cheapest).toEqual(["team"]);
    expect(few.differences).toEqual({ team: { pro: "-180.00" }, pro: { team: "180.00" } });
    expect(few.currency).toBe("eur");
    expect(halfAYear({ team, pro }, 9000).cheapest).toEqual(["pro"]);
  });

  test("names all of those that cost the same", () => {
    expect(halfAYear({ team, pro }, 4000).cheapest).toEqual(["team", "pro"]);
  });

  test("counts the charges of the billing periods that begin in the stretch, per period and by bucket", () => {
    const contract = contractOf([
      feature("base", flat("10")),
      feature("setup", flat("99"), "first_cycle"),
      feature("backup", flat("1"), "week"),
    ]);
    const range = { from: "2026-01-01T00:00:00Z", to: "2026-02-15T00:00:00Z" };
    const { only } = compareContracts({ only: contract }, range).contracts;
    expect(only?.periods.map(({ index, start, end, subtotal }) => [index, start, end, subtotal])).toEqual([
      [1, "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z", "114.00"],
      [2, "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z", "14.00"],
    ]);
    expect(only?.by_bucket).toEqual({
      recurring_price: "20.00",
      one_time_price: "99.00",
      on_demand_price: "0.00",
      custom_cycle_charges: {
        periodic_daily: "0.00",
        periodic_weekly: "9.00",
        periodic_monthly: "0.00",
        periodic_quarterly: "0.00",
        periodic_yearly: "0.00",
      },
    });
    expect(only?.by_price).toEqual({ base: "20.00", setup: "99.00", backup: "9.00" });
    const later = compareContracts({ only: contract }, { ...range, from: "2026-01-02T00:00:00Z" });
    expect(later.contracts["only"]?.periods.map(({ index }) => index)).toEqual([2]);
  });

  test("compares what yearly and monthly contracts cost, whenever they are invoiced", () => {
    const yearly = contractOf([feature("base", flat("240"))], {
      cycle: "year",
      configuration: { due_date_policy: "end_of_period" },
    });
    const monthly = contractOf([feature("base", flat("20"))]);
    const year = { from: "2026-01-01T00:00:00Z", to: "2027-01-01T00:00:00Z" };
    const comparison = compareContracts({ yearly, monthly }, year);
    expect(comparison.cheapest).toEqual(["yearly", "monthly"]);
    expect(comparison.contracts["monthly"]?.periods).toHaveLength(12);
  });

  test("takes discounts off and puts tax on, by the contract's own rules", () => {
    const discount = { discount_type: "percentage", amount: "50", duration: 1 } as const;
    const discounted = amendContract(pro, { discount });
    const tax_rates = { default: "10" };
    const { contracts, cheapest } = compareContracts({ pro, discounted }, { ...HALF_A_YEAR, tax_rates });
    expect(contracts["discounted"]).toMatchObject({
      subtotal: "360.00",
      discount_amount: "30.00",
      total_excluding_tax: "330.00",
      tax_amount: "33.00",
      total_including_tax: "363.00",
    });
    expect(cheapest).toEqual(["discounted"]);
    expect(contracts["pro"]?.tax_amount).toBe("36.00");
  });

  test("lets a contract leave out what another charges for, and says so", () => {
    const more = contractOf([feature("calls", metered("0.02")), feature("mails", metered("1"))]);
    const usage = { every_period: { calls: 1, mails: 2 }, on_demand: [] };
    const { contracts } = compareContracts({ team, more }, { ...HALF_A_YEAR, usage });
    expect(contracts["team"]?.usage_not_charged).toEqual(["mails"]);
    expect(contracts["more"]?.usage_not_charged).toEqual([]);
    expect(contracts["more"]?.subtotal).toBe("12.12");
  });

  test("says whose usage was assumed", () => {
    const { contracts } = compareContracts({ team }, { ...HALF_A_YEAR, usage: { sums: { calls: "5" } } });
    expect(contracts["team"]?.usage_assumed).toEqual(["calls"]);
    expect(halfAYear({ team }, 5).contracts["team"]?.usage_assumed).toEqual([]);
  });

  test("takes usage by period only where it is a period of all contracts that charge for it", () => {
    const usage = {
      periods: ["01", "02"].map((month) => ({
        feature_slug: "calls",
        start: `2026-${month}-01T00:00:00Z`,
        units: "4000",
      })),
    };
    const twoMonths = { from: "2026-01-01T00:00:00Z", to: "2026-03-01T00:00:00Z", usage };
    expect(compareContracts({ team, pro }, twoMonths).cheapest).toEqual(["team", "pro"]);
    const quarterly = amendContract(pro, { cycle: "quarter" });
    expect(issuesOf(() => compareContracts({ team, quarterly }, twoMonths))).toEqual([
      "UNKNOWN_PERIOD usage.periods[1].start",
    ]);
    const without = contractOf([feature("base", flat("1"))], { cycle: "quarter" });
    expect(compareContracts({ team, without }, twoMonths).contracts["without"]?.subtotal).toBe("1.00");
  });

  test("refuses what can't be compared, with everything that is wrong in one error", () => {
    const dollars = contractOf([feature("base", flat("1"))], { currency: "usd" });
    expect(issuesOf(() => compareContracts({ team, dollars }, { ...HALF_A_YEAR, to: "2025" }))).toEqual([
      "INVALID_INSTANT to",
      "CURRENCY_MISMATCH dollars.contract_summary.currency",
    ]);
    expect(issuesOf(() => compareContracts({}, HALF_A_YEAR))).toEqual(["MISSING contracts"]);
    const unparsed = { team, other: {} as Contract };
    expect(issuesOf(() => compareContracts(unparsed, { from: HALF_A_YEAR.from } as never))).toEqual([
      "MISSING to",
      "NOT_PARSED other",
    ]);
    const misspelt = { every_period: { call: 1 } };
    expect(issuesOf(() => compareContracts({ team, pro }, { ...HALF_A_YEAR, usage: misspelt }))).toEqual([
      "UNKNOWN_SLUG usage.every_period.call",
    ]);
    const hours = contractOf([feature("desk", seats("1", "1"))], { cycle: "hour" });
    const centuries = { from: "2026-01-01T00:00:00Z", to: "2126-01-01T00:00:00Z" };
    expect(issuesOf(() => compareContracts({ hours }, centuries))).toEqual(["TOO_MANY (input)"]);
  });
});
