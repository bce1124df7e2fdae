import type { ChargeLine, Configuration, Contract, Invoice } from "../index.ts";
import { amountSum } from "./amount-sum.ts";
import { chargeOfLine } from "./line-charge.ts";
import { type LineMark, lineMarks, markMeaning, markText } from "./line-marks.ts";
import type { LocalClock } from "./local-time.ts";
import { printedName } from "./plain-text.ts";
import { type Column, facts, table } from "./table.ts";
import { style } from "./terminal.ts";

const COLUMNS: readonly Column[] = [
  { head: "invoice" },
  { head: "due" },
  { head: "units", align: "right" },
  { head: "subtotal", align: "right" },
  { head: "discount", align: "right" },
  { head: "tax", align: "right" },
  { head: "total", align: "right" },
  { head: "running total", align: "right" },
  { head: "note" },
];

/** Invoices with their lines under them, what has been invoiced up to each, the sums, and what marks mean. */
export function invoiceTable(
  contract: Contract,
  invoices: readonly Invoice[],
  digits: number,
  clock: LocalClock,
): string {
  const marks = new Set<LineMark>();
  const rows: string[][] = [];
  let running: string[] = [];
  for (const invoice of invoices) {
    running = [amountSum([...running, invoice.total_including_tax], digits)];
    const { date, due_date, lines } = invoice;
    const count = lines.length === 1 ? "1 line" : `${lines.length} lines`;
    rows.push([style.bold(clock.show(date)), clock.show(due_date), count, ...amountsOf(invoice), ...running]);
    rows.push(...lines.map((line) => lineRow(contract, line, clock, marks)));
  }
  const sum = (amounts: readonly (string | null)[]): string =>
    amountSum(
      amounts.filter((amount) => amount !== null),
      digits,
    );
  const hasTax = invoices.some(({ tax_amount }) => tax_amount !== null);
  const total = [
    "total",
    "",
    "",
    sum(invoices.map(({ subtotal }) => subtotal)),
    sum(invoices.map(({ discount_amount }) => discount_amount)),
    hasTax ? sum(invoices.map(({ tax_amount }) => tax_amount)) : "",
    sum(invoices.map(({ total_including_tax }) => total_including_tax)),
  ];
  const configuration = contract.contract_summary.configuration ?? {};
  return [table(COLUMNS, rows, total), meaningsOf(marks, configuration)]
    .filter((part) => part !== "")
    .join("\n");
}

function amountsOf({
  subtotal,
  discount_amount,
  tax_amount,
  total_including_tax,
}: Invoice | ChargeLine): string[] {
  return [subtotal, discount_amount, tax_amount ?? "", total_including_tax];
}

function lineRow(contract: Contract, line: ChargeLine, clock: LocalClock, marks: Set<LineMark>): string[] {
  const charge = chargeOfLine(contract, line);
  const peculiar = lineMarks(charge, line);
  for (const mark of peculiar) marks.add(mark);
  const kind = line.kind === "fixed" ? "" : `, ${line.kind.replace("_", " ")}`;
  return [
    `  ${printedName(line.name, 30)}${kind}`,
    stretchOf(line, clock),
    line.unit_count ?? "",
    ...amountsOf(line),
    "",
    peculiar.map((mark) => markText(mark, charge)).join(", "),
  ];
}

/** What a line is for: local dates, times where they are of one day, or when it was demanded. */
function stretchOf({ kind, made_at, period }: ChargeLine, clock: LocalClock): string {
  if (kind === "on_demand" && made_at !== null) return `  on ${clock.show(made_at)}`;
  const start = clock.show(period.start);
  const end = period.end === null ? null : clock.show(period.end);
  if (end === null) return `  from ${dateOf(start)}`;
  return dateOf(start) === dateOf(end)
    ? `  ${start} to ${end.slice(11)}`
    : `  ${dateOf(start)} to ${dateOf(end)}`;
}

function dateOf(localTime: string): string {
  return localTime.slice(0, 10);
}

function meaningsOf(marks: ReadonlySet<LineMark>, configuration: Configuration): string {
  return facts([...marks].map((mark) => [mark, markMeaning(mark, configuration)]));
}
