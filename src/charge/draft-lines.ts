import type { PricedItem } from "../contract/priced-items.ts";
import { type BillingIssue, fail, isBillingError, issue, refuse } from "../error.ts";
import { subtractMinor } from "../money/minor.ts";
import { closingMs } from "../period/closing.ts";
import { chargeDueMs } from "../period/due-date.ts";
import { closingEndMs, cycleNumber, type PeriodMs, type Timeline } from "../period/timeline.ts";
import { type ChargeShares, type SettledCharge, settleCharge } from "../price/charge-for.ts";
import { compilePrice } from "../price/compile-price.ts";
import { type UsedIn, usedIn } from "../usage/used-in.ts";
import type { DraftLine } from "./charge-line.ts";
import type { ChargeRun } from "./charge-run.ts";
import { discountTogether, type PeriodDiscount, periodDiscounts } from "./discount.ts";
import { servedShare, stubShares } from "./stub-shares.ts";
import { type Occasion, occasionsOf } from "./trigger.ts";
import { isWaived } from "./waive.ts";

/**
 * The lines of a billing period, discounted. What goes wrong with one price is added to the issues, and that price has
 * no lines.
 *
 * @rule W3 (trial)
 */
export function draftLines(run: ChargeRun, period: PeriodMs, issues: BillingIssue[]): DraftLine[] {
  const lines: DraftLine[] = [];
  if (period.phase === "trial") return lines;
  for (const item of run.items) {
    const known = lines.length;
    try {
      const occasions = occasionsOf(run, item, period);
      const isOnly = occasions.length === 1;
      for (const occasion of occasions) addLines(lines, run, item, occasion, isOnly);
    } catch (error) {
      if (!isBillingError(error)) throw error;
      lines.length = known;
      issues.push(...error.issues.map((each) => ({ ...each, path: [...item.path, ...each.path] })));
    }
  }
  discountLines(run, period, lines);
  return lines;
}

/**
 * The same where nothing may go wrong.
 *
 * @throws all that goes wrong with any price.
 */
export function periodLines(run: ChargeRun, period: PeriodMs): DraftLine[] {
  const issues: BillingIssue[] = [];
  const lines = draftLines(run, period, issues);
  refuse(issues);
  return lines;
}

const NOTHING: SettledCharge = {
  flatMinor: 0,
  wholeMinor: 0,
  flat: 0,
  whole: 0,
  scale: 0,
  divisor: 1n,
  overLimit: false,
};

/**
 * Adds the line of a fixed charge, or the two of a usage price: its flat fee, and the rounded whole minus it.
 *
 * @rule W2
 * @rule A1 (one rounding a charge and period)
 */
function addLines(
  lines: DraftLine[],
  run: ChargeRun,
  item: PricedItem,
  occasion: Occasion,
  isOnly: boolean,
): void {
  const { timeline, rounding } = run;
  const { period, demand, isRecurring } = occasion;
  const price = compilePrice(item.price);
  const waived = isWaived(timeline, occasion, item.price.free_cycles ?? 0);
  const shares = isRecurring ? sharesOf(timeline, period) : null;
  const startMs = demand === null ? period.startMs : demand.atMs;

  if (price.isFixed || demand !== null) {
    const units = demand?.units ?? price.contractedUnits ?? "0";
    const used = { units, event_count: null, events: null };
    const charge = waived ? NOTHING : settleCharge(item.price, used, rounding, shares);
    lines.push({
      item,
      kind: demand === null ? "fixed" : "on_demand",
      period,
      unitCount: price.isFixed && price.contractedUnits === null ? null : units,
      subtotal: charge.wholeMinor,
      exact: { value: charge.whole, scale: charge.scale, divisor: charge.divisor },
      isWaived: waived,
      isAssumed: false,
      isOverLimit: charge.overLimit,
      madeMs: startMs,
      dueMs: chargeDueMs(timeline, period, "fixed", startMs),
      used,
      shares,
      discount: 0,
    });
    return;
  }

  const closesMs = closingMs(timeline, period, run.closedMs);
  const endMs = closingEndMs(timeline, period);
  const madeMs = closesMs ?? endMs;
  const { used, isAssumed } = usageOf(run, item, period, endMs, closesMs, isOnly);
  // A waived charge is not priced: it needs no events that nobody gave.
  const charge = waived ? NOTHING : settleCharge(item.price, used, rounding, shares);
  if (price.hasFlatFee) {
    lines.push({
      item,
      kind: "flat_fee",
      period,
      unitCount: null,
      subtotal: charge.flatMinor,
      exact: { value: charge.flat, scale: charge.scale, divisor: charge.divisor },
      isWaived: waived,
      isAssumed: false,
      isOverLimit: false,
      madeMs: startMs,
      dueMs: chargeDueMs(timeline, period, "flat_fee", startMs),
      used,
      shares,
      discount: 0,
    });
  }
  lines.push({
    item,
    kind: "usage",
    period,
    unitCount: used.units,
    subtotal: subtractMinor(charge.wholeMinor, charge.flatMinor),
    exact: { value: beyondFlatFee(charge), scale: charge.scale, divisor: charge.divisor },
    isWaived: waived,
    isAssumed,
    isOverLimit: charge.overLimit,
    madeMs,
    dueMs: chargeDueMs(timeline, period, "usage", madeMs),
    used,
    shares,
    discount: 0,
  });
}

/** What charges keep of a period that is cut short; null: it is a full one. */
function sharesOf(timeline: Timeline, period: PeriodMs): ChargeShares | null {
  const configuration = timeline.summary.configuration ?? {};
  return stubShares(servedShare(timeline, period, configuration), configuration);
}

function usageOf(
  run: ChargeRun,
  item: PricedItem,
  period: PeriodMs,
  endMs: number | null,
  closesMs: number | null,
  isOnly: boolean,
): UsedIn {
  const { runningMs } = run;
  if (runningMs === null && !isOnly && run.book.form === "sums" && run.book.sums.has(item.key)) {
    const problem = `sums are of the running period, and ${item.key} has several in this billing period`;
    fail(
      issue(
        "CONFLICT",
        "U6",
        ["usage", "sums", item.key],
        problem,
        undefined,
        "give `at`, or usage by period",
      ),
    );
  }
  const isRunning =
    runningMs === null ? isOnly : runningMs >= period.startMs && (endMs === null || runningMs < endMs);
  const details = item.price.strategy_details;
  return usedIn(run.book, {
    slug: item.key,
    period,
    endMs,
    closesMs,
    untilMs: run.atMs ?? Number.POSITIVE_INFINITY,
    isRunning,
    usedUnitCount: ("used_unit_count" in details ? details.used_unit_count : null) ?? null,
  });
}

function beyondFlatFee({ whole, flat }: SettledCharge): number | bigint {
  return typeof whole === "number" && typeof flat === "number" ? whole - flat : BigInt(whole) - BigInt(flat);
}

/**
 * Works the discounts out in the order in which charges are made, over those of one instant together.
 *
 * @rule C4 (order and budgets)
 */
function discountLines(run: ChargeRun, period: PeriodMs, lines: readonly DraftLine[]): void {
  const active = discountsIn(run, period);
  if (active.length === 0) return;
  for (const together of byInstant(lines)) {
    let index = 0;
    const amounts = together.map((line) => line.subtotal);
    const parts = discountTogether(amounts, active, run.rounding);
    for (const line of together) line.discount = parts[index++] ?? 0;
  }
}

/** The discounts of a billing period, nothing of them spent yet. */
export function discountsIn(run: ChargeRun, period: PeriodMs): PeriodDiscount[] {
  const { discount, discounts } = run.contract;
  const given = discounts ?? (discount ? [discount] : []);
  if (given.length === 0) return [];
  const shares = sharesOf(run.timeline, period);
  const share = shares === null ? null : { numerator: shares.fixed, denominator: shares.of };
  return periodDiscounts(given, cycleNumber(run.timeline, period.index), share, run.digits, run.rounding);
}

/** Lines by the instant at which they are made, earliest first; what is never made comes last. */
export function byInstant(lines: readonly DraftLine[]): DraftLine[][] {
  const groups = new Map<number, DraftLine[]>();
  let group: DraftLine[] | undefined;
  let groupMs = Number.NaN;
  for (const line of lines) {
    const madeMs = line.madeMs ?? Number.POSITIVE_INFINITY;
    // Neighbours are mostly made together.
    if (madeMs !== groupMs) {
      group = groups.get(madeMs);
      groupMs = madeMs;
    }
    if (group === undefined) {
      group = [];
      groups.set(madeMs, group);
    }
    group.push(line);
  }
  return [...groups].sort(([first], [second]) => (first < second ? -1 : 1)).map(([, group]) => group);
}
