import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type BillingPeriod,
  type Contract,
  featurePeriods,
  sumUsage,
  type UsageEvent,
  type UsageSum,
} from "../../src/index.ts";
import { type Fraction, fraction, isLess, isSame, minus, plus, ZERO } from "../oracle/fraction.ts";
import { type NaiveItem, naiveItems } from "../oracle/naive-items.ts";
import { decimalText, isMetered } from "../oracle/naive-price.ts";
import { instantMs, type NaiveSpan } from "../oracle/naive-spans.ts";
import { closing, countedEvents, type NaiveEvent, sumOf, usageEnd } from "../oracle/naive-usage.ts";
import { type ArbitraryContract, arbitraryContract } from "./arbitrary-contract.ts";
import {
  arbitraryQuestion,
  firstSpans,
  questionOf,
  type RawQuestion,
  usageSpans,
} from "./arbitrary-usage.ts";

/** One slug's events in one of its usage periods, and what they are asked with. */
interface Case {
  readonly contract: Contract;
  readonly document: Contract;
  readonly key: string;
  readonly span: NaiveSpan;
  readonly period: BillingPeriod;
  readonly events: readonly NaiveEvent[];
  readonly options: { readonly at: string; readonly closed_at?: string };
}

function casesOf({ document, contract }: ArbitraryContract, raw: RawQuestion): Case[] {
  const billing = firstSpans(document, 3);
  const { usage, at, closed_at } = questionOf(document, { ...raw, form: "events" }, billing);
  const options = { at: at ?? "2199-01-01T00:00:00Z", ...(closed_at !== undefined && { closed_at }) };
  return naiveItems(document)
    .filter(({ price }) => isMetered(price))
    .flatMap((item) =>
      usageSpans(document, item, billing).map((span) => {
        const period = periodOf(contract, item, span);
        return { contract, document, key: item.key, span, period, events: usage?.events ?? [], options };
      }),
    );
}

function periodOf(contract: Contract, { key }: NaiveItem, { start }: NaiveSpan): BillingPeriod {
  const [period] = featurePeriods(contract, key, { from: new Date(start), count: 1 });
  if (period?.start.getTime() !== start) throw new Error(`${key} has no period at ${start}`);
  return period;
}

function sumOfCase({ contract, key, period, options }: Case, events: readonly UsageEvent[]): UsageSum {
  return sumUsage(contract, key, period, events, options);
}

const arbitraryCases = fc
  .tuple(arbitraryContract, arbitraryQuestion)
  .map(([given, raw]) => casesOf(given, raw));

/** U3 and U4, event by event. */
function naiveSum({ document, key, span, events, options }: Case): UsageSum {
  const question = { usage: { events }, ...options };
  const until = instantMs(options.at);
  const own = events.filter(
    ({ feature_slug, timestamp }) => feature_slug === key && instantMs(timestamp) <= until,
  );
  const inPeriod = own.filter(
    ({ timestamp }) => span.start <= instantMs(timestamp) && instantMs(timestamp) < usageEnd(document, span),
  );
  const closes = closing(document, span, options.closed_at);
  const late = inPeriod.filter(
    ({ reported_at }) => reported_at !== undefined && instantMs(reported_at) >= closes,
  );
  const counted = countedEvents(document, key, span, question);
  const { activation, expiration, moved_at } = document.contract_summary;
  const outside = own.filter(({ timestamp }) => {
    const ms = instantMs(timestamp);
    const hasEnded = [expiration, moved_at].some((end) => end != null && ms >= instantMs(end));
    return ms < instantMs(activation as string) || hasEnded;
  });
  return {
    units: decimalText(sumOf(counted)),
    counted: counted.length,
    late: late.length,
    refused: outside.length,
    discarded: inPeriod.length - late.length - counted.length,
  };
}

test("law: a sum equals the naive one, and so does what became of the events", () => {
  fc.assert(
    fc.property(arbitraryCases, (cases) => {
      for (const each of cases) expect(sumOfCase(each, each.events)).toEqual(naiveSum(each));
    }),
  );
});

test("law: the order of events says nothing", () => {
  fc.assert(
    fc.property(arbitraryCases, fc.array(fc.nat(1000), { minLength: 12, maxLength: 12 }), (cases, ranks) => {
      for (const each of cases) {
        const shuffled = each.events
          .map((event, index) => ({ event, rank: ranks[index % ranks.length] as number }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ event }) => event);
        expect(sumOfCase(each, shuffled)).toEqual(sumOfCase(each, each.events));
      }
    }),
  );
});

test("law: an event split in two at its timestamp adds up to the same", () => {
  fc.assert(
    fc.property(arbitraryCases, fc.nat(), fc.integer({ min: -5000, max: 5000 }), (cases, which, part) => {
      for (const each of cases) {
        const index = which % (each.events.length || 1);
        const event = each.events[index];
        if (event === undefined || event.is_absolute) continue;
        const first = fraction(String(part / 8));
        const split = [first, minus(fraction(event.units), first)].map((units) => ({
          ...event,
          units: signedText(units),
        }));
        const events = each.events.toSpliced(index, 1, ...split);
        expect(sumOfCase(each, events).units).toBe(sumOfCase(each, each.events).units);
      }
    }),
  );
});

test("law: an absolute event at the end of a period leaves only its own units, whatever came before", () => {
  fc.assert(
    fc.property(arbitraryCases, fc.nat(90_000), (cases, eighths) => {
      for (const each of cases) {
        const end = usageEnd(each.document, each.span);
        const last = Math.min(Number.isFinite(end) ? end - 1 : end, instantMs(each.options.at));
        const isBeside = ({ timestamp }: NaiveEvent): boolean => instantMs(timestamp) === last;
        if (last < each.span.start || each.events.some(isBeside)) continue;
        const units = String(eighths / 8);
        const timestamp = new Date(last).toISOString();
        const absolute = { feature_slug: each.key, units, timestamp, is_absolute: true };
        const sum = sumOfCase(each, [absolute, ...each.events]);
        expect(sum).toMatchObject({ units, counted: 1 });
        expect(sum.discarded).toBe(
          sumOfCase(each, each.events).counted + sumOfCase(each, each.events).discarded,
        );
      }
    }),
  );
});

test("law: corrections of a period never make its sum negative, and lift no other period's", () => {
  fc.assert(
    fc.property(arbitraryCases, (cases) => {
      for (const each of cases) {
        const timestamp = new Date(each.span.start).toISOString();
        const correction = { feature_slug: each.key, units: "-99999999", timestamp };
        const before = sumOfCase(each, each.events);
        const after = sumOfCase(each, [...each.events, correction]);
        expect(isLess(fraction(after.units), ZERO)).toBe(false);
        const grown = plus(fraction(before.units), ZERO);
        expect(isLess(grown, fraction(after.units)) && !isSame(grown, fraction(after.units))).toBe(false);
      }
    }),
  );
});

function signedText(units: Fraction): string {
  return units.n < 0n ? `-${decimalText({ n: -units.n, d: units.d })}` : decimalText(units);
}
