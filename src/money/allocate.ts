import { type BillingIssue, collect, issue, refuse } from "../error.ts";
import { formatMinor } from "./amounts.ts";
import { decimalPlaces, toScaledBigint } from "./integer.ts";
import type { Minor } from "./minor.ts";
import { type Amount, readAmount, readAmounts, readCurrency, tooFine } from "./read-amount.ts";

/**
 * Splits minor units in proportion to weights by largest remainder: each part is rounded toward zero, and what is left
 * goes one by one to the largest remainders, of equal ones to the first. A negative total mirrors the positive one.
 *
 * Weights are not negative; where the total isn't zero, neither is their sum. Where weights are minor units too and
 * sum to the total or more, no part exceeds its weight.
 *
 * @rule C4 (largest remainder)
 */
export function allocateMinor(total: Minor, weights: readonly Minor[]): Minor[] {
  return allocatePlain(total, weights) ?? allocateExact(BigInt(total), weights.map(BigInt));
}

/** On plain numbers; null where a product would not be safe. */
function allocatePlain(total: Minor, weights: readonly Minor[]): number[] | null {
  if (typeof total !== "number" || total < 0) return null;
  const parts: number[] = [];
  if (total === 0) {
    for (let index = 0; index < weights.length; index++) parts.push(0);
    return parts;
  }
  let sum = 0;
  for (const weight of weights) {
    if (typeof weight !== "number") return null;
    sum += weight;
  }
  // No product is above this one.
  if (sum === 0 || !(total * sum <= Number.MAX_SAFE_INTEGER)) return null;
  const remainders: number[] = [];
  const byRemainder: number[] = [];
  let left = total;
  for (const weight of weights as readonly number[]) {
    byRemainder.push(parts.length);
    const product = total * weight;
    const part = Math.floor(product / sum);
    parts.push(part);
    remainders.push(product - part * sum);
    left -= part;
  }
  if (left === 0) return parts;
  byRemainder.sort((a, b) => (remainders[b] as number) - (remainders[a] as number));
  // The indexes are those of the parts.
  for (let place = 0; place < left; place++) parts[byRemainder[place] as number]! += 1;
  return parts;
}

function allocateExact(total: bigint, weights: readonly bigint[]): bigint[] {
  if (total === 0n) return weights.map(() => 0n);
  if (total < 0n) return allocateExact(-total, weights).map((part) => -part);
  let sum = 0n;
  for (const weight of weights) sum += weight;
  const remainders: { readonly index: number; readonly remainder: bigint }[] = [];
  const parts: bigint[] = [];
  let left = total;
  for (const [index, weight] of weights.entries()) {
    const product = total * weight;
    const part = product / sum;
    parts.push(part);
    remainders.push({ index, remainder: product - part * sum });
    left -= part;
  }
  if (left === 0n) return parts;
  remainders.sort((a, b) => (a.remainder === b.remainder ? 0 : a.remainder > b.remainder ? -1 : 1));
  for (const { index } of remainders.slice(0, Number(left))) {
    // The index comes from the parts' own loop.
    parts[index] = (parts[index] as bigint) + 1n;
  }
  return parts;
}

/**
 * Splits an amount in proportion to weights, to the minor unit, so that the parts sum exactly to it.
 *
 * @param total a decimal string, or whole major units, no finer than the currency's minor unit; may be negative.
 * @param weights decimals that are not negative; only their proportions count. Of equal remainders the first is served.
 * @param currency a lower-case ISO 4217 code.
 * @returns one amount for each weight, in their order, with exactly the currency's digits.
 * @throws INVALID_DECIMAL when a number isn't a decimal of at most 12 places, or the total is finer than the currency.
 * @throws OUT_OF_RANGE when a weight is negative, a number isn't below 10^26, or all weights are zero but not the total.
 * @throws UNKNOWN_VALUE when the currency is not known, INVALID_TYPE when the weights aren't an array.
 * @example
 * import { allocate } from "pure-billing";
 *
 * allocate("10.00", ["1", "1", "1"], "usd"); //=> ["3.34", "3.33", "3.33"]
 * allocate("5", ["10.00", "5.00"], "usd"); //=> ["3.33", "1.67"]
 */
export function allocate(total: Amount, weights: readonly Amount[], currency: string): string[] {
  const issues: BillingIssue[] = [];
  const digits = collect(issues, readCurrency(currency), 0);
  const totalText = collect(issues, readAmount(total, ["total"]), "0");
  const weightTexts = readAmounts(issues, weights, "weights");
  for (const [index, text] of weightTexts.entries()) {
    if (!text.startsWith("-")) continue;
    issues.push(issue("OUT_OF_RANGE", "C4", ["weights", index], "a negative weight", text, "0 or more"));
  }
  refuse(issues);
  const problem = tooFine(totalText, digits, currency, ["total"]);
  if (problem !== null) issues.push(problem);
  if (totalText !== "0" && weightTexts.every((text) => text === "0")) {
    const allowed = "at least one weight above 0, or a total of 0";
    issues.push(issue("OUT_OF_RANGE", "C4", ["weights"], "nothing to allocate by", weights, allowed));
  }
  refuse(issues);
  const scale = weightTexts.reduce((most, text) => Math.max(most, decimalPlaces(text)), 0);
  const scaledWeights = weightTexts.map((text) => toScaledBigint(text, scale));
  return allocateMinor(toScaledBigint(totalText, digits), scaledWeights).map((part) =>
    formatMinor(part, digits),
  );
}
