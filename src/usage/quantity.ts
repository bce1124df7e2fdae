import { type BillingIssue, collect, fail, type IssuePath, issue, refuse } from "../error.ts";
import { readDecimal } from "../money/decimal-text.ts";
import { decimalPlaces, fromScaled, toScaledBigint, toScaledNumber } from "../money/integer.ts";
import { plainDecimal } from "../money/plain-decimal.ts";
import { type InstantLike, readInstant } from "../time/instant.ts";

/** A quantity: a decimal string, a safe integer or a bigint; from 0 to below 10^26, up to 12 decimals (T5). */
export type Quantity = string | number | bigint;

/** One event as a price sees it: `amount` is money moved (percentage), `units` what was used. */
export interface QuantityEvent {
  readonly amount?: Quantity;
  readonly units?: Quantity;
  readonly timestamp?: InstantLike;
  readonly properties?: { readonly [name: string]: string | number | boolean | null } | null;
}

/** Whatever a price may be asked for: a quantity, or the events that it depends on (R6, R7). */
export type ChargeQuantity =
  | Quantity
  | { readonly units: Quantity; readonly event_count: number }
  | { readonly events: readonly QuantityEvent[] };

/** An event after the gate: canonical units, negative ones being corrections (U3). */
export interface UsedEvent {
  readonly units: string;
  readonly properties: { readonly [name: string]: unknown } | null;
  /** Its index in the list that a caller gave, which may be in another order. */
  readonly position?: number;
}

/** A quantity after the gate. */
export interface UsedQuantity {
  /** Canonical decimal; the sum of the events where there are any, never negative. */
  readonly units: string;
  readonly event_count: number | null;
  /** In the order in which they count. */
  readonly events: readonly UsedEvent[] | null;
}

const ALLOWED = "from 0 to below 10^26, with up to 12 decimals";
const ALLOWED_SIGNED = "a decimal string with up to 12 decimals, a safe integer or a bigint, below 10^26";
const ALLOWED_FORMS = `${ALLOWED_SIGNED}; { units, event_count }; or { events: [...] }`;
const PROBLEMS = {
  INVALID_TYPE: "not a quantity",
  INVALID_DECIMAL: "not an exact decimal",
  OUT_OF_RANGE: "too large",
} as const;
const MINUS = 45;

/**
 * The canonical decimal string of a quantity (no leading zeros, no trailing ones behind the point), or the issue that it
 * has.
 *
 * @rule R8
 */
export function readQuantity(quantity: unknown, path: IssuePath): string | BillingIssue {
  const text = readSignedQuantity(quantity, path);
  if (typeof text === "object" || text.charCodeAt(0) !== MINUS) return text;
  return issue("OUT_OF_RANGE", "R8", path, "the quantity is negative", quantity, ALLOWED);
}

/** The same for an event's units, which may be negative: a correction (U3). */
export function readSignedQuantity(quantity: unknown, path: IssuePath): string | BillingIssue {
  if (typeof quantity === "string" && plainDecimal(quantity) !== null) return quantity;
  if (quantity === undefined) return issue("MISSING", "T5", path, "no quantity", quantity, ALLOWED_SIGNED);
  const text = readDecimal(quantity);
  if (typeof text === "string") return text;
  return issue(text.refused, "T5", path, PROBLEMS[text.refused], quantity, ALLOWED_SIGNED);
}

/**
 * The same for a quantity that a caller gave.
 *
 * @throws INVALID_DECIMAL or INVALID_TYPE when it is not a decimal; OUT_OF_RANGE when it is negative or too large.
 */
export function quantityText(quantity: unknown, path: IssuePath): string {
  const text = readQuantity(quantity, path);
  return typeof text === "string" ? text : fail(text);
}

/**
 * What came as a quantity, in canonical decimals; events in the order of their timestamps (R6).
 *
 * @throws INVALID_DECIMAL, OUT_OF_RANGE, INVALID_INSTANT, INVALID_TYPE, MISSING or CONFLICT, all problems in one error.
 */
export function usedQuantity(quantity: unknown, path: IssuePath): UsedQuantity {
  if (typeof quantity !== "object" || quantity === null) {
    return { units: quantityText(quantity, path), event_count: null, events: null };
  }
  const { units, event_count: count, events } = quantity as { readonly [name: string]: unknown };
  const isSum = units !== undefined || count !== undefined;
  if (!isSum && events === undefined) {
    fail(issue("INVALID_TYPE", "T5", path, "not a quantity", quantity, ALLOWED_FORMS));
  }
  if (isSum && events !== undefined) {
    fail(issue("CONFLICT", "R6", path, "a sum and events at once", undefined, "one of the two"));
  }
  const issues: BillingIssue[] = [];
  const used = isSum ? usedSum(units, count, path, issues) : usedEvents(events, path, issues);
  refuse(issues);
  return used;
}

function usedSum(units: unknown, count: unknown, path: IssuePath, issues: BillingIssue[]): UsedQuantity {
  const text = collect(issues, readQuantity(units, [...path, "units"]), "0");
  if (!Number.isSafeInteger(count) || (count as number) < 0) {
    const code = count === undefined ? "MISSING" : "INVALID_TYPE";
    const countPath = [...path, "event_count"];
    issues.push(issue(code, "R6", countPath, "not a count of events", count, "a whole number of at least 0"));
  }
  return { units: text, event_count: count as number, events: null };
}

function usedEvents(events: unknown, path: IssuePath, issues: BillingIssue[]): UsedQuantity {
  const used: (UsedEvent & { readonly atMs: number })[] = [];
  if (!Array.isArray(events)) {
    issues.push(issue("INVALID_TYPE", "R6", [...path, "events"], "not a list of events", events, "an array"));
    return { units: "0", event_count: 0, events: used };
  }
  for (const [position, event] of events.entries()) {
    const place = [...path, "events", position];
    if (typeof event !== "object" || event === null) {
      issues.push(issue("INVALID_TYPE", "R6", place, "not an event", event, "an object"));
      continue;
    }
    const { properties, timestamp } = event as QuantityEvent;
    if (properties != null && typeof properties !== "object") {
      const problem = "not the properties of an event";
      issues.push(issue("INVALID_TYPE", "R7", [...place, "properties"], problem, properties, "an object"));
    }
    used.push({
      units: collect(issues, readEventUnits(event, place), "0"),
      properties: properties ?? null,
      position,
      // Without timestamps events count in the order in which they are given.
      atMs: timestamp === undefined ? 0 : collect(issues, readInstant(timestamp, [...place, "timestamp"]), 0),
    });
  }
  used.sort((first, second) => first.atMs - second.atMs);
  return { units: sumOfEvents(used), event_count: used.length, events: used };
}

/** Money moved or units: one of the two. */
function readEventUnits({ amount, units }: QuantityEvent, place: IssuePath): string | BillingIssue {
  if (amount == null) return readSignedQuantity(units, [...place, "units"]);
  if (units == null) return readSignedQuantity(amount, [...place, "amount"]);
  return issue("CONFLICT", "R6", place, "an amount and units at once", undefined, "one of the two");
}

/** The sum of events' units, floored at 0 (U3). */
export function sumOfEvents(events: readonly { readonly units: string }[]): string {
  let scale = 0;
  for (const event of events) scale = Math.max(scale, decimalPlaces(event.units));
  let sum = 0n;
  let plain = 0;
  for (const { units } of events) {
    const next = plain + toScaledNumber(units, scale);
    // False for NaN too: what is no plain number, or may have been rounded, is added exactly.
    if (next <= Number.MAX_SAFE_INTEGER && next >= Number.MIN_SAFE_INTEGER) plain = next;
    else sum += toScaledBigint(units, scale);
  }
  sum += BigInt(plain);
  return fromScaled(sum < 0n ? 0n : sum, scale);
}
