import type { DraftLine } from "../charge/charge-line.ts";
import { type ChargeOptions, type ChargeRun, chargeRun } from "../charge/charge-run.ts";
import { discountTogether, periodDiscounts } from "../charge/discount.ts";
import { periodLines } from "../charge/draft-lines.ts";
import type { Contract } from "../contract/contract.ts";
import { isOwnCycle } from "../contract/cycle.ts";
import type { Discount } from "../contract/discount.ts";
import { contractAmount } from "../document/cost-estimates.ts";
import { formatMinor } from "../money/amounts.ts";
import { toScaledBigint } from "../money/integer.ts";
import { subtractMinor } from "../money/minor.ts";
import { ownTimelineOf } from "../period/own-cycle.ts";
import { cycleNumber, periodMs, periodMsAt, type Timeline } from "../period/timeline.ts";
import { formatInstant, type InstantLike, toEpochMs } from "../time/instant.ts";
import { type SummedLines, sumLines } from "./invoice.ts";

/** What a checkout page shows. Instants are ISO 8601, amounts decimal strings. */
export interface CheckoutPreview {
  /** What has been charged in the current period and is due by now. */
  readonly due_now: SummedLines;
  /** The next instant at which money falls due with the usage given, and how much; null: nothing will. */
  readonly next: { readonly at: string; readonly total: string } | null;
  /** What one regular cycle costs at list prices, and after the discounts of the period that runs or comes first. */
  readonly regular: { readonly list: string; readonly discounted: string };
  readonly trial_end: string | null;
  /** When the last limited discount ends; null: there is none, or it outlasts the contract. */
  readonly discount_ends: string | null;
  /** From when on nothing is free or discounted; null: a discount is for ever, or the contract ends before. */
  readonly first_full_price_at: string | null;
}

/** How many periods are looked through for the next payment: free ones and ones without usage cost nothing. */
const MOST_PERIODS = 1200;

/**
 * What a checkout page shows of a contract: what is due now, when the next payment falls due, what a regular cycle
 * costs, and when trial and discounts end.
 *
 * The lines are those of `chargesOf`, so that what is shown is what will be invoiced.
 *
 * @param options `at`: the instant of the checkout; `usage` in any form; `tax_rates` in percent by tax code.
 * @throws what `chargesOf` throws.
 * @example
 * import { parseContract, previewCheckout } from "pure-billing";
 *
 * const contract = parseContract({
 *   contract_summary: { cycle: "month", currency: "eur", activation: "2026-01-31T00:00:00Z" },
 *   plan: { features: [{ slug: "seats", price: { amount: "40", strategy_details: { pricing_strategy: "flat" } } }] },
 *   discount: { discount_type: "percentage", amount: "25", duration: 2 },
 * });
 * const preview = previewCheckout(contract, { at: "2026-01-31T00:00:00Z", tax_rates: { default: "19" } });
 * [preview.due_now.total_including_tax, preview.next]; //=> ["35.70", { "at": "2026-02-28T00:00:00Z", "total": "35.70" }]
 * preview.regular; //=> { "list": "40.00", "discounted": "30.00" }
 * preview.first_full_price_at; //=> "2026-03-31T00:00:00Z"
 */
export function previewCheckout(
  contract: Contract,
  options: ChargeOptions & { readonly at: InstantLike },
): CheckoutPreview {
  const atMs = toEpochMs(options.at, "at");
  const run = chargeRun(contract, options);
  const { timeline } = run;
  const { discount, discounts: list } = contract;
  const discounts = list ?? (discount ? [discount] : []);
  const current = periodMsAt(timeline, atMs);
  const due =
    current === null ? [] : linesIn(run, current.index).filter(({ dueMs }) => (dueMs ?? Infinity) <= atMs);
  return {
    due_now: sumLines(run, due),
    next: nextPayment(run, atMs, current?.index ?? 0),
    regular: regularPrice(run, discounts, current?.index ?? 1),
    trial_end: instantText(timeline.trialEndMs),
    discount_ends: instantText(lastDiscountEnd(timeline, discounts)),
    first_full_price_at: instantText(firstFullPrice(run, discounts)),
  };
}

function instantText(epochMs: number | null): string | null {
  return epochMs === null ? null : formatInstant(epochMs);
}

function linesIn(run: ChargeRun, index: number): DraftLine[] {
  const period = periodMs(run.timeline, index);
  return period === null ? [] : periodLines(run, period);
}

/** The first instant after `atMs` at which lines that cost something fall due. */
function nextPayment(run: ChargeRun, atMs: number, from: number): CheckoutPreview["next"] {
  const dueAt = new Map<number, DraftLine[]>();
  for (let index = from; index < from + MOST_PERIODS; index++) {
    const period = periodMs(run.timeline, index);
    // Nothing of a later period is due before it begins.
    const known = takePayment(run, dueAt, period?.startMs ?? Infinity);
    if (known !== null) return known;
    if (period === null && index > 0 && run.timeline.endMs !== Number.POSITIVE_INFINITY) break;
    for (const line of linesIn(run, index)) {
      if (line.dueMs === null || line.dueMs <= atMs) continue;
      const together = dueAt.get(line.dueMs);
      if (together) together.push(line);
      else dueAt.set(line.dueMs, [line]);
    }
    if (period?.endMs === null) break;
  }
  return takePayment(run, dueAt, Infinity);
}

/** The first payment before an instant; what is due earlier and costs nothing is left out from then on. */
function takePayment(
  run: ChargeRun,
  dueAt: Map<number, DraftLine[]>,
  beforeMs: number,
): CheckoutPreview["next"] {
  const settled = [...dueAt].filter(([dueMs]) => dueMs < beforeMs);
  for (const [dueMs, lines] of settled.sort(([first], [second]) => first - second)) {
    const total = sumLines(run, lines).total_including_tax;
    if (Number(total) !== 0) return { at: formatInstant(dueMs), total };
    dueAt.delete(dueMs);
  }
  return null;
}

function regularPrice(
  run: ChargeRun,
  discounts: readonly Discount[],
  index: number,
): CheckoutPreview["regular"] {
  const list = contractAmount(run.contract);
  const number = Math.max(1, cycleNumber(run.timeline, Math.max(1, index)));
  const active = periodDiscounts(discounts, number, null, run.digits, run.rounding);
  const amount = toScaledBigint(list, run.digits);
  const [part = 0] = discountTogether([amount], active, run.rounding);
  return { list, discounted: formatMinor(subtractMinor(amount, part), run.digits) };
}

/** The start of the full period with a number, of the first one where it lies before that; null after the end. */
function startOfNumber(timeline: Timeline, number: number): number | null {
  const index = Math.max(1, 1 + number - cycleNumber(timeline, 1));
  return periodMs(timeline, index)?.startMs ?? null;
}

function lastDiscountEnd(timeline: Timeline, discounts: readonly Discount[]): number | null {
  const durations = discounts.flatMap(({ duration }) =>
    duration == null || duration === 0 ? [] : [duration],
  );
  return durations.length === 0 ? null : startOfNumber(timeline, Math.max(...durations) + 1);
}

function firstFullPrice(run: ChargeRun, discounts: readonly Discount[]): number | null {
  const { contract, timeline, items } = run;
  const durations = discounts.map(({ duration }) => duration ?? Number.POSITIVE_INFINITY);
  const numbers = [contract.contract_summary.free_cycles ?? 0, ...durations];
  let latest = Number.NEGATIVE_INFINITY;
  const consider = (of: Timeline, number: number): boolean => {
    const startMs = Number.isFinite(number) ? startOfNumber(of, number + (number > 0 ? 1 : 0)) : null;
    if (startMs !== null) latest = Math.max(latest, startMs);
    return startMs !== null;
  };
  const isCovered =
    numbers.every((number) => consider(timeline, number)) &&
    items.every(({ charge_trigger: trigger, price }) => {
      if (trigger === "every_cycle") return consider(timeline, price.free_cycles ?? 0);
      return !isOwnCycle(trigger) || consider(ownTimelineOf(timeline, trigger), price.free_cycles ?? 0);
    });
  return isCovered ? latest : null;
}
