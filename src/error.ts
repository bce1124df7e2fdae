/** What kind of problem an issue is. */
export type BillingIssueCode =
  | "INVALID_TYPE"
  | "MISSING"
  | "INVALID_DECIMAL"
  | "OUT_OF_RANGE"
  | "UNKNOWN_VALUE"
  | "INVALID_INSTANT"
  | "CURRENCY_MISMATCH"
  | "INVALID_TIERS"
  | "INVALID_DATES"
  | "CONFLICT"
  | "FOREIGN_FIELD"
  | "MISPLACED_FIELD"
  | "UNKNOWN_SLUG"
  | "DUPLICATE"
  | "TOO_MANY"
  | "NOT_PARSED"
  | "NEEDS_EVENTS"
  | "UNKNOWN_PERIOD";

/** Where in a document an issue is: property names and array indexes from the root. */
export type IssuePath = readonly (string | number)[];

/** One problem: what is wrong where, what was found there and what is allowed. */
export interface BillingIssue {
  readonly code: BillingIssueCode;
  /** The number of the rule that is broken ("P8"), null where it is plain shape. */
  readonly rule: string | null;
  readonly path: IssuePath;
  /** What is wrong, then what is allowed. */
  readonly message: string;
  /** The value found, described in at most 100 characters. */
  readonly found: string;
  readonly allowed: string;
}

const LONGEST_FOUND = 100;
const MOST_LINES = 200;
const HUGE = 10n ** 90n;

/** The one error of this library: every problem of an input at once (S4). */
export class BillingError extends Error {
  override readonly name = "BillingError";
  readonly issues: readonly BillingIssue[];

  constructor(issues: readonly BillingIssue[]) {
    super(listed(issues));
    this.issues = issues;
  }
}

/**
 * Tells whether a caught value is a BillingError, also one of another copy of this library.
 *
 * @example
 * import { isBillingError, parseContract } from "pure-billing";
 *
 * let codes;
 * try {
 *   parseContract({ contract_summary: { cycle: "fortnight", currency: "eur" }, plan: { features: [] } });
 * } catch (error) {
 *   codes = isBillingError(error) ? error.issues.map((issue) => issue.code) : [];
 * }
 * codes; //=> ["UNKNOWN_VALUE"]
 */
export function isBillingError(value: unknown): value is BillingError {
  try {
    return (
      typeof value === "object" &&
      value !== null &&
      (value as { name?: unknown }).name === "BillingError" &&
      Array.isArray((value as { issues?: unknown }).issues)
    );
  } catch {
    return false;
  }
}

/**
 * Makes an issue; `problem` says what is wrong, and what is allowed is put after it.
 * Never throws, and costs little whatever was found.
 */
export function issue(
  code: BillingIssueCode,
  rule: string | null,
  path: IssuePath,
  problem: string,
  found: unknown,
  allowed: string,
): BillingIssue {
  const message = allowed === "" ? problem : `${problem}; allowed: ${allowed}`;
  return { code, rule, path, message, found: describeFound(found), allowed };
}

/** Throws a BillingError of the given issues. */
export function fail(...issues: readonly BillingIssue[]): never {
  throw new BillingError(issues);
}

/** A value that was read, or a stand-in where it has an issue, which is added to the others. */
export function collect<Value extends string | number>(
  issues: BillingIssue[],
  read: Value | BillingIssue,
  standIn: Value,
): Value {
  if (typeof read !== "object") return read;
  issues.push(read);
  return standIn;
}

/** What `run` gives, or null where it throws issues, which are added to the others. */
export function attempt<Value>(issues: BillingIssue[], run: () => Value): Value | null {
  try {
    return run();
  } catch (error) {
    if (!isBillingError(error)) throw error;
    issues.push(...error.issues);
    return null;
  }
}

/** Throws where there are issues. */
export function refuse(issues: readonly BillingIssue[]): void {
  if (issues.length > 0) throw new BillingError(issues);
}

/** The path as people write it: `plan.features[2].price.amount`. */
export function pathText(path: IssuePath): string {
  let text = "";
  for (const step of path) {
    if (typeof step === "number") text += `[${step}]`;
    else if (step.length > LONGEST_FOUND || !/^[\w-]+$/.test(step)) text += `[${quoted(step)}]`;
    else text += text === "" ? step : `.${step}`;
  }
  return text === "" ? "(input)" : text;
}

function listed(issues: readonly BillingIssue[]): string {
  const lines = issues
    .slice(0, MOST_LINES)
    .map((each) => `${pathText(each.path)}: ${each.message} (found ${each.found})`);
  if (issues.length > MOST_LINES) lines.push(`... and ${issues.length - MOST_LINES} more`);
  return lines.join("\n");
}

function describeFound(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "string") return quoted(value);
  if (typeof value === "bigint") return value < HUGE && value > -HUGE ? `${value}n` : "a huge bigint";
  if (typeof value === "function") return "a function";
  if (typeof value === "symbol") return "a symbol";
  if (typeof value !== "object" || value === null) return String(value);
  try {
    if (Array.isArray(value)) return `an array of ${value.length}`;
    return value instanceof Date ? "a Date" : "an object";
  } catch {
    return "an unreadable object";
  }
}

/** In quotes, as JSON, cut to the length that an issue may show. */
function quoted(text: string): string {
  const head = JSON.stringify(text.slice(0, LONGEST_FOUND));
  return text.length <= LONGEST_FOUND && head.length <= LONGEST_FOUND
    ? head
    : `${head.slice(0, LONGEST_FOUND - 4)}..."`;
}
