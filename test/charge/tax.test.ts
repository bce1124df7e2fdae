import { describe, expect, test } from "vitest";
import type { ChargeLine } from "../../src/charge/charge-line.ts";
import { chargesOf } from "../../src/charge/charges-of.ts";
import { readTaxRates, taxed, taxRateOf } from "../../src/charge/tax.ts";
import { parseContract } from "../../src/contract/parse.ts";
import { type BillingIssue, isBillingError } from "../../src/error.ts";
import { billingPeriod } from "../../src/period/billing-period.ts";
import { documentOf, flat, type Json } from "../contract/documents.ts";

const CODES: readonly [slug: string, amount: string, tax_code?: string][] = [
  ["standard", "100.05", "standard"],
  ["reduced", "100.05", "reduced"],
  ["untold", "100.05"],
];

/** The lines of features of 100.05 with the codes `standard`, `reduced` and none. */
function lines(tax_rates: unknown, { configuration = {}, ...rest }: Json = {}): ChargeLine[] {
  const features = CODES.map(([slug, amount, tax_code]) => ({
    slug,
    price: { ...(flat(amount) as Json), tax_code },
  }));
  const document = documentOf({ summary: { configuration }, plan: { features }, ...rest });
  const contract = parseContract(JSON.parse(JSON.stringify(document)));
  const period = billingPeriod(contract, 1);
  if (period === null) throw new Error("there is no first period");
  return chargesOf(contract, period, { tax_rates: tax_rates as { [code: string]: string } });
}

function totals(found: readonly ChargeLine[]): (string | null)[][] {
  return found.map(({ total_excluding_tax, tax_amount, total_including_tax }) => [
    total_excluding_tax,
    tax_amount,
    total_including_tax,
  ]);
}

function issuesOf(call: () => unknown): readonly BillingIssue[] {
  try {
    call();
  } catch (error) {
    if (isBillingError(error)) return error.issues;
    throw error;
  }
  return [];
}

describe("tax of a line", () => {
  test("is added to it under tax_excluded, the default", () => {
    expect(totals(lines({ standard: "19", reduced: "7", default: "0" }))).toEqual([
      ["100.05", "19.01", "119.06"],
      ["100.05", "7.00", "107.05"],
      ["100.05", "0.00", "100.05"],
    ]);
  });

  test("is taken out of it under tax_included", () => {
    const configuration = { tax_policy: "tax_included" };
    expect(totals(lines({ standard: "19", reduced: "7", default: "0" }, { configuration }))).toEqual([
      ["84.08", "15.97", "100.05"],
      ["93.50", "6.55", "100.05"],
      ["100.05", "0.00", "100.05"],
    ]);
  });

  test("is null without rates, and both totals are the line after discount", () => {
    const discount = { discount_type: "percentage", amount: "50" };
    for (const rates of [undefined, null, {}]) {
      const found = lines(rates, { discount, configuration: { tax_policy: "tax_included" } });
      expect(totals(found).map(([excluding, tax, including]) => [tax, including === excluding])).toEqual([
        [null, true],
        [null, true],
        [null, true],
      ]);
    }
  });

  test("takes the rate of `default` where its code has none, and is null where there is none either", () => {
    expect(lines({ reduced: "7", default: "20" }).map(({ tax_amount }) => tax_amount)).toEqual([
      "20.01",
      "7.00",
      "20.01",
    ]);
    expect(lines({ reduced: "7" }).map(({ tax_amount }) => tax_amount)).toEqual([null, "7.00", null]);
  });

  test("is of what the discount leaves", () => {
    const discount = { discount_type: "percentage", amount: "33.3333" };
    expect(lines({ default: "19" }, { discount })[0]).toMatchObject({
      subtotal: "100.05",
      discount_amount: "33.35",
      total_excluding_tax: "66.70",
      tax_amount: "12.67",
      total_including_tax: "79.37",
    });
    const configuration = { tax_policy: "tax_included" };
    expect(lines({ default: "19" }, { discount, configuration })[0]).toMatchObject({
      subtotal: "100.05",
      discount_amount: "33.35",
      total_excluding_tax: "56.05",
      tax_amount: "10.65",
      total_including_tax: "66.70",
    });
  });

  test("of a waived line is zero", () => {
    const document = documentOf({ summary: { free_cycles: 1 } });
    const contract = parseContract(document);
    const period = billingPeriod(contract, 1);
    const [line] = period === null ? [] : chargesOf(contract, period, { tax_rates: { default: "19" } });
    expect(line).toMatchObject({ waived: true, total_excluding_tax: "0.00", tax_amount: "0.00" });
  });

  test("is rounded once, in the contract's mode", () => {
    const rounded = (rounding: string) =>
      lines({ default: "10" }, { configuration: { rounding } })[0]?.tax_amount;
    expect(["half_up", "half_even", "half_down", "up", "down"].map(rounded)).toEqual([
      "10.01",
      "10.00",
      "10.00",
      "10.01",
      "10.00",
    ]);
  });

  test("is exact for rates of twelve decimals and amounts beyond 2^53", () => {
    const rates = readTaxRates([], { fine: "33.333333333333" });
    const rate = taxRateOf(rates, "fine");
    expect(taxed(3n * 10n ** 27n, rate, "tax_excluded", "down").tax).toBe(
      999_999_999_999_990_000_000_000_000n,
    );
    expect(taxed(133_333_333_333_333n, rate, "tax_included", "down")).toEqual({
      excluding: 100_000_000_000_000n,
      tax: 33_333_333_333_333n,
      including: 133_333_333_333_333n,
    });
  });

  test("of a credit is a credit", () => {
    const rate = taxRateOf(readTaxRates([], { default: "19" }), null);
    expect(taxed(-10_005n, rate, "tax_excluded", "half_up").tax).toBe(-1901n);
    expect(taxed(-10_005n, rate, "tax_included", "half_up").excluding).toBe(-8408n);
  });
});

describe("tax rates that are refused", () => {
  test("are all listed, by their code, with what else is wrong", () => {
    const rates = { a: "-1", b: "1e2", c: 19.5, d: null, e: "1234567890123456789012345678", f: "7", g: " 7" };
    const contract = parseContract(documentOf());
    const period = billingPeriod(contract, 1);
    if (period === null) throw new Error("there is no first period");
    const options = { tax_rates: rates as never, at: "yesterday", usage: { sums: { seat: "1" } } };
    const found = issuesOf(() => chargesOf(contract, period, options));
    expect(found.map(({ code, rule, path }) => [code, rule, path.join(".")])).toEqual([
      ["UNKNOWN_SLUG", "U6", "usage.sums.seat"],
      ["INVALID_INSTANT", null, "at"],
      ["OUT_OF_RANGE", "K1", "tax_rates.a"],
      ["INVALID_DECIMAL", "K1", "tax_rates.b"],
      ["INVALID_DECIMAL", "K1", "tax_rates.c"],
      ["INVALID_TYPE", "K1", "tax_rates.d"],
      ["OUT_OF_RANGE", "K1", "tax_rates.e"],
      ["INVALID_DECIMAL", "K1", "tax_rates.g"],
    ]);
    expect(found[2]?.message).toBe(
      "the rate is negative; allowed: percent as a decimal string from 0, by tax code",
    );
  });

  test.each([["19"], [["19"]], [19], [true]])("are no rates by code: %j", (rates) => {
    expect(issuesOf(() => lines(rates)).map(({ code, path }) => [code, path])).toEqual([
      ["INVALID_TYPE", ["tax_rates"]],
    ]);
  });

  test("a code may be called like a property of every object", () => {
    expect(lines(JSON.parse('{"__proto__": "19"}'))[0]?.tax_amount).toBe(null);
    expect(taxRateOf(readTaxRates([], JSON.parse('{"__proto__": "19"}')), "__proto__")).toEqual({
      numerator: 19n,
      denominator: 100n,
    });
    expect(taxRateOf(readTaxRates([], {}), "toString")).toBe(null);
  });
});
