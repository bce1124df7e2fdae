// What went wrong with dates in other billing systems; where to read of it is in incidents.ts, as data.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  type BillingPeriod,
  billingPeriodAt,
  billingPeriods,
  localDateOf,
  parseContract,
  parseSchedule,
  type Schedule,
  sumUsage,
} from "../src/index.ts";
import { INCIDENTS, type IncidentName, rowOf } from "./incidents.ts";

const README = readFileSync(new URL("../README.md", import.meta.url), "utf8");

/** The local dates of the boundaries from the start on. */
function boundaryDates(schedule: Schedule, count: number): string[] {
  const from = "0001-01-01T00:00:00Z";
  return billingPeriods(schedule, { from, count }).map(({ start }) => localDateOf(schedule, start));
}

/** The local dates that a period begins and ends on. */
function datesAt(schedule: Schedule, at: string): (string | null)[] {
  const period = billingPeriodAt(schedule, at);
  return [period?.start, period?.end].map((date) => (date == null ? null : localDateOf(schedule, date)));
}

const told = new Set<string>();

/** A test of one incident, named as what we answer and what went wrong there. */
function incident(key: IncidentName, name: string, run: () => void): void {
  told.add(key);
  test(name, run);
}

function assertTiles(periods: readonly BillingPeriod[]): void {
  for (const [index, { start, end }] of periods.entries()) {
    expect(end?.getTime()).toBeGreaterThan(start.getTime());
    if (index > 0) expect(start).toEqual(periods[index - 1]?.end);
  }
}

describe("incidents of other systems", () => {
  incident(
    "polar",
    "an anchor on the 31st returns to the 31st after February, where Polar's drifted to the 29th",
    () => {
      const schedule = parseSchedule({ cycle: "month", activation: "2024-01-31T00:00:00Z" });
      expect(boundaryDates(schedule, 5)).toEqual([
        "2024-01-31",
        "2024-02-29",
        "2024-03-31",
        "2024-04-30",
        "2024-05-31",
      ]);
    },
  );

  incident("autumn", "a month from 31 May ends on 30 June, where Autumn's ended on 1 July", () => {
    const schedule = parseSchedule({ cycle: "month", activation: "2026-05-31T15:13:09Z" });
    expect(billingPeriodAt(schedule, "2026-06-01T00:00:00Z")?.end).toEqual(new Date(1_782_832_389_000));
    expect(billingPeriodAt(schedule, "2026-06-30T15:13:09Z")?.index).toBe(2);
  });

  incident(
    "flexprice",
    "a calendar quarter entered on 22 March ends on 1 April, where Flexprice's ended on 1 June",
    () => {
      const quarterly = { cycle: "quarter", cycle_start_offset: 0, activation: "2026-03-22T00:00:00Z" };
      const schedule = parseSchedule(quarterly);
      expect(datesAt(schedule, "2026-03-22T00:00:00Z")).toEqual(["2026-03-22", "2026-04-01"]);
      expect(datesAt(schedule, "2026-04-01T00:00:00Z")).toEqual(["2026-04-01", "2026-07-01"]);
    },
  );

  incident(
    "lagoTiling",
    "yearly and quarterly periods from a clamped day tile, where Lago's overlapped or left gaps",
    () => {
      const yearly = parseSchedule({ cycle: "year", activation: "2024-02-29T00:00:00Z" });
      const quarterly = parseSchedule({ cycle: "quarter", activation: "2023-11-30T00:00:00Z" });
      expect(boundaryDates(yearly, 5)).toEqual([
        "2024-02-29",
        "2025-02-28",
        "2026-02-28",
        "2027-02-28",
        "2028-02-29",
      ]);
      expect(boundaryDates(quarterly, 4)).toEqual(["2023-11-30", "2024-02-29", "2024-05-30", "2024-08-30"]);
      for (const schedule of [yearly, quarterly]) {
        const periods = billingPeriods(schedule, { from: "2023-01-01T00:00:00Z", count: 20 });
        assertTiles(periods);
        for (const period of periods) {
          const last = new Date((period.end?.getTime() ?? 0) - 1);
          expect(billingPeriodAt(schedule, period.start)).toEqual(period);
          expect(billingPeriodAt(schedule, last)).toEqual(period);
        }
      }
    },
  );

  incident(
    "lagoInAdvance",
    "on 29 February a month from 30 January is in its second period, where Lago's billed the first again",
    () => {
      const schedule = parseSchedule({ cycle: "month", activation: "2024-01-30T00:00:00Z" });
      expect(datesAt(schedule, "2024-02-28T23:59:59.999Z")).toEqual(["2024-01-30", "2024-02-29"]);
      expect(datesAt(schedule, "2024-02-29T00:00:00Z")).toEqual(["2024-02-29", "2024-03-30"]);
    },
  );

  incident(
    "killbillUsage",
    "the same usage counts in the same month however the clock stood at the start, where Kill Bill's did not",
    () => {
      const events = ["03:59:59.999", "04:00:00"].map((time, index) => ({
        feature_slug: "calls",
        units: 10 ** index,
        timestamp: `2023-04-01T${time}Z`,
      }));
      const unitsOfMarch = ["2023-03-05T12:00:00Z", "2023-03-20T12:00:00Z"].map((activation) => {
        const contract = parseContract({
          contract_summary: {
            cycle: "month",
            cycle_start_offset: 0,
            currency: "usd",
            time_zone: "America/New_York",
            activation,
          },
          plan: {
            features: [
              { slug: "calls", price: { amount: "1", strategy_details: { pricing_strategy: "usage" } } },
            ],
          },
        });
        const march = billingPeriodAt(contract, "2023-03-21T00:00:00Z");
        if (march === null) throw new Error("the contract has no period in March");
        expect(march.end).toEqual(new Date("2023-04-01T04:00:00Z"));
        return sumUsage(contract, "calls", march, events, { at: "2023-05-01T00:00:00Z" }).units;
      });
      expect(unitsOfMarch).toEqual(["1", "1"]);
    },
  );

  incident(
    "killbillLoop",
    "periods go on where the clock goes back, where Kill Bill's next billing date never came",
    () => {
      const schedule = parseSchedule({
        cycle: "month",
        time_zone: "America/Juneau",
        activation: "2015-10-01T08:09:02Z",
      });
      const range = { from: "2015-10-01T00:00:00Z", to: "2016-10-01T00:00:00Z" };
      const periods = billingPeriods(schedule, range);
      assertTiles(periods);
      expect(periods.slice(0, 4).map(({ start }) => start.toISOString())).toEqual([
        "2015-10-01T08:09:02.000Z",
        "2015-11-01T08:09:02.000Z",
        "2015-12-01T09:09:02.000Z",
        "2016-01-01T09:09:02.000Z",
      ]);
      expect(billingPeriodAt(schedule, "2015-12-01T08:09:02Z")).toEqual(periods[1]);
      expect(billingPeriodAt(schedule, "2015-12-01T09:09:02Z")).toEqual(periods[2]);
    },
  );

  incident(
    "killbillTrial",
    "a trial over a clock change ends at the same local time, where Kill Bill's ended on the next day",
    () => {
      const schedule = parseSchedule({
        cycle: "month",
        time_zone: "America/Los_Angeles",
        activation: "2017-03-01T23:30:00-08:00",
        free_trial_days: 30,
      });
      const [trial] = billingPeriods(schedule, { from: "2017-03-01T00:00:00Z", count: 1 });
      expect(trial?.end).toEqual(new Date("2017-03-31T23:30:00-07:00"));
      expect(boundaryDates(schedule, 4)).toEqual(["2017-03-01", "2017-03-31", "2017-04-30", "2017-05-31"]);
    },
  );

  incident(
    "killbillStop",
    "the period from 31 March to 30 April follows, where Kill Bill stopped billing",
    () => {
      const schedule = parseSchedule({ cycle: "month", activation: "2017-01-31T00:00:00Z" });
      expect(datesAt(schedule, "2017-02-28T00:00:00Z")).toEqual(["2017-02-28", "2017-03-31"]);
      expect(datesAt(schedule, "2017-03-31T00:00:00Z")).toEqual(["2017-03-31", "2017-04-30"]);
      expect(datesAt(schedule, "2017-04-30T00:00:00Z")).toEqual(["2017-04-30", "2017-05-31"]);
    },
  );

  incident(
    "twenty",
    "the end of a later period comes from the anchor, where Twenty added months to the running one's end",
    () => {
      const schedule = parseSchedule({ cycle: "month", activation: "2026-12-31T00:00:00Z" });
      expect(datesAt(schedule, "2027-01-15T00:00:00Z")).toEqual(["2026-12-31", "2027-01-31"]);
      expect(datesAt(schedule, "2027-03-29T00:00:00Z")).toEqual(["2027-02-28", "2027-03-31"]);
    },
  );
});

describe("the table of incidents", () => {
  test("has a row for every test above", () => {
    expect([...told]).toEqual(Object.keys(INCIDENTS));
  });

  test.runIf(README.includes(INCIDENTS.polar.link))("stands in the README as it is here", () => {
    expect(
      Object.values(INCIDENTS)
        .map(rowOf)
        .filter((row) => !README.includes(row)),
    ).toEqual([]);
  });
});
