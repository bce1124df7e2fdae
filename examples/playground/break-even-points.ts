import {
  type BreakEvenInterval,
  breakEven,
  type ExactAmount,
  isBillingError,
  type Price,
} from "pure-billing";
import type { QuantityRange } from "./quantities.ts";

/** A quantity at which another of two prices becomes the cheaper one. */
export interface BreakEvenPoint {
  readonly x: number;
  /** The quantity as a decimal, or rounded where it has no end. */
  readonly label: string;
}

/** Where two prices break even within a range; none where the library can't compare them. */
export function breakEvenPoints(price: Price, other: Price, { min, max }: QuantityRange): BreakEvenPoint[] {
  try {
    const { intervals } = breakEven(price, other, { range: { from: String(min), to: String(max) } });
    return pointsOf(intervals, min, max);
  } catch (error) {
    if (isBillingError(error)) return [];
    throw error;
  }
}

/** Where intervals meet, between the ends of a range. */
function pointsOf(intervals: readonly BreakEvenInterval[], min: number, max: number): BreakEvenPoint[] {
  const points = new Map<string, BreakEvenPoint>();
  for (const { from } of intervals) {
    const x = positionOf(from);
    const label = quantityLabel(from);
    if (x > min && x < max) points.set(label, { x, label });
  }
  return [...points.values()];
}

/** A quantity as people read it: the decimal, or about where it has no end. */
export function quantityLabel(quantity: ExactAmount): string {
  return quantity.exact ?? `≈ ${positionOf(quantity).toFixed(2)}`;
}

function positionOf({ exact, exact_ratio: { numerator, denominator } }: ExactAmount): number {
  return exact === null ? Number(numerator) / Number(denominator) : Number(exact);
}
