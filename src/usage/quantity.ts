import { type BillingIssue, collect, fail, type IssuePath, issue, refuse } from "../error.ts";
import { decimalPlaces, fromScaled, toScaledBigint, toScaledNumber } from "../money/integer.ts";
import { readAmount } from "../money/read-amount.ts";
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
const LONGEST_PLAIN = 15;
const MOST_PLACES = 12;
const DOT = 46;
const MINUS = 45;
const ZERO = 48;

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
  return typeof quantity === "string" && plainDecimal(quantity) !== null
    ? quantity
    : readAmount(quantity, path);
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

/** A short canonical decimal from 0 in plain numbers: `"12.5"` is 125 with one place. */
export interface PlainDecimal {
  readonly digits: number;
  readonly places: number;
}

/** The usual quantity, read in one pass; null for any text but a canonical decimal of up to 15 characters. */
export function plainDecimal(text: string): PlainDecimal | null {
  const { length } = text;
  if (length > LONGEST_PLAIN) return null;
  let digits = 0;
  let dot = length;
  for (let index = 0; index < length; index++) {
    const digit = text.charCodeAt(index) - ZERO;
    if (digit >= 0 && digit <= 9) digits = digits * 10 + digit;
    else if (digit === DOT - ZERO && dot === length) dot = index;
    else return null;
  }
  const places = length - dot - 1;
  if (dot === 0 || places === 0 || places > MOST_PLACES) return null;
  if (dot > 1 && text.charCodeAt(0) === ZERO) return null;
  if (places < 0) return { digits, places: 0 };
  return text.charCodeAt(length - 1) === ZERO ? null : { digits, places };
}

/**
 * What came as a quantity, in canonical decimals; events in the order of their timestamps (R6).
 *
 * @throws INVALID_DECIMAL, OUT_OF_RANGE, INVALID_INSTANT or INVALID_TYPE, all problems in one error.
 */
export function usedQuantity(quantity: unknown, path: IssuePath): UsedQuantity {
  if (typeof quantity !== "object" || quantity === null) {
    return { units: quantityText(quantity, path), event_count: null, events: null };
  }
  const issues: BillingIssue[] = [];
  const used =
    "events" in quantity ? usedEvents(quantity.events, path, issues) : usedSum(quantity, path, issues);
  refuse(issues);
  return used;
}

function usedSum(
  { units, event_count: count }: { readonly units?: unknown; readonly event_count?: unknown },
  path: IssuePath,
  issues: BillingIssue[],
): UsedQuantity {
  if (!Number.isSafeInteger(count) || (count as number) < 0) {
    const allowed = "a whole number of at least 0";
    issues.push(
      issue("INVALID_TYPE", "R6", [...path, "event_count"], "not a count of events", count, allowed),
    );
  }
  const text = collect(issues, readQuantity(units, [...path, "units"]), "0");
  return { units: text, event_count: count as number, events: null };
}

function usedEvents(events: unknown, path: IssuePath, issues: BillingIssue[]): UsedQuantity {
  const used: (UsedEvent & { readonly atMs: number })[] = [];
  if (!Array.isArray(events)) {
    issues.push(issue("INVALID_TYPE", "R6", [...path, "events"], "not a list of events", events, "an array"));
    return { units: "0", event_count: 0, events: used };
  }
  for (const [index, event] of events.entries()) {
    const place = [...path, "events", index];
    if (typeof event !== "object" || event === null) {
      issues.push(issue("INVALID_TYPE", "R6", place, "not an event", event, "an object"));
      continue;
    }
    const { amount, units, properties, timestamp } = event as QuantityEvent;
    const name = amount === undefined ? "units" : "amount";
    used.push({
      units: collect(issues, readSignedQuantity(amount ?? units, [...place, name]), "0"),
      properties: properties ?? null,
      // Without timestamps events count in the order in which they are given.
      atMs: timestamp === undefined ? 0 : collect(issues, readInstant(timestamp, [...place, "timestamp"]), 0),
    });
  }
  used.sort((first, second) => first.atMs - second.atMs);
  return { units: sumOfEvents(used), event_count: used.length, events: used };
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
