import { describe, expect, test } from "vitest";
import {
  type ChargeQuantity,
  chargeFor,
  isBillingError,
  marginalPrice,
  parsePrice,
  type QuantityEvent,
} from "../../src/index.ts";

const CALLS = parsePrice({
  amount: "0.000000000001",
  currency: "usd",
  strategy_details: { pricing_strategy: "usage" },
});
const PAYMENTS = parsePrice({
  currency: "usd",
  strategy_details: { pricing_strategy: "percentage", rate: "1", fixed_fee_per_event: "0.10" },
});

const unitsOf = (quantity: ChargeQuantity): string | null => chargeFor(CALLS, quantity).units;

/** The problems of a quantity: code, rule and path. */
function problems(quantity: unknown, price = CALLS): string[] {
  try {
    chargeFor(price, quantity as ChargeQuantity);
  } catch (error) {
    if (!isBillingError(error)) throw error;
    return error.issues.map(({ code, rule, path }) => `${code} ${rule} ${path.join(".")}`);
  }
  return [];
}

describe("T5: a quantity", () => {
  test("is a decimal string, a safe integer or a bigint, and is written in one way in the result", () => {
    const given: ChargeQuantity[] = ["12.50", "0012", "0.0", "-0", "12", 12, 12n, 0];
    expect(given.map(unitsOf)).toEqual(["12.5", "12", "0", "0", "12", "12", "12", "0"]);
  });

  test("has up to 12 decimals and is below 10^26, exactly", () => {
    const most = `${"9".repeat(26)}.${"9".repeat(12)}`;
    expect(chargeFor(CALLS, most)).toMatchObject({
      units: most,
      exact: `${"9".repeat(14)}.${"9".repeat(24)}`,
    });
    expect(unitsOf(10n ** 26n - 1n)).toBe("9".repeat(26));
    expect(chargeFor(CALLS, "0.000000000001").exact).toBe("0.000000000000000000000001");
    expect(unitsOf(Number.MAX_SAFE_INTEGER)).toBe("9007199254740991");
  });

  test("that is larger or finer is refused with what is allowed, never rounded", () => {
    expect(problems("1".padEnd(27, "0"))).toEqual(["OUT_OF_RANGE T5 quantity"]);
    expect(problems(10n ** 26n)).toEqual(["OUT_OF_RANGE T5 quantity"]);
    expect(problems("0.0000000000001")).toEqual(["INVALID_DECIMAL T5 quantity"]);
    expect(problems("1.0000000000000")).toEqual(["INVALID_DECIMAL T5 quantity"]);
    expect(problems(2 ** 53)).toEqual(["INVALID_DECIMAL T5 quantity"]);
    expect(problems(0.1)).toEqual(["INVALID_DECIMAL T5 quantity"]);
    expect(() => chargeFor(CALLS, "0.0000000000001")).toThrow(
      "up to 12 decimals, a safe integer or a bigint, below 10^26",
    );
  });

  test("is written in digits and one point", () => {
    const texts = [
      "",
      " ",
      "1 ",
      "+1",
      "1e3",
      "0x10",
      "1_000",
      "1,5",
      "1.",
      ".5",
      ".",
      "1.2.3",
      "--1",
      "NaN",
      "Infinity",
      "\u0663",
    ];
    for (const text of texts) expect(problems(text), text).toEqual(["INVALID_DECIMAL T5 quantity"]);
  });

  test("is nothing else", () => {
    for (const other of [true, null, {}, [], new Date(0), () => 1, Symbol("1")]) {
      expect(problems(other)).toEqual(["INVALID_TYPE T5 quantity"]);
    }
  });

  test("is the same for every function of a price", () => {
    expect(marginalPrice(CALLS, "1.50").exact).toBe("0.000000000001");
    expect(() => marginalPrice(CALLS, -1)).toThrow("units: the quantity is negative");
    expect(() => marginalPrice(CALLS, undefined as unknown as string)).toThrow("units: no quantity");
  });
});

describe("R8: negative quantities", () => {
  test("are refused, however they are given", () => {
    for (const units of ["-1", "-0.000000000001", -1, -1n]) {
      expect(problems(units)).toEqual(["OUT_OF_RANGE R8 quantity"]);
      expect(problems({ units, event_count: 1 })).toEqual(["OUT_OF_RANGE R8 quantity.units"]);
    }
  });

  test("are corrections in events, whose sum is floored at zero", () => {
    expect(unitsOf({ events: [{ units: "5" }, { units: "-1.5" }] })).toBe("3.5");
    expect(unitsOf({ events: [{ units: 5 }, { units: -7n }] })).toBe("0");
  });
});

describe("R6: a sum with its count of events", () => {
  test("is one quantity where the events don't matter", () => {
    expect(unitsOf({ units: "12.50", event_count: 3 })).toBe("12.5");
    expect(chargeFor(PAYMENTS, { units: "200", event_count: 3 }).subtotal).toBe("2.30");
  });

  test("needs both", () => {
    expect(problems({ units: "5" })).toEqual(["MISSING R6 quantity.event_count"]);
    expect(problems({ event_count: 5 })).toEqual(["MISSING T5 quantity.units"]);
    expect(problems({ units: "x", event_count: 1.5 })).toEqual([
      "INVALID_DECIMAL T5 quantity.units",
      "INVALID_TYPE R6 quantity.event_count",
    ]);
  });

  test("isn't given beside events", () => {
    expect(problems({ units: "5", event_count: 1, events: [] })).toEqual(["CONFLICT R6 quantity"]);
  });
});

describe("R6: events", () => {
  test("move an amount or use units", () => {
    expect(unitsOf({ events: [{ amount: "1.25" }, { units: 2 }, { units: 3n }] })).toBe("6.25");
    expect(unitsOf({ events: [] })).toBe("0");
    expect(problems({ events: [{ amount: "1", units: "1" }] })).toEqual(["CONFLICT R6 quantity.events.0"]);
  });

  test("are added exactly, however many digits they have", () => {
    const events = [{ units: "9007199254740993" }, { units: "0.000000000001" }, { units: "9".repeat(25) }];
    expect(unitsOf({ events })).toBe("10000000009007199254740992.000000000001");
  });

  test("count in the order of their timestamps, in whatever form these are", () => {
    const first = parsePrice({
      currency: "usd",
      strategy_details: { pricing_strategy: "percentage", rate: "10", free_events: 1 },
    });
    const events: QuantityEvent[] = [
      { amount: "100", timestamp: "2026-03-02T00:00:00Z" },
      { amount: "10", timestamp: new Date("2026-03-01T00:00:00Z") },
      { amount: "1", timestamp: { epochMilliseconds: Date.parse("2026-03-03T00:00:00Z") } },
    ];
    // The event of 1 March is free: 10 % of 101.
    expect(chargeFor(first, { events }).subtotal).toBe("10.10");
  });

  test("are refused all together, each where the caller gave it", () => {
    const events = [
      { amount: "1" },
      { amount: "x" },
      { units: 1.5 },
      {},
      7,
      { units: "1", timestamp: "2026-01-01" },
      { units: "1", properties: "eu" },
    ];
    expect(problems({ events })).toEqual([
      "INVALID_DECIMAL T5 quantity.events.1.amount",
      "INVALID_DECIMAL T5 quantity.events.2.units",
      "MISSING T5 quantity.events.3.units",
      "INVALID_TYPE R6 quantity.events.4",
      "INVALID_INSTANT null quantity.events.5.timestamp",
      "INVALID_TYPE R7 quantity.events.6.properties",
    ]);
    expect(problems({ events: { length: 1 } })).toEqual(["INVALID_TYPE R6 quantity.events"]);
  });

  test("of a percentage aren't negative, and the one that is is named by its place in the list", () => {
    const events: QuantityEvent[] = [
      { amount: "-1", timestamp: "2026-03-02T00:00:00Z" },
      { amount: "5", timestamp: "2026-03-01T00:00:00Z" },
    ];
    expect(problems({ events }, PAYMENTS)).toEqual(["OUT_OF_RANGE R6 quantity.events.0.amount"]);
  });
});
