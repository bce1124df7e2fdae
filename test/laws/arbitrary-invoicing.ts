import fc from "fast-check";
import { type Contract, parseContract, type Usage } from "../../src/index.ts";
import { naiveItems } from "../oracle/naive-items.ts";
import { expirationOf, movedOf, startOf } from "../oracle/naive-spans.ts";
import { arbitraryContract, textOf } from "./arbitrary-contract.ts";
import { arbitraryQuestion, firstSpans, questionOf } from "./arbitrary-usage.ts";

const DAY_MS = 86_400_000;
const MOST_SPANS = 5;
const LAST_DAY: { readonly [cycle: string]: number } = { day: 1, week: 7, month: 31, quarter: 92, year: 366 };

/** A contract that ends, what is known of its usage, and instants at which its life is cut. */
export interface Invoicing {
  readonly contract: Contract;
  readonly digits: number;
  readonly startMs: number;
  /** After the last invoice. */
  readonly overMs: number;
  readonly options: {
    readonly usage: Usage;
    readonly at: string;
    readonly closed_at?: string;
    readonly tax_rates?: { readonly [code: string]: string };
  };
  /** Ascending. */
  readonly cuts: readonly string[];
  /** The same contract under another invoice trigger. */
  readonly under: (trigger: unknown) => Contract;
}

const periodic = fc
  .constantFrom("day", "week", "month", "month", "quarter", "year")
  .chain((cycle) =>
    fc.record(
      {
        cycle: fc.constant(cycle),
        cycle_count: fc.integer({ min: 1, max: 4 }),
        cycle_start_offset: fc.integer({ min: 1, max: LAST_DAY[cycle] as number }),
      },
      { requiredKeys: ["cycle"] },
    ),
  )
  .map((fields) => ({ periodic: fields }));

export const arbitraryTrigger: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(undefined, "immediate", "every_cycle"),
  periodic,
);

const taxRates = fc.constantFrom(
  undefined,
  { default: "19" },
  { standard: "20", reduced: "5.5" },
  { standard: "8.875", reduced: "0", default: "33.333333333333" },
);

/** Ends a contract that doesn't, as the gate would have it said. */
function ended(document: Contract): Contract {
  const { contract_summary: summary } = document;
  if (summary.expiration != null || summary.moved_at != null) return document;
  const last = firstSpans(document, MOST_SPANS).at(-1);
  const endMs = last?.end ?? startOf(document) + 100 * DAY_MS;
  return { ...document, contract_summary: { ...summary, expiration: textOf(endMs) } };
}

function configured(document: Contract, given: object): Contract {
  const { contract_summary: summary } = document;
  const configuration = JSON.parse(JSON.stringify({ ...summary.configuration, ...given }));
  return { ...document, contract_summary: { ...summary, configuration } };
}

/** Where a life is cut: near its boundaries, or anywhere. */
interface Cut {
  readonly span: number;
  readonly shift: number;
  readonly share: number;
}

const cut: fc.Arbitrary<Cut> = fc.record({
  span: fc.nat(MOST_SPANS),
  shift: fc.constantFrom(0, 0, 1, -1, 3_600_000, DAY_MS, -DAY_MS, 40 * DAY_MS),
  share: fc.oneof(fc.constant(0), fc.nat(1000)),
});

export const arbitraryInvoicing: fc.Arbitrary<Invoicing> = fc
  .record({
    given: arbitraryContract,
    raw: arbitraryQuestion,
    trigger: arbitraryTrigger,
    tax_policy: fc.constantFrom(undefined, "tax_excluded", "tax_included"),
    tax_rates: taxRates,
    cuts: fc.array(cut, { minLength: 1, maxLength: 4 }),
  })
  .map(({ given, raw, trigger, tax_policy, tax_rates, cuts }) => {
    const document = configured(ended(given.document), { tax_policy });
    const spans = firstSpans(document, 100);
    const question = questionOf(document, raw, spans);
    const startMs = startOf(document);
    const endMs = Math.min(expirationOf(document), movedOf(document));
    const cutMs = cuts.map(({ span, shift, share }) => {
      const { start, end } = spans[span % spans.length] as (typeof spans)[number];
      return start + Math.floor((((end ?? endMs) - start) * share) / 1000) + shift;
    });
    const under = (other: unknown): Contract =>
      parseContract(configured(document, { invoice_trigger: other }));
    return {
      contract: under(trigger),
      digits: given.digits,
      startMs,
      overMs: endMs + 400 * DAY_MS,
      options: {
        usage: withoutLateDemands(document, question.usage as Usage, endMs),
        at: question.at ?? textOf(endMs),
        ...(question.closed_at !== undefined && { closed_at: question.closed_at }),
        ...(tax_rates !== undefined && { tax_rates: tax_rates as { [code: string]: string } }),
      },
      cuts: cutMs.sort((a, b) => a - b).map(textOf),
      under,
    };
  });

/** Nothing is demanded of a contract that is over. */
function withoutLateDemands(document: Contract, usage: Usage, endMs: number): Usage {
  const { on_demand: demands } = usage;
  if (demands == null || naiveItems(document).length === 0) return usage;
  return { ...usage, on_demand: demands.filter(({ at }) => Date.parse(at as string) < endMs) } as Usage;
}
