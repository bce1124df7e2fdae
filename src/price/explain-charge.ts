import { assertParsed } from "../contract/brand.ts";
import type { Price } from "../contract/price.ts";
import { formatMinor } from "../money/amounts.ts";
import { powerOfTen } from "../money/integer.ts";
import {
  addRatios,
  compareRatios,
  type ExactAmount,
  type ExactRatio,
  multiplyRatios,
  type Ratio,
  ratioAmount,
  ratioOf,
  subtractRatios,
  ZERO_RATIO,
} from "../money/ratio.ts";
import { divideRounded, type RoundingMode } from "../money/rounding.ts";
import type { ChargeQuantity, UsedQuantity } from "../usage/quantity.ts";
import { type ChargeShares, chargedQuantity, roundingMode } from "./charge-for.ts";
import { compilePrice } from "./compile-price.ts";
import {
  type DraftStep,
  limitSteps,
  ratioText,
  type StepKind,
  type StepOperands,
  unitSteps,
} from "./unit-steps.ts";

/** One step from a quantity to its charge; the values of all steps add up to the subtotal. */
export interface ChargeStep {
  readonly kind: StepKind;
  readonly operands: StepOperands;
  /** What the step adds, as a decimal string; null where it doesn't terminate. */
  readonly value: string | null;
  readonly value_ratio: ExactRatio;
}

/** How a charge comes about. Decimal strings in the price's currency. */
export interface ChargeExplanation {
  readonly steps: readonly ChargeStep[];
  /** The charge before rounding; null where it doesn't terminate. */
  readonly exact: string | null;
  readonly exact_ratio: ExactRatio;
  /** What rounding added; null where it doesn't terminate. */
  readonly residual: string | null;
  readonly subtotal: string;
}

/**
 * Explains a charge: the steps from the quantity to the subtotal, each with its exact operands and value.
 *
 * The steps are worked out from the price's fields, and not from what `chargeFor` compiles; that both agree is a law.
 *
 * @rule X1 (a charge)
 * @param quantity as `chargeFor` takes it.
 * @throws what `chargeFor` does.
 * @example
 * import { explainCharge, parsePrice } from "pure-billing";
 *
 * const price = parsePrice({
 *   amount: "0.023",
 *   currency: "eur",
 *   strategy_details: { pricing_strategy: "usage", included_units: "50", batch_size: "10", flat_fee: "2.00" },
 * });
 * const { steps, exact, residual, subtotal } = explainCharge(price, "181.25");
 * steps.map(({ kind, value }) => `${kind} ${value}`);
 * //=> ["included_units 0", "batch 0", "unit_price 0.322", "flat_fee 2", "rounding -0.002"]
 * [exact, residual, subtotal]; //=> ["2.322", "-0.002", "2.32"]
 */
export function explainCharge(
  price: Price,
  quantity?: ChargeQuantity,
  options: { readonly rounding?: RoundingMode } = {},
): ChargeExplanation {
  assertParsed(price, "price", "price");
  const rounding = roundingMode(options.rounding);
  const { digits } = compilePrice(price);
  const steps = chargeSteps(price, chargedQuantity(compilePrice(price), quantity), null);
  const exact = sumOfSteps(steps);
  const residual = roundingStep(exact, rounding, digits);
  return {
    steps: (residual === null ? steps : [...steps, residual]).map(printedStep),
    ...ratioAmount(exact),
    residual: ratioAmount(residual?.value ?? ZERO_RATIO).exact,
    subtotal: fixedText(addRatios(exact, residual?.value ?? ZERO_RATIO), digits),
  };
}

/**
 * The steps to an unrounded charge: units, flat fee, proration, limits (R1).
 *
 * @param shares what a stub keeps; null: it is no stub.
 */
export function chargeSteps(price: Price, used: UsedQuantity, shares: ChargeShares | null): DraftStep[] {
  const steps = unitSteps(price, used);
  const flatFee = flatFeeSteps(price);
  const part = (share: bigint): Ratio => ({ numerator: share, denominator: shares?.of ?? 1n });
  const fixed = part(shares?.fixed ?? 1n);
  steps.push(...flatFee);
  const prorated = compilePrice(price).isFixed ? sumOfSteps(steps) : sumOfSteps(flatFee);
  if (shares !== null) steps.push(...prorationSteps(prorated, fixed));
  const limit = (text: string | null | undefined, share: bigint | undefined): Ratio | null =>
    text == null ? null : multiplyRatios(ratioOf(text), part(share ?? 1n));
  const minimum = limit(price.minimum_charge, shares?.minimum);
  const maximum = limit(price.maximum_charge, shares?.maximum);
  // A maximum never falls below the flat fee charged (W4).
  const charged = multiplyRatios(sumOfSteps(flatFee), fixed);
  const most = maximum !== null && compareRatios(maximum, charged) < 0 ? charged : maximum;
  steps.push(...limitSteps(sumOfSteps(steps), minimum, most, "charge"));
  return steps;
}

/** The flat fee of a price, where it has one. */
export function flatFeeSteps(price: Price): DraftStep[] {
  const details = price.strategy_details;
  const flatFee = "flat_fee" in details ? details.flat_fee : null;
  return flatFee == null
    ? []
    : [{ kind: "flat_fee", operands: { flat_fee: flatFee }, value: ratioOf(flatFee) }];
}

/** What proration takes off an amount. */
export function prorationSteps(amount: Ratio, share: Ratio): DraftStep[] {
  const value = subtractRatios(multiplyRatios(amount, share), amount);
  const operands = {
    amount: ratioText(amount),
    numerator: share.numerator.toString(),
    denominator: share.denominator.toString(),
  };
  return amount.numerator === 0n ? [] : [{ kind: "proration", operands, value }];
}

/** What rounding adds to an amount; null where it is whole minor units already. */
export function roundingStep(exact: Ratio, rounding: RoundingMode, digits: number): DraftStep | null {
  const minor = divideRounded(exact.numerator * powerOfTen(digits), exact.denominator, rounding);
  const value = subtractRatios({ numerator: minor, denominator: powerOfTen(digits) }, exact);
  const operands = { exact: ratioText(exact), rounding, digits };
  return value.numerator === 0n ? null : { kind: "rounding", operands, value };
}

/** The sum of the steps' values. */
export function sumOfSteps(steps: readonly DraftStep[]): Ratio {
  return steps.reduce((sum, { value }) => addRatios(sum, value), ZERO_RATIO);
}

/** A step as callers get it. */
export function printedStep({ kind, operands, value }: DraftStep): ChargeStep {
  const { exact, exact_ratio }: ExactAmount = ratioAmount(value);
  return { kind, operands, value: exact, value_ratio: exact_ratio };
}

/** An amount of whole minor units. */
function fixedText({ numerator, denominator }: Ratio, digits: number): string {
  return formatMinor((numerator * powerOfTen(digits)) / denominator, digits);
}
