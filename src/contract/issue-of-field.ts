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
export function issueOfField(problem: BaseIssue<unknown>): BillingIssue {
  const [code = "", rule = "", ...allowed] = problem.message.split("|");
  const path = (problem.path ?? []).map((step) => step.key as string | number);
  const actual = codeFor(code as BillingIssueCode, problem);
  const name = path.at(-1) ?? "input";
  const subject = typeof name === "number" ? `entry ${name}` : name.slice(0, 100);
  return issue(
    actual,
    rule === "" ? null : rule,
    path,
    `${subject} ${PROBLEMS[actual]}`,
    problem.input,
    allowed.join("|"),
  );
}

function codeFor(code: BillingIssueCode, problem: BaseIssue<unknown>): BillingIssueCode {
  if (problem.input === undefined) return "MISSING";
  return problem.type === "picklist" && typeof problem.input !== "string" ? "INVALID_TYPE" : code;
}
