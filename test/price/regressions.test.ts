// What is known to go wrong elsewhere, by name: each test shows what the obvious way answers.
import { Decimal } from "decimal.js";
import { expect, test } from "vitest";
import {
  type Charge,
  chargeFor,
  explainCharge,
  isBillingError,
  type Price,
  parsePrice,
} from "../../src/index.ts";

function usage(amount: string, details: object = {}, price: object = {}): Price {
  return parsePrice({
    amount,
    currency: "usd",
    strategy_details: { pricing_strategy: "usage", ...details },
    ...price,
  });
}

function tiered(tiers: readonly object[], details: object = {}): Price {
  return parsePrice({
    currency: "usd",
    strategy_details: { pricing_strategy: "usage_tiered", tiers, ...details },
  });
}

test("10.5 units between integer tiers: half a unit is in the second tier, none is lost between them", () => {
  const price = tiered([
    { up_to: "10", unit_price: "1" },
    { up_to: null, unit_price: "2" },
  ]);
  // Tiers written as 1 to 10 and from 11 on have no place for what lies between 10 and 11.
  expect(chargeFor(price, "10.5").exact).toBe("11");
  expect(chargeFor(price, "10").exact).toBe("10");
});

test("9007199254740993 units, which no binary fraction holds", () => {
  expect(Number("9007199254740993")).toBe(9007199254740992);
  expect(chargeFor(usage("0.01"), "9007199254740993").subtotal).toBe("90071992547409.93");
  expect(chargeFor(usage("0.01"), 9007199254740993n).subtotal).toBe("90071992547409.93");
});

test("1e9 x 1.000000000005 and a flat fee of 1e-12 more: 20 digits lose the cent that rounding needs", () => {
  // Exactly 1000000000.005000000001, which is above the tie.
  const price = usage("1.000000000005", { flat_fee: "0.000000000001" });
  const charge = chargeFor(price, "1000000000", { rounding: "half_down" });
  expect([charge.exact, charge.subtotal]).toEqual(["1000000000.005000000001", "1000000000.01"]);
  const Short = Decimal.clone({ precision: 20 });
  const short = new Short("1000000000").times("1.000000000005").plus("0.000000000001");
  expect(short.toFixed(2, Decimal.ROUND_HALF_DOWN)).toBe("1000000000.00");
});

test("two operands of 38 digits: 76 digits, to the last", () => {
  const [units, amount] = [
    "98765432109876543210987654.321098765432",
    "12345678901234567890123456.789012345678",
  ];
  const exact = BigInt(units.replace(".", "")) * BigInt(amount.replace(".", ""));
  const { numerator, denominator } = chargeFor(usage(amount), units).exact_ratio;
  expect(BigInt(numerator) * 10n ** 24n).toBe(exact * BigInt(denominator));
  const Precise = Decimal.clone({ precision: 64 });
  expect(new Precise(units).times(amount).toFixed(24).replace(".", "")).not.toBe(exact.toString());
});

test("0.067 x 55 is 3.685, and 3.69 after rounding", () => {
  // Added up unit by unit, binary fractions leave the tie; rounded unit by unit, it is another amount altogether.
  expect(Array.from({ length: 55 }, () => 0.067).reduce((sum, price) => sum + price, 0)).not.toBe(3.685);
  expect((55 * Number((0.067).toFixed(2))).toFixed(2)).toBe("3.85");
  const charge = chargeFor(usage("0.067"), 55);
  expect([charge.exact, charge.subtotal]).toEqual(["3.685", "3.69"]);
});

test("23 units at 0.045 are 1.035, and 1.04 after rounding: in binary fractions a cent is lost", () => {
  expect(Math.round(0.045 * 23 * 100) / 100).toBe(1.03);
  expect((0.015 * 23).toFixed(2)).toBe("0.34");
  expect(chargeFor(usage("0.045"), 23).subtotal).toBe("1.04");
  expect(chargeFor(usage("0.015"), 23).subtotal).toBe("0.35");
});

test("another package that sets decimal.js to 5 digits changes nothing", () => {
  const before = Decimal.precision;
  const price = usage("1234567.891");
  const expected: Charge = chargeFor(price, "98765.4321");
  Decimal.set({ precision: 5 });
  try {
    expect(chargeFor(usage("1234567.891"), "98765.4321")).toEqual(expected);
    expect(explainCharge(price, "98765.4321").exact).toBe(expected.exact);
    expect(new Decimal("1234567.891").times("98765.4321").toFixed()).toBe("121930000000");
  } finally {
    Decimal.set({ precision: before });
  }
});

test("unsorted tiers are refused, not sorted: which of the two was meant can't be known", () => {
  const tiers = [
    { up_to: "100", unit_price: "1" },
    { up_to: "10", unit_price: "2" },
    { up_to: null, unit_price: "3" },
  ];
  try {
    tiered(tiers);
    expect.unreachable();
  } catch (error) {
    expect(isBillingError(error) && error.issues.map(({ code, rule }) => [code, rule])).toEqual([
      ["INVALID_TIERS", "R2"],
    ]);
  }
});

test("rates far below a cent are multiplied before they are rounded", () => {
  // Rounded first, each unit would be free.
  expect(chargeFor(usage("0.000001"), "12345678").subtotal).toBe("12.35");
  expect(chargeFor(usage("0.000000000001"), "5000000000").subtotal).toBe("0.01");
});

test("a volume price may fall as units grow: 100 units cost less than 99", () => {
  const price = tiered(
    [
      { up_to: "99", unit_price: "1" },
      { up_to: null, unit_price: "0.5" },
    ],
    { tier_mode: "volume" },
  );
  expect([chargeFor(price, 99).subtotal, chargeFor(price, 100).subtotal]).toEqual(["99.00", "50.00"]);
});
