import { any, type GenericSchema, lazy, nullish, picklist, pipe, rawTransform, string } from "valibot";
import type { BillingIssueCode } from "../error.ts";
import { formatInstant, parseInstant } from "../time/instant.ts";
import { zoneNamed } from "../time/zone.ts";

/** A valibot schema of one part of the document; its message is `CODE|RULE|allowed`. */
export type Field = GenericSchema<unknown, unknown> & {
  readonly message?: unknown;
  /** The fields of an object. */
  readonly entries?: { readonly [name: string]: unknown };
};

/** What a field's reader answers instead of a value. */
export interface Refusal {
  readonly refused: BillingIssueCode;
}

/** The message of a field: the code of its issue, the rule that it breaks, what is allowed. */
export function coded(code: BillingIssueCode, rule: string | null, allowed: string): string {
  return `${code}|${rule ?? ""}|${allowed}`;
}

/** A single value, read by a function that normalises or refuses it. */
export function single(
  rule: string | null,
  allowed: string,
  read: (value: unknown) => string | number | boolean | Refusal,
): Field {
  const field = pipe(
    any(),
    rawTransform<unknown, unknown>(({ dataset, addIssue, NEVER }) => {
      const result = read(dataset.value);
      if (typeof result !== "object") return result;
      addIssue({ message: coded(result.refused, rule, allowed) });
      return NEVER;
    }),
  );
  return Object.assign(field, { message: coded("INVALID_TYPE", rule, allowed) });
}

/** One of the given words; `shapes` are what else messages list as allowed. */
export function choice(rule: string | null, words: readonly string[], ...shapes: readonly string[]): Field {
  return picklist(words, coded("UNKNOWN_VALUE", rule, [...words, ...shapes].join(", ")));
}

/** A whole JSON number from `least` to `most`. */
export function integer(rule: string | null, least: number, most: number = Number.MAX_SAFE_INTEGER): Field {
  const allowed =
    most === Number.MAX_SAFE_INTEGER
      ? `an integer of at least ${least}`
      : `an integer from ${least} to ${most}`;
  return single(rule, allowed, (value) => {
    if (typeof value !== "number") return { refused: "INVALID_TYPE" };
    if (!Number.isSafeInteger(value))
      return { refused: Number.isInteger(value) ? "OUT_OF_RANGE" : "INVALID_TYPE" };
    return value < least || value > most ? { refused: "OUT_OF_RANGE" } : value;
  });
}

/** An ISO 8601 instant, printed in UTC. */
export const instant: Field = single(
  null,
  "an ISO 8601 instant with an offset that exists, like 2026-01-31T09:30:00Z",
  (value) => {
    if (typeof value !== "string") return { refused: "INVALID_TYPE" };
    const epochMs = epochMsOf(value);
    return epochMs === undefined ? { refused: "INVALID_INSTANT" } : formatInstant(epochMs);
  },
);

const LONGEST_INSTANT = 64;

/** The instant that a value of a document holds, undefined where it holds none. */
export function epochMsOf(value: unknown): number | undefined {
  if (typeof value !== "string" || value.length > LONGEST_INSTANT) return undefined;
  const epochMs = parseInstant(value);
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
export const text: Field = string(coded("INVALID_TYPE", null, "a string"));

/** A text with something in it, as names in keys must be. */
export const identifier: Field = single(null, "a string that is not empty", (value) => {
  if (typeof value !== "string") return { refused: "INVALID_TYPE" };
  return value === "" ? { refused: "OUT_OF_RANGE" } : value;
});

/** A field that may be absent or null. */
export function optional(field: Field): Field {
  return nullish(field);
}

/** The field that a value's own shape chooses. */
export function chosen(message: string, choose: (value: unknown) => Field): Field {
  return Object.assign(lazy(choose), { message });
}

/** What refuses every value, for those that have the wrong shape. */
export function nothing(message: string): Field {
  return picklist([], message);
}
