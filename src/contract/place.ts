import { type BillingIssue, type BillingIssueCode, type IssuePath, issue } from "../error.ts";

/** A place in the document that is being checked, and the issues found so far. */
export interface Place {
  readonly path: IssuePath;
  readonly issues: BillingIssue[];
}

/** A place below another. */
export function within(place: Place, ...steps: IssuePath): Place {
  return { path: [...place.path, ...steps], issues: place.issues };
}

/** Adds an issue at, or below, a place. */
export function report(
  place: Place,
  below: IssuePath,
  code: BillingIssueCode,
  rule: string | null,
  problem: string,
  found: unknown,
  allowed: string,
): void {
  place.issues.push(issue(code, rule, [...place.path, ...below], problem, found, allowed));
}
