import { type BillingIssue, type BillingIssueCode, type IssuePath, issue } from "../error.ts";

const MOST_ENTRIES = 100_000;
const MOST_VALUES = 2_000_000;
const DEEPEST = 64;
const LONGEST_TEXT = 1_000_000;

const JSON_VALUES = "an object, an array, a string, a finite number, true, false or null";
const LONG = `up to ${LONGEST_TEXT} characters`;
const MANY = `up to ${MOST_ENTRIES} entries, ${MOST_VALUES} in all`;

interface Copying {
  readonly issues: BillingIssue[];
  readonly ancestors: object[];
  values: number;
}

/**
 * Copies plain JSON data, so that nothing of the caller's is kept, changed or frozen.
 * What isn't JSON is left out and reported in `issues`; each property is read once.
 */
export function ownJson(input: unknown, issues: BillingIssue[]): unknown {
  return copy(input, { issues, ancestors: [], values: 0 });
}

function copy(value: unknown, copying: Copying): unknown {
  if (typeof value === "string") {
    return value.length <= LONGEST_TEXT ? value : refuse(copying, "OUT_OF_RANGE", "is too long", value, LONG);
  }
  if (typeof value === "object" && value !== null) return copyObject(value, copying);
  if (typeof value === "number" && Number.isFinite(value)) {
    // JSON has no -0 for its readers, but comparisons of documents tell it from 0.
    return value === 0 ? 0 : value;
  }
  if (value === null || typeof value === "boolean") return value;
  return refuse(copying, "INVALID_TYPE", "is not JSON", value, JSON_VALUES);
}

function copyObject(value: object, copying: Copying): unknown {
  const { ancestors, issues } = copying;
  if (ancestors.length === DEEPEST) {
    return refuse(copying, "INVALID_TYPE", "is nested too deeply", value, `up to ${DEEPEST} levels`);
  }
  if (ancestors.includes(value)) {
    return refuse(copying, "INVALID_TYPE", "contains itself", value, JSON_VALUES);
  }
  ancestors.push(value);
  const known = issues.length;
  let copied: unknown;
  try {
    copied = Array.isArray(value) ? copyEntries(value, copying) : copyProperties(value, copying);
  } catch {
    // A getter or a proxy threw: one issue stands for whatever was found before.
    issues.length = known;
    copied = refuse(copying, "INVALID_TYPE", "cannot be read", value, JSON_VALUES);
  }
  ancestors.pop();
  return copied;
}

function copyEntries(value: readonly unknown[], copying: Copying): unknown {
  const { length } = value;
  const { issues } = copying;
  if (isTooMany(length, copying)) return refuse(copying, "TOO_MANY", "has too many entries", value, MANY);
  const entries: unknown[] = [];
  for (let index = 0; index < length; index++) {
    const known = issues.length;
    entries.push(copy(value[index], copying));
    if (issues.length > known) prefix(issues, known, index);
  }
  return entries;
}

function copyProperties(value: object, copying: Copying): unknown {
  const prototype = Object.getPrototypeOf(value);
  // Object.prototype of whatever realm, or none: what JSON.parse and literals make.
  if (prototype !== Object.prototype && prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    return refuse(copying, "INVALID_TYPE", "is not a plain object", value, JSON_VALUES);
  }
  const { issues } = copying;
  // Lists neither symbols nor what isn't enumerable.
  const keys = Object.keys(value);
  if (isTooMany(keys.length, copying)) return refuse(copying, "TOO_MANY", "has too many fields", value, MANY);
  const properties: { [name: string]: unknown } = {};
  for (const key of keys) {
    const known = issues.length;
    if (isRefusedName(key)) {
      refuse(copying, "INVALID_TYPE", "is not a name that a field may have", key, "other names");
    } else {
      const property = (value as { readonly [name: string]: unknown })[key];
      if (property !== undefined) properties[key] = copy(property, copying);
    }
    if (issues.length > known) prefix(issues, known, key);
  }
  return properties;
}

function isRefusedName(key: string): boolean {
  return key === "__proto__" || key === "constructor" || key === "prototype" || key.length > LONGEST_TEXT;
}

function isTooMany(count: number, copying: Copying): boolean {
  copying.values += count;
  return count > MOST_ENTRIES || copying.values > MOST_VALUES;
}

function refuse(
  { issues }: Copying,
  code: BillingIssueCode,
  problem: string,
  found: unknown,
  allowed: string,
): undefined {
  issues.push(issue(code, null, [], problem, found, allowed));
  return undefined;
}

/** Paths are built on the way out, so that sound documents don't pay for them. */
function prefix(issues: readonly BillingIssue[], known: number, step: string | number): void {
  for (const { path } of issues.slice(known)) (path as (string | number)[]).unshift(step);
}

/** The issues without those at a path that `ownJson` has left out of its copy. */
export function withoutLeftOut(
  issues: readonly BillingIssue[],
  leftOut: readonly BillingIssue[],
): BillingIssue[] {
  if (leftOut.length === 0) return [...issues];
  const paths = new Set(leftOut.map((each) => pathKey(each.path)));
  return issues.filter((each) => !paths.has(pathKey(each.path)));
}

function pathKey(path: IssuePath): string {
  return JSON.stringify(path);
}
