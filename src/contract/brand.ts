import { fail, issue } from "../error.ts";

/** What came through the gate. A contract may stand wherever a schedule is asked for. */
export type ParsedKind = "contract" | "schedule" | "price";

const PARSED: unique symbol = Symbol.for("pure-billing/parsed") as never;

/** Marks a value of ours, not yet frozen, as parsed. */
export function brand<Value extends object>(value: Value, kind: ParsedKind): Value {
  return Object.defineProperty(value, PARSED, { value: kind });
}

/**
 * Refuses a value that did not come through the gate.
 *
 * @throws NOT_PARSED when `value` is not a parsed `kind`; `name` is what the caller calls it.
 */
export function assertParsed(value: unknown, kind: ParsedKind, name: string): void {
  const found = brandOf(value);
  if (found === kind || (kind === "schedule" && found === "contract")) return;
  const parser = { contract: "parseContract", schedule: "parseSchedule", price: "parsePrice" }[kind];
  fail(
    issue(
      "NOT_PARSED",
      null,
      [name],
      `${name} did not come through the gate`,
      value,
      `what ${parser} returned`,
    ),
  );
}

function brandOf(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  try {
    return (value as { [PARSED]?: unknown })[PARSED];
  } catch {
    return undefined;
  }
}
