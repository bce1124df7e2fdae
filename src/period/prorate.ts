import type { ProrationBasis } from "../contract/configuration.ts";
import { type BillingIssue, collect, issue, refuse } from "../error.ts";
import { formatMinor } from "../money/amounts.ts";
import { decimalPlaces, powerOfTen, toScaledBigint } from "../money/integer.ts";
import { type Amount, readAmount, readCurrency, readRounding } from "../money/read-amount.ts";
import { divideRounded, type RoundingMode } from "../money/rounding.ts";
import { type InstantLike, readInstant } from "../time/instant.ts";
import { type Zone, zoneNamed } from "../time/zone.ts";
import { prorationRatio } from "./proration.ts";

/** A stretch of time: `[start, end]`, or an object with both, such as a billing period. The end doesn't belong to it. */
export type Stretch =
  | readonly [InstantLike, InstantLike]
  | { readonly start: InstantLike; readonly end: InstantLike | null };

/** What is prorated, and how. */
export interface Proration {
  readonly amount: Amount;
  /** A lower-case ISO 4217 code. */
  readonly currency: string;
  readonly basis: ProrationBasis;
  /** An IANA name; UTC unless given. */
  readonly time_zone?: string;
  /** What was served. */
  readonly service: Stretch;
  /** The full period that the amount is for. */
  readonly full: Stretch;
  readonly rounding?: RoundingMode;
}

/** A prorated amount, and the share that it is: days of days, or milliseconds of milliseconds, not reduced. */
export interface Prorated {
  readonly numerator: number;
  readonly denominator: number;
  readonly amount: string;
}

const BASES: readonly ProrationBasis[] = ["day", "second", "actual/360", "30/360"];

/**
 * Prorates an amount to the part of its full period that was served: multiplied, then divided, then rounded once.
 *
 * @rule M1
 * @throws INVALID_DECIMAL, OUT_OF_RANGE, UNKNOWN_VALUE, INVALID_INSTANT or INVALID_TYPE for what is given, all in one
 * error; INVALID_DATES when the full period is empty or the service leaves it.
 * @example
 * import { prorate } from "pure-billing";
 *
 * prorate({
 *   amount: "100.00",
 *   currency: "eur",
 *   basis: "day",
 *   time_zone: "Europe/Berlin",
 *   service: ["2026-03-11T09:00:00Z", "2026-03-31T22:00:00Z"],
 *   full: ["2026-02-28T23:00:00Z", "2026-03-31T22:00:00Z"],
 * });
 * //=> { "numerator": 21, "denominator": 31, "amount": "67.74" }
 */
export function prorate(proration: Proration): Prorated {
  const { amount, currency, basis, time_zone: timeZone = "UTC", service, full, rounding } = proration ?? {};
  const issues: BillingIssue[] = [];
  const text = collect(issues, readAmount(amount, ["amount"]), "0");
  const digits = collect(issues, readCurrency(currency), 0);
  const mode = collect(issues, readRounding(rounding), "half_up");
  const zone = typeof timeZone === "string" ? zoneNamed(timeZone) : undefined;
  if (zone === undefined) {
    issues.push(issue("UNKNOWN_VALUE", "T3", ["time_zone"], "unknown time zone", timeZone, "an IANA name"));
  }
  if (!BASES.includes(basis)) {
    issues.push(issue("UNKNOWN_VALUE", "M2", ["basis"], "unknown basis", basis, BASES.join(", ")));
  }
  const [serviceStartMs, serviceEndMs] = readStretch(issues, service, "service");
  const [fullStartMs, fullEndMs] = readStretch(issues, full, "full");
  refuse(issues);
  const ratio = prorationRatio(basis, zone as Zone, serviceStartMs, serviceEndMs, fullStartMs, fullEndMs);
  const scale = Math.max(digits, decimalPlaces(text));
  const minor = divideRounded(
    toScaledBigint(text, scale) * BigInt(ratio.numerator),
    powerOfTen(scale - digits) * BigInt(ratio.denominator),
    mode,
  );
  return { ...ratio, amount: formatMinor(minor, digits) };
}

function readStretch(issues: BillingIssue[], stretch: unknown, name: string): [number, number] {
  const isPair = Array.isArray(stretch);
  if (typeof stretch !== "object" || stretch === null || (isPair && stretch.length !== 2)) {
    issues.push(issue("INVALID_TYPE", "M2", [name], "not a stretch of time", stretch, "[start, end]"));
    return [0, 0];
  }
  const { start, end } = stretch as { start?: unknown; end?: unknown };
  const [first, second] = isPair ? stretch : [start, end];
  return [
    collect(issues, readInstant(first, [name, isPair ? 0 : "start"]), 0),
    collect(issues, readInstant(second, [name, isPair ? 1 : "end"]), 0),
  ];
}
