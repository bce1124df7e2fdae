import type { Contract } from "../../src/contract/contract.ts";
import { isOwnCycle } from "../../src/contract/cycle.ts";
import { type Fraction, fraction, minus, rounded, ZERO } from "./fraction.ts";
import { discounted, type NaiveBudget } from "./naive-discounts.ts";
import { naiveDue, usageMade } from "./naive-due.ts";
import { type NaiveItem, naiveItems } from "./naive-items.ts";
import {
  contractedUnits,
  decimalText,
  fixedCharge,
  flatFeeOf,
  isMetered,
  meteredCharge,
  type NaiveShares,
} from "./naive-price.ts";
import { naiveShare } from "./naive-share.ts";
import { contractSpans, instantMs, type NaiveSpan, ownSpans, zoneOf } from "./naive-spans.ts";
import { type NaiveQuestion, naiveUsed, usageEnd } from "./naive-usage.ts";

/** A line as the rules name its fields; instants in epoch milliseconds, `exact` as a fraction. */
export interface NaiveLine {
  readonly item: NaiveItem;
  readonly kind: "fixed" | "flat_fee" | "usage" | "on_demand";
  readonly span: NaiveSpan;
  readonly unitCount: string | null;
  readonly exact: Fraction;
  /** Minor units. */
  readonly subtotal: bigint;
  readonly made: number | null;
  readonly due: number | null;
  readonly waived: boolean;
  readonly assumed: boolean;
  readonly overLimit: boolean;
  discount: bigint;
}

const ONE = fraction(1);
const NOTHING = { flat: ZERO, whole: ZERO, isOverLimit: false };
const WHOLE: NaiveShares = { fixed: ONE, minimum: ONE, maximum: ONE };

/** The n-th billing period of a contract after the trial, by walking; null where there is none. */
export function naiveSpan(contract: Contract, index: number): NaiveSpan | null {
  for (const span of contractSpans(contract)) {
    if (span.index === index) return span;
    if (span.index > index) return null;
  }
  return null;
}

/** What a billing period is charged, from the rules alone: slow, and without a thought for anything but them. */
export function naiveLines(
  contract: Contract,
  billing: NaiveSpan,
  question: NaiveQuestion,
  digits: number,
): NaiveLine[] {
  const lines = naiveItems(contract).flatMap((item) => itemLines(contract, item, billing, question, digits));
  discounted(lines, budgets(contract, billing, digits), roundingOf(contract), digits);
  return lines;
}

function roundingOf({ contract_summary: { configuration } }: Contract): string {
  return configuration?.rounding ?? "half_up";
}

export function minorOf(amount: Fraction, digits: number, rounding: string): bigint {
  return BigInt(rounded(amount, digits, rounding).replace(".", ""));
}

/** W1: the spans that an item is charged for in a billing period. */
function itemLines(
  contract: Contract,
  item: NaiveItem,
  billing: NaiveSpan,
  question: NaiveQuestion,
  digits: number,
): NaiveLine[] {
  const { trigger } = item;
  if (trigger === "on_demand") return demandLines(contract, item, billing, question, digits);
  if (trigger === "first_cycle") {
    return billing.index === 1
      ? chargeLines(contract, item, billing, false, WHOLE, question, true, digits)
      : [];
  }
  const spans: NaiveSpan[] = [];
  if (isOwnCycle(trigger)) {
    for (const span of ownSpans(contract, trigger)) {
      if (billing.end !== null && span.start >= billing.end) break;
      if (span.start >= billing.start) spans.push(span);
    }
  } else {
    spans.push(billing);
  }
  return spans.flatMap((span) => {
    const isFree = isWaived(contract, item, span);
    const shares = sharesOf(contract, span);
    return chargeLines(contract, item, span, isFree, shares, question, spans.length === 1, digits);
  });
}

/** W3. */
function isWaived(contract: Contract, item: NaiveItem, span: NaiveSpan): boolean {
  const ofContract = contract.contract_summary.free_cycles ?? 0;
  const ofPrice = item.price.free_cycles ?? 0;
  if (ofPrice > 0 && span.number <= ofPrice) return true;
  if (ofContract === 0) return false;
  for (const billing of contractSpans(contract)) {
    if (billing.number > ofContract) return false;
    if (billing.start <= span.start && (billing.end === null || span.start < billing.end)) return true;
  }
  return false;
}

/** W4. */
function sharesOf(contract: Contract, span: NaiveSpan): NaiveShares {
  const { stub_charges, stub_limits, proration_basis } = contract.contract_summary.configuration ?? {};
  const share = naiveShare(span, proration_basis, zoneOf(contract));
  const limit = stub_limits === "full" ? ONE : share;
  const isFreed = stub_charges === "free" && span.stub;
  if (isFreed) return { fixed: ZERO, minimum: ZERO, maximum: limit };
  return { fixed: stub_charges === "full" ? ONE : share, minimum: limit, maximum: limit };
}

function chargeLines(
  contract: Contract,
  item: NaiveItem,
  span: NaiveSpan,
  waived: boolean,
  shares: NaiveShares,
  question: NaiveQuestion,
  isOnly: boolean,
  digits: number,
): NaiveLine[] {
  const { price } = item;
  const rounding = roundingOf(contract);
  const common = { item, span, discount: 0n, assumed: false, overLimit: false };
  const start = { made: span.start };
  if (!isMetered(price)) {
    const unitCount = contractedUnits(price);
    const { whole } = fixedCharge(price, unitCount, shares);
    const exact = waived ? ZERO : whole;
    const due = naiveDue(contract, span, "fixed", span.start);
    const subtotal = minorOf(exact, digits, rounding);
    return [{ ...common, ...start, kind: "fixed", unitCount, exact, subtotal, due, waived }];
  }
  const details = price.strategy_details;
  const known = "used_unit_count" in details ? details.used_unit_count : null;
  const used = naiveUsed(contract, item.key, known, span, question, isOnly);
  const settled = waived ? NOTHING : meteredCharge(price, used, shares);
  const flatMinor = minorOf(settled.flat, digits, rounding);
  const lines: NaiveLine[] = [];
  if (flatFeeOf(price).n !== 0n) {
    lines.push({
      ...common,
      ...start,
      kind: "flat_fee",
      unitCount: null,
      exact: settled.flat,
      subtotal: flatMinor,
      due: naiveDue(contract, span, "flat_fee", span.start),
      waived,
    });
  }
  const made = usageMade(contract, span, question.closed_at);
  lines.push({
    ...common,
    kind: "usage",
    unitCount: decimalText(used.units),
    exact: minus(settled.whole, settled.flat),
    subtotal: minorOf(settled.whole, digits, rounding) - flatMinor,
    made,
    due: made === null ? null : naiveDue(contract, span, "usage", made),
    waived,
    assumed: used.assumed,
    overLimit: settled.isOverLimit,
  });
  return lines;
}

/** On-demand charges that were demanded in the billing period and are known. */
function demandLines(
  contract: Contract,
  item: NaiveItem,
  billing: NaiveSpan,
  { usage, at }: NaiveQuestion,
  digits: number,
): NaiveLine[] {
  // An endless period ends with its contract, for what is made in it (P10).
  const end = usageEnd(contract, billing);
  return (usage?.on_demand ?? [])
    .filter(({ feature_slug }) => feature_slug === item.key)
    .map((demand) => ({ ...demand, ms: instantMs(demand.at) }))
    .filter(({ ms }) => ms >= billing.start && ms < end)
    .filter(({ ms }) => at === undefined || ms <= instantMs(at))
    .sort((a, b) => a.ms - b.ms)
    .map(({ ms, unit_count }) => {
      const contracted = contractedUnits(item.price);
      const unitCount = contracted === null ? null : (unit_count ?? contracted);
      const { whole } = fixedCharge(item.price, unitCount, WHOLE);
      return {
        item,
        kind: "on_demand",
        span: billing,
        unitCount,
        exact: whole,
        subtotal: minorOf(whole, digits, roundingOf(contract)),
        made: ms,
        due: naiveDue(contract, billing, "fixed", ms),
        waived: false,
        assumed: false,
        overLimit: false,
        discount: 0n,
      };
    });
}

/** C2, C4, C5: the discounts of a billing period in their order, flat ones with their budgets. */
function budgets(contract: Contract, billing: NaiveSpan, digits: number): NaiveBudget[] {
  const given = contract.discounts ?? (contract.discount ? [contract.discount] : []);
  const applies = given.filter(
    ({ duration }) => duration == null || (duration > 0 && billing.number <= duration),
  );
  const share = sharesOf(contract, billing).fixed;
  return [
    ...applies.filter(({ discount_type }) => discount_type === "percentage"),
    ...applies.filter(({ discount_type }) => discount_type === "flat"),
  ].map(({ discount_type, amount }) => {
    if (discount_type === "percentage") return { percent: fraction(amount) };
    const budget = { n: fraction(amount).n * share.n, d: fraction(amount).d * share.d };
    return { left: minorOf(budget, digits, roundingOf(contract)) };
  });
}
