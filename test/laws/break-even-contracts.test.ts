import fc from "fast-check";
import { expect, test } from "vitest";
import { chargeRun } from "../../src/charge/charge-run.ts";
import { type PricedItem, pricedItems } from "../../src/contract/priced-items.ts";
import {
  type BreakEvenInterval,
  billingPeriodAt,
  breakEvenUsage,
  type Contract,
  chargesOf,
  type ExactAmount,
  featurePeriodAt,
  isBillingError,
  parseContract,
  type UsageFunction,
} from "../../src/index.ts";
import { totalFunction } from "../../src/what-if/contract-total.ts";
import { type Fraction, fraction, isLess, minus, plus, ZERO } from "../oracle/fraction.ts";
import { arbitraryContract, textOf } from "./arbitrary-contract.ts";
import { firstSpans } from "./arbitrary-usage.ts";

const MOST_SPANS = 4;
const numRuns = fc.readConfigureGlobal().numRuns ?? 100;

const quantity = fc.oneof(
  fc.nat(60).map(String),
  fc
    .tuple(fc.nat(2000), fc.integer({ min: 0, max: 3 }))
    .map(([digits, places]) => String(digits / 10 ** places)),
  fc.nat(10 ** 9).map(String),
);
const moment = fc.record({ span: fc.nat(MOST_SPANS - 1), share: fc.integer({ min: 0, max: 999 }) });

/** An instant in one of the first periods. */
function instantIn(contract: Contract, { span: index, share }: { span: number; share: number }): string {
  const spans = firstSpans(contract, MOST_SPANS);
  const span = spans[index % spans.length] ?? expect.fail("a contract without periods");
  const end = Math.min(span.end ?? Infinity, span.start + 400 * 86_400_000);
  return textOf(span.start + Math.floor(((end - span.start) * share) / 1000));
}

/** The document with a contracted count. */
function withUnits(document: Contract, { path, key, kind }: PricedItem, units: string): Contract {
  const copy = JSON.parse(JSON.stringify(document));
  const price = path.reduce((value, step) => value[step], copy);
  price.strategy_details.contracted_unit_count = units;
  const said = kind === "feature" ? copy.feature_configuration?.[key] : undefined;
  if (said) delete said.units;
  return parseContract(copy);
}

/** The usage of everything: `units` of one slug in one of its periods, 7 of all else. */
function usageOf(key: string, startMs: number, units: string): UsageFunction {
  return (slug, period) => (slug === key && period.start.getTime() === startMs ? units : "7");
}

/** What the lines of the billing period come to; null where there is none, or nothing is charged. */
function totalAt(
  document: Contract,
  contract: Contract,
  key: string,
  at: string,
  units: string,
): { readonly total: Fraction; readonly roundings: number } | null {
  const own = featurePeriodAt(contract, key, at);
  const billing = own && billingPeriodAt(contract, own.start);
  if (own === null || billing === null) return null;
  const item = pricedItems(contract).find((each) => each.key === key);
  const isContracted = item !== undefined && "contracted_unit_count" in item.price.strategy_details;
  const asked = isContracted ? withUnits(document, item, units) : contract;
  const lines = chargesOf(asked, billing, { at, usage: usageOf(key, own.start.getTime(), units) });
  const total = lines.reduce((sum, line) => plus(sum, fraction(line.total_including_tax)), ZERO);
  const varying = lines.filter(
    ({ kind, feature_slug: slug, group_id: id }) => kind === "fixed" && (slug ?? id ?? key) === key,
  );
  return { total, roundings: Math.max(1, varying.length) * roundingsOfOne(contract) };
}

function isWithin(difference: Fraction, minor: number, digits: number): boolean {
  const most = fraction(String(minor / 10 ** digits));
  return !isLess(most, difference) && !isLess(difference, minus(ZERO, most));
}

/** What rounding can explain of one varying line: that of the charge itself, and of each percentage. */
function roundingsOfOne({ discount, discounts }: Contract): number {
  return 1 + (discounts ?? (discount ? [discount] : [])).length;
}

/** Runs what may be refused for reasons that the contract gives; null then. */
function unlessRefused<Value>(codes: readonly string[], run: () => Value): Value | null {
  try {
    return run();
  } catch (error) {
    if (!isBillingError(error)) throw error;
    for (const { code } of error.issues) expect(codes).toContain(code);
    return null;
  }
}

test("law: the total as a function is what the period is charged, but for rounding", () => {
  let compared = 0;
  fc.assert(
    fc.property(
      arbitraryContract,
      fc.nat(),
      moment,
      fc.array(quantity, { minLength: 4, maxLength: 4 }),
      ({ document, contract, digits }, pick, place, quantities) => {
        const items = pricedItems(contract);
        const item = items[pick % items.length];
        if (item === undefined) return;
        const at = instantIn(contract, place);
        const startMs = featurePeriodAt(contract, item.key, at)?.start.getTime() ?? 0;
        const total = unlessRefused(["NEEDS_EVENTS", "UNKNOWN_PERIOD", "CONFLICT"], () =>
          totalFunction(
            chargeRun(contract, { at, usage: usageOf(item.key, startMs, "0") }),
            item.key,
            Date.parse(at),
            "contract_a",
          ),
        );
        if (total === null) return;
        for (const units of quantities) {
          const { n: numerator, d: denominator } = fraction(units);
          const exact = total.at({ numerator, denominator });
          const charged = totalAt(document, contract, item.key, at, units) ?? expect.fail("no charges");
          const difference = minus(charged.total, { n: exact.numerator, d: exact.denominator });
          expect(isWithin(difference, charged.roundings, digits), `${item.key}: ${units}`).toBe(true);
          compared++;
        }
      },
    ),
    { numRuns },
  );
  expect(compared).toBeGreaterThan(numRuns);
});

const fractionOf = ({ exact_ratio: { numerator, denominator } }: ExactAmount): Fraction => ({
  n: BigInt(numerator),
  d: BigInt(denominator),
});

/** Whether a quantity is strictly inside an interval. */
function isInside({ from, to }: BreakEvenInterval, units: Fraction): boolean {
  return isLess(fractionOf(from), units) && (to === null || isLess(units, fractionOf(to)));
}

test("law: of two contracts the cheaper one is charged less, wherever rounding can't explain the difference", () => {
  const parts = fc.record({
    price: fc.constantFrom(
      { amount: "1.25", strategy_details: { pricing_strategy: "usage", flat_fee: "20" } },
      {
        amount: "0.5",
        strategy_details: { pricing_strategy: "usage", batch_size: "7" },
        maximum_charge: "400",
      },
      {
        amount: "3",
        strategy_details: { pricing_strategy: "usage", included_units: "30" },
        minimum_charge: "12",
      },
      { amount: "2", strategy_details: { pricing_strategy: "per_unit", contracted_unit_count: "3" } },
      { amount: "75", strategy_details: { pricing_strategy: "flat" } },
    ),
    discounts: fc.constantFrom(
      [],
      [{ discount_type: "percentage", amount: "12.5" }],
      [{ discount_type: "flat", amount: "15" }],
      [
        { discount_type: "flat", amount: "150" },
        { discount_type: "percentage", amount: "40" },
      ],
    ),
  });
  let compared = 0;
  fc.assert(
    fc.property(
      arbitraryContract,
      parts,
      moment,
      fc.array(quantity, { minLength: 6, maxLength: 6 }),
      ({ document, contract, digits }, { price, discounts }, place, quantities) => {
        const { discount: _, feature_configuration: __, ...rest } = JSON.parse(JSON.stringify(document));
        const features = rest.plan.features.map((each: object) => ({ ...each }));
        features[0] = { ...features[0], price };
        const other = { ...rest, plan: { ...rest.plan, features }, discounts } as Contract;
        if (features[0].charge_trigger === "on_demand") return;
        const otherContract = parseContract(other);
        const at = instantIn(contract, place);
        const startMs = featurePeriodAt(contract, "alpha", at)?.start.getTime() ?? 0;
        const range = { to: 10 ** 10 };
        const result = unlessRefused(["NEEDS_EVENTS", "UNKNOWN_PERIOD", "CONFLICT", "TOO_MANY"], () =>
          breakEvenUsage(contract, otherContract, "alpha", {
            at,
            usage: usageOf("alpha", startMs, "0"),
            range,
          }),
        );
        if (result === null) return;
        for (const units of quantities) {
          const a = totalAt(document, contract, "alpha", at, units) ?? expect.fail("no charges");
          const b = totalAt(other, otherContract, "alpha", at, units) ?? expect.fail("no charges");
          const interval = result.intervals.find((each) => isInside(each, fraction(units)));
          if (isWithin(minus(a.total, b.total), a.roundings + b.roundings, digits) || interval === undefined)
            continue;
          expect(interval.cheaper, units).toBe(isLess(a.total, b.total) ? "a" : "b");
          compared++;
        }
      },
    ),
    { numRuns },
  );
  expect(compared).toBeGreaterThan(numRuns / 2);
});
