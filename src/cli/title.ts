import { printedName } from "./plain-text.ts";
import { style } from "./terminal.ts";

const LONGEST_ID = 60;

/** Whose contract it is and for what, as far as the document says so; empty where it doesn't. */
export function titleOf(summary: object, plan: object = {}): string {
  const { customer, id, plan: planName } = summary as { readonly [name: string]: unknown };
  const { name } = plan as { readonly [name: string]: unknown };
  const names = [customer, name ?? planName].filter(isName).map((each) => printedName(each));
  return [
    ...(names.length > 0 ? [style.bold(names.join(" — "))] : []),
    ...(isName(id) ? [style.dim(printedName(id, LONGEST_ID))] : []),
  ].join("  ");
}

function isName(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}
