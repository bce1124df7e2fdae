import { type BillingIssue, collect, issue } from "../error.ts";
import { type InstantLike, readInstant } from "../time/instant.ts";

/** The stretch of time in which invoices are dated: `from` is in it, `to` isn't. */
export interface InvoiceRange {
  readonly from: InstantLike;
  readonly to: InstantLike;
}

/** A range in epoch milliseconds. */
export interface RangeMs {
  readonly fromMs: number;
  readonly toMs: number;
}

const ALLOWED = "{ from, to }";

/** Reads a range; what is wrong with it is added to the issues. */
export function readInvoiceRange(issues: BillingIssue[], range: unknown): RangeMs {
  if (typeof range !== "object" || range === null) {
    issues.push(issue("INVALID_TYPE", null, ["range"], "the range is not an object", range, ALLOWED));
    return { fromMs: 0, toMs: 0 };
  }
  const { from, to } = range as Partial<InvoiceRange>;
  const fromMs = readBound(issues, from, "from", -Infinity);
  const toMs = readBound(issues, to, "to", Infinity);
  if (fromMs > toMs) {
    issues.push(issue("INVALID_DATES", null, ["to"], "to is before from", to, "from or later"));
  }
  return { fromMs, toMs };
}

function readBound(issues: BillingIssue[], bound: unknown, name: string, standIn: number): number {
  if (bound !== undefined) return collect(issues, readInstant(bound, [name]), standIn);
  const problem = `${name} is missing: the range is open`;
  issues.push(issue("MISSING", null, [name], problem, undefined, ALLOWED));
  return standIn;
}
