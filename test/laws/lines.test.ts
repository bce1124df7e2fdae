import fc from "fast-check";
import { BillingError, billingPeriod, type ChargeLine, chargesOf, type Contract, type Usage } from "pure-billing";
import { expect, test } from "vitest";
import { type Fraction, fraction, isSame, over } from "../oracle/fraction.ts";
import { type NaiveLine, naiveLines } from "../oracle/naive-lines.ts";
import { NeedsEvents } from "../oracle/naive-price.ts";
import type { NaiveSpan } from "../oracle/naive-spans.ts";
import type { NaiveQuestion } from "../oracle/naive-usage.ts";
import { arbitraryContract } from "./arbitrary-contract.ts";
import { lineOf } from "./lines-words.ts";
import { arbitraryQuestion, firstSpans, questionOf } from "./arbitrary-usage.ts";

const MOST_SPANS = 4;

function reference(contract: Contract, span: NaiveSpan, question: NaiveQuestion, digits: number) {
  try {
    return naiveLines(contract, span, question, digits);
  } catch (error) {
    if (error instanceof NeedsEvents) return null;
    throw error;
  }
}

/** Our lines, or null where the usage is not enough. */
function ours(contract: Contract, index: number, { usage, at, closed_at }: NaiveQuestion): ChargeLine[] | null {
  const period = billingPeriod(contract, index);
  if (period === null) throw new Error(`there is no period ${index}`);
  try {
    return chargesOf(contract, period, {
      usage: usage as Usage,
      ...(at !== undefined && { at }),
      ...(closed_at !== undefined && { closed_at }),
    });
  } catch (error) {
    if (!(error instanceof BillingError) || error.issues.some(({ code }) => code !== "NEEDS_EVENTS")) throw error;
    return null;
  }
}

function exactOf({ exact_ratio: { numerator, denominator } }: ChargeLine): Fraction {
  return over(fraction(numerator), fraction(denominator));
}

test("law: the lines of a period equal the naive reference to the digit", () => {
  fc.assert(
    fc.property(arbitraryContract, arbitraryQuestion, ({ document, contract, digits }, raw) => {
      const spans = firstSpans(document, MOST_SPANS);
      const question = questionOf(document, raw, spans);
      for (const span of spans) {
        const expected = reference(document, span, question, digits);
        const found = ours(contract, span.index, question);
        const named = found?.map(({ exact: _, exact_ratio: __, unit_price: ___, ...line }) => line) ?? null;
        expect(named).toEqual(expected?.map((line) => lineOf(line, digits)) ?? null);
        for (const [index, line] of (found ?? []).entries()) {
          expect(isSame(exactOf(line), (expected?.[index] as NaiveLine).exact)).toBe(true);
          expect(line.exact === null || isSame(fraction(line.exact), exactOf(line))).toBe(true);
        }
      }
    }),
  );
});
