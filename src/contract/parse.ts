import { BillingError } from "../error.ts";
import { brand } from "./brand.ts";
import { completePlan, completePrice } from "./complete-plan.ts";
import { type Contract, contractField } from "./contract.ts";
import { checkContract } from "./contract-rules.ts";
import { deepFreeze, type Gate, type MutableJson, pass } from "./gate.ts";
import { type Place, report } from "./place.ts";
import { type Price, priceField } from "./price.ts";
import { checkPrice } from "./price-rules.ts";
import { isGiven, type JsonObject, objectIn } from "./read.ts";
import { type BillingWarning, warningsOf } from "./warnings.ts";

/** What `safeParseContract` returns: a contract and what it didn't read, or every problem in one error. */
export type ParseResult =
  | { readonly ok: true; readonly contract: Contract; readonly warnings: readonly BillingWarning[] }
  | { readonly ok: false; readonly error: BillingError };

const contractGate: Gate = { name: "the contract", field: () => contractField, check: checkContract };
const priceGate: Gate = { name: "the price", field: () => priceField, check: checkLonePrice };

/**
 * Reads a contract document: the one gate before every calculation.
 *
 * Takes parsed JSON, never its text; returns a deeply frozen contract of its own, which shares nothing with the
 * input: instants in UTC, money and quantities as decimal strings, each price with `currency` and `amount`. Fields
 * that no rule reads are kept as they are.
 *
 * @rule T1 (contracts)
 * @throws INVALID_TYPE, MISSING, INVALID_DECIMAL, OUT_OF_RANGE, UNKNOWN_VALUE, INVALID_INSTANT, CURRENCY_MISMATCH,
 * INVALID_TIERS, INVALID_DATES, CONFLICT, FOREIGN_FIELD, MISPLACED_FIELD, UNKNOWN_SLUG, DUPLICATE or TOO_MANY, all in
 * one error, when the input is no contract
 * @example
 * import { parseContract } from "pure-billing";
 *
 * const contract = parseContract({
 *   contract_summary: { cycle: "month", currency: "eur", activation: "2026-01-31T10:30:00+01:00" },
 *   plan: {
 *     features: [
 *       { slug: "seats", price: { amount: 12, strategy_details: { pricing_strategy: "flat" } } },
 *     ],
 *   },
 * });
 * contract.contract_summary.activation; //=> "2026-01-31T09:30:00Z"
 * contract.plan.features?.[0]?.price?.amount; //=> "12"
 */
export function parseContract(input: unknown): Contract {
  return contractOf(pass(input, contractGate));
}

/**
 * Reads a contract document as `parseContract` does, but returns the error, or warnings beside the contract:
 * what was not read, with the name that was probably meant.
 *
 * @rule T7 (warnings)
 * @example
 * import { safeParseContract } from "pure-billing";
 *
 * const result = safeParseContract({
 *   contract_summary: { cycle: "month", currency: "eur", timezone: "Europe/Berlin" },
 *   plan: { features: [] },
 * });
 * result.ok ? result.warnings.map((warning) => warning.suggestion) : []; //=> ["time_zone"]
 */
export function safeParseContract(input: unknown): ParseResult {
  try {
    const document = pass(input, contractGate);
    return { ok: true, warnings: warningsOf(document), contract: contractOf(document) };
  } catch (error) {
    if (error instanceof BillingError) return { ok: false, error };
    throw error;
  }
}

/**
 * Reads a price by itself; `currency` is required.
 *
 * Takes parsed JSON; returns a deeply frozen price of its own, amounts and quantities as decimal strings.
 *
 * @throws INVALID_TYPE, MISSING, INVALID_DECIMAL, OUT_OF_RANGE, UNKNOWN_VALUE, INVALID_TIERS, CONFLICT, FOREIGN_FIELD,
 * MISPLACED_FIELD or TOO_MANY, all in one error, when the input is no price
 * @example
 * import { parsePrice } from "pure-billing";
 *
 * const price = parsePrice({
 *   currency: "usd",
 *   strategy_details: { pricing_strategy: "usage_tiered", tiers: [{ up_to: null, unit_price: "0.10" }] },
 * });
 * price.amount; //=> "0"
 */
export function parsePrice(input: unknown): Price {
  const price = pass(input, priceGate);
  completePrice(price, undefined);
  deepFreeze(price);
  return price as unknown as Price;
}

function checkLonePrice(price: JsonObject, place: Place): void {
  checkPrice(price, undefined, place);
  if (isGiven(price["currency"])) return;
  const allowed = "a lower-case ISO 4217 code, like eur, usd or jpy";
  report(place, ["currency"], "MISSING", "A3", "currency is missing", price["currency"], allowed);
}

/** The contract that a document is which passed the gate. */
export function contractOf(document: MutableJson): Contract {
  completePlan(objectIn(document["plan"]), objectIn(document["contract_summary"])["currency"]);
  deepFreeze(brand(document, "contract"));
  return document as unknown as Contract;
}
