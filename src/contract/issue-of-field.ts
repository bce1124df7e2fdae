import type { BaseIssue } from "valibot";
import { type BillingIssue, type BillingIssueCode, issue } from "../error.ts";

const PROBLEMS: { readonly [code: string]: string } = {
  INVALID_TYPE: "has the wrong type",
  MISSING: "is missing",
  INVALID_DECIMAL: "is not an exact decimal",
  OUT_OF_RANGE: "is out of range",
  UNKNOWN_VALUE: "is not a known value",
  INVALID_INSTANT: "is not an instant that exists",
};

/** Our issue for one of valibot's, whose message is what `coded` made. */
export function issueOfField({ input, message, path: steps }: BaseIssue<unknown>): BillingIssue {
  const [coded = "", rule = "", ...allowed] = message.split("|");
  const path = (steps ?? []).map((step) => step.key as string | number);
  const code = coded as BillingIssueCode;
  const name = path.at(-1) ?? "input";
  const subject = typeof name === "number" ? `entry ${name}` : name.slice(0, 100);
  return issue(code, rule || null, path, `${subject} ${PROBLEMS[code]}`, input, allowed.join("|"));
}
