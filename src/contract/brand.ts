import { fail, issue } from "../error.ts";

/** What came through the gate. A contract may stand wherever a schedule is asked for. */
export type ParsedKind = "contract" | "schedule" | "price";

const PARSED: unique symbol = Symbol.for("pure-billing/parsed") as never;

/** What a parsed value carries with it, hidden. */
interface Mark {
  readonly kind: ParsedKind;
  /** The value itself: another can have it for its prototype. */
  readonly of: object;
  /** The copy of this library that made it, which alone knows what the following is. */
  readonly by: object;
  compiled: unknown;
}

const THIS_COPY = Object.freeze({});

/** Marks a value of ours as parsed; one that isn't marked already must not be frozen. */
export function brand<Value extends object>(value: Value, kind: ParsedKind): Value {
  if (markOf(value) !== undefined) return value;
  const mark: Mark = { kind, of: value, by: THIS_COPY, compiled: undefined };
  return Object.defineProperty(value, PARSED, { value: mark });
}

/** The mark of the value itself, not of its prototype. */
function markOf(value: object): Mark | undefined {
  const mark = (value as { readonly [PARSED]?: Mark })[PARSED];
  return mark?.of === value ? mark : undefined;
}

/** What was compiled of values that this copy didn't mark. */
const compiledElsewhere = new WeakMap<object, unknown>();

/**
 * What is compiled of a value on first use; always by the same function for values of one kind.
 *
 * It is kept in the mark: a WeakMap with an entry for every price of a portfolio costs more than all its charges.
 */
export function compiledOnce<Value extends object, Compiled extends object>(
  value: Value,
  compile: (value: Value) => Compiled,
): Compiled {
  const mark = markOf(value);
  if (mark !== undefined && mark.by === THIS_COPY) {
    mark.compiled ??= compile(value);
    return mark.compiled as Compiled;
  }
  const compiled = compiledElsewhere.get(value) ?? compile(value);
  compiledElsewhere.set(value, compiled);
  return compiled as Compiled;
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
    return (value as { readonly [PARSED]?: Mark })[PARSED]?.kind;
  } catch {
    return undefined;
  }
}
