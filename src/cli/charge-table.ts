import type { Configuration } from "../index.ts";
import { amountSum } from "./amount-sum.ts";
import type { CurrentCharge } from "./current-charges.ts";
import { triggerText } from "./cycle-text.ts";
import { placeLine } from "./failure.ts";
import { lineMarks, markMeaning, markText } from "./line-marks.ts";
import { printedName } from "./plain-text.ts";
import { type Column, facts, table } from "./table.ts";

const COLUMNS: readonly Column[] = [
  { head: "Current period, so far" },
  { head: "charged" },
  { head: "units", align: "right" },
  { head: "unit" },
  { head: "subtotal", align: "right" },
  { head: "discount", align: "right" },
  { head: "total", align: "right" },
  { head: "note" },
];

const NOTHING = "-";

/** The table of what each price is charged in its current period, the sum of the lines shown, and what marks mean. */
export function chargeTable(
  charges: readonly CurrentCharge[],
  digits: number,
  configuration: Configuration,
): string {
  const lines = charges.flatMap((charge) => charge.lines);
  const sum = (amounts: readonly string[]): string => amountSum(amounts, digits);
  const total = [
    "total",
    "",
    "",
    "",
    sum(lines.map(({ subtotal }) => subtotal)),
    sum(lines.map(({ discount_amount }) => discount_amount)),
    sum(lines.map(({ total_excluding_tax }) => total_excluding_tax)),
    "",
  ];
  return [table(COLUMNS, charges.flatMap(rowsOf), total), footnotes(charges, configuration)]
    .filter((part) => part !== "")
    .join("\n");
}

function rowsOf(charge: CurrentCharge): string[][] {
  const { item, lines } = charge;
  const details = item.price.strategy_details;
  const name = printedName(item.name);
  const trigger = triggerText(item.charge_trigger);
  const strategy = details.pricing_strategy.replace("_", " ");
  const unit = "unit_name" in details ? printedName(details.unit_name ?? "") : "";
  if (lines.length === 0) {
    const why = charge.issues.length > 0 ? "no estimate" : "not charged now";
    return [[name, `${trigger}, ${strategy}`, "", "", NOTHING, NOTHING, NOTHING, why]];
  }
  return lines.map((line) => [
    name,
    `${trigger}, ${line.kind === "flat_fee" ? "flat fee" : strategy}`,
    line.unit_count ?? "",
    line.unit_count === null ? "" : unit,
    line.subtotal,
    line.discount_amount,
    line.total_excluding_tax,
    lineMarks(charge, line)
      .map((mark) => markText(mark, charge))
      .join(", "),
  ]);
}

function footnotes(charges: readonly CurrentCharge[], configuration: Configuration): string {
  const marks = new Set(charges.flatMap((charge) => charge.lines.flatMap((line) => lineMarks(charge, line))));
  const meanings = [...marks].map((mark) => [mark, markMeaning(mark, configuration)] as const);
  const problems = charges.flatMap(({ issues }) =>
    issues.map((issue) => ["no estimate", placeLine(issue.path, issue.message)] as const),
  );
  return facts([...meanings, ...problems]);
}
