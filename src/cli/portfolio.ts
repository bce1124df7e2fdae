import { availableParallelism } from "node:os";
import { type Command, InvalidArgumentError, Option } from "commander";
import { readTaxRates } from "../charge/tax.ts";
import { type BillingIssue, refuse } from "../error.ts";
import { readInvoiceRange } from "../invoice/invoice-range.ts";
import { examplesHelp, instantOption, refuseSecondInput, taxRatesOption } from "./options.ts";
import type { PortfolioJob } from "./portfolio/job.ts";
import { checkPatch } from "./portfolio/patch.ts";
import { reportText, runPortfolio } from "./portfolio/run.ts";
import type { PortfolioSummary } from "./portfolio/summary.ts";
import { readJson, STANDARD_INPUT } from "./read-json.ts";
import { readTaxRatesFrom } from "./read-tax-rates.ts";
import { complain } from "./terminal.ts";

interface PortfolioOptions {
  readonly at?: string;
  readonly from?: string;
  readonly to?: string;
  readonly usage?: string;
  readonly patch?: string;
  readonly taxRates?: string;
  readonly errors?: string;
  readonly summary?: string;
  readonly workers: number;
  readonly quiet?: true;
}

const BAD_INPUT = 1;
const MOST_WORKERS = 256;

/** Adds `portfolio`: what all contracts of a customer base cost, and what a change would make of it. */
export function addPortfolio(program: Command): void {
  program
    .command("portfolio")
    .summary("what a whole customer base costs, and what a change makes of it")
    .description(
      "Prices one contract a line, and prints one line of JSON for each, in the same order: the charges of the billing " +
        "period that runs at --at, or of all that begin from --from to before --to. With --patch it prints them before " +
        "and after the change, and whom it touches how much. A line that can't be priced gets its issues, and the exit " +
        "code is 1 in the end.",
    )
    .argument("[file]", "contracts as NDJSON, each with its usage if it has any; - reads standard input")
    .addOption(instantOption("--at", "the billing period that runs then, with usage up to then"))
    .addOption(instantOption("--from", "the billing periods that begin from then on").conflicts("at"))
    .addOption(instantOption("--to", "and before then").conflicts("at"))
    .addOption(
      new Option(
        "--usage <file>",
        'usage as NDJSON in the order of the contracts: usage, or {"id", "usage"}',
      ),
    )
    .addOption(
      new Option(
        "--patch <file>",
        'a change as JSON: {"feature_configuration": ...}, {"discount": ...}, ...',
      ),
    )
    .addOption(taxRatesOption())
    .addOption(new Option("--errors <file>", "write what is wrong as NDJSON, with the numbers of the lines"))
    .addOption(new Option("--summary <file>", "write the summary as JSON"))
    .addOption(workersOption())
    .addOption(new Option("--quiet", "print neither progress nor summary"))
    .addHelpText(
      "after",
      examplesHelp([
        "pure-billing portfolio contracts.ndjson --at 2026-02-26T12:00:00Z > costs.ndjson",
        "pure-billing portfolio contracts.ndjson --from 2026-01-01T00:00:00Z --to 2027-01-01T00:00:00Z \\\n" +
          "      --usage usage.ndjson --patch price-change.json --errors errors.ndjson > costs.ndjson",
        "parallel --pipepart -a contracts.ndjson -k pure-billing portfolio --at 2026-02-26T12:00:00Z --quiet",
      ]),
    )
    .action(showPortfolio);
}

function workersOption(): Option {
  const workers = availableParallelism();
  return new Option("--workers <number>", `how many threads (default: ${workers}, the processors)`)
    .default(workers)
    .argParser((text: string) => {
      if (/^[1-9]\d{0,2}$/.test(text) && Number(text) <= MOST_WORKERS) return Number(text);
      throw new InvalidArgumentError(`A whole number from 1 to ${MOST_WORKERS} is allowed.`);
    });
}

async function showPortfolio(
  file: string | undefined,
  options: PortfolioOptions,
  command: Command,
): Promise<void> {
  const { usage = null, patch, taxRates, errors = null, summary: summaryFile = null, workers } = options;
  const contracts = file ?? STANDARD_INPUT;
  if (file === undefined && process.stdin.isTTY) command.error("error: missing required argument 'file'");
  refuseSecondInput([contracts, usage ?? undefined, patch, taxRates], command);
  const asked = askedOf(options, command);
  const isQuiet = options.quiet === true;
  const job: PortfolioJob = {
    asked,
    patch: patch === undefined ? null : checkPatch(await readJson(patch)),
    taxRates: taxRates === undefined ? null : await readTaxRatesFrom(taxRates),
  };
  const issues: BillingIssue[] = [];
  readTaxRates(issues, job.taxRates);
  refuse(issues);

  const run = { contracts, usage, errors, summary: summaryFile, workers, isQuiet };
  const { summary, failure } = await runPortfolio(job, run);
  if (!isQuiet) complain(reportText(summary));
  if (summary.errors > 0) {
    complain(errorText(summary, errors));
    process.exitCode = BAD_INPUT;
  }
  if (failure !== null) throw failure;
}

/** What is asked about each contract; what is wrong with it is wrong use. */
function askedOf({ at, from, to }: PortfolioOptions, command: Command): PortfolioJob["asked"] {
  if (at !== undefined) return { at };
  if (from === undefined || to === undefined) {
    command.error("error: the time is missing: give --at, or --from and --to");
  }
  const issues: BillingIssue[] = [];
  readInvoiceRange(issues, { from, to });
  if (issues.length > 0) command.error(`error: ${issues.map(({ message }) => message).join("; ")}`);
  return { from, to };
}

function errorText({ contracts, errors }: PortfolioSummary, file: string | null): string {
  const count = errors === 1 ? "1 contract has" : `${errors} contracts have`;
  return `${count} no price, of ${contracts}${file === null ? "; --errors <file> lists what is wrong" : ""}`;
}
