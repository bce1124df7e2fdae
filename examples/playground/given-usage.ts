import {
  type Contract,
  featurePeriodAt,
  featurePeriods,
  type OnDemandCharge,
  sumUsageByFeature,
  type Usage,
  type UsageEvent,
} from "pure-billing";
import { documentUnits, type PricedFeature } from "./priced-features.ts";

/** Usage as it was given, in the one form that all prices understand: events. */
export interface GivenUsage {
  readonly events: readonly UsageEvent[];
  readonly on_demand: readonly OnDemandCharge[];
  /** What was used of each metered price in the period that runs, by its key. */
  readonly running: { readonly [key: string]: string };
}

interface Charged {
  readonly contract: Contract;
  readonly features: readonly PricedFeature[];
}

type Forms = {
  readonly [form in "sums" | "events" | "periods" | "every_period" | "on_demand"]?: unknown;
};

/**
 * Usage of any form as events: sums and periods become one event at the start of their period. Somebody who moves a
 * slider changes one period's sum, which no other form can say beside prices that depend on single events.
 *
 * @param usage what the library has taken already.
 */
export function givenUsage({ contract, features }: Charged, usage: Usage, at: string): GivenUsage {
  const { sums, events, periods, every_period, on_demand } = usage as Forms;
  const given = [
    ...((events ?? []) as UsageEvent[]),
    ...((periods ?? []) as (UsageEvent & { readonly start: string })[]).map(
      ({ feature_slug, start, units }): UsageEvent => ({ feature_slug, units, timestamp: start }),
    ),
    ...Object.entries({ ...(sums ?? {}), ...(every_period ?? {}) } as Record<string, string>).flatMap(
      ([feature_slug, units]): UsageEvent[] => {
        const start = featurePeriodAt(contract, feature_slug, at)?.start;
        return start === undefined ? [] : [{ feature_slug, units, timestamp: start }];
      },
    ),
  ];
  const named = new Set(given.map(({ feature_slug }) => feature_slug));
  const summed = new Map(
    sumUsageByFeature(contract, given, { at }).map(({ feature_slug, units }) => [feature_slug, units]),
  );
  const running = features.map(({ key, price }): [string, string] => [
    key,
    named.has(key) ? (summed.get(key) ?? "0") : documentUnits(price),
  ]);
  return {
    events: given,
    on_demand: (on_demand ?? []) as OnDemandCharge[],
    running: Object.fromEntries(running),
  };
}

/** Quantities of metered prices, and how far into the future they are assumed to go on. */
export interface AssumedUsage {
  readonly quantities: { readonly [key: string]: string };
  readonly at: string;
  readonly until: Date;
}

/**
 * The usage with other quantities in the period that runs, and the same in each later one; what was used before stays.
 * Events after `at` are left out, so that nothing is known that wasn't.
 */
export function assumedUsage(
  { contract, features }: Charged,
  given: GivenUsage,
  { quantities, at, until }: AssumedUsage,
): { readonly events: readonly UsageEvent[]; readonly on_demand: readonly OnDemandCharge[] } {
  const events: UsageEvent[] = [];
  const metered = features.filter(({ quantity }) => quantity === "metered");
  const assumed = new Set(metered.map(({ key }) => key));
  for (const event of given.events) if (!assumed.has(event.feature_slug)) events.push(event);
  for (const { key } of metered) {
    const running = featurePeriodAt(contract, key, at);
    const startMs = (running?.start ?? new Date(at)).getTime();
    for (const event of given.events) {
      if (event.feature_slug === key && msOf(event.timestamp) < startMs) events.push(event);
    }
    for (const period of featurePeriods(contract, key, { from: running?.start ?? at, to: until })) {
      events.push({ feature_slug: key, units: quantities[key] ?? "0", timestamp: period.start });
    }
  }
  return { events, on_demand: given.on_demand };
}

function msOf(instant: UsageEvent["timestamp"]): number {
  return typeof instant === "object" && "epochMilliseconds" in instant
    ? instant.epochMilliseconds
    : new Date(instant).getTime();
}
