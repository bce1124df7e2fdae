import fc from "fast-check";
import { expect, test } from "vitest";
import { isOwnCycle } from "../../src/contract/cycle.ts";
import {
  BillingError,
  billingPeriod,
  billingPeriodAt,
  type ChargeLine,
  type ChargeOptions,
  type Contract,
  chargesOf,
  contractDetails,
  explainLine,
  featurePeriodAt,
  type PriceSelection,
  totalChargeEstimate,
  type Usage,
} from "../../src/index.ts";
import { type Fraction, fraction, isSame, over, plus, rounded, ZERO } from "../oracle/fraction.ts";
import { type NaiveItem, naiveItems } from "../oracle/naive-items.ts";
import { type NaiveLine, naiveLines } from "../oracle/naive-lines.ts";
import { isMetered, NeedsEvents } from "../oracle/naive-price.ts";
import type { NaiveSpan } from "../oracle/naive-spans.ts";
import { AmbiguousSums, type NaiveQuestion } from "../oracle/naive-usage.ts";
import { arbitraryContract, textOf } from "./arbitrary-contract.ts";
import { arbitraryQuestion, firstSpans, questionOf, usageSpans } from "./arbitrary-usage.ts";
import { lineOf } from "./lines-words.ts";

const MOST_SPANS = 4;

/** Contracts are many kinds of things at once: more runs than usual find the rare ones together. */
const numRuns = 3 * (fc.readConfigureGlobal().numRuns ?? 100);

/** What the reference says, or the code of the error that it expects. */
function expectedLines(contract: Contract, span: NaiveSpan, question: NaiveQuestion, digits: number) {
  try {
    return naiveLines(contract, span, question, digits);
  } catch (error) {
    if (error instanceof NeedsEvents) return "NEEDS_EVENTS";
    if (error instanceof AmbiguousSums) return "CONFLICT";
    throw error;
  }
}

function optionsOf({ usage, at, closed_at }: NaiveQuestion): ChargeOptions {
  return {
    usage: usage as Usage,
    ...(at !== undefined && { at }),
    ...(closed_at !== undefined && { closed_at }),
  };
}

/** Our lines, or the codes of what is wrong with the usage. */
function foundLines(contract: Contract, index: number, question: NaiveQuestion): ChargeLine[] | string[] {
  const period = billingPeriod(contract, index);
  if (period === null) throw new Error(`there is no period ${index}`);
  try {
    return chargesOf(contract, period, optionsOf(question));
  } catch (error) {
    if (!(error instanceof BillingError)) throw error;
    return error.issues.map(({ code }) => code);
  }
}

function isLines(found: ChargeLine[] | string[]): found is ChargeLine[] {
  return typeof found[0] !== "string";
}

function exactOf({ exact_ratio: { numerator, denominator } }: ChargeLine): Fraction {
  return over(fraction(numerator), fraction(denominator));
}

/** What the rules name of a line. */
function named({ exact: _, exact_ratio: __, unit_price: ___, ...line }: ChargeLine): object {
  return line;
}

test("law: the lines of a period equal the naive reference to the digit", () => {
  fc.assert(
    fc.property(arbitraryContract, arbitraryQuestion, ({ document, contract, digits }, raw) => {
      const spans = firstSpans(document, MOST_SPANS);
      const question = questionOf(document, raw, spans);
      for (const span of spans) {
        const expected = expectedLines(document, span, question, digits);
        const found = foundLines(contract, span.index, question);
        if (typeof expected === "string" || !isLines(found)) {
          expect(found).toContain(expected);
          continue;
        }
        expect(found.map(named)).toEqual(expected.map((line) => lineOf(line, digits)));
        for (const [index, line] of found.entries()) {
          expect(isSame(exactOf(line), (expected[index] as NaiveLine).exact)).toBe(true);
          expect(line.exact === null || isSame(fraction(line.exact), exactOf(line))).toBe(true);
        }
      }
    }),
    { numRuns },
  );
});

test("law: lines sum to totals, a discount never exceeds its line, and lines are plain JSON", () => {
  fc.assert(
    fc.property(arbitraryContract, arbitraryQuestion, ({ document, contract }, raw) => {
      const spans = firstSpans(document, MOST_SPANS);
      const question = questionOf(document, raw, spans);
      for (const { index } of spans) {
        const found = foundLines(contract, index, question);
        if (!isLines(found)) continue;
        for (const line of found) {
          const { subtotal, discount_amount: discount, total_excluding_tax: total } = line;
          expect(isSame(plus(fraction(total), fraction(discount)), fraction(subtotal))).toBe(true);
          for (const amount of [subtotal, discount, total]) expect(amount).not.toContain("-");
        }
        expect(JSON.parse(JSON.stringify(found))).toEqual(found);
      }
    }),
  );
});

test("law: the flat fee and the usage of a price are the two halves of one rounded charge", () => {
  fc.assert(
    fc.property(arbitraryContract, arbitraryQuestion, ({ document, contract, digits }, raw) => {
      const spans = firstSpans(document, MOST_SPANS);
      const question = questionOf(document, raw, spans);
      const rounding = document.contract_summary.configuration?.rounding ?? "half_up";
      for (const { index } of spans) {
        const found = foundLines(contract, index, question);
        for (const [position, usage] of (isLines(found) ? found : []).entries()) {
          const flatFee = found[position - 1] as ChargeLine | undefined;
          if (usage.kind !== "usage" || flatFee?.kind !== "flat_fee") continue;
          const whole = plus(exactOf(flatFee), exactOf(usage));
          const sum = plus(fraction(flatFee.subtotal), fraction(usage.subtotal));
          expect(isSame(sum, fraction(rounded(whole, digits, rounding)))).toBe(true);
        }
      }
    }),
  );
});

/** The same usage of each metered item, one amount a usage period, in one of the forms. */
interface Consumption {
  readonly key: string;
  readonly start: number;
  readonly units: string;
}

function formsOf(consumption: readonly Consumption[]): { [form: string]: Usage } {
  const unitsIn = (key: string, start: number): string | undefined =>
    consumption.find((each) => each.key === key && each.start === start)?.units;
  return {
    events: {
      events: consumption.map(({ key, start, units }) => ({
        feature_slug: key,
        units,
        timestamp: textOf(start),
      })),
    },
    periods: {
      periods: consumption.map(({ key, start, units }) => ({
        feature_slug: key,
        start: new Date(start),
        units,
      })),
    },
    function: (slug, { start }) => unitsIn(slug, start.getTime()),
  };
}

test("law: the same usage gives the same lines as events, by period and as a function", () => {
  fc.assert(
    fc.property(arbitraryContract, fc.array(fc.nat(90_000)), ({ document, contract }, amounts) => {
      const spans = firstSpans(document, MOST_SPANS);
      const metered = naiveItems(document).filter(({ price }) => isMetered(price));
      const consumption = metered.flatMap((item) =>
        usageSpans(document, item, spans).map(({ start }, index) => ({
          key: item.key,
          start,
          units: String((amounts[index % (amounts.length || 1)] ?? 7) / 8),
        })),
      );
      const { events, ...sums } = formsOf(consumption);
      for (const { index } of spans) {
        const [byPeriod, byFunction] = Object.values(sums).map((usage) =>
          foundLines(contract, index, { usage } as NaiveQuestion),
        );
        expect(byFunction).toEqual(byPeriod);
        // Where a sum is not enough, events are.
        const byEvents = foundLines(contract, index, { usage: events } as NaiveQuestion);
        expect(isLines(byEvents)).toBe(true);
        const plain = metered.every(({ price }) => price.by == null && !isPercentage(price));
        if (plain) expect(byEvents).toEqual(byPeriod);
      }
    }),
  );
});

test("law: sums of the running period give the lines that the same sums by period give", () => {
  fc.assert(
    fc.property(arbitraryContract, fc.nat(90_000), fc.nat(MOST_SPANS - 1), (given, amount, which) => {
      const { document, contract } = given;
      const spans = firstSpans(document, MOST_SPANS);
      const { start, index } = spans[which % spans.length] as NaiveSpan;
      const running = naiveItems(document).flatMap((item) => {
        const span = usageSpans(document, item, spans).find((each) => contains(each, start));
        return isMetered(item.price) && span
          ? [{ key: item.key, start: span.start, units: String(amount / 8) }]
          : [];
      });
      const sums = Object.fromEntries(running.map(({ key, units }) => [key, units]));
      const { periods } = formsOf(running);
      const at = textOf(start);
      expect(foundLines(contract, index, { usage: { sums }, at })).toEqual(
        foundLines(contract, index, { usage: periods, at } as NaiveQuestion),
      );
    }),
  );
});

function isPercentage({ strategy_details: details }: NaiveItem["price"]): boolean {
  return details.pricing_strategy === "percentage";
}

function contains({ start, end }: NaiveSpan, ms: number): boolean {
  return start <= ms && (end === null || ms < end);
}

function selectionOf({ feature_slug, group_id }: NaiveItem): PriceSelection {
  if (feature_slug !== null) return { feature: feature_slug };
  return group_id === null ? { plan: true } : { group: group_id };
}

test("law: an estimate is a selection from the lines of the period in which its charge begins", () => {
  fc.assert(
    fc.property(arbitraryContract, arbitraryQuestion, fc.nat(MOST_SPANS - 1), (given, raw, which) => {
      const { document, contract, digits } = given;
      const spans = firstSpans(document, MOST_SPANS);
      const question = questionOf(document, raw, spans);
      const at = question.at ?? textOf((spans[which % spans.length] as NaiveSpan).start);
      const options = { ...optionsOf(question), at };
      for (const item of naiveItems(document)) {
        const current = isOwnCycle(item.trigger)
          ? featurePeriodAt(contract, item.key, at)
          : billingPeriodAt(contract, at);
        const billing = current && billingPeriodAt(contract, current.start);
        let lines: ChargeLine[];
        try {
          lines = billing ? chargesOf(contract, billing, options) : [];
        } catch (error) {
          if (error instanceof BillingError) continue;
          throw error;
        }
        const own = lines.filter(
          (line) =>
            line.feature_slug === item.feature_slug &&
            (line.group_id ?? null) === item.group_id &&
            Date.parse(line.period.start) === current?.start.getTime(),
        );
        const sum = (amounts: string[]): string =>
          rounded(amounts.map(fraction).reduce(plus, ZERO), digits, "down");
        const expected = {
          subtotal: sum(own.map(({ subtotal }) => subtotal)),
          total: sum(own.map(({ total_excluding_tax: total }) => total)),
        };
        const estimate = totalChargeEstimate(contract, selectionOf(item), options);
        expect(estimate).toEqual(own.length === 0 ? null : expected);
      }
    }),
  );
});

test("law: the details of a contract are plain JSON, whatever is known of its usage", () => {
  fc.assert(
    fc.property(arbitraryContract, arbitraryQuestion, ({ document, contract }, raw) => {
      const spans = firstSpans(document, MOST_SPANS);
      const question = questionOf(document, raw, spans);
      const at = question.at ?? textOf((spans[0] as NaiveSpan).start);
      const details = contractDetails(contract, { ...optionsOf(question), at });
      expect(JSON.parse(JSON.stringify(details))).toEqual(details);
    }),
  );
});

test("law: the steps of a line's explanation add up to what is to be paid, and to what is charged before", () => {
  fc.assert(
    fc.property(arbitraryContract, arbitraryQuestion, ({ document, contract }, raw) => {
      const spans = firstSpans(document, MOST_SPANS);
      const question = questionOf(document, raw, spans);
      for (const { index } of spans) {
        const period = billingPeriod(contract, index);
        if (period === null || !isLines(foundLines(contract, index, question))) continue;
        const tax_rates = { default: "19", reduced: "7" };
        for (const line of chargesOf(contract, period, { ...optionsOf(question), tax_rates })) {
          const sum = explainLine(line).steps.reduce(
            (total, { value_ratio: { numerator, denominator } }) =>
              plus(total, over(fraction(numerator), fraction(denominator))),
            ZERO,
          );
          expect(isSame(sum, fraction(line.total_including_tax))).toBe(true);
        }
      }
    }),
  );
});
