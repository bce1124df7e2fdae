import { type BillingError, isBillingError } from "../../src/index.ts";

/** The sums of invoices and costs. */
export const AMOUNTS = [
  "subtotal",
  "discount_amount",
  "total_excluding_tax",
  "tax_amount",
  "total_including_tax",
] as const;

/** The sum of printed amounts, however large, in the currency's minor unit. */
export function sumOf(amounts: readonly (string | null)[]): bigint {
  return amounts.reduce((sum, amount) => sum + BigInt(amount?.replace(".", "") ?? 0), 0n);
}

/** A result, or null where the usage is not enough for it. */
export function unlessEventsAreNeeded<Result>(compute: () => Result): Result | null {
  try {
    return compute();
  } catch (error) {
    const needed =
      isBillingError(error) && (error as BillingError).issues.every(({ code }) => code === "NEEDS_EVENTS");
    if (needed) return null;
    throw error;
  }
}
