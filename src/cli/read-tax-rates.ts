import type { TaxRates } from "../index.ts";
import { inputFailure } from "./failure.ts";
import { jsonProblem } from "./json-problem.ts";
import { readJson } from "./read-json.ts";

/**
 * Reads tax rates from a file, or from the argument itself where that is a JSON object; whether they are rates is seen
 * where they are used.
 *
 * @throws InputFailure where there is no JSON.
 */
export async function readTaxRatesFrom(given: string): Promise<TaxRates> {
  if (!given.trimStart().startsWith("{")) return (await readJson(given)) as TaxRates;
  const found = jsonProblem(given);
  if (found === null) return JSON.parse(given);
  throw inputFailure(`tax rates:${found.line}:${found.column}: bad JSON: ${found.problem}`);
}
