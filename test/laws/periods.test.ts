import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { OWN_CYCLES } from "../../src/contract/cycle.ts";
import { parseSchedule } from "../../src/contract/parse-schedule.ts";
import type { Schedule } from "../../src/contract/schedule.ts";
import { contractStatus } from "../../src/contract/status.ts";
import {
  type BillingPeriod,
  billingPeriod,
  billingPeriodAt,
  billingPeriods,
  eachBillingPeriod,
  nextCycleStart,
} from "../../src/period/billing-period.ts";
import { dueDateOf } from "../../src/period/due-date.ts";
import { ownPeriodsStartingIn, ownTimelineOf } from "../../src/period/own-cycle.ts";
import { prorationRatio } from "../../src/period/proration.ts";
import { periodMsAt, timelineOf } from "../../src/period/timeline.ts";
import { zoneNamed } from "../../src/time/zone.ts";
import { usageClosingOf, usagePeriodState } from "../../src/usage/usage-closing.ts";
import { HARD_ZONES } from "../oracle/time-zones.ts";
import { instantMs, scheduleFields } from "./arbitrary-schedule.ts";

// FC_RUNS may ask for many.
vi.setConfig({ testTimeout: 600_000 });

const DAY_MS = 86_400_000;
const schedule = scheduleFields.map(parseSchedule);
const WALKED = 40;

function walked(of: Schedule, count = WALKED): BillingPeriod[] {
  return [...eachBillingPeriod(of, { count })];
}
/** An instant from a little before a contract's start to after the periods that were walked. */
function instantsAround(of: Schedule, shares: readonly number[]): number[] {
  const periods = walked(of);
  const firstMs = periods[0]?.start.getTime() ?? Date.parse(of.contract_summary.activation ?? "");
  const lastMs = periods.at(-1)?.end?.getTime() ?? firstMs + 1000 * DAY_MS;
  return shares.map((share) => Math.round(firstMs - DAY_MS + share * (lastMs - firstMs + 2 * DAY_MS)));
}
const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 8 });
const contains = ({ start, end }: BillingPeriod, ms: number) =>
  start.getTime() <= ms && (end === null || ms < end.getTime());

describe("billing periods", () => {
  test("tile: each begins where the one before ends, with an ascending index", () => {
    fc.assert(
      fc.property(schedule, (of) => {
        const periods = walked(of);
        for (const [position, { start, end, index }] of periods.entries()) {
          if (end !== null) expect(start.getTime()).toBeLessThan(end.getTime());
          const next = periods[position + 1];
          if (next === undefined) continue;
          expect(next.start).toEqual(end);
          expect(next.index).toBeGreaterThan(index);
        }
        const { activation, expiration, moved_at } = of.contract_summary;
        const ends = [expiration, moved_at].flatMap((each) => (each ? [Date.parse(each)] : []));
        if (periods.length === 0) {
          expect(moved_at).toBe(activation);
          return;
        }
        expect(periods[0]?.start.getTime()).toBe(Date.parse(activation ?? ""));
        const last = periods.at(-1)?.end;
        if (periods.length < WALKED && last) expect(last.getTime()).toBe(Math.min(...ends));
      }),
    );
  });

  test("of an instant contain it, and are those found by walking", () => {
    fc.assert(
      fc.property(schedule, shares, (of, at) => {
        const periods = walked(of);
        const { endMs } = timelineOf(of);
        for (const ms of instantsAround(of, at)) {
          const found = billingPeriodAt(of, new Date(ms));
          const expected = ms < endMs ? periods.find((period) => contains(period, ms)) : undefined;
          if (expected !== undefined) expect(found).toEqual(expected);
          else if (found !== null) expect(found.index).toBeGreaterThan(periods.at(-1)?.index ?? -1);
          if (found !== null) expect(contains(found, ms)).toBe(true);
        }
      }),
    );
  });

  test("don't depend on how they are reached, nor on what was asked before", () => {
    fc.assert(
      fc.property(scheduleFields, shares, (fields, at) => {
        const asked = parseSchedule(fields);
        for (const ms of instantsAround(asked, at)) {
          const period = billingPeriodAt(asked, new Date(ms));
          expect(billingPeriodAt(parseSchedule(fields), new Date(ms))).toEqual(period);
          if (period === null) continue;
          expect(billingPeriod(parseSchedule(fields), period.index)).toEqual(period);
          expect(billingPeriod(asked, period.index)).toEqual(period);
          expect(billingPeriodAt(asked, period.start)).toEqual(period);
          const [first] = billingPeriods(asked, { from: period.start, count: 1 });
          expect(first).toEqual(period);
        }
      }),
    );
  });

  test("of a range are those of the whole that touch it", () => {
    fc.assert(
      fc.property(
        schedule,
        fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
        (of, two) => {
          const [from, to] = instantsAround(
            of,
            two.sort((first, second) => first - second),
          ) as [number, number];
          const expected = walked(of).filter(
            ({ start, end }) => from < to && start.getTime() < to && (end === null || end.getTime() > from),
          );
          const last = walked(of).at(-1)?.end?.getTime() ?? Number.POSITIVE_INFINITY;
          const { endMs } = timelineOf(of);
          const touching = from < endMs ? expected : [];
          const found = billingPeriods(of, { from: new Date(from), to: new Date(to) });
          expect(found.filter(({ start }) => start.getTime() < last)).toEqual(touching);
        },
      ),
    );
  });

  test("give Dates that nobody else holds", () => {
    fc.assert(
      fc.property(schedule, (of) => {
        const [first] = walked(of, 1);
        if (first === undefined) return;
        const before = structuredClone(first);
        first.start.setTime(0);
        first.end?.setTime(0);
        expect(walked(of, 1)).toEqual([before]);
      }),
    );
  });

  test("are followed by what the next cycle start says", () => {
    fc.assert(
      fc.property(schedule, shares, (of, at) => {
        for (const ms of instantsAround(of, at)) {
          const period = billingPeriodAt(of, new Date(ms));
          const next = nextCycleStart(of, new Date(ms));
          expect(contractStatus(of, new Date(ms)) === "active").toBe(period !== null);
          if (next === null) {
            expect(
              period?.end === undefined ||
                period.end === null ||
                period.end.getTime() === timelineOf(of).endMs,
            ).toBe(true);
          } else {
            expect(next).toEqual(period?.end);
            expect(billingPeriodAt(of, next)?.start).toEqual(next);
          }
        }
      }),
    );
  });

  test("close after their end, and fall due neither before their start nor before they close", () => {
    const policies = fc.record({
      due_date_policy: fc.constantFrom("start_of_period", "end_of_period"),
      usage_period_closing_policy: fc.constantFrom("automatic", "manual", "15 minutes", "1 hour", "1 day"),
      payment_terms: fc.option(
        fc.oneof(
          fc.record({ net_days: fc.nat(90) }),
          fc.record({ end_of_month: fc.constant(true), plus_days: fc.nat(60) }),
          fc
            .record({
              cutoff_day: fc.integer({ min: 1, max: 31 }),
              months: fc.nat(3),
              day: fc.integer({ min: 1, max: 31 }),
            })
            .map((proximo) => ({ proximo })),
        ),
      ),
    });
    fc.assert(
      fc.property(scheduleFields, policies, (fields, configuration) => {
        const of = parseSchedule({ ...fields, configuration });
        for (const period of walked(of, 3)) {
          const closes = usageClosingOf(of, period);
          if (closes !== null && period.end !== null)
            expect(closes.getTime()).toBeGreaterThanOrEqual(period.end.getTime());
          expect(dueDateOf(of, period)?.getTime()).toBeGreaterThanOrEqual(period.start.getTime());
          const due = dueDateOf(of, period, "usage");
          if (closes !== null) expect(due?.getTime()).toBeGreaterThanOrEqual(closes.getTime());
          const states = [period.start, period.end, closes].map(
            (each) => each && usagePeriodState(of, period, each),
          );
          expect(states[0]).toBe("open");
          if (closes !== null) expect(states[2]).toBe("closed");
        }
      }),
    );
  });
});

test("own periods tile from the start of the contract to its end", () => {
  fc.assert(
    fc.property(schedule, fc.constantFrom(...OWN_CYCLES), (of, unit) => {
      const contract = timelineOf(of);
      const own = ownTimelineOf(contract, unit);
      const toMs = Math.min(contract.startMs + 1500 * DAY_MS, contract.endMs);
      const periods = ownPeriodsStartingIn(own, contract.startMs, toMs);
      let at = contract.startMs;
      for (const period of periods) {
        expect(period.startMs).toBe(at);
        expect(period.fullStartMs).toBeLessThanOrEqual(at);
        expect(periodMsAt(own, at)).toEqual(period);
        at = period.endMs ?? Number.NaN;
      }
      if (contract.startMs < contract.endMs) expect(at).toBeGreaterThanOrEqual(toMs);
      expect(periodMsAt(own, contract.startMs - 1)).toBeNull();
    }),
  );
});

describe("shares of a period", () => {
  const zone = fc.constantFrom(...HARD_ZONES).map((name) => zoneNamed(name) ?? expect.unreachable());
  const cut = fc.double({ min: 0, max: 1, noNaN: true });

  test("by day sum to one where it is split by a change, and where it is split between days", () => {
    fc.assert(
      fc.property(
        zone,
        instantMs,
        fc.integer({ min: DAY_MS * 2, max: 400 * DAY_MS }),
        cut,
        (of, startMs, length, share) => {
          const endMs = startMs + length;
          const middle = startMs + Math.floor(length * share);
          const unused = prorationRatio("day", of, middle, endMs, startMs, endMs);
          const used = prorationRatio("day", of, startMs, middle, startMs, endMs, { endsByChange: true });
          expect(used.denominator).toBe(unused.denominator);
          if (middle < endMs) expect(used.numerator + unused.numerator).toBe(used.denominator);
          const local = startMs + of.offsetMsAt(startMs) + Math.floor((length * share) / DAY_MS) * DAY_MS;
          const between = of.instantOf(local);
          if (between <= startMs || between >= endMs) return;
          const first = prorationRatio("day", of, startMs, between, startMs, endMs);
          const second = prorationRatio("day", of, between, endMs, startMs, endMs);
          expect(first.numerator + second.numerator - first.denominator).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });

  test("are between nothing and all of it, by every basis", () => {
    const basis = fc.constantFrom("day", "second", "actual/360", "30/360");
    fc.assert(
      fc.property(schedule, basis, cut, cut, (of, by, first, second) => {
        for (const period of walked(of, 3)) {
          if (period.end === null) continue;
          const [fullStart, fullEnd] = [period.start.getTime(), period.end.getTime()];
          const [from, to] = [first, second]
            .sort((one, other) => one - other)
            .map((share) => fullStart + Math.floor(share * (fullEnd - fullStart))) as [number, number];
          const zoneOf = timelineOf(of).zone;
          const { numerator, denominator } = prorationRatio(by, zoneOf, from, to, fullStart, fullEnd);
          expect(denominator).toBeGreaterThan(0);
          expect(numerator).toBeGreaterThanOrEqual(0);
          expect(numerator).toBeLessThanOrEqual(denominator);
          const whole = prorationRatio(by, zoneOf, fullStart, fullEnd, fullStart, fullEnd);
          if (by !== "actual/360") expect(whole.numerator).toBe(whole.denominator);
        }
      }),
    );
  });
});
