import { isObject, type JsonObject, objectIn } from "../../contract/read.ts";
import { BillingError, type BillingIssue, fail, type IssuePath, issue } from "../../error.ts";
import { isBillingError, type Usage } from "../../index.ts";
import { jsonProblem } from "../json-problem.ts";

/** One problem of a line: a `BillingIssue`, as far as a portfolio says it. */
export interface LineIssue {
  readonly code: BillingIssue["code"] | "INTERNAL";
  readonly path: IssuePath;
  readonly message: string;
  readonly found: string;
}

/** The text of a line; undefined where its bytes are none. */
export type LineText = string | undefined;

/** A line of a portfolio, of which only the usage is known. */
export interface ContractLine {
  readonly id: string | number | null;
  readonly customer: string | null;
  /** A contract document, if it is one. */
  readonly document: unknown;
  /** null: none is given. */
  readonly usage: Usage | null;
}

const ONE_A_LINE = "one JSON document a line";
const USAGE_NAMES = ["id", "usage"];

/**
 * Reads a contract's line: the document, and its usage if that stands beside `contract_summary`.
 *
 * @throws BillingError where it isn't JSON.
 */
export function readContractLine(text: LineText): ContractLine {
  const line = jsonOf(text, []);
  if (!isObject(line)) return { id: null, customer: null, document: line, usage: null };
  const { usage = null, ...document } = line;
  const { id, customer } = objectIn(document["contract_summary"]);
  return {
    id: typeof id === "string" || typeof id === "number" ? id : null,
    customer: typeof customer === "string" ? customer : null,
    document,
    usage: usage as Usage | null,
  };
}

/**
 * Reads a line of usage: the usage itself, or `{ "id", "usage" }` with the id of the contract that it is for.
 *
 * @throws BillingError where it isn't JSON, is for another contract, or stands in the contract's line too.
 */
export function readUsageLine(text: LineText, contract: ContractLine): Usage | null {
  const line = jsonOf(text, ["usage"]);
  const usage = isObject(line) && Object.hasOwn(line, "usage") ? usageIn(line, contract) : line;
  if (usage === null) return contract.usage;
  if (contract.usage !== null) {
    const problem = "usage stands in the contract's line, and once more";
    fail(issue("CONFLICT", "U6", ["usage"], problem, contract.usage, "one of the two"));
  }
  return usage as Usage;
}

function usageIn(line: JsonObject, { id }: ContractLine): unknown {
  for (const name of Object.keys(line)) {
    if (USAGE_NAMES.includes(name)) continue;
    fail(
      issue("UNKNOWN_VALUE", "U6", ["usage", name], "this is not read", line[name], USAGE_NAMES.join(", ")),
    );
  }
  if (line["id"] !== undefined && line["id"] !== id) {
    fail(
      issue(
        "CONFLICT",
        "U6",
        ["usage", "id"],
        "this is the usage of another contract",
        line["id"],
        JSON.stringify(id),
      ),
    );
  }
  return line["usage"] ?? null;
}

/** What `run` gives; problems that it throws are said of a place within what is named. */
export function placed<Value>(name: string, run: () => Value): Value {
  try {
    return run();
  } catch (error) {
    if (!isBillingError(error)) throw error;
    throw new BillingError(error.issues.map((each) => ({ ...each, path: [name, ...each.path] })));
  }
}

function jsonOf(text: LineText, path: IssuePath): unknown {
  if (text === undefined)
    fail(issue("INVALID_TYPE", null, path, "it is not text in UTF-8", text, ONE_A_LINE));
  try {
    return JSON.parse(text);
  } catch {
    const found = jsonProblem(text);
    const problem = found === null ? "bad JSON" : `bad JSON at column ${found.column}: ${found.problem}`;
    fail(issue("INVALID_TYPE", null, path, problem, text, ONE_A_LINE));
  }
}
