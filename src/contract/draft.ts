import { BillingError, type BillingIssue, collect, isBillingError } from "../error.ts";
import { type InstantLike, readInstant } from "../time/instant.ts";
import { type Contract, type ContractSummary, contractField, type FeatureChange } from "./contract.ts";
import { checkContract } from "./contract-rules.ts";
import { draftDocument, REQUEST_NAMES } from "./draft-document.ts";
import { type Gate, type MutableJson, pass } from "./gate.ts";
import { KNOWN_NAMES } from "./known-names.ts";
import { PLACED_NAMES } from "./misplaced.ts";
import { checkNames } from "./name-rules.ts";
import { ownJson } from "./own-json.ts";
import { contractOf } from "./parse.ts";
import { type Place, report, within } from "./place.ts";
import { isGiven, isObject, type JsonObject, objectIn } from "./read.ts";
import { checkUnits } from "./unit-rules.ts";

/** What a contract is to be: the body of the API's create request, and whatever else can be configured of it. */
export interface ContractRequest
  extends Omit<ContractSummary, "created" | "free_trial_end" | "moved_at" | "status" | "continues"> {
  /** How long the trial is in local days, instead of what the plan says. */
  readonly free_trial_days?: number | null;
  readonly automatic_payment?: boolean | null;
  /** Names the discount that is given beside the plan. */
  readonly discount_id?: string | null;
  readonly invoice_trigger?: NonNullable<ContractSummary["configuration"]>["invoice_trigger"];
  readonly feature_configuration?: { readonly [slug: string]: FeatureChange | null } | null;
  readonly unit_count_configuration?: { readonly [slug: string]: string | number | null } | null;
}

/** The documents that a request names. */
export interface RequestedParts {
  readonly plan: object;
  readonly discount?: object | null;
}

/** What holds for payments where the request says nothing. */
export interface PaymentPreference {
  readonly automatic_payment?: boolean | null;
}

/** The instant of the request, and what holds where it says nothing: for the customer, then for the vendor. */
export interface DraftOptions {
  readonly at: InstantLike;
  readonly customer?: PaymentPreference | null;
  readonly defaults?: PaymentPreference | null;
}

const NEVER_REQUESTED = ["free_trial_end", "moved_at", "status", "continues"];
const { read, unread } = KNOWN_NAMES.contract_summary;
const NAMES = [...REQUEST_NAMES, ...read, ...unread, ...PLACED_NAMES].filter(
  (name) => !NEVER_REQUESTED.includes(name),
);

const gate: Gate = {
  name: "the request",
  field: () => contractField,
  check: (document, place) => {
    checkContract(document, place);
    checkUnits(document, null, place);
  },
};

/**
 * The contract that a create request makes of a plan and, where the request names one, a discount.
 *
 * Without an activation the contract begins at the given instant, unless it is pending. The end of the trial is written
 * down, null where there is none; of a pending contract with a trial it isn't known, and the plan keeps the days.
 *
 * @rule S2
 * @param request the API's words: `cycle`, `currency`, `activation`, `is_pending`, `automatic_payment`, `discount_id`,
 * `feature_configuration`, `unit_count_configuration`, `invoice_trigger`, `free_trial_days`; and other configured fields
 * of `contract_summary`, ours among them.
 * @param parts the documents of the plan and of the discount that `discount_id` names.
 * @param options `at`: the instant of the request; `customer` and `defaults`: their `automatic_payment`.
 * @throws UNKNOWN_VALUE for a name that isn't read; MISSING or CONFLICT for a discount that isn't the one named;
 * OUT_OF_RANGE for units that can't be bought; INVALID_INSTANT for `at`; and what `parseContract` throws of the document
 * that the parts make, all in one error.
 * @example
 * import { draftContract } from "pure-billing";
 *
 * const seats = { pricing_strategy: "per_unit", contracted_unit_count: "1", minimum_units: "3" };
 * const plan = {
 *   free_trial_days: 14,
 *   features: [{ slug: "seats", price: { amount: "12", strategy_details: seats } }],
 * };
 * const request = { cycle: "month", currency: "eur", feature_configuration: { seats: { units: "5" } } } as const;
 * const contract = draftContract(request, { plan }, { at: "2026-01-31T09:30:00Z" });
 * contract.contract_summary.activation; //=> "2026-01-31T09:30:00Z"
 * contract.contract_summary.free_trial_end; //=> "2026-02-14T09:30:00Z"
 */
export function draftContract(
  request: ContractRequest,
  parts: RequestedParts,
  options: DraftOptions,
): Contract {
  const { at, customer, defaults } = options ?? {};
  const { plan, discount } = parts ?? {};
  const issues: BillingIssue[] = [];
  const atMs = collect(issues, readInstant(at, ["at"]), 0);
  const own = objectIn(ownJson({ request, plan, discount, customer, defaults }, issues));
  checkRequest(own, { path: [], issues });
  const { document, place } = draftDocument(own, atMs);
  const passed = passOrCollect(document, issues, place);
  if (passed === null || issues.length > 0) throw new BillingError(issues);
  return contractOf(passed);
}

/** What passes the gate; null where it doesn't, and its issues are added where its parts come from. */
function passOrCollect(
  document: JsonObject,
  issues: BillingIssue[],
  place: (path: BillingIssue["path"]) => BillingIssue["path"],
): MutableJson | null {
  try {
    return pass(document, gate);
  } catch (error) {
    if (!isBillingError(error)) throw error;
    issues.push(...error.issues.map((each) => ({ ...each, path: place(each.path) })));
    return null;
  }
}

function checkRequest({ request, discount }: JsonObject, place: Place): void {
  if (!isObject(request)) {
    report(place, ["request"], "INVALID_TYPE", "S2", "not a request", request, "an object");
    return;
  }
  checkNames(request, NAMES, within(place, "request"));
  // An empty id names nothing.
  const named = request["discount_id"] || null;
  const given = objectIn(discount)["id"] ?? named;
  if (named !== null && !isGiven(discount)) {
    const problem = "the discount that discount_id names is missing";
    report(place, ["discount"], "MISSING", "S2", problem, discount, `the discount ${named}`);
  } else if (isGiven(discount) && (named === null || given !== named)) {
    const problem =
      named === null ? "the request names no discount" : "not the discount that discount_id names";
    report(place, ["discount"], "CONFLICT", "S2", problem, given, named === null ? "none" : String(named));
  }
}
