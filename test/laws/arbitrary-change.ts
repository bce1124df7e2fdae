import fc from "fast-check";
import { isOwnCycle } from "../../src/contract/cycle.ts";
import { type Contract, type Discount, type Plan, parseContract, type TaxRates } from "../../src/index.ts";
import { startOf } from "../oracle/naive-spans.ts";
import { arbitraryContract, textOf } from "./arbitrary-contract.ts";
import { firstSpans } from "./arbitrary-usage.ts";

const MOST_SPANS = 4;
const DAY_MS = 86_400_000;

/** A contract and an instant at which it changes, within one of its first periods or at the beginning of one. */
export interface Changing {
  readonly document: Contract;
  readonly contract: Contract;
  readonly at: string;
}

interface Place {
  readonly which: number;
  readonly share: number;
}

const place: fc.Arbitrary<Place> = fc.record({
  which: fc.nat(MOST_SPANS - 1),
  share: fc.oneof({ weight: 1, arbitrary: fc.constant(0) }, { weight: 6, arbitrary: fc.nat(999) }),
});

function instantIn(document: Contract, { which, share }: Place): number {
  const spans = firstSpans(document, MOST_SPANS);
  const { start, end } = spans[which % spans.length] as (typeof spans)[number];
  return start + Math.floor((((end ?? start + 90 * DAY_MS) - start) * share) / 1000);
}

function changing(make: (document: Contract) => Contract): fc.Arbitrary<Changing> {
  return fc
    .tuple(arbitraryContract, place)
    .map(([given, where]) => {
      const { moved_at: _, ...contract_summary } = given.document.contract_summary;
      const document = make({ ...given.document, contract_summary });
      return { document, atMs: instantIn(document, where) };
    })
    .filter(({ document, atMs }) => {
      const { expiration } = document.contract_summary;
      return atMs > startOf(document) && (expiration == null || atMs < Date.parse(expiration));
    })
    .map(({ document, atMs }) => ({ document, contract: parseContract(document), at: textOf(atMs) }));
}

/** Any contract that hasn't moved on, and an instant after its trial at which it is active. */
export const arbitraryChanging: fc.Arbitrary<Changing> = changing((document) => document);

export const taxation: fc.Arbitrary<{ readonly policy: string; readonly rates: TaxRates | null }> = fc.record(
  {
    policy: fc.constantFrom("tax_excluded", "tax_included"),
    rates: fc.constantFrom<TaxRates | null>(
      null,
      { default: "19" },
      { standard: "20", reduced: "5.5", default: "33.333333" },
    ),
  },
);

/**
 * The same of contracts whose charges are in proportion to time: with cycles, without stubs in full or for free, without
 * charges that aren't repeated; own cycles only beside discounts that are the same in every billing period.
 */
export const arbitraryProportional: fc.Arbitrary<Changing> = fc
  .tuple(changing(proportional), taxation)
  .filter(([{ document }]) => !["once", "constant"].includes(document.contract_summary.cycle))
  .map(([{ document, at }, { policy }]) => {
    const { contract_summary: summary } = document;
    const configuration = { ...summary.configuration, tax_policy: policy };
    const taxed = { ...document, contract_summary: { ...summary, configuration } } as Contract;
    return { document: taxed, contract: parseContract(taxed), at };
  });

function proportional(document: Contract): Contract {
  const { contract_summary: summary, plan, discount, ...rest } = document;
  const { stub_charges: _, stub_limits: __, ...configuration } = summary.configuration ?? {};
  const repeated = <Part extends Pick<Plan, "charge_trigger">>(part: Part): Part => {
    const { charge_trigger: trigger } = part;
    return trigger === "first_cycle" || trigger === "on_demand"
      ? { ...part, charge_trigger: "every_cycle" }
      : part;
  };
  const features = (plan.features ?? []).map(repeated);
  const groups = (plan.groups ?? []).map(repeated);
  const triggers = [plan, ...features, ...groups].map((part) => part.charge_trigger);
  const hasOwn = triggers.some((trigger) => isOwnCycle(String(trigger)));
  const given = document.discounts ?? (discount ? [discount] : []);
  return {
    ...rest,
    contract_summary: { ...summary, configuration },
    plan: { ...repeated(plan), features, ...(plan.groups && { groups }) },
    discounts: hasOwn ? given.flatMap(lasting) : given,
  };
}

function lasting({ discount_type, amount }: Discount): Discount[] {
  return discount_type === "percentage" ? [{ discount_type, amount }] : [];
}
