import { stringify } from "csv-stringify/sync";
import type { SweepCost } from "../index.ts";
import { printedName } from "./plain-text.ts";
import { type Column, table } from "./table.ts";
import { headingOf, type Variation, valueAt } from "./variation.ts";

const AMOUNTS = [
  "subtotal",
  "discount_amount",
  "total_excluding_tax",
  "tax_amount",
  "total_including_tax",
] as const;
const HEADS = {
  subtotal: "subtotal",
  discount_amount: "discount",
  tax_amount: "tax",
  total_including_tax: "total",
};

/** The points of a sweep as people read them. */
export function sweepTable(points: readonly SweepCost[], variations: readonly Variation[]): string {
  const columns = [
    ...variations.map((variation): Column => ({ head: printedName(headingOf(variation)), align: "right" })),
    ...Object.values(HEADS).map((head): Column => ({ head, align: "right" })),
    { head: "currency" },
  ];
  return table(
    columns,
    points.map((point) => [
      ...variations.map((variation) => printedName(valueAt(point.point, variation))),
      ...(Object.keys(HEADS) as (keyof typeof HEADS)[]).map((name) => point[name] ?? ""),
      point.currency,
    ]),
  );
}

/** The first line of the CSV of a sweep. */
export function csvHead(variations: readonly Variation[]): string {
  return stringify([[...variations.map(headingOf), "currency", ...AMOUNTS]]);
}

/** The line of one point. */
export function csvLine(point: SweepCost, variations: readonly Variation[]): string {
  const values = variations.map((variation) => valueAt(point.point, variation));
  return stringify([[...values, point.currency, ...AMOUNTS.map((name) => point[name])]]);
}
