import type { BreakEven, BreakEvenInterval, ExactAmount } from "../index.ts";
import { printedName } from "./plain-text.ts";
import { table } from "./table.ts";

const COLUMNS = [
  { head: "units from", align: "right" },
  { head: "to", align: "right" },
  { head: "cheaper" },
] as const;

const SHOWN_DECIMALS = 3;

/** What was asked: of which feature, in which contracts, when; `at` null: the prices alone. */
export interface BreakEvenQuestion {
  readonly feature: string;
  readonly names: { readonly a: string; readonly b: string };
  readonly at: string | null;
}

/** The intervals, one a row, under what is compared. */
export function breakEvenTable(answer: BreakEven, { feature, names, at }: BreakEvenQuestion): string {
  const what = at === null ? "the price alone" : `the contracts at ${at}`;
  const title = `${printedName(feature)}: ${names.a} and ${names.b}, ${what}, in ${answer.currency}, not rounded`;
  const cheaper = { ...names, neither: "both the same" };
  const rows = answer.intervals.map((interval) => [
    fromText(interval),
    toText(interval),
    cheaper[interval.cheaper],
  ]);
  return `${title}\n\n${table(COLUMNS, rows)}`;
}

function fromText({ from, from_included: isIncluded }: BreakEvenInterval): string {
  return isIncluded ? unitsText(from) : `above ${unitsText(from)}`;
}

function toText({ to, to_included: isIncluded }: BreakEvenInterval): string {
  if (to === null) return "any";
  return isIncluded ? unitsText(to) : `below ${unitsText(to)}`;
}

/** A quantity, cut where it doesn't terminate: `--json` has all of it. */
function unitsText({ exact, exact_ratio: { numerator, denominator } }: ExactAmount): string {
  if (exact !== null) return exact;
  const scaled = (BigInt(numerator) * 10n ** BigInt(SHOWN_DECIMALS)) / BigInt(denominator);
  const digits = scaled.toString().padStart(SHOWN_DECIMALS + 1, "0");
  return `${digits.slice(0, -SHOWN_DECIMALS)}.${digits.slice(-SHOWN_DECIMALS)}…`;
}
