import Table from "cli-table3";
import { style } from "./terminal.ts";

/** A column of a table: numbers stand on the right. */
export interface Column {
  readonly head: string;
  readonly align?: "left" | "right";
}

const NO_LINES = Object.fromEntries(
  "top top-mid top-left top-right bottom bottom-mid bottom-left bottom-right left left-mid mid mid-mid right right-mid"
    .split(" ")
    .map((part) => [part, ""]),
);

/** Aligned columns without lines, two spaces apart, under their heads. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const printed = new Table({
    chars: { ...NO_LINES, middle: "  " },
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
    colAligns: columns.map(({ align }) => align ?? "left"),
  });
  printed.push(
    columns.map(({ head }) => style.bold(head)),
    ...rows.map((row) => [...row]),
  );
  return printed.toString().replaceAll(/ +$/gm, "");
}

/** Lines of a label and what it labels. */
export function facts(rows: readonly (readonly [label: string, text: string])[], indent = ""): string[] {
  const width = Math.max(...rows.map(([label]) => label.length));
  return rows.map(([label, text]) => `${indent}${style.dim(label.padEnd(width))}  ${text}`);
}
