import { assertParsed } from "../contract/brand.ts";
import type { Price } from "../contract/price.ts";
import { formatMinor } from "../money/amounts.ts";
import { powerOfTen } from "../money/integer.ts";
import {
  addRatios,
  type ExactAmount,
  type ExactRatio,
  type Ratio,
  ratioAmount,
  ratioOf,
  subtractRatios,
  ZERO_RATIO,
} from "../money/ratio.ts";
import { divideRounded, type RoundingMode } from "../money/rounding.ts";
import type { ChargeQuantity, UsedQuantity } from "../usage/quantity.ts";
import { chargedQuantity, roundingMode } from "./charge-for.ts";
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
  const used = chargedQuantity(compilePrice(price), quantity);
  const steps = chargeSteps(price, used);
  const exact = sumOfSteps(steps);
  const { digits } = compilePrice(price);
  const minor = divideRounded(exact.numerator * powerOfTen(digits), exact.denominator, rounding);
  const subtotal = formatMinor(minor, digits);
  const residual = subtractRatios(ratioOf(subtotal), exact);
  const rounded: DraftStep = {
    kind: "rounding",
    operands: { exact: ratioText(exact), rounding, digits },
    value: residual,
  };
  const all = residual.numerator === 0n ? steps : [...steps, rounded];
  return {
    steps: all.map(printedStep),
    ...ratioAmount(exact),
    residual: ratioAmount(residual).exact,
    subtotal,
  };
}

/** The steps to an unrounded charge: units, flat fee, limits (R1). */
function chargeSteps(price: Price, used: UsedQuantity): DraftStep[] {
  const steps = unitSteps(price, used);
  const details = price.strategy_details;
  const flatFee = "flat_fee" in details ? details.flat_fee : null;
  if (flatFee != null)
    steps.push({ kind: "flat_fee", operands: { flat_fee: flatFee }, value: ratioOf(flatFee) });
  steps.push(...limitSteps(sumOfSteps(steps), price.minimum_charge, price.maximum_charge, "charge"));
  return steps;
}

function sumOfSteps(steps: readonly DraftStep[]): Ratio {
  return steps.reduce((sum, { value }) => addRatios(sum, value), ZERO_RATIO);
}

function printedStep({ kind, operands, value }: DraftStep): ChargeStep {
  const { exact, exact_ratio }: ExactAmount = ratioAmount(value);
  return { kind, operands, value: exact, value_ratio: exact_ratio };
}
