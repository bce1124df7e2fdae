import type { Discount } from "../contract/discount.ts";
import { allocateMinor } from "../money/allocate.ts";
import { decimalPlaces, powerOfTen, toScaledBigint } from "../money/integer.ts";
import { addMinor, type Minor, shareOfMinor, subtractMinor } from "../money/minor.ts";
import type { Ratio } from "../money/ratio.ts";
import { divideRounded, type RoundingMode } from "../money/rounding.ts";

/** A discount as it stands in one billing period: the budget of a flat one is spent charge by charge. */
export type PeriodDiscount =
  | { readonly kind: "percentage"; readonly rate: Ratio }
  | { readonly kind: "flat"; budget: Minor };

/**
 * The discounts of one billing period, in the order in which they are worked out: percentages, then flat ones.
 *
 * @rule C2
 * @rule C5
 * @param cycleNumber the number of the full period; 0 for a leading stub.
 * @param share the part of a flat budget that a stub keeps (C4); null: all of it.
 */
export function periodDiscounts(
  discounts: readonly Discount[],
  cycleNumber: number,
  share: Ratio | null,
  digits: number,
  rounding: RoundingMode,
): PeriodDiscount[] {
  const percentages: PeriodDiscount[] = [];
  const flats: PeriodDiscount[] = [];
  for (const { discount_type: type, amount, duration } of discounts) {
    if (duration != null && (duration === 0 || cycleNumber > duration)) continue;
    const scale = Math.max(digits, decimalPlaces(amount));
    if (type === "flat") {
      const { numerator, denominator } = share ?? { numerator: 1n, denominator: 1n };
      const whole = toScaledBigint(amount, scale) * numerator;
      flats.push({
        kind: "flat",
        budget: divideRounded(whole, powerOfTen(scale - digits) * denominator, rounding),
      });
    } else {
      const rate = { numerator: toScaledBigint(amount, scale), denominator: powerOfTen(scale + 2) };
      percentages.push({ kind: "percentage", rate });
    }
  }
  return [...percentages, ...flats];
}

/**
 * Discounts charges that are made at one instant: each discount is worked out, and rounded once, on what the former
 * ones left, and is spread over the charges by largest remainder. Credits take none. Flat budgets are spent.
 *
 * @rule C3
 * @rule C4 (charges made together)
 * @returns the discount of each amount, in minor units like them.
 */
export function discountTogether(
  amounts: readonly Minor[],
  discounts: readonly PeriodDiscount[],
  rounding: RoundingMode,
): Minor[] {
  let left = amounts.map((amount) => (amount > 0 ? amount : 0));
  for (const discount of discounts) {
    const base = left.reduce(addMinor, 0);
    if (base <= 0) break;
    const wanted =
      discount.kind === "flat"
        ? discount.budget
        : shareOfMinor(base, discount.rate.numerator, discount.rate.denominator, rounding);
    const taken = wanted < base ? wanted : base;
    if (discount.kind === "flat") discount.budget = subtractMinor(discount.budget, taken);
    const parts = allocateMinor(taken, left);
    left = left.map((amount, index) => subtractMinor(amount, parts[index] ?? 0));
  }
  return amounts.map((amount, index) => (amount > 0 ? subtractMinor(amount, left[index] ?? 0) : 0));
}
