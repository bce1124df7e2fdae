import type { BillingIssue, BillingWarning } from "pure-billing";
import { type Content, element } from "./element.ts";
import type { InputProblem } from "./read-inputs.ts";

/** Every issue of an input, each with its place, what was found there and what is allowed. */
export function problemsView({ syntax, issues }: InputProblem): Content[] {
  if (syntax !== null) {
    return [element("p", { class: "problem-head" }, `This is no JSON: ${syntax}`)];
  }
  const count = `${issues.length} ${issues.length === 1 ? "problem" : "problems"}`;
  return [element("p", { class: "problem-head" }, count), issueList(issues)];
}

/** A list of issues. */
export function issueList(issues: readonly BillingIssue[]): HTMLElement {
  return element(
    "ul",
    { class: "issues" },
    issues.map(({ code, path, message, found, allowed }) =>
      element(
        "li",
        {},
        element("code", { class: "path" }, pathText(path)),
        " ",
        element("span", { class: "code" }, code),
        element("p", {}, allowed === "" ? message : message.replace(`; allowed: ${allowed}`, "")),
        element(
          "dl",
          {},
          element("div", {}, element("dt", {}, "found"), element("dd", {}, element("code", {}, found))),
          allowed === ""
            ? null
            : element(
                "div",
                {},
                element("dt", {}, "allowed"),
                element("dd", {}, element("code", {}, allowed)),
              ),
        ),
      ),
    ),
  );
}

/** Fields that nothing reads, with the names that were probably meant. */
export function warningsView(warnings: readonly BillingWarning[]): Content {
  if (warnings.length === 0) return null;
  return element(
    "ul",
    { class: "warnings" },
    warnings.map(({ path, message }) =>
      element("li", {}, element("code", { class: "path" }, pathText(path)), ` ${message}`),
    ),
  );
}

function pathText(path: BillingIssue["path"]): string {
  const text = path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`))
    .join("")
    .replace(/^\./, "");
  return text === "" ? "(input)" : text;
}
