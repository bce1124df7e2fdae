import {
  type BillingIssue,
  type BillingWarning,
  type CheckoutPreview,
  type Contract,
  isBillingError,
  previewCheckout,
  safeParseContract,
  type Usage,
} from "pure-billing";
import { type GivenUsage, givenUsage } from "./given-usage.ts";
import { type PricedFeature, pricedFeatures } from "./priced-features.ts";
import type { Inputs } from "./state.ts";

/** The inputs that can be wrong. */
export type InputName = "contract" | "usage" | "at" | "other";

/** What is wrong with one input: a text that is no JSON, or issues of the library. */
export interface InputProblem {
  readonly input: InputName;
  readonly syntax: string | null;
  readonly issues: readonly BillingIssue[];
}

/** A contract that came through the gate. */
export interface ReadContract {
  readonly contract: Contract;
  readonly features: readonly PricedFeature[];
  readonly warnings: readonly BillingWarning[];
}

/** What the page shows: inputs that make sense, together. */
export interface Subject extends ReadContract {
  readonly at: string;
  readonly timeZone: string;
  readonly usage: GivenUsage;
  /** When the last limited discount ends. */
  readonly discountEnds: string | null;
  readonly other: ReadContract | null;
}

/** The subject, null where there is none, and whatever is wrong with the inputs. */
export interface Reading {
  readonly subject: Subject | null;
  readonly problems: readonly InputProblem[];
}

/** Reads the inputs; nothing is taken over from what they were before. */
export function readInputs(inputs: Inputs): Reading {
  const problems: InputProblem[] = [];
  const own = readContract("contract", inputs.contractText, problems);
  const usage = readJson("usage", inputs.usageText.trim() === "" ? "{}" : inputs.usageText, problems);
  const at = inputs.atText.trim();
  const preview =
    own === null || usage === null ? null : previewOf(own.contract, usage.value as Usage, at, problems);
  const other = inputs.otherText.trim() === "" ? null : readContract("other", inputs.otherText, problems);
  if (own === null || usage === null || preview === null) return { subject: null, problems };
  const timeZone = own.contract.contract_summary.time_zone ?? "UTC";
  const given = givenUsage(own, usage.value as Usage, at);
  const { discount_ends: discountEnds } = preview;
  return { subject: { ...own, at, timeZone, usage: given, discountEnds, other }, problems };
}

/** What of an error of the library is shown; any other error is none of the inputs' fault. */
export function issuesOf(error: unknown): readonly BillingIssue[] {
  if (isBillingError(error)) return error.issues;
  throw error;
}

function readContract(input: InputName, text: string, problems: InputProblem[]): ReadContract | null {
  const json = readJson(input, text, problems);
  if (json === null) return null;
  const result = safeParseContract(json.value);
  if (!result.ok) {
    problems.push({ input, syntax: null, issues: result.error.issues });
    return null;
  }
  const { contract, warnings } = result;
  return { contract, warnings, features: pricedFeatures(contract) };
}

function readJson(
  input: InputName,
  text: string,
  problems: InputProblem[],
): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    const syntax = text.trim() === "" ? "There is no text." : (error as SyntaxError).message;
    problems.push({ input, syntax, issues: [] });
    return null;
  }
}

/** What the library says of the usage and the instant; null where it doesn't take them. */
function previewOf(
  contract: Contract,
  usage: Usage,
  at: string,
  problems: InputProblem[],
): CheckoutPreview | null {
  try {
    return previewCheckout(contract, { at, usage });
  } catch (error) {
    const issues = issuesOf(error);
    const ofInstant = issues.filter(({ path }) => path[0] === "at");
    const others = issues.filter(({ path }) => path[0] !== "at");
    if (ofInstant.length > 0) problems.push({ input: "at", syntax: null, issues: ofInstant });
    if (others.length > 0) problems.push({ input: "usage", syntax: null, issues: others });
    return null;
  }
}
