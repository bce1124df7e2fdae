import { basename } from "node:path";
import type { Command } from "commander";
import { amendContract, type Contract, type ContractChange, compareContracts } from "../index.ts";
import { comparisonReport } from "./comparison-report.ts";
import { examplesHelp, jsonOption, refuseSecondInput } from "./options.ts";
import { printedName } from "./plain-text.ts";
import { readContract } from "./read-contract.ts";
import { readJson, STANDARD_INPUT } from "./read-json.ts";
import { addStretchOptions, inStretch, readStretch, type StretchArguments } from "./stretch-options.ts";
import { print } from "./terminal.ts";

interface CompareOptions extends StretchArguments {
  readonly patch?: string;
  readonly json?: true;
}

/** Adds `compare`: what contracts cost with the same usage. */
export function addCompare(program: Command): void {
  const command = program
    .command("compare")
    .summary("what contracts cost beside each other")
    .description(
      "Prints what contracts cost with the very same usage: the charges of all billing periods that begin in a " +
        "stretch of time, by bucket and per period, the cheapest, and what the others cost more.",
    )
    .argument("<files...>", "contract documents as JSON; one of them may be - for standard input")
    .option(
      "--patch <file>",
      "a change as JSON, in the contract's words: compares each with itself after it",
    );
  addStretchOptions(command, "billing periods count that begin then or later")
    .addOption(jsonOption())
    .addHelpText(
      "after",
      examplesHelp([
        "pure-billing compare contract.json --patch price-change.json --usage last-year.json \\\n" +
          "      --from 2025-01-01T00:00:00Z --to 2026-01-01T00:00:00Z",
        "pure-billing compare team.json pro.json --from 2026-01-01T00:00:00Z --to 2027-01-01T00:00:00Z",
      ]),
    )
    .action(compare);
}

async function compare(files: string[], options: CompareOptions, command: Command): Promise<void> {
  const { patch, taxRates, usage } = options;
  if (files.length < 2 && patch === undefined)
    command.error("error: give two or more contracts, or a --patch");
  refuseSecondInput([...files, patch, taxRates, usage], command);
  const change = patch === undefined ? null : ((await readJson(patch)) as ContractChange);
  const names = namesOf(files);
  const contracts: { [name: string]: Contract } = {};
  for (const [index, file] of files.entries()) {
    const name = names[index] as string;
    const contract = await readContract(file);
    contracts[name] = contract;
    if (change !== null) contracts[`${name}, patched`] = amendContract(contract, change);
  }
  const read = await readStretch(options);
  const comparison = inStretch(() => compareContracts(contracts, read), command);
  print(options.json ? JSON.stringify(comparison, null, 2) : comparisonReport(contracts, comparison, read));
}

/** Short names of files, or their paths where those are the same. */
function namesOf(files: readonly string[]): string[] {
  const short = files.map((file) => (file === STANDARD_INPUT ? "input" : basename(file, ".json")));
  if (new Set(short).size === files.length) return short.map((name) => printedName(name));
  return files.map((file, index) => {
    const isRepeated = files.indexOf(file) !== index;
    return isRepeated ? `${file} (${index + 1})` : file;
  });
}
