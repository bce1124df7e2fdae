import Table from "cli-table3";
import { style } from "./terminal.ts";

/** A column of a table: numbers stand on the right. */
export interface Column {
  readonly head: string;
  readonly align?: "left" | "right";
}

const LINE = "─";
const BORDERS =
  "top top-mid top-left top-right bottom bottom-mid bottom-left bottom-right left left-mid right right-mid";
const LAYOUT = {
  chars: {
    ...Object.fromEntries(BORDERS.split(" ").map((part) => [part, ""])),
    mid: LINE,
    "mid-mid": "  ",
    middle: "  ",
  },
  style: { head: [], border: [], compact: true, "padding-left": 0, "padding-right": 0 },
};

/** Aligned columns, two spaces apart, under their heads; empty ones are left out, and a total is ruled off. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  total: readonly string[] = [],
): string {
  const kept = columns.flatMap((_, index) => ([...rows, total].some((row) => row[index]) ? [index] : []));
  const keep = (row: readonly string[]): string[] => kept.map((index) => row[index] ?? "");
  return printed(
    new Table({
      ...LAYOUT,
      head: keep(columns.map(({ head }) => style.bold(head))),
      colAligns: kept.map((index) => columns[index]?.align ?? "left"),
    }),
    [...rows, ...(total.length > 0 ? [ruleAbove(total, columns, rows), total] : [])].map(keep),
  );
}

/** Lines of a label and what it labels. */
export function facts(rows: readonly (readonly [label: string, text: string])[]): string {
  return printed(
    new Table(LAYOUT),
    rows.map(([label, text]) => [style.dim(label), text]),
  );
}

function ruleAbove(
  total: readonly string[],
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): string[] {
  return columns.map(({ align }, index) => {
    if (align !== "right" || !total[index]) return "";
    return LINE.repeat(Math.max(...[...rows, total].map((row) => row[index]?.length ?? 0)));
  });
}

function printed(table: Table.Table, rows: readonly (readonly string[])[]): string {
  table.push(...rows.map((row) => [...row]));
  return table.toString().replaceAll(/ +$/gm, "");
}
