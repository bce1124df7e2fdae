import type { DraftLine } from "../charge/charge-line.ts";
import type { ChargeRun } from "../charge/charge-run.ts";
import { discountTogether } from "../charge/discount.ts";
import { byInstant, discountsIn, draftLines } from "../charge/draft-lines.ts";
import type { PricedItem } from "../contract/priced-items.ts";
import { type BillingIssue, fail, issue, refuse } from "../error.ts";
import { powerOfTen } from "../money/integer.ts";
import { addRatios, multiplyRatios, type Ratio, subtractRatios, ZERO_RATIO } from "../money/ratio.ts";
import { featureTimeline } from "../period/feature-period.ts";
import { type PeriodMs, periodMsAt } from "../period/timeline.ts";
import { compilePrice } from "../price/compile-price.ts";
import { refuseEvents } from "../price/price-function.ts";
import { formatInstant } from "../time/instant.ts";
import {
  type AmountFunction,
  atLeast,
  chargeFunction,
  constant,
  linear,
  mapped,
  sum,
} from "./amount-function.ts";

/**
 * What a billing period of a contract costs before tax and after discounts, as a function of the quantity of one of its
 * prices: in the period of that price that runs at an instant, all other charges as they are.
 *
 * The charge that varies, and the discount on what is made together with it, aren't rounded; everything else is.
 *
 * @param name what the caller calls the contract.
 * @throws UNKNOWN_SLUG; UNKNOWN_PERIOD where nothing is charged at the instant; CONFLICT when the price is charged on
 * demand; NEEDS_EVENTS when it depends on events; what goes wrong with any other price.
 */
export function totalFunction(run: ChargeRun, slug: string, atMs: number, name: string): AmountFunction {
  const item = run.items.find(({ key }) => key === slug) ?? null;
  if (item !== null) refuseUnpriceable(item, name);
  const [own, billing] = runningPeriods(run, slug, atMs, name);
  const issues: BillingIssue[] = [];
  const lines = draftLines(run, billing, issues);
  refuse(issues.map((each) => ({ ...each, path: [name, ...each.path] })));

  const varying = lines.filter(
    (line) => line.item === item && !line.isWaived && isVarying(line, own.startMs),
  );
  if (!isSome(varying)) return constant(inMajor(run, totalOf(lines)));
  return totalAround(run, billing, lines, varying);
}

/** Usage is that of one period; contracted units are the same in all of a billing period. */
function isVarying({ item, kind, period }: DraftLine, startMs: number): boolean {
  if (kind === "fixed") return compilePrice(item.price).contractedUnits !== null;
  return kind === "usage" && period.startMs === startMs;
}

type Some<Value> = readonly [Value, ...Value[]];

function isSome<Value>(values: readonly Value[]): values is Some<Value> {
  return values.length > 0;
}

const ONE: Ratio = { numerator: 1n, denominator: 1n };

/** The period of the slug that runs at an instant, and the billing period whose charges its own are among. */
function runningPeriods(
  run: ChargeRun,
  slug: string,
  atMs: number,
  name: string,
): readonly [own: PeriodMs, billing: PeriodMs] {
  const own = periodMsAt(featureTimeline(run.contract, slug), atMs);
  // An own period may have begun in an earlier billing period than the one that runs.
  const billing = periodMsAt(run.timeline, own?.startMs ?? atMs);
  if (own !== null && billing !== null && billing.phase !== "trial") return [own, billing];
  const isTrial = billing?.phase === "trial";
  const problem = isTrial
    ? `${name} is in its free trial then: nothing is charged`
    : `no period of ${name} runs then`;
  const allowed = "an instant in a period that both contracts charge for";
  fail(issue("UNKNOWN_PERIOD", isTrial ? "W3" : "P10", ["at"], problem, formatInstant(atMs), allowed));
}

function refuseUnpriceable({ price, charge_trigger: trigger, path }: PricedItem, name: string): void {
  refuseEvents(compilePrice(price), "breakEvenUsage", [name, ...path]);
  if (trigger !== "on_demand") return;
  const problem = "the price is charged on demand: no period has a quantity of it";
  fail(issue("CONFLICT", "W1", [name, ...path], problem, trigger, "prices that are charged by cycle"));
}

/** What the varying lines come to, before discounts. */
function varyingSubtotal(
  run: ChargeRun,
  lines: readonly DraftLine[],
  varying: Some<DraftLine>,
): AmountFunction {
  const [{ item, kind, period }] = varying;
  const price = compilePrice(item.price);
  if (kind === "usage") {
    const flatFee = lines.find(
      (line) => line.item === item && line.kind === "flat_fee" && line.period.startMs === period.startMs,
    );
    // The line of the usage is what the whole charge is above its flat fee, which is a line of its own.
    const above = linear(inMajor(run, -BigInt(flatFee?.subtotal ?? 0)), ONE);
    return mapped(mapped(chargeFunction(price, varying[0].shares), above), atLeast(ZERO_RATIO));
  }
  // A year of days has hundreds of lines, which are alike but for stubs.
  const alike = new Map<string, { readonly charge: AmountFunction; count: bigint }>();
  for (const { shares } of varying) {
    const key = shares === null ? "" : `${shares.fixed} ${shares.minimum} ${shares.maximum} ${shares.of}`;
    const known = alike.get(key);
    if (known === undefined) alike.set(key, { charge: chargeFunction(price, shares), count: 1n });
    else known.count += 1n;
  }
  return [...alike.values()]
    .map(({ charge, count }) => mapped(charge, linear(ZERO_RATIO, { numerator: count, denominator: 1n })))
    .reduce(sum);
}

/**
 * The total of the lines, with the subtotal of some as a function.
 *
 * Charges made before them have their discounts and have spent their part of the flat ones (C4). From then on flat
 * budgets take what percentages leave, charge by charge: in sum what is left of the budgets, down to zero. Percentages
 * aren't rounded on what is made together with a varying line.
 */
function totalAround(
  run: ChargeRun,
  billing: PeriodMs,
  lines: readonly DraftLine[],
  varying: Some<DraftLine>,
): AmountFunction {
  const discounts = discountsIn(run, billing);
  const varyingMs = new Set(varying.map(madeAt));
  const firstMs = Math.min(...varyingMs);
  const earlier = lines.filter((line) => madeAt(line) < firstMs);
  const together = lines.filter((line) => varyingMs.has(madeAt(line)) && !varying.includes(line));
  const others = lines.filter((line) => madeAt(line) > firstMs && !varyingMs.has(madeAt(line)));
  for (const each of byInstant(earlier)) discountTogether(subtotals(each), discounts, run.rounding);

  let kept = ONE;
  let budget = 0n;
  for (const discount of discounts) {
    if (discount.kind === "percentage") kept = multiplyRatios(kept, subtractRatios(ONE, discount.rate));
    else budget += BigInt(discount.budget);
  }
  const percentages = discounts.filter(({ kind }) => kind === "percentage");
  let rest = 0n;
  for (const each of byInstant(others)) {
    const amounts = subtotals(each);
    rest += sumOf(amounts) - sumOf(discountTogether(amounts, percentages, run.rounding).map(BigInt));
  }
  const offset = addRatios(
    multiplyRatios(inMajor(run, sumOf(subtotals(together))), kept),
    inMajor(run, rest - budget),
  );
  const subtotal = varyingSubtotal(run, lines, varying);
  const left = mapped(mapped(subtotal, linear(offset, kept)), atLeast(ZERO_RATIO));
  return mapped(left, linear(inMajor(run, totalOf(earlier)), ONE));
}

/** What is never made comes last. */
function madeAt({ madeMs }: DraftLine): number {
  return madeMs ?? Number.POSITIVE_INFINITY;
}

function subtotals(lines: readonly DraftLine[]): bigint[] {
  return lines.map((line) => BigInt(line.subtotal));
}

function totalOf(lines: readonly DraftLine[]): bigint {
  return lines.reduce((sum, line) => sum + BigInt(line.subtotal) - BigInt(line.discount), 0n);
}

function sumOf(amounts: readonly bigint[]): bigint {
  return amounts.reduce((sum, amount) => sum + amount, 0n);
}

function inMajor({ digits }: ChargeRun, minor: bigint): Ratio {
  return { numerator: minor, denominator: powerOfTen(digits) };
}
