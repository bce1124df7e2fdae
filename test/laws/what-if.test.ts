import fc from "fast-check";
import { expect, test } from "vitest";
import { pricedItems } from "../../src/contract/priced-items.ts";
import {
  amendContract,
  billingPeriods,
  type ChargeLine,
  type Contract,
  type ContractCost,
  type CostBuckets,
  chargesOf,
  compareContracts,
  sweep,
  type Usage,
  type UsageEvents,
  type UsagePeriods,
  type UsageSums,
} from "../../src/index.ts";
import { AMOUNTS, sumOf, unlessEventsAreNeeded } from "./amounts-words.ts";
import { arbitraryContract, textOf } from "./arbitrary-contract.ts";
import { arbitraryInvoicing, type Invoicing } from "./arbitrary-invoicing.ts";

/** Before any contract's first period. */
const BEFORE = "1000-01-01T00:00:00Z";

function costOf({ contract, options }: Invoicing, from: string, to: string): ContractCost | null {
  return unlessEventsAreNeeded(
    () => compareContracts({ only: contract }, { ...options, from, to }).contracts["only"] as ContractCost,
  );
}

function amountsIn({ custom_cycle_charges: own, ...buckets }: CostBuckets): string[] {
  return [...Object.values(buckets), ...Object.values(own)];
}

/** Every line of the billing periods that begin in a stretch, as `chargesOf` has it. */
function linesIn({ contract, options }: Invoicing, from: string, to: string): ChargeLine[] | null {
  return unlessEventsAreNeeded(() =>
    billingPeriods(contract, { from, to })
      .filter(({ start }) => start.getTime() >= Date.parse(from))
      .flatMap((period) => chargesOf(contract, period, options)),
  );
}

test("law: what a contract costs is the sum of what its periods are charged, in all and by bucket", () => {
  fc.assert(
    fc.property(arbitraryInvoicing, (invoicing) => {
      const bounds = [...invoicing.cuts, textOf(invoicing.overMs)];
      const [from, to] = [bounds[0] as string, bounds.at(-1) as string];
      const lines = linesIn(invoicing, from, to);
      const cost = costOf(invoicing, from, to);
      expect(cost === null).toBe(lines === null);
      if (cost === null || lines === null) return;
      for (const name of AMOUNTS) {
        expect(sumOf([cost[name]])).toBe(sumOf(lines.map((line) => line[name])));
        expect(sumOf(cost.periods.map((period) => period[name]))).toBe(sumOf([cost[name]]));
      }
      expect(sumOf(Object.values(cost.by_price))).toBe(sumOf([cost.total_including_tax]));
      for (const part of [cost, ...cost.periods]) {
        expect(sumOf(amountsIn(part.by_bucket))).toBe(sumOf([part.total_including_tax]));
      }
    }),
  );
});

test("law: the costs of stretches that follow one another add up", () => {
  fc.assert(
    fc.property(arbitraryInvoicing, (invoicing) => {
      const bounds = [BEFORE, ...invoicing.cuts, textOf(invoicing.overMs)].sort();
      const whole = costOf(invoicing, BEFORE, bounds.at(-1) as string);
      if (whole === null) return;
      const parts = bounds
        .slice(1)
        .map((to, index) => costOf(invoicing, bounds[index] as string, to) as ContractCost);
      for (const name of AMOUNTS) expect(sumOf(parts.map((part) => part[name]))).toBe(sumOf([whole[name]]));
      expect(parts.flatMap((part) => part.periods)).toEqual(whole.periods);
    }),
  );
});

/** Contracts of one currency, and a year in which they are compared. */
const contracts: fc.Arbitrary<readonly Contract[]> = fc
  .array(arbitraryContract, { minLength: 2, maxLength: 4 })
  .map((all) => {
    const currency = all[0]?.contract.contract_summary.currency;
    return all.map(({ contract }) => contract).filter((each) => each.contract_summary.currency === currency);
  })
  .filter((all) => all.length > 1);

test("law: a comparison is antisymmetric, adds up, and each contract costs what it costs alone", () => {
  fc.assert(
    fc.property(contracts, fc.nat(40), (all, units) => {
      const from = all[0]?.contract_summary.activation ?? "2026-01-01T00:00:00Z";
      const range = { from, to: textOf(Date.parse(from) + 200 * 86_400_000) };
      const named = Object.fromEntries(all.map((contract, index) => [`contract ${index}`, contract]));
      const usage = (): number => units;
      const comparison = unlessEventsAreNeeded(() => compareContracts(named, { ...range, usage }));
      if (comparison === null) return;
      const { cheapest, contracts: costs, differences } = comparison;
      for (const [name, cost] of Object.entries(costs)) {
        const alone = compareContracts({ [name]: named[name] as Contract }, { ...range, usage });
        expect(alone.contracts[name]).toEqual(cost);
        expect(alone.cheapest).toEqual([name]);
        for (const [other, { total_including_tax: total }] of Object.entries(costs)) {
          if (other === name) continue;
          const difference = sumOf([differences[name]?.[other] as string]);
          expect(difference).toBe(-sumOf([differences[other]?.[name] as string]));
          expect(difference).toBe(sumOf([cost.total_including_tax]) - sumOf([total]));
          if (cheapest.includes(name)) expect(difference <= 0n).toBe(true);
          else if (cheapest.includes(other)) expect(difference > 0n).toBe(true);
        }
      }
      const reversed = compareContracts(Object.fromEntries(Object.entries(named).reverse()), {
        ...range,
        usage,
      });
      expect(reversed.contracts).toEqual(costs);
      expect(reversed.differences).toEqual(differences);
      expect([...reversed.cheapest].sort()).toEqual([...cheapest].sort());
    }),
  );
});

test("law: each point of a sweep costs what the amended contract costs", () => {
  fc.assert(
    fc.property(
      arbitraryInvoicing,
      fc.uniqueArray(fc.nat(60), { minLength: 1, maxLength: 3 }),
      fc.uniqueArray(fc.constantFrom("0", "12.5", "100"), { minLength: 1, maxLength: 2 }),
      fc.boolean(),
      ({ contract, options, startMs }, amounts, rates, isWithNone) => {
        const range = { from: textOf(startMs), to: textOf(startMs + 100 * 86_400_000) };
        const metered = pricedItems(contract).find(({ price }) =>
          ["usage", "usage_tiered"].includes(price.strategy_details.pricing_strategy),
        )?.key;
        const discount = [
          ...(isWithNone ? [null] : []),
          ...rates.map((amount) => ({ discount_type: "percentage" as const, amount })),
        ];
        const { usage: given, ...others } = options;
        const usage = metered === undefined ? {} : { [metered]: amounts };
        const vary = { usage, discount };
        const points = unlessEventsAreNeeded(() => [
          ...sweep(contract, { ...others, usage: given, vary, ...range }),
        ]);
        if (points === null) return;
        expect(points).toHaveLength(discount.length * (Object.keys(usage).length === 0 ? 1 : amounts.length));
        for (const { point, currency, ...totals } of points) {
          const amended = amendContract(contract, { discount: point.discount ?? null });
          const form = point.usage === undefined ? given : replaced(given, point.usage);
          const cost = compareContracts({ amended }, { ...others, usage: form, ...range }).contracts[
            "amended"
          ];
          expect(cost).toMatchObject(totals);
          expect(currency).toBe(contract.contract_summary.currency);
        }
      },
    ),
  );
});

type Forms = Partial<UsageSums & UsageEvents & UsagePeriods>;

/** The usage given, with units of every period in place of whatever it says of their slugs. */
function replaced(usage: Usage, units: NonNullable<Usage["every_period"]>): Usage {
  const isOther = (slug: string): boolean => !Object.hasOwn(units, slug);
  const every_period = { ...usage.every_period, ...units };
  if (typeof usage === "function") {
    const { on_demand = null } = usage;
    return Object.assign(usage.bind(null), { on_demand, every_period });
  }
  const { sums, events, periods }: Forms = usage;
  return {
    ...usage,
    ...(sums && { sums: Object.fromEntries(Object.entries(sums).filter(([slug]) => isOther(slug))) }),
    ...(events && { events: events.filter(({ feature_slug: slug }) => isOther(slug)) }),
    ...(periods && { periods: periods.filter(({ feature_slug: slug }) => isOther(slug)) }),
    every_period,
  };
}
