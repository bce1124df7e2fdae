import type { Command } from "commander";
import { isBillingError, type TaxRates, type Usage } from "../index.ts";
import { instantOption, taxRatesOption, usageOption } from "./options.ts";
import { readUsageFile } from "./read-contract.ts";
import { readTaxRatesFrom } from "./read-tax-rates.ts";

/** What the command line says beside its contracts: a stretch of time, and what counts in it. */
export interface StretchArguments {
  readonly from: string;
  readonly to: string;
  readonly usage?: string;
  readonly taxRates?: string;
}

/** The same after reading, as the functions take it. */
export interface StretchOptions {
  readonly from: string;
  readonly to: string;
  readonly usage?: Usage;
  readonly tax_rates?: TaxRates;
}

/** Adds the options of a stretch of time, and of what counts in it. */
export function addStretchOptions(command: Command, from: string): Command {
  return command
    .addOption(instantOption("--from", from).makeOptionMandatory())
    .addOption(instantOption("--to", "the end of the stretch, not in it").makeOptionMandatory())
    .addOption(usageOption())
    .addOption(taxRatesOption());
}

/** Reads what the options name. */
export async function readStretch({ from, to, usage, taxRates }: StretchArguments): Promise<StretchOptions> {
  return {
    from,
    to,
    ...(usage !== undefined && { usage: await readUsageFile(usage) }),
    ...(taxRates !== undefined && { tax_rates: await readTaxRatesFrom(taxRates) }),
  };
}

/** A result; what is wrong with the stretch alone is wrong use. */
export function inStretch<Result>(compute: () => Result, command: Command): Result {
  try {
    return compute();
  } catch (error) {
    if (!isBillingError(error) || !error.issues.every(({ path }) => path[0] === "to")) throw error;
    return command.error(`error: ${error.issues.map(({ message }) => message).join("; ")}`);
  }
}
