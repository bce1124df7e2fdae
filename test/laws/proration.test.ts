import fc from "fast-check";
import { expect, test } from "vitest";
import { type Proration, prorate } from "../../src/index.ts";
import { zoneNamed } from "../../src/time/zone.ts";
import { type Fraction, fraction, isLess, minus, over, plus, times, ZERO } from "../oracle/fraction.ts";
import { HARD_ZONES } from "../oracle/time-zones.ts";

const DAY_MS = 86_400_000;
const from = Date.UTC(2015, 0, 1);
const until = Date.UTC(2035, 0, 1);

/** A period of whole local days, and the instants between some of them. */
const days = fc
  .record({
    zone: fc.constantFrom(...HARD_ZONES),
    startMs: fc.integer({ min: from, max: until }),
    length: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constant("month" as const)),
    kept: fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
  })
  .map(({ zone: name, startMs, length, kept }) => {
    const zone = zoneNamed(name) ?? expect.unreachable();
    const localMs = startMs + zone.offsetMsAt(startMs);
    const count = length === "month" ? daysOfMonth(new Date(localMs)) : length;
    const edges = Array.from({ length: count + 1 }, (_, day) => zone.instantOf(localMs + day * DAY_MS));
    const chosen = edges.filter((_, day) => day === 0 || day === count || kept[day]);
    return { time_zone: name, edges: chosen.map((edge) => new Date(edge)) };
  });

/** Days to the same day of the next month, for days that every month has. */
function daysOfMonth(local: Date): number {
  return new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + 1, 0)).getUTCDate();
}

/** Whether two amounts are no further apart than so many half cents. */
function isWithin(first: Fraction, second: Fraction, halfCents: number): boolean {
  const off = times(minus(first, second), fraction(200));
  return !isLess(fraction(halfCents), off) && !isLess(off, { n: -BigInt(halfCents), d: 1n });
}

/** The parts of a period, each prorated. */
function parts(edges: readonly Date[], proration: Omit<Proration, "service" | "full">) {
  const full = [edges[0], edges.at(-1)] as [Date, Date];
  return edges
    .slice(1)
    .map((end, index) => prorate({ ...proration, service: [edges[index] as Date, end], full }));
}

const amount = fc
  .nat(10 ** 7)
  .map((cents) => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")}`);
const basis = fc.constantFrom("day" as const, "second" as const, "30/360" as const);

test("law: the shares of a period that is split between its days sum to one", () => {
  fc.assert(
    fc.property(days, amount, basis, ({ time_zone, edges }, given, by) => {
      let sum = 0;
      const each = parts(edges, { amount: given, currency: "usd", basis: by, time_zone });
      for (const { numerator, denominator } of each) {
        expect(denominator).toBe(each[0]?.denominator);
        sum += numerator;
      }
      expect(sum).toBe(each[0]?.denominator);
    }),
  );
});

test("law: an amount is multiplied, divided and then rounded once, so parts are off by half a cent each at most", () => {
  fc.assert(
    fc.property(days, amount, basis, ({ time_zone, edges }, given, by) => {
      let sum = ZERO;
      const each = parts(edges, { amount: given, currency: "usd", basis: by, time_zone });
      for (const { amount: part, numerator, denominator } of each) {
        const exact = over(times(fraction(given), fraction(numerator)), fraction(denominator));
        expect(isWithin(fraction(part), exact, 1)).toBe(true);
        sum = plus(sum, fraction(part));
      }
      expect(isWithin(sum, fraction(given), each.length)).toBe(true);
    }),
  );
});

test("law: the whole of a period is the whole amount, none of it is nothing", () => {
  fc.assert(
    fc.property(days, amount, basis, ({ time_zone, edges }, given, by) => {
      const full = [edges[0], edges.at(-1)] as [Date, Date];
      const whole = { amount: given, currency: "usd", basis: by, time_zone, full };
      const all = prorate({ ...whole, service: full });
      expect(all.numerator).toBe(all.denominator);
      expect(fraction(all.amount)).toEqual(fraction(given));
      expect(prorate({ ...whole, service: [full[1], full[1]] })).toMatchObject({
        numerator: 0,
        amount: "0.00",
      });
    }),
  );
});
