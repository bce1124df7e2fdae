import { safeParse } from "valibot";
import { BillingError, type BillingIssue, issue } from "../error.ts";
import { inDocumentOrder } from "./document-order.ts";
import type { Field } from "./field.ts";
import { issueOfField } from "./issue-of-field.ts";
import { ownJson, withoutLeftOut } from "./own-json.ts";
import type { Place } from "./place.ts";
import { isObject, type JsonObject } from "./read.ts";

/** A JSON object that is still being put together. */
export interface MutableJson {
  [name: string]: unknown;
}

/** What a part of the document must hold: its fields, then what they say together. */
export interface Gate {
  /** What the input is, as its error calls it. */
  readonly name: string;
  readonly field: (input: JsonObject) => Field;
  readonly check: (input: JsonObject, place: Place) => void;
}

/**
 * Copies an input, validates and normalises the copy; whatever is wrong with it is thrown as one error.
 *
 * @rule S4 (documents)
 */
export function pass(input: unknown, gate: Gate): MutableJson {
  const leftOut: BillingIssue[] = [];
  const own = typeof input === "string" ? null : ownJson(input, leftOut);
  if (!isObject(own)) throw new BillingError([notAnObject(input, gate.name), ...leftOut.filter(isBelowRoot)]);
  const issues: BillingIssue[] = [];
  // Rules come first: they report what was found, before it is normalised.
  gate.check(own, { path: [], issues });
  const { issues: problems } = safeParse(gate.field(own), own);
  if (problems !== undefined) issues.unshift(...problems.map(issueOfField));
  if (issues.length === 0 && leftOut.length === 0) return own;
  throw new BillingError(inDocumentOrder([...leftOut, ...withoutLeftOut(issues, leftOut)], own));
}

/** Freezes our copy, whatever is in it. */
export function deepFreeze(value: object): void {
  for (const name in value) {
    const entry = (value as JsonObject)[name];
    if (typeof entry === "object" && entry !== null) deepFreeze(entry);
  }
  Object.freeze(value);
}

function isBelowRoot({ path }: BillingIssue): boolean {
  return path.length > 0;
}

function notAnObject(input: unknown, name: string): BillingIssue {
  const allowed = typeof input === "string" ? "an object: JSON text needs JSON.parse first" : "a JSON object";
  return issue("INVALID_TYPE", "T1", [], `${name} is not an object`, input, allowed);
}
