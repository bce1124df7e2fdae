import { deepStrictEqual } from "node:assert";
import { Decimal as SharedDecimal } from "decimal.js";
import { type Contract, parseContract, sumUsageByFeature, type UsageEvent } from "../src/index.ts";
import type { Case } from "./measure.ts";
import { randomNumbers } from "./random.ts";

const COUNTS = [10_000, 100_000, 1_000_000];
const FEATURES = 20;
const START_MS = Date.UTC(2026, 0, 1);
const END_MS = Date.UTC(2026, 1, 1);
const AT = "2026-01-31T23:59:59Z";

const Decimal = SharedDecimal.clone({ defaults: true, precision: 160 });
const random = randomNumbers(5);
const SLUGS = Array.from({ length: FEATURES }, (_, index) => `feature-${index}`);

function contract(): Contract {
  const price = { amount: "0.01", strategy_details: { pricing_strategy: "usage" } };
  return parseContract({
    contract_summary: { cycle: "month", currency: "eur", activation: new Date(START_MS).toISOString() },
    plan: { features: SLUGS.map((slug) => ({ slug, price })) },
  });
}

/** Events of all features, in no order, with up to two decimals. */
function events(count: number): UsageEvent[] {
  return Array.from({ length: count }, () => ({
    feature_slug: SLUGS[Math.floor(random() * FEATURES)] as string,
    units: String(Math.floor(random() * 100_000) / 100),
    timestamp: new Date(START_MS + Math.floor(random() * (END_MS - START_MS - 1000))).toISOString(),
  }));
}

/** The same sums without validation, corrections or absolute events. */
function withDecimal(all: readonly UsageEvent[]): string[] {
  const sums = new Map(SLUGS.map((slug) => [slug, new Decimal(0)]));
  const untilMs = Date.parse(AT);
  for (const { feature_slug, units, timestamp } of all) {
    const atMs = Date.parse(timestamp as string);
    if (atMs < START_MS || atMs >= END_MS || atMs > untilMs) continue;
    sums.set(feature_slug, (sums.get(feature_slug) as InstanceType<typeof Decimal>).plus(units));
  }
  return [...sums.values()].map((sum) => sum.toFixed());
}

function sumCase(count: number): Case {
  const of = contract();
  const all = events(count);
  const ours = () => sumUsageByFeature(of, all, { at: AT });
  deepStrictEqual(
    ours().map(({ units }) => units),
    withDecimal(all),
  );
  return {
    name: `one event of ${count}, summed by ${FEATURES} features`,
    results: count,
    ours,
    peers: { "decimal.js, without validation": () => withDecimal(all) },
  };
}

/** The benches of usage: the time of one event says how sums grow. */
export function usageCases(): readonly Case[] {
  return COUNTS.map(sumCase);
}
