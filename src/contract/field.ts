import type { BaseIssue, GenericSchema } from "valibot";
import type { BillingIssueCode } from "../error.ts";
import { formatInstant, parseInstant } from "../time/instant.ts";
import { zoneNamed } from "../time/zone.ts";

/**
 * A valibot schema of one part of the document, whose message is `CODE|RULE|allowed`.
 *
 * The fields keep to valibot's protocol but run by themselves: a tenth of the code, for the entry without money, and
 * half the time.
 */
export type Field = GenericSchema<unknown, unknown> & {
  readonly message?: unknown;
  /** The fields of an object. */
  readonly entries?: { readonly [name: string]: unknown };
};

export type Run = Field["~run"];
type Outcome = ReturnType<Run>;

/** What a field's reader answers instead of a value. */
export interface Refusal {
  readonly refused: BillingIssueCode;
}

/** The message of a field: the code of its issue, the rule that it breaks, what is allowed. */
export function coded(code: BillingIssueCode, rule: string | null, allowed: string): string {
  return `${code}|${rule ?? ""}|${allowed}`;
}

/** A valibot schema of this type; `more` is what valibot keeps with it. */
export function field(type: string, run: Run, more: object = {}): Field {
  const validate = (value: unknown): Outcome => run({ value }, {});
  const standard = { version: 1, vendor: "valibot", validate };
  const schema = {
    kind: "schema",
    type,
    reference: field,
    expects: type,
    async: false,
    "~standard": standard,
  };
  return { ...schema, "~run": run, ...more } as unknown as Field;
}

/** The outcome of a field that takes the value. */
export function taken(value: unknown): Outcome {
  return { typed: true, value };
}

/** The outcome of a field that refuses the value. */
export function refused(value: unknown, message: string): Outcome {
  const problem = { kind: "schema", type: "any", input: value, expected: null, received: "", message };
  return { typed: false, value, issues: [problem as BaseIssue<unknown>] };
}

/** A single value, read by a function that normalises or refuses it. */
export function single(
  rule: string | null,
  allowed: string,
  read: (value: unknown) => string | number | boolean | Refusal,
): Field {
  return field("any", ({ value }) => {
    const result = read(value);
    return typeof result === "object" ? refused(value, coded(result.refused, rule, allowed)) : taken(result);
  });
}

/** One of the given words; `shapes` are what else messages list as allowed. */
export function choice(rule: string | null, words: readonly string[], ...shapes: readonly string[]): Field {
  const allowed = [...words, ...shapes].join(", ");
  const run: Run = ({ value }) => {
    if (words.includes(value as string)) return taken(value);
    return refused(value, coded(typeof value === "string" ? "UNKNOWN_VALUE" : "INVALID_TYPE", rule, allowed));
  };
  return field("picklist", run, { options: words });
}

/** A field that may be absent or null. */
export function optional(wrapped: Field): Field {
  const run: Run = (dataset, config) =>
    dataset.value === null || dataset.value === undefined
      ? taken(dataset.value)
      : wrapped["~run"](dataset, config);
  return field("nullish", run, { wrapped });
}

/** The field that a value's own shape chooses. */
export function chosen(choose: (value: unknown) => Field): Field {
  return field("lazy", (dataset, config) => choose(dataset.value)["~run"](dataset, config), {
    getter: choose,
  });
}

/** Refuses every value, for those that have the wrong shape. */
export function nothing(message: string): Field {
  return field("never", ({ value }) => refused(value, message));
}

/** A whole JSON number from `least` to `most`. */
export function integer(rule: string | null, least: number, most: number = Number.MAX_SAFE_INTEGER): Field {
  const end = most === Number.MAX_SAFE_INTEGER ? "" : ` to ${most}`;
  return single(rule, `an integer from ${least}${end}`, (value) => {
    if (!Number.isInteger(value)) return { refused: "INVALID_TYPE" };
    const count = value as number;
    return count < least || count > most ? { refused: "OUT_OF_RANGE" } : count;
  });
}

/** An ISO 8601 instant, printed in UTC. */
export const instant: Field = single(
  null,
  "an ISO 8601 instant that exists, with an offset, like 2026-01-31T09:30:00Z",
  (value) => {
    if (typeof value !== "string") return { refused: "INVALID_TYPE" };
    const epochMs = epochMsOf(value);
    return epochMs === undefined ? { refused: "INVALID_INSTANT" } : formatInstant(epochMs);
  },
);

/** The instant that a value of a document holds, undefined where it holds none. */
export function epochMsOf(value: unknown): number | undefined {
  const epochMs = typeof value === "string" ? parseInstant(value) : Number.NaN;
  return Number.isNaN(epochMs) ? undefined : epochMs;
}

const LONGEST_ZONE = 100;

/** The IANA name of a time zone that the platform knows (T3). */
export const timeZone: Field = single("T3", "an IANA time zone, like Europe/Berlin", (value) => {
  if (typeof value !== "string") return { refused: "INVALID_TYPE" };
  const known = value.length <= LONGEST_ZONE && zoneNamed(value) !== undefined;
  return known ? value : { refused: "UNKNOWN_VALUE" };
});

/** True or false. */
export const flag: Field = single(null, "true or false", (value) =>
  typeof value === "boolean" ? value : { refused: "INVALID_TYPE" },
);

/** Any text. */
export const text: Field = single(null, "a string", (value) =>
  typeof value === "string" ? value : { refused: "INVALID_TYPE" },
);

/** A text with something in it, as names in keys must be. */
export const identifier: Field = single(null, "a string that is not empty", (value) => {
  if (typeof value !== "string") return { refused: "INVALID_TYPE" };
  return value === "" ? { refused: "OUT_OF_RANGE" } : value;
});
