import { type Fraction, fraction, over, rounded, times } from "./fraction.ts";

/** A discount of one billing period: a percentage, or what is left of a flat amount, in minor units. */
export type NaiveBudget = { readonly percent: Fraction } | { left: bigint };

export interface Discountable {
  readonly made: number | null;
  readonly subtotal: bigint;
  discount: bigint;
}

/** C3 to C5: over the lines of each instant together, in the order of the instants. */
export function discounted(
  lines: readonly Discountable[],
  budgets: readonly NaiveBudget[],
  rounding: string,
  digits: number,
): void {
  const instants = [...new Set(lines.map(({ made }) => made ?? Number.POSITIVE_INFINITY))].sort(
    (a, b) => a - b,
  );
  for (const instant of instants) {
    const together = lines.filter(({ made }) => (made ?? Number.POSITIVE_INFINITY) === instant);
    for (const budget of budgets) spend(together, budget, rounding, digits);
  }
}

function leftOf({ subtotal, discount }: Discountable): bigint {
  const left = subtotal - discount;
  return left > 0n ? left : 0n;
}

function spend(lines: readonly Discountable[], budget: NaiveBudget, rounding: string, digits: number): void {
  const base = lines.reduce((sum, line) => sum + leftOf(line), 0n);
  if (base === 0n) return;
  let taken: bigint;
  if ("percent" in budget) {
    const amount = { n: base, d: 10n ** BigInt(digits) };
    const exact = over(times(amount, budget.percent), fraction(100));
    taken = BigInt(rounded(exact, digits, rounding).replace(".", ""));
  } else {
    taken = budget.left < base ? budget.left : base;
    budget.left -= taken;
  }
  spread(lines, taken, base);
}

/** Largest remainder; the first line first where remainders are equal. */
function spread(lines: readonly Discountable[], taken: bigint, base: bigint): void {
  const parts = lines.map((line) => ({
    line,
    floor: (taken * leftOf(line)) / base,
    remainder: (taken * leftOf(line)) % base,
  }));
  const missing = taken - parts.reduce((sum, { floor }) => sum + floor, 0n);
  const byRemainder = [...parts].sort((a, b) =>
    a.remainder === b.remainder ? 0 : a.remainder > b.remainder ? -1 : 1,
  );
  const favoured = new Set(byRemainder.slice(0, Number(missing)));
  for (const part of parts) part.line.discount += part.floor + (favoured.has(part) ? 1n : 0n);
}
