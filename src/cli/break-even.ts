import { basename } from "node:path";
import type { Command } from "commander";
import { pricedItems } from "../contract/priced-items.ts";
import {
  type BreakEven,
  type BreakEvenRange,
  breakEven,
  breakEvenUsage,
  type Contract,
  isBillingError,
  type Price,
} from "../index.ts";
import { breakEvenTable } from "./break-even-table.ts";
import { atOption, examplesHelp, givenOrNow, jsonOption, refuseSecondInput, usageOption } from "./options.ts";
import { plainText, printedName } from "./plain-text.ts";
import { readContract, readUsageFile } from "./read-contract.ts";
import { STANDARD_INPUT } from "./read-json.ts";
import { print } from "./terminal.ts";

interface BreakEvenOptions {
  readonly feature: string;
  readonly at?: string;
  readonly usage?: string;
  readonly units?: string;
  readonly priceAlone?: true;
  readonly json?: true;
}

const OPTION_OF: { readonly [argument: string]: string } = { slug: "--feature", range: "--units" };

/** Adds `break-even`: from how many units on which of two contracts is cheaper. */
export function addBreakEven(program: Command): void {
  program
    .command("break-even")
    .summary("from how many units on which of two contracts is cheaper")
    .description(
      "Prints every interval of a feature's units in which one contract is cheaper than the other, or both cost the " +
        "same: what the running period costs, after discounts and before tax, with the usage given of everything else. " +
        "Units are used ones, or contracted ones of a fixed price. The feature's charge is compared exactly, before it " +
        "is rounded.",
    )
    .argument("<a>", "a contract document as JSON; - reads standard input")
    .argument("<b>", "another one")
    .requiredOption("--feature <slug>", "the feature whose units vary; a group's id or the plan's slug too")
    .addOption(atOption())
    .addOption(usageOption())
    .option("--units <from..to>", "only these units: 0..5000, 100.. or ..5000, both ends included")
    .option("--price-alone", "compares the two prices of the feature and nothing else")
    .addOption(jsonOption())
    .addHelpText(
      "after",
      examplesHelp([
        "pure-billing break-even team.json pro.json --feature api-calls --at 2026-02-01T00:00:00Z",
        "pure-billing break-even team.json pro.json --feature seats --units 1..500 --usage usage.json",
        "cat pro.json | pure-billing break-even team.json - --feature storage --price-alone --json",
      ]),
    )
    .action(showBreakEven);
}

async function showBreakEven(
  fileA: string,
  fileB: string,
  options: BreakEvenOptions,
  command: Command,
): Promise<void> {
  const { feature, usage, units, priceAlone, json } = options;
  if (priceAlone && (usage ?? options.at) !== undefined) {
    command.error("error: prices alone depend neither on --at nor on --usage");
  }
  refuseSecondInput([fileA, fileB, usage], command);
  const range = units === undefined ? null : rangeOf(units, command);
  const [a, b] = [await readContract(fileA), await readContract(fileB)];
  const at = givenOrNow(options.at);
  const given = usage === undefined ? {} : { usage: await readUsageFile(usage) };
  const answer = answered(
    () =>
      priceAlone
        ? breakEven(priceIn(a, fileA, feature, command), priceIn(b, fileB, feature, command), { range })
        : breakEvenUsage(a, b, feature, { at, ...given, range }),
    command,
  );
  const names = namesOf(fileA, fileB);
  print(
    json
      ? JSON.stringify(answer, null, 2)
      : breakEvenTable(answer, { feature, names, at: priceAlone ? null : at }),
  );
}

/** `0..5000`, open on either side. */
function rangeOf(text: string, command: Command): BreakEvenRange {
  const [, from, to] = /^(.*?)\.\.(.*)$/.exec(text) ?? [];
  if (from === undefined || to === undefined || from + to === "") {
    command.error("error: --units: not a range; allowed: FROM..TO, FROM.. or ..TO");
  }
  return { ...(from !== "" && { from }), ...(to !== "" && { to }) };
}

function priceIn(contract: Contract, file: string, slug: string, command: Command): Price {
  const items = pricedItems(contract);
  const found = items.find(({ key }) => key === slug);
  if (found !== undefined) return found.price;
  const known = items.map(({ key }) => printedName(key)).join(", ");
  return command.error(`error: ${plainText(file)} charges no such price; it has: ${known}`);
}

/** What is wrong with the feature or its units is wrong use, as they stand in the command. */
function answered(run: () => BreakEven, command: Command): BreakEven {
  try {
    return run();
  } catch (error) {
    if (!isBillingError(error)) throw error;
    const said = error.issues.map(({ path, message }) => ({ option: OPTION_OF[String(path[0])], message }));
    if (said.some(({ option }) => option === undefined)) throw error;
    return command.error(
      said.map(({ option, message }) => `error: ${option}: ${plainText(message)}`).join("\n"),
    );
  }
}

/** Short names of the files, or their paths where those are the same. */
function namesOf(fileA: string, fileB: string): { readonly a: string; readonly b: string } {
  const short = (file: string): string =>
    file === STANDARD_INPUT ? "standard input" : basename(file, ".json");
  const isSame = short(fileA) === short(fileB);
  return { a: printedName(isSame ? fileA : short(fileA)), b: printedName(isSame ? fileB : short(fileB)) };
}
