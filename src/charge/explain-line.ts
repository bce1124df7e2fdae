import { fail, issue } from "../error.ts";
import { powerOfTen } from "../money/integer.ts";
import { type Ratio, ratioOf, subtractRatios, ZERO_RATIO } from "../money/ratio.ts";
import {
  type ChargeStep,
  chargeSteps,
  flatFeeSteps,
  printedStep,
  prorationSteps,
  roundingStep,
  sumOfSteps,
} from "../price/explain-charge.ts";
import { type DraftStep, ratioText } from "../price/unit-steps.ts";
import { formatInstant } from "../time/instant.ts";
import { type ChargeLine, type DraftLine, type LineOrigin, originOf } from "./charge-line.ts";

/** How a line comes about. The values of the steps add up to `total_including_tax`. */
export interface LineExplanation {
  readonly steps: readonly ChargeStep[];
  readonly subtotal: string;
  readonly discount_amount: string;
  readonly total_excluding_tax: string;
  readonly tax_amount: string | null;
  readonly total_including_tax: string;
}

/**
 * Explains a line: units, flat fee, proration with the dates counted, limits, waiver, rounding, its share of the
 * discount and its tax, each step with its exact operands and value.
 *
 * @rule X1 (a line)
 * @param line one that `chargesOf`, `projectInvoices` or another function of this library returned, not a copy.
 * @throws NOT_PARSED when the line isn't one of this library's.
 * @example
 * import { billingPeriod, chargesOf, explainLine, parseContract } from "pure-billing";
 *
 * const contract = parseContract({
 *   contract_summary: {
 *     cycle: "month",
 *     cycle_start_offset: 0,
 *     currency: "eur",
 *     activation: "2026-01-21T00:00:00Z",
 *   },
 *   plan: { features: [{ slug: "base", price: { amount: "50", strategy_details: { pricing_strategy: "flat" } } }] },
 *   discount: { discount_type: "percentage", amount: "10" },
 * });
 * const [line] = chargesOf(contract, billingPeriod(contract, 1), { tax_rates: { default: "19" } });
 * explainLine(line).steps.map(({ kind, value, value_ratio }) => [kind, value ?? value_ratio.numerator]);
 * //=> [["amount", "50"], ["proration", "-1000"], ["rounding", "-3"], ["discount", "-1.77"], ["tax", "3.03"]]
 * line.total_including_tax; //=> "19.00"
 */
export function explainLine(line: ChargeLine): LineExplanation {
  const origin = originOf(line);
  if (origin === undefined) {
    const allowed = "a line that this library returned, not a copy";
    fail(issue("NOT_PARSED", "X1", ["line"], "where this line comes from isn't known", line, allowed));
  }
  const steps = lineSteps(origin);
  const { subtotal, discount_amount, total_excluding_tax, tax_amount, total_including_tax } = line;
  const after: DraftStep[] = [];
  if (BigInt(origin.draft.discount) !== 0n) {
    const operands = { subtotal, discount_amount };
    after.push({ kind: "discount", operands, value: subtractRatios(ZERO_RATIO, ratioOf(discount_amount)) });
  }
  if (tax_amount !== null) {
    const policy = origin.run.contract.contract_summary.configuration?.tax_policy ?? "tax_excluded";
    const operands = { tax_policy: policy, total_excluding_tax, tax_amount };
    // Tax that is included has been counted with the price.
    const value = policy === "tax_included" ? ZERO_RATIO : ratioOf(tax_amount);
    after.push({ kind: "tax", operands, value });
  }
  return {
    steps: [...steps, ...after].map(printedStep),
    subtotal,
    discount_amount,
    total_excluding_tax,
    tax_amount,
    total_including_tax,
  };
}

/** The steps to a line's subtotal. */
function lineSteps({ run, draft }: LineOrigin): DraftStep[] {
  if (draft.isWaived) {
    return [{ kind: "waiver", operands: { free_cycles: "this period is free" }, value: ZERO_RATIO }];
  }
  const { credited, item, kind, shares, used } = draft;
  const rounded = (steps: DraftStep[]): DraftStep[] => {
    const rounding = roundingStep(sumOfSteps(steps), run.rounding, run.digits);
    return withDates(draft, rounding === null ? steps : [...steps, rounding]);
  };
  const flatFee = (): DraftStep[] => {
    const fee = flatFeeSteps(item.price);
    if (shares === null) return rounded(fee);
    const share: Ratio = { numerator: shares.fixed, denominator: shares.of };
    return rounded([...fee, ...prorationSteps(sumOfSteps(fee), share)]);
  };
  if (credited !== undefined) return rounded(creditSteps(credited, run.digits)).map(negated);
  if (kind === "flat_fee") return flatFee();
  const whole = rounded(chargeSteps(item.price, used, shares));
  if (kind !== "usage") return whole;
  // A usage price is one charge in two lines: this one is the rounded whole without the other.
  const fee = sumOfSteps(flatFee());
  const total = sumOfSteps(whole);
  const other: DraftStep = {
    kind: "flat_fee_line",
    operands: { whole_minor: minorText(total, run.digits), flat_fee_minor: minorText(fee, run.digits) },
    value: subtractRatios(ZERO_RATIO, fee),
  };
  return fee.numerator === 0n ? whole : [...whole, other];
}

/** What was charged, and the part of it that was used. */
function creditSteps({ amount, share }: Credited, digits: number): DraftStep[] {
  const charged = { numerator: amount, denominator: powerOfTen(digits) };
  return [
    { kind: "charged", operands: { charged: ratioText(charged) }, value: charged },
    ...prorationSteps(charged, share),
  ];
}

type Credited = NonNullable<DraftLine["credited"]>;

function negated(step: DraftStep): DraftStep {
  return { ...step, value: subtractRatios(ZERO_RATIO, step.value) };
}

function minorText({ numerator, denominator }: Ratio, digits: number): string {
  return ((numerator * powerOfTen(digits)) / denominator).toString();
}

/** Says of proration which dates were counted. */
function withDates({ period }: DraftLine, steps: DraftStep[]): DraftStep[] {
  const dates = {
    service_start: formatInstant(period.startMs),
    service_end: period.endMs === null ? null : formatInstant(period.endMs),
    full_start: formatInstant(period.fullStartMs),
    full_end: period.fullEndMs === null ? null : formatInstant(period.fullEndMs),
  };
  return steps.map((step) =>
    step.kind === "proration" ? { ...step, operands: { ...step.operands, ...dates } } : step,
  );
}
