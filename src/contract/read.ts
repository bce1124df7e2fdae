/** A JSON object whose fields are not known yet. */
export interface JsonObject {
  readonly [name: string]: unknown;
}

/** The value if it is an object and no array, else an empty one: for rules that look past wrong types. */
export function objectIn(value: unknown): JsonObject {
  return isObject(value) ? value : NOTHING;
}

/** Tells JSON objects from arrays and everything else. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value if it is an array, else an empty one. */
export function entriesIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : NO_ENTRIES;
}

/** Whether a field is there and says something. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

const NOTHING: JsonObject = Object.freeze(Object.create(null));
const NO_ENTRIES: readonly unknown[] = /* @__PURE__ */ Object.freeze([]);
