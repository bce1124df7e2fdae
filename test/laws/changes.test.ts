import fc from "fast-check";
import { expect, test } from "vitest";
import type { ProrationBasis } from "../../src/contract/configuration.ts";
import { pricedItems } from "../../src/contract/priced-items.ts";
import {
  type BillingPeriod,
  billingPeriodAt,
  billingPeriods,
  type ChargeLine,
  type Contract,
  chargesOf,
  explainLine,
  type Price,
  parseContract,
  previewCancellation,
  previewUpgrade,
  projectInvoices,
  type TaxRates,
  type UpgradePreview,
  type UsageFunction,
} from "../../src/index.ts";
import { prorationRatio } from "../../src/period/proration.ts";
import { type Zone, zoneNamed } from "../../src/time/zone.ts";
import { fraction, isSame, over, plus, ZERO } from "../oracle/fraction.ts";
import { sumOf, unlessEventsAreNeeded } from "./amounts-words.ts";
import { arbitraryChanging, arbitraryProportional, type Changing, taxation } from "./arbitrary-change.ts";
import { textOf } from "./arbitrary-contract.ts";
import { arbitraryTrigger } from "./arbitrary-invoicing.ts";

const SAME_UNITS = { upgrade_strategy: "change_unit_count" } as const;

/** After whatever is charged of an endless period. */
const LATE = "2030-01-01T00:00:00Z";

/** Usage that depends on nothing but the slug and the period's start. */
const usage: UsageFunction = (slug, { start }) =>
  String(Math.floor(start.getTime() / 3_600_000 + slug.length) % 97);

function previewOf({ contract, at }: Changing, tax_rates: TaxRates | null = null): UpgradePreview | null {
  return unlessEventsAreNeeded(() => previewUpgrade(contract, SAME_UNITS, { at, usage, tax_rates }));
}

function linesOf(
  contract: Contract,
  at: string | Date,
  tax_rates: TaxRates | null = null,
): ChargeLine[] | null {
  const period = billingPeriodAt(contract, at) as BillingPeriod;
  return unlessEventsAreNeeded(() => chargesOf(contract, period, { usage, tax_rates, at: LATE }));
}

const LIFE_DAYS: { readonly [cycle: string]: number } = { hour: 2, day: 40, week: 100 };

/** A contract that ends some time after an instant, with nothing metered. */
function endedWithFixedPrices(
  { plan, ...document }: Contract,
  at: string,
  configuration: object = {},
): object {
  const { contract_summary: summary } = document;
  const price = { amount: "1234.56", strategy_details: { pricing_strategy: "flat" } };
  const fixed = <Part extends { price?: Price | null }>(part: Part): Part =>
    part.price == null || isFixed(part.price)
      ? part
      : { ...part, price: { ...part.price, ...price, by: null } };
  const end = Date.parse(at) + (LIFE_DAYS[summary.cycle] ?? 400) * 86_400_000 + 12_345_678;
  const expiration = summary.expiration ?? textOf(end);
  return {
    ...document,
    contract_summary: {
      ...summary,
      expiration,
      configuration: { ...summary.configuration, ...configuration },
    },
    plan: { ...fixed(plan), features: plan.features?.map(fixed), groups: plan.groups?.map(fixed) },
    feature_configuration: null,
  };
}

function isFixed({ strategy_details: { pricing_strategy } }: Price): boolean {
  return ["flat", "per_unit", "unit_tiered"].includes(pricing_strategy);
}

/** What is charged as something begins at an instant. */
function begunAt(lines: readonly ChargeLine[], instant: string): ChargeLine[] {
  return lines.filter(({ kind, made_at }) => kind !== "usage" && made_at === instant);
}

test("law: after a change to the same units every later period is charged as if nothing had changed", () => {
  fc.assert(
    fc.property(arbitraryChanging, (given) => {
      const { contract, at } = given;
      const preview = previewOf(given);
      if (preview === null) return;
      const { new_contract, new_contract_period: first } = preview;
      expect(billingPeriodAt(new_contract, at)?.end).toEqual(billingPeriodAt(contract, at)?.end);
      if (first.end === null) return;
      const range = { from: first.end, count: 4 };
      const timeOf = ({ start, end, phase, stub }: BillingPeriod): object => ({ start, end, phase, stub });
      const later = billingPeriods(new_contract, range);
      expect(later.map(timeOf)).toEqual(billingPeriods(contract, range).map(timeOf));
      for (const { start } of later) expect(linesOf(new_contract, start)).toEqual(linesOf(contract, start));
    }),
  );
});

test("law: a change to the same terms costs what is charged then anyhow, within one minor unit a line and discount", () => {
  fc.assert(
    fc.property(arbitraryProportional, taxation, (given, { rates }) => {
      const preview = previewOf(given, rates);
      if (preview === null) return;
      const { credits, effective_at, net, new_contract } = preview;
      const anyhow = begunAt(linesOf(given.contract, given.at, rates) ?? [], effective_at);
      const charged = begunAt(linesOf(new_contract, effective_at, rates) ?? [], effective_at);
      const difference = sumOf([net]) - sumOf(anyhow.map((line) => line.total_including_tax));
      const discounts = given.document.discounts?.length ?? 0;
      expect(Math.abs(Number(difference))).toBeLessThanOrEqual(credits.length + charged.length + discounts);
    }),
  );
});

/** What a contract invoices in its life, or from some instant on. */
function invoiced(contract: Contract, from = "1000-01-01T00:00:00Z"): bigint {
  const invoices = [...projectInvoices(contract, { from, to: "2100-01-01T00:00:00Z" })];
  return sumOf(invoices.map((invoice) => invoice.total_including_tax));
}

/** The charge that a credit gives back a part of. */
function chargeOf(
  credit: ChargeLine,
  { contract, at }: Changing,
  rates: TaxRates | null,
): ChargeLine | undefined {
  const from = contract.contract_summary.activation as string;
  return billingPeriods(contract, { from, to: at })
    .flatMap(({ start }) => linesOf(contract, start, rates) ?? [])
    .filter(({ kind }) => kind === "fixed" || kind === "flat_fee")
    .filter((line) => line.feature_slug === credit.feature_slug && line.group_id === credit.group_id)
    .findLast(({ period }) => Date.parse(period.start) < Date.parse(credit.period.start));
}

test("law: no credit exceeds what was charged, before and after tax", () => {
  fc.assert(
    fc.property(arbitraryChanging, taxation, (given, { rates }) => {
      for (const credit of previewOf(given, rates)?.credits ?? []) {
        const charge = chargeOf(credit, given, rates) as ChargeLine;
        expect(credit.tax_amount === null).toBe(charge.tax_amount === null);
        for (const name of [
          "subtotal",
          "total_excluding_tax",
          "tax_amount",
          "total_including_tax",
        ] as const) {
          const [given_back, charged] = [credit[name] ?? "0", charge[name] ?? "0"];
          expect(sumOf([given_back])).toBeLessThanOrEqual(0n);
          expect(sumOf([charged, given_back])).toBeGreaterThanOrEqual(0n);
        }
        const { expiration } = given.contract.contract_summary;
        expect(credit.period.end).toBe(charge.period.end ?? expiration);
      }
    }),
  );
});

test("law: the steps of a credit add up to it", () => {
  fc.assert(
    fc.property(arbitraryChanging, taxation, (given, { rates }) => {
      for (const credit of previewOf(given, rates)?.credits ?? []) {
        const { steps } = explainLine(credit);
        const sum = steps.map(({ value_ratio: { numerator, denominator } }) =>
          over(fraction(numerator), fraction(denominator)),
        );
        expect(isSame(sum.reduce(plus, ZERO), fraction(credit.total_including_tax))).toBe(true);
      }
    }),
  );
});

test("law: what a changed contract, its successor and the credits come to is what the contract would have come to", () => {
  fc.assert(
    fc.property(arbitraryProportional, ({ document, at }) => {
      const fixed = parseContract(endedWithFixedPrices(document, at));
      const { credits, old_contract, new_contract } = previewUpgrade(fixed, SAME_UNITS, { at });
      const difference =
        invoiced(old_contract) +
        invoiced(new_contract) +
        sumOf(credits.map((credit) => credit.total_including_tax)) -
        invoiced(fixed);
      expect(Math.abs(Number(difference))).toBeLessThanOrEqual(2 * pricedItems(fixed).length);
    }),
  );
});

test("law: what was invoiced before a cancellation, what remains and the credits come to what the canceled contract does", () => {
  const triggers = fc.oneof(arbitraryTrigger, fc.constant("immediate"));
  fc.assert(
    fc.property(arbitraryProportional, triggers, ({ document, at }, invoice_trigger) => {
      const ended = endedWithFixedPrices(document, at, { invoice_trigger });
      const fixed = parseContract(ended);
      for (const mode of ["now", "end_of_period"] as const) {
        const preview = previewCancellation(fixed, { at, mode });
        const { contract, credits, effective_at, net } = preview;
        const before = invoiced(fixed) - invoiced(fixed, effective_at);
        const difference = before + sumOf([net]) - invoiced(contract);
        expect(Math.abs(Number(difference))).toBeLessThanOrEqual(2 * Math.max(1, credits.length));
      }
    }),
  );
});

test("law: the used and the unused share of a period add up to one, whatever is between them", () => {
  const shares = fc.record({
    basis: fc.constantFrom("day", "second", "30/360"),
    zone: fc.constantFrom("UTC", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Africa/Cairo"),
    start: fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2028, 0) }),
    length: fc.integer({ min: 1, max: 400 * 86_400_000 }),
    at: fc.nat(1000),
  });
  fc.assert(
    fc.property(shares, ({ basis, zone: name, start, length, at }) => {
      const zone = zoneNamed(name) as Zone;
      const [from, to] = [start, start + length];
      const middle = start + Math.floor((length * at) / 1000);
      const used = prorationRatio(basis as ProrationBasis, zone, from, middle, from, to, {
        endsByChange: true,
      });
      const unused = prorationRatio(basis as ProrationBasis, zone, middle, to, from, to);
      expect(unused.denominator).toBe(used.denominator);
      if (middle < to) expect(used.numerator + unused.numerator).toBe(used.denominator);
    }),
  );
});
