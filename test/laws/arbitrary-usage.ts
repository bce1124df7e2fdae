import fc from "fast-check";
import { isOwnCycle } from "../../src/contract/cycle.ts";
import type { Contract } from "../../src/index.ts";
import { type NaiveItem, naiveItems } from "../oracle/naive-items.ts";
import { isMetered } from "../oracle/naive-price.ts";
import { contractSpans, type NaiveSpan, ownSpans } from "../oracle/naive-spans.ts";
import { type NaiveEvent, type NaiveQuestion, type NaiveUsage, usageEnd } from "../oracle/naive-usage.ts";
import { optional, textOf } from "./arbitrary-contract.ts";

/** The first spans of a contract, as many as it has. */
export function firstSpans(contract: Contract, most: number): NaiveSpan[] {
  const spans: NaiveSpan[] = [];
  for (const span of contractSpans(contract)) {
    spans.push(span);
    if (spans.length === most) break;
  }
  return spans;
}

/** The spans that an item's usage is counted in (U5), as far as the billing periods reach. */
export function usageSpans(
  contract: Contract,
  { trigger }: NaiveItem,
  billing: readonly NaiveSpan[],
): NaiveSpan[] {
  const last = billing.at(-1);
  if (!isOwnCycle(trigger) || last === undefined) return [...billing];
  const spans: NaiveSpan[] = [];
  const end = usageEnd(contract, last);
  for (const span of ownSpans(contract, trigger)) {
    if (span.start >= end) break;
    spans.push(span);
  }
  return spans;
}

/** A place in time relative to a span, so that generated usage fits the contract it is for. */
interface Place {
  readonly span: number;
  readonly edge: "start" | "end" | "inside" | "before" | "just before the end";
  readonly share: number;
}

const place: fc.Arbitrary<Place> = fc.record({
  span: fc.nat(5),
  edge: fc.constantFrom("start", "end", "inside", "inside", "inside", "before", "just before the end"),
  share: fc.integer({ min: 0, max: 999 }),
});

function instantOf(
  { span: index, edge, share }: Place,
  contract: Contract,
  spans: readonly NaiveSpan[],
): number {
  const span = spans[index % spans.length] as NaiveSpan;
  const end = Math.min(usageEnd(contract, span), span.start + 400 * 86_400_000);
  const inside = span.start + Math.floor(((end - span.start) * share) / 1000);
  return {
    start: span.start,
    end,
    inside,
    before: span.start - 1 - share * 60_000,
    "just before the end": end - 1,
  }[edge];
}

const units: fc.Arbitrary<RawUnits> = fc
  .tuple(fc.integer({ min: -60_000, max: 200_000 }), fc.integer({ min: 0, max: 3 }))
  .map(([digits, places]) => ({ digits, places }));

function unitsText({ digits, places }: RawUnits, mayBeNegative: boolean): string {
  return String((mayBeNegative ? digits : Math.abs(digits)) / 10 ** places);
}

const properties: fc.Arbitrary<RawProperties | undefined> = fc.constantFrom(
  undefined,
  { region: "eu" },
  { region: "us", premium: true },
  { region: "eu", premium: true },
  { tier: 2 },
  { tier: "2", region: null },
);

const event: fc.Arbitrary<RawQuestion["events"][number]> = fc.record({
  item: fc.nat(),
  units,
  place,
  is_absolute: fc.constantFrom(undefined, undefined, undefined, false, true),
  reported: optional(fc.constantFrom(0, 1, 900_000, 3_600_000, 86_400_000, 40 * 86_400_000), 3),
  properties,
});

interface RawProperties {
  readonly [name: string]: string | number | boolean | null;
}

interface RawUnits {
  readonly digits: number;
  readonly places: number;
}

/** What is known about a contract's usage, in any form, and up to when. */
export interface RawQuestion {
  readonly form: "none" | "sums" | "events" | "periods";
  readonly sums: readonly (readonly [item: number, units: RawUnits])[];
  readonly events: readonly {
    readonly item: number;
    readonly units: RawUnits;
    readonly place: Place;
    readonly is_absolute: boolean | undefined;
    readonly reported: number | undefined;
    readonly properties: RawProperties | undefined;
  }[];
  readonly periods: readonly (readonly [item: number, span: number, units: RawUnits])[];
  readonly demands: readonly (readonly [item: number, place: Place, units: RawUnits | undefined])[];
  readonly at: Place | undefined;
  readonly closed: number | undefined;
}

const raw: fc.Arbitrary<RawQuestion> = fc.record({
  form: fc.constantFrom<RawQuestion["form"]>("none", "sums", "events", "events", "events", "periods"),
  sums: fc.array(fc.tuple(fc.nat(), units), { maxLength: 3 }),
  events: fc.array(event, { maxLength: 20, size: "max" }),
  periods: fc.array(fc.tuple(fc.nat(), fc.nat(12), units), { maxLength: 12, size: "max" }),
  demands: fc.array(fc.tuple(fc.nat(), place, optional(units)), { maxLength: 3 }),
  at: optional(place, 3),
  closed: optional(fc.nat(3_600_000)),
});

export const arbitraryQuestion: fc.Arbitrary<RawQuestion> = raw;

/** A question as this contract can be asked it. */
export function questionOf(
  contract: Contract,
  given: RawQuestion,
  billing: readonly NaiveSpan[],
): NaiveQuestion {
  const items = naiveItems(contract);
  const metered = items.filter(({ price }) => isMetered(price));
  const demanded = items.filter(({ trigger }) => trigger === "on_demand");
  const spansOf = (item: NaiveItem): NaiveSpan[] => usageSpans(contract, item, billing);
  const pick = (list: readonly NaiveItem[], index: number): NaiveItem =>
    list[index % list.length] as NaiveItem;
  const usage: { -readonly [Name in keyof NaiveUsage]: NaiveUsage[Name] } = {};
  if (given.form === "sums" && metered.length > 0) {
    usage.sums = Object.fromEntries(
      given.sums.map(([index, amount]) => [pick(metered, index).key, unitsText(amount, false)]),
    );
  }
  if (given.form === "events") {
    usage.events = given.events.flatMap((each): NaiveEvent[] => {
      if (metered.length === 0) return [];
      const item = pick(metered, each.item);
      const ms = instantOf(each.place, contract, spansOf(item));
      const isMoney =
        item.price.strategy_details.pricing_strategy === "percentage" ||
        (item.price.by ?? []).some((part) => part.strategy_details?.pricing_strategy === "percentage");
      return [
        {
          feature_slug: item.key,
          units: unitsText(each.units, !isMoney),
          timestamp: textOf(ms),
          ...(each.is_absolute !== undefined && { is_absolute: each.is_absolute }),
          ...(each.reported !== undefined && { reported_at: textOf(ms + each.reported) }),
          ...(each.properties !== undefined && { properties: each.properties }),
        },
      ];
    });
  }
  if (given.form === "periods") {
    const entries = new Map<string, { feature_slug: string; start: string; units: string }>();
    for (const [index, span, amount] of metered.length === 0 ? [] : given.periods) {
      const item = pick(metered, index);
      const spans = spansOf(item);
      const start = textOf((spans[span % spans.length] as NaiveSpan).start);
      entries.set(`${item.key} ${start}`, {
        feature_slug: item.key,
        start,
        units: unitsText(amount, false),
      });
    }
    usage.periods = [...entries.values()];
  }
  if (demanded.length > 0) {
    usage.on_demand = given.demands.map(([index, where, amount]) => ({
      feature_slug: pick(demanded, index).key,
      at: textOf(instantOf(where, contract, billing)),
      ...(amount !== undefined && { unit_count: unitsText(amount, false) }),
    }));
  }
  return {
    usage,
    ...(given.at !== undefined && { at: textOf(instantOf(given.at, contract, billing)) }),
    ...closedAfterAll(contract, given.closed, items.flatMap(spansOf)),
  };
}

/** Closed by hand after the end of every period that is asked about. */
function closedAfterAll(
  contract: Contract,
  delay: number | undefined,
  spans: readonly NaiveSpan[],
): { closed_at?: string } {
  const ends = spans.map((span) => usageEnd(contract, span)).filter(Number.isFinite);
  if (delay === undefined || ends.length === 0 || ends.length < spans.length) return {};
  return { closed_at: textOf(Math.max(...ends) + delay) };
}
