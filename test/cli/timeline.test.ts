import { describe, expect, test } from "vitest";
import { timeline } from "../../src/cli/timeline.ts";
import { scaleRow } from "../../src/cli/timeline-scale.ts";
import { billingPeriods, parseSchedule } from "../../src/index.ts";
import { type Zone, zoneNamed } from "../../src/time/zone.ts";

const UTC = zoneNamed("UTC") as Zone;

function scale(from: string, to: string, zone: Zone = UTC): string {
  return scaleRow({ fromMs: Date.parse(from), toMs: Date.parse(to), cells: 72 }, zone);
}

/** The rows of a timeline without their labels. */
function rows(summary: object, from: string, to: string, invoices: readonly string[] = []): string[] {
  const schedule = parseSchedule(summary);
  const stretch = { fromMs: Date.parse(from), toMs: Date.parse(to) };
  const drawn = timeline(
    stretch,
    UTC,
    billingPeriods(schedule, { from, to }),
    invoices.map((date) => Date.parse(date)),
  );
  return drawn.split("\n").map((line) => line.slice("Invoices  ".length));
}

describe("the scale", () => {
  test("names days, months or years, each where it begins", () => {
    expect(scale("2026-01-30T00:00:00Z", "2026-02-08T00:00:00Z")).toBe(
      "01-30   01-31   02-01   02-02   02-03   02-04   02-05   02-06   02-07",
    );
    expect(scale("2026-01-15T00:00:00Z", "2026-07-15T00:00:00Z")).toBe(
      "      2026-02    2026-03      2026-04     2026-05     2026-06",
    );
    expect(scale("2020-06-01T00:00:00Z", "2028-06-01T00:00:00Z")).toBe(
      "     2021     2022     2023     2024     2025     2026     2027     2028",
    );
  });

  test("leaves out what it has no room for", () => {
    const long = scale("1900-01-01T00:00:00Z", "2100-01-01T00:00:00Z");
    expect(long.length).toBeLessThanOrEqual(72);
    expect(long).toMatch(/^(\d{4} )+\d{4}$/);
    expect(scale("2026-01-01T00:00:00Z", "2026-01-01T01:00:00Z")).toBe("01-01");
  });

  test("counts in the contract's zone", () => {
    const tokyo = zoneNamed("Asia/Tokyo") as Zone;
    expect(scale("2026-01-31T15:00:00Z", "2026-04-30T15:00:00Z", tokyo)).toMatch(/^2026-02 /);
  });
});

describe("the timeline", () => {
  const MONTHLY = { cycle: "month", activation: "2026-01-01T00:00:00Z" };

  test("numbers periods and marks invoices under their dates", () => {
    const dates = ["2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z", "2026-02-01T01:00:00Z"];
    const [, periods, invoices, legend] = rows(
      MONTHLY,
      "2026-01-01T00:00:00Z",
      "2026-03-14T00:00:00Z",
      dates,
    );
    expect(periods).toBe(`1${"─".repeat(30)}2${"─".repeat(27)}3${"─".repeat(12)}`);
    expect(invoices).toBe(`●${" ".repeat(30)}2`);
    expect(legend).toBe("─ paid   ● invoice   2 to 9, +: so many in one place");
  });

  test("shows trial and free periods, and where there is none", () => {
    const summary = {
      ...MONTHLY,
      free_trial_end: "2026-02-01T00:00:00Z",
      free_cycles: 1,
      expiration: "2026-04-01T00:00:00Z",
    };
    const [, periods, , legend] = rows(summary, "2025-12-01T00:00:00Z", "2026-05-01T00:00:00Z");
    expect(periods).toMatch(/^ {14}0·{14}1~{12}2─{14}$/);
    expect(legend).toBe("· trial   ~ free   ─ paid   ● invoice");
  });

  test("draws bars instead of numbers where these don't fit", () => {
    const daily = { cycle: "day", activation: "2026-01-01T00:00:00Z" };
    const [, periods] = rows(daily, "2026-01-01T00:00:00Z", "2026-02-06T00:00:00Z");
    expect(periods).toMatch(/^1─2─3─.*9─1011/);
    const [, dense] = rows(daily, "2026-01-01T00:00:00Z", "2026-06-01T00:00:00Z");
    expect(dense).toBe("│".repeat(72));
  });

  test("goes on in a period that began before, and counts what falls together", () => {
    const at = (hour: number): string => `2026-02-10T${String(hour).padStart(2, "0")}:00:00Z`;
    const dates = Array.from({ length: 12 }, (_, hour) => at(hour));
    const range = ["2026-01-15T00:00:00Z", "2026-03-28T00:00:00Z"] as const;
    const [, periods, invoices] = rows(MONTHLY, ...range, dates);
    expect(periods).toMatch(/^─{17}2─{27}3─+$/);
    expect(invoices?.trim()).toBe("+");
    expect(rows(MONTHLY, ...range, dates.slice(0, 9))[2]?.trim()).toBe("9");
  });
});
