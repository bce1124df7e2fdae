import { warningsOf } from "../contract/warnings.ts";
import {
  type BillingWarning,
  type Contract,
  parseSchedule,
  type Schedule,
  safeParseContract,
  type Usage,
} from "../index.ts";
import { inputFailure, placeLine } from "./failure.ts";
import { readJson } from "./read-json.ts";
import { complain } from "./terminal.ts";

/**
 * Reads a contract document, and prints its warnings.
 *
 * @throws BillingError with every problem of the document; InputFailure where there is no JSON.
 */
export async function readContract(file: string): Promise<Contract> {
  const result = safeParseContract(await readJson(file));
  if (!result.ok) throw result.error;
  printWarnings(result.warnings);
  return result.contract;
}

/**
 * Reads what billing periods depend on, from a contract document or from the fields of its summary alone, and prints
 * the warnings about those fields.
 *
 * @throws BillingError with every problem of them; InputFailure where there is no JSON.
 */
export async function readSchedule(file: string): Promise<Schedule> {
  const input = await readJson(file);
  const schedule = parseSchedule(input);
  printWarnings(scheduleWarnings(input as { readonly [name: string]: unknown }));
  return schedule;
}

/**
 * Reads usage; whether it is usage of the contract is seen where it is used.
 *
 * @throws InputFailure where there is no JSON, or nothing in it.
 */
export async function readUsageFile(file: string): Promise<Usage> {
  const usage = await readJson(file);
  if (usage === null) throw inputFailure("usage: not usage; allowed: an object (found null)");
  return usage as Usage;
}

function scheduleWarnings(input: { readonly [name: string]: unknown }): BillingWarning[] {
  if (Object.hasOwn(input, "contract_summary")) {
    return warningsOf(input).filter(({ path }) => path.length === 1 || path[0] === "contract_summary");
  }
  const { free_trial_days: _ofThePlan, ...contract_summary } = input;
  return warningsOf({ contract_summary }).map((warning) => ({ ...warning, path: warning.path.slice(1) }));
}

function printWarnings(warnings: readonly BillingWarning[]): void {
  for (const { path, message } of warnings) complain(`warning: ${placeLine(path, message)}`);
}
