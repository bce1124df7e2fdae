import type { Command } from "commander";
import { contractDetails } from "../index.ts";
import { currentCharges } from "./current-charges.ts";
import { detailsSummary } from "./details-summary.ts";
import {
  atOption,
  examplesHelp,
  FILE_HELP,
  givenOrNow,
  jsonOption,
  refuseSecondInput,
  usageOption,
} from "./options.ts";
import { readContract, readUsageFile } from "./read-contract.ts";
import { print } from "./terminal.ts";

interface DetailsOptions {
  readonly at?: string;
  readonly usage?: string;
  readonly json?: true;
}

/** Adds `details`: every computed field of a contract. */
export function addDetails(program: Command): void {
  program
    .command("details")
    .summary("every computed field of a contract")
    .description(
      "Prints what is computed of a contract: its status, billing period, due date and usage closing, what a cycle " +
        "costs, and what the current period comes to with the usage so far.",
    )
    .argument("<file>", FILE_HELP)
    .addOption(atOption())
    .addOption(usageOption())
    .addOption(jsonOption())
    .addHelpText(
      "after",
      examplesHelp([
        "pure-billing details contract.json",
        "pure-billing details contract.json --at 2026-02-26T12:00:00Z --usage usage.json",
        "cat contract.json | pure-billing details - --json",
      ]),
    )
    .action(showDetails);
}

async function showDetails(file: string, options: DetailsOptions, command: Command): Promise<void> {
  refuseSecondInput([file, options.usage], command);
  const contract = await readContract(file);
  const usage = options.usage === undefined ? null : await readUsageFile(options.usage);
  const at = givenOrNow(options.at);
  const details = contractDetails(contract, { at, usage });
  print(
    options.json
      ? JSON.stringify(details, null, 2)
      : detailsSummary(contract, details, currentCharges(contract, { at, usage }), at),
  );
}
