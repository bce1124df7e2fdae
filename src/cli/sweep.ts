import { type Command, Option } from "commander";
import { type SweepCost, sweep } from "../index.ts";
import { examplesHelp, FILE_HELP, jsonOption, refuseSecondInput } from "./options.ts";
import { readContract } from "./read-contract.ts";
import { addStretchOptions, inStretch, readStretch, type StretchArguments } from "./stretch-options.ts";
import { csvHead, csvLine, sweepTable } from "./sweep-table.ts";
import { print, write } from "./terminal.ts";
import { collectVariation, type Variation, variationsOf } from "./variation.ts";

interface SweepArguments extends StretchArguments {
  readonly vary: readonly Variation[];
  readonly csv?: true;
  readonly json?: true;
}

const MOST_POINTS = 100_000;

/** Adds `sweep`: what a contract costs over a grid of what-ifs. */
export function addSweep(program: Command): void {
  const command = program
    .command("sweep")
    .summary("what a contract costs over a grid of what-ifs")
    .description(
      "Prints what a contract costs for every combination of the values given: usage, units, prices, discounts, " +
        "cycles. What is counted are the charges of all billing periods that begin in a stretch of time.",
    )
    .argument("<file>", FILE_HELP)
    .addOption(
      new Option(
        "--vary <what=values>",
        "usage.SLUG, units.SLUG or price.SLUG=1,2,5 or 0..100:10; discount=none,10%,5; cycle=month,year; may be repeated",
      )
        .argParser(collectVariation)
        .makeOptionMandatory(),
    );
  addStretchOptions(command, "billing periods count that begin then or later")
    .addOption(new Option("--csv", "print CSV, any number of points").conflicts("json"))
    .addOption(jsonOption())
    .addHelpText(
      "after",
      examplesHelp([
        "pure-billing sweep contract.json --vary units.seats=5,10,20 --vary discount=none,10% \\\n" +
          "      --from 2026-01-01T00:00:00Z --to 2027-01-01T00:00:00Z",
        "pure-billing sweep contract.json --vary usage.api-calls=0..1000000:50000 --csv \\\n" +
          "      --from 2026-01-01T00:00:00Z --to 2026-02-01T00:00:00Z > curve.csv",
      ]),
    )
    .action(showSweep);
}

async function showSweep(file: string, options: SweepArguments, command: Command): Promise<void> {
  refuseSecondInput([file, options.usage, options.taxRates], command);
  const contract = await readContract(file);
  const read = await readStretch(options);
  const vary = variationsOf(options.vary);
  const points = inStretch(() => sweep(contract, { ...read, vary }), command);
  if (options.csv) return await write(csvOf(points, options.vary));
  const all: SweepCost[] = [];
  for (const point of points) {
    if (all.push(point) <= MOST_POINTS) continue;
    command.error(`error: there are too many points; allowed: at most ${MOST_POINTS}, any number with --csv`);
  }
  print(options.json ? JSON.stringify(all, null, 2) : sweepTable(all, options.vary));
}

function* csvOf(
  points: Iterable<SweepCost>,
  variations: readonly Variation[],
): Generator<string, void, undefined> {
  yield csvHead(variations);
  for (const point of points) yield csvLine(point, variations);
}
