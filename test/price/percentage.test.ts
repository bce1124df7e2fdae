import { describe, expect, test } from "vitest";
import { chargeFor, type Price, type QuantityEvent } from "../../src/index.ts";
import { issuesOf } from "../contract/documents.ts";
import { exact, type Json, priceOf } from "./prices.ts";

function percentage(rate: string, details: Json = {}, more: Json = {}): Price {
  return priceOf({ pricing_strategy: "percentage", rate, ...details }, more);
}

function amounts(...each: readonly string[]): { events: QuantityEvent[] } {
  return { events: each.map((amount) => ({ amount })) };
}

describe("R6: percentages", () => {
  test("the rate of the money moved, and the fixed fee of each event: 2.9% of 300 and 2 x 0.30", () => {
    const price = percentage("2.9", { fixed_fee_per_event: "0.30" });
    expect(exact(price, amounts("100", "200"))).toBe("9.3");
    expect(exact(price, { units: "300", event_count: 2 })).toBe("9.3");
  });

  test("without anything that depends on events a sum will do", () => {
    expect(exact(percentage("2.9"), "300")).toBe("8.7");
    expect(exact(percentage("0"), "300")).toBe("0");
    expect(exact(percentage("100"), "300")).toBe("300");
  });

  test("no events cost the flat fee alone", () => {
    const price = percentage("2.9", { fixed_fee_per_event: "0.30", minimum_per_event: "1", flat_fee: "5" });
    expect([exact(price), exact(price, 0), exact(price, amounts())]).toEqual(["5", "5", "5"]);
  });

  test("free_events: the first N events, by their timestamps, are free of rate and fee", () => {
    const price = percentage("10", { fixed_fee_per_event: "1", free_events: 1 });
    expect(exact(price, amounts("500", "100"))).toBe("11");
    const events = [
      { amount: "500", timestamp: "2026-01-02T00:00:00Z" },
      { amount: "100", timestamp: "2026-01-01T00:00:00Z" },
    ];
    expect(exact(price, { events })).toBe("51");
  });

  test("free_amount: the first F of money; an event partly covered pays on the rest and the fixed fee", () => {
    const price = percentage("10", { fixed_fee_per_event: "1", free_amount: "150" });
    // 100 free; 50 of the next 80 free: 10% of 30 and 1; then 10% of 20 and 1.
    expect(exact(price, amounts("100", "80", "20"))).toBe("7");
    // Wholly covered to the last cent.
    expect(exact(price, amounts("100", "50"))).toBe("0");
    expect(exact(price, amounts("100", "50", "0"))).toBe("1");
  });

  test("both: whichever runs out first ends both", () => {
    const price = percentage("10", { free_events: 2, free_amount: "150" });
    // The events run out: 100 of the amount are left, and lapse.
    expect(exact(price, amounts("20", "30", "100"))).toBe("10");
    // The amount runs out in the first event, and with it the second free event.
    expect(exact(price, amounts("200", "100"))).toBe("15");
  });

  test("an allowance of zero is none", () => {
    const price = percentage("10", { free_events: 0, free_amount: "0" });
    expect(exact(price, "100")).toBe("10");
    expect(exact(percentage("10", { free_events: 0, free_amount: "50" }), amounts("100"))).toBe("5");
    expect(exact(percentage("10", { free_events: 1, free_amount: "0" }), amounts("100", "40"))).toBe("4");
  });

  test("minimum and maximum clamp each event that isn't wholly free, after the fixed fee", () => {
    const details = { fixed_fee_per_event: "0.10", minimum_per_event: "0.50", maximum_per_event: "2" };
    // 1% of 10 and 0.10 is 0.20, raised; of 100 is 1.10; of 1000 is 10.10, lowered.
    expect(exact(percentage("1", details), amounts("10", "100", "1000"))).toBe("3.6");
    expect(exact(percentage("1", { ...details, free_events: 1 }), amounts("10", "100", "1000"))).toBe("3.1");
    // Partly free is not wholly free: 1% of 5 and 0.10, raised.
    expect(exact(percentage("1", { ...details, free_amount: "5" }), amounts("10"))).toBe("0.5");
  });

  test("flat fee and limits are the whole charge's", () => {
    const price = percentage("10", { flat_fee: "5" }, { minimum_charge: "8", maximum_charge: "20" });
    expect([0, 20, 100, 500].map((units) => exact(price, units))).toEqual(["8", "8", "15", "20"]);
  });

  test("one rounding, of the sum: 3 x 2.5% of 0.10 are 0.0075, 0.01", () => {
    expect(chargeFor(percentage("2.5"), amounts("0.10", "0.10", "0.10"))).toMatchObject({
      exact: "0.0075",
      subtotal: "0.01",
    });
  });

  test("a sum is not enough where the answer depends on the events", () => {
    for (const details of [
      { free_events: 1 },
      { free_amount: "1" },
      { minimum_per_event: "1" },
      { maximum_per_event: "1" },
    ]) {
      expect(issuesOf(() => chargeFor(percentage("1", details), 100))).toEqual(["NEEDS_EVENTS quantity"]);
      expect(issuesOf(() => chargeFor(percentage("1", details), { units: 100, event_count: 2 }))).toEqual([
        "NEEDS_EVENTS quantity",
      ]);
    }
    // A fixed fee needs their count.
    expect(issuesOf(() => chargeFor(percentage("1", { fixed_fee_per_event: "1" }), 100))).toEqual([
      "NEEDS_EVENTS quantity",
    ]);
  });

  test("amounts are not negative", () => {
    expect(issuesOf(() => chargeFor(percentage("1"), amounts("5", "-1")))).toEqual([
      "OUT_OF_RANGE quantity.events[1].amount",
    ]);
  });

  test("no count of events, no events", () => {
    const price = percentage("1");
    const wrong = [
      { units: "1", event_count: 1.5 },
      { units: "1", event_count: -1 },
      { units: "x", event_count: 1 },
      { events: {} },
      { events: [null] },
      { events: [{}] },
    ] as unknown as { events: [] }[];
    expect(wrong.map((quantity) => issuesOf(() => chargeFor(price, quantity))[0]?.split(" ")[1])).toEqual([
      "quantity.event_count",
      "quantity.event_count",
      "quantity.units",
      "quantity.events",
      "quantity.events[0]",
      "quantity.events[0].units",
    ]);
  });
});
