import {
  _addIssue,
  type BaseIssue,
  type FailureDataset,
  type GenericSchema,
  lazy,
  never,
  nullish,
  picklist,
  type UnknownDataset,
  unknown,
} from "valibot";
import type { BillingIssueCode } from "../error.ts";
import { formatInstant, parseInstant } from "../time/instant.ts";
import { zoneNamed } from "../time/zone.ts";

/** A valibot schema of one part of the document, whose issues' messages are `CODE|RULE|allowed`. */
export type Field = GenericSchema<unknown, unknown> & {
  /** What an object says for this field where it is missing. */
  readonly missing?: string | undefined;
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

/** How a schema reads a value: valibot's protocol. */
type Run = Field["~run"];

/** A schema of our own, which valibot runs among its others. */
export function schemaThat(run: Run): Field {
  return Object.assign(unknown(), { "~run": run });
}

/** What a schema of our own answers where it refuses a value. */
export function refused(
  schema: Field,
  dataset: Parameters<Run>[0],
  config: Parameters<Run>[1],
  message: string,
): FailureDataset<BaseIssue<unknown>> {
  _addIssue(schema, "type", dataset, config, { message });
  // The issue is in it now.
  return dataset as UnknownDataset | FailureDataset<BaseIssue<unknown>> as FailureDataset<BaseIssue<unknown>>;
}

/** A single value, read by a function that normalises or refuses it. */
export function single(
  rule: string | null,
  allowed: string,
  read: (value: unknown) => string | number | boolean | Refusal,
): Field {
  // One step where a pipe takes three: single values are what there is most of.
  const schema = schemaThat((dataset, config) => {
    const result = read(dataset.value);
    return typeof result === "object"
      ? refused(schema, dataset, config, coded(result.refused, rule, allowed))
      : { typed: true, value: result };
  });
  return Object.assign(schema, { missing: coded("MISSING", rule, allowed) });
}

/** One of the given words; `shapes` are what else messages list as allowed. */
export function choice(rule: string | null, words: readonly string[], ...shapes: readonly string[]): Field {
  const allowed = [...words, ...shapes].join(", ");
  const message = ({ input }: BaseIssue<unknown>): string =>
    coded(typeof input === "string" ? "UNKNOWN_VALUE" : "INVALID_TYPE", rule, allowed);
  return Object.assign(picklist(words, message), { missing: coded("MISSING", rule, allowed) });
}

/** A field that may be absent or null. */
export function optional(wrapped: Field): Field {
  return nullish(wrapped);
}

/** The field that a value's own shape chooses; `allowed` is what may be there. */
export function chosen(allowed: string, choose: (value: unknown) => Field): Field {
  return Object.assign(lazy(choose), { missing: coded("MISSING", null, allowed) });
}

/** Refuses every value, for those that have the wrong shape. */
export function nothing(message: string): Field {
  return never(message);
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
// Marked, so that bundles of periods alone leave out what only contracts need.
export const text: Field = /* @__PURE__ */ single(null, "a string", (value) =>
  typeof value === "string" ? value : { refused: "INVALID_TYPE" },
);

/** A text with something in it, as names in keys must be. */
export const identifier: Field = /* @__PURE__ */ single(null, "a string that is not empty", (value) => {
  if (typeof value !== "string") return { refused: "INVALID_TYPE" };
  return value === "" ? { refused: "OUT_OF_RANGE" } : value;
});
