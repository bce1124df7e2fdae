import { describe, expect, test } from "vitest";
import { chargeFor, type QuantityEvent } from "../../src/index.ts";
import { issuesOf } from "../contract/documents.ts";
import { exact, priceOf, usage } from "./prices.ts";

function event(units: string, properties?: QuantityEvent["properties"]): QuantityEvent {
  return { units, ...(properties !== undefined && { properties }) };
}

const EU = { region: "eu" };
const US = { region: "us" };

describe("R7: the matrix", () => {
  const price = usage(
    {},
    {
      by: [
        { when: EU, amount: "2" },
        { when: US, amount: "3" },
      ],
    },
  );

  test("usage is split by properties, and the price itself takes what matches nothing", () => {
    const events = [event("10", EU), event("5", US), event("4", { region: "asia" }), event("2")];
    // 20 + 15 + 6 x 1.
    expect(exact(price, { events })).toBe("41");
  });

  test("the first entry that matches wins", () => {
    const by = [
      { when: { region: "eu", tier: "premium" }, amount: "5" },
      { when: EU, amount: "2" },
      { when: { region: "eu", tier: "basic" }, amount: "9" },
    ];
    const premium = { region: "eu", tier: "premium" };
    const basic = { region: "eu", tier: "basic" };
    expect(exact(usage({}, { by }), { events: [event("1", premium), event("1", basic)] })).toBe("7");
  });

  test('values match by type and value: 2 is not "2"', () => {
    const by = [{ when: { zone: 2, hot: true }, amount: "5" }];
    const of = (properties: QuantityEvent["properties"]): string | null =>
      exact(usage({}, { by }), { events: [event("1", properties)] });
    expect([
      of({ zone: 2, hot: true }),
      of({ zone: "2", hot: true }),
      of({ zone: 2, hot: null }),
      of({ zone: 2 }),
    ]).toEqual(["5", "1", "1", "1"]);
  });

  test("properties of every object don't match", () => {
    const by = [{ when: { toString: "x" }, amount: "5" }];
    expect(exact(usage({}, { by }), { events: [event("1", {}), event("1", null)] })).toBe("2");
  });

  test("each part is priced on its own: included and minimum units start anew", () => {
    const own = usage({ included_units: "10" }, { by: [{ when: EU }, { when: US }] });
    // 15 - 10 and 12 - 10, where 27 - 10 would be 17.
    expect(exact(own, { events: [event("15", EU), event("12", US)] })).toBe("7");
    const least = usage({ minimum_units: "10" }, { by: [{ when: EU }] });
    expect(exact(least, { events: [event("1", EU), event("1", US)] })).toBe("20");
  });

  test("a part without usage costs nothing, not even its minimum", () => {
    const least = usage({ minimum_units: "10" }, { by: [{ when: EU }, { when: US }] });
    expect(exact(least, { events: [event("1", EU)] })).toBe("10");
    // Corrected to zero.
    expect(exact(least, { events: [event("1", EU), event("3", US), event("-3", US)] })).toBe("10");
  });

  test("a correction stays in its part: the others don't pay for it", () => {
    expect(exact(price, { events: [event("10", EU), event("-5", US)] })).toBe("20");
  });

  test("no usage at all is priced by the price itself", () => {
    const least = usage({ minimum_units: "10" }, { by: [{ when: EU, amount: "5" }] });
    expect([exact(least), exact(least, 0), exact(least, { events: [] })]).toEqual(["10", "10", "10"]);
    expect(exact(least, { events: [event("2", EU), event("-2", EU)] })).toBe("10");
  });

  test("entries may have other metered strategies", () => {
    const tiers = [
      { up_to: "10", unit_price: "1", flat_fee: "5" },
      { up_to: null, unit_price: "0.5" },
    ];
    const by = [
      { when: EU, strategy_details: { pricing_strategy: "usage_tiered", tiers } },
      { when: US, strategy_details: { pricing_strategy: "percentage", rate: "10", free_events: 1 } },
    ];
    const events = [event("12", EU), event("100", US), event("200", US), event("3")];
    // 5 + 10 + 2 x 0.5; 10% of 200; 3.
    expect(exact(usage({}, { by }), { events })).toBe("39");
  });

  test("flat fee, minimum and maximum charge cover the sum", () => {
    const by = [{ when: EU, amount: "2" }];
    const limited = usage({ flat_fee: "5" }, { by, minimum_charge: "10", maximum_charge: "30" });
    const of = (...events: QuantityEvent[]): string | null => exact(limited, { events });
    expect([of(event("1", EU)), of(event("10", EU)), of(event("10", EU), event("20"))]).toEqual([
      "10",
      "25",
      "30",
    ]);
    expect(chargeFor(limited, { events: [event("1", EU)] }).flat_fee).toBe("5.00");
  });

  test("the quantity is the sum of all events, floored at zero", () => {
    expect(chargeFor(price, { events: [event("10", EU), event("-5", US), event("1.5")] }).units).toBe("6.5");
    expect(chargeFor(price, { events: [event("1", EU), event("-5", US)] }).units).toBe("0");
  });

  test("a sum is not enough", () => {
    expect(issuesOf(() => chargeFor(price, "10"))).toEqual(["NEEDS_EVENTS quantity"]);
    expect(issuesOf(() => chargeFor(price, { units: "10", event_count: 3 }))).toEqual([
      "NEEDS_EVENTS quantity",
    ]);
  });

  test("an empty list of entries is no matrix", () => {
    expect(exact(usage({}, { by: [] }), "10")).toBe("10");
  });

  test("percentages split by card: 1% at home, 3% abroad", () => {
    const by = [
      { when: { card: "foreign" }, strategy_details: { pricing_strategy: "percentage", rate: "3" } },
    ];
    const cards = priceOf({ pricing_strategy: "percentage", rate: "1" }, { by });
    expect(
      exact(cards, { events: [event("100", { card: "home" }), event("200", { card: "foreign" })] }),
    ).toBe("7");
  });
});
