import { describe, expect, test } from "vitest";
import type { UsageEvent } from "../../src/index.ts";
import { contractOf, feature, type Json, linesOf, metered } from "../charge/contracts.ts";

const NOON = "2026-01-10T12:00:00Z";

function event(units: string, timestamp: string, more: Partial<UsageEvent> = {}): UsageEvent {
  return { feature_slug: "storage", units, timestamp, ...more };
}

/** The line of January's usage at one euro a unit, or of another price. */
function lineOf(events: readonly UsageEvent[], price: Json = metered("1"), at?: string): object | undefined {
  const contract = contractOf({ features: [feature("storage", price)] });
  return linesOf(contract, 1, { usage: { events }, ...(at !== undefined && { at }) }).at(-1);
}

describe("U4: absolute events", () => {
  test("an absolute event discards what is earlier, and later events add to it: 40 - 1.5", () => {
    const events = [
      event("100", "2026-01-03T00:00:00Z"),
      event("40", NOON, { is_absolute: true }),
      event("-1.5", "2026-01-11T00:00:00Z"),
    ];
    expect(lineOf(events)).toMatchObject({ unit_count: "38.5", subtotal: "38.50" });
  });

  test("the last of several absolute events counts, wherever it stands in the list", () => {
    const events = [
      event("5", "2026-01-20T00:00:00Z", { is_absolute: true }),
      event("40", NOON, { is_absolute: true }),
      event("1", "2026-01-15T00:00:00Z"),
    ];
    expect(lineOf(events)).toMatchObject({ unit_count: "5" });
  });

  test("at one timestamp absolute events come first, and the largest of them wins: 9 + 2", () => {
    const events = [
      event("2", NOON),
      event("7", NOON, { is_absolute: true }),
      event("9", NOON, { is_absolute: true }),
    ];
    expect(lineOf(events)).toMatchObject({ unit_count: "11" });
  });

  test("late events drop out first: an absolute one that arrived after the closing discards nothing", () => {
    const late = { is_absolute: true, reported_at: "2026-02-01T00:00:00Z" };
    expect(lineOf([event("3", "2026-01-03T00:00:00Z"), event("40", NOON, late)])).toMatchObject({
      unit_count: "3",
    });
  });

  test("an absolute event of another period discards nothing", () => {
    const events = [event("3", NOON), event("40", "2026-02-10T00:00:00Z", { is_absolute: true })];
    expect(lineOf(events)).toMatchObject({ unit_count: "3" });
  });

  test("an absolute event after `at` discards nothing yet", () => {
    const events = [event("3", NOON), event("40", "2026-01-20T00:00:00Z", { is_absolute: true })];
    expect(lineOf(events, metered("1"), "2026-01-15T00:00:00Z")).toMatchObject({ unit_count: "3" });
  });

  test("it is the first of its timestamp for prices that depend on the order, too", () => {
    const price = { strategy_details: { pricing_strategy: "percentage", rate: "10", free_events: 1 } };
    const events = [event("300", NOON), event("200", NOON, { is_absolute: true })];
    // 200 came first and is free; 10% of 300.
    expect(lineOf(events, price)).toMatchObject({ unit_count: "500", subtotal: "30.00" });
  });

  test("events count in the order of their timestamps, in whatever order they are given", () => {
    const price = { strategy_details: { pricing_strategy: "percentage", rate: "10", free_events: 1 } };
    const events = [event("300", "2026-01-12T00:00:00Z"), event("200", NOON)];
    expect(lineOf(events, price)).toMatchObject({ unit_count: "500", subtotal: "30.00" });
  });
});
