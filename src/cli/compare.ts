import { basename } from "node:path";
import type { Command } from "commander";
import { type Contract, compareContracts } from "../index.ts";
import { comparisonReport } from "./comparison-report.ts";
import { examplesHelp, jsonOption, refuseSecondInput } from "./options.ts";
import { printedName } from "./plain-text.ts";
import { readContract } from "./read-contract.ts";
import { STANDARD_INPUT } from "./read-json.ts";
import { addStretchOptions, inStretch, readStretch, type StretchArguments } from "./stretch-options.ts";
import { print } from "./terminal.ts";

interface CompareOptions extends StretchArguments {
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
    .argument(
      "<files...>",
      "two or more contract documents as JSON; one of them may be - for standard input",
    );
  addStretchOptions(command, "billing periods count that begin then or later")
    .addOption(jsonOption())
    .addHelpText(
      "after",
      examplesHelp([
        "pure-billing compare team.json pro.json --from 2026-01-01T00:00:00Z --to 2027-01-01T00:00:00Z",
        "pure-billing compare old.json new.json --usage last-year.json --json \\\n" +
          "      --from 2025-01-01T00:00:00Z --to 2026-01-01T00:00:00Z",
      ]),
    )
    .action(compare);
}

async function compare(files: string[], options: CompareOptions, command: Command): Promise<void> {
  if (files.length < 2) command.error("error: give two or more contracts");
  refuseSecondInput([...files, options.usage, options.taxRates], command);
  const names = namesOf(files);
  const contracts: { [name: string]: Contract } = {};
  for (const [index, file] of files.entries()) contracts[names[index] as string] = await readContract(file);
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
