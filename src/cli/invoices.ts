import { type Command, Option } from "commander";
import {
  type Contract,
  type Invoice,
  isBillingError,
  type ProjectionOptions,
  projectInvoices,
} from "../index.ts";
import { invoiceReport } from "./invoice-report.ts";
import { examplesHelp, FILE_HELP, instantOption, jsonOption, usageOption } from "./options.ts";
import { readContract, readUsageFile } from "./read-contract.ts";
import { STANDARD_INPUT } from "./read-json.ts";
import { readTaxRatesFrom } from "./read-tax-rates.ts";
import { print } from "./terminal.ts";

interface InvoicesOptions {
  readonly from: string;
  readonly to: string;
  readonly usage?: string;
  readonly taxRates?: string;
  readonly json?: true;
}

const MOST_INVOICES = 100_000;

/** Adds `invoices`: the invoices of a stretch of time. */
export function addInvoices(program: Command): void {
  program
    .command("invoices")
    .summary("invoices to come, or of the past")
    .description(
      "Prints the invoices of a contract that are dated in a stretch of time, with their lines, the usage given and " +
        "what has been invoiced up to each. Usage that isn't given is assumed to be zero; sums are of the period that " +
        "runs at --from.",
    )
    .argument("<file>", FILE_HELP)
    .addOption(instantOption("--from", "the earliest date of an invoice").makeOptionMandatory())
    .addOption(instantOption("--to", "the end of the stretch, not in it").makeOptionMandatory())
    .addOption(usageOption())
    .addOption(
      new Option("--tax-rates <file or JSON>", 'percent by tax code: {"standard": "19", "default": "19"}'),
    )
    .addOption(jsonOption())
    .addHelpText(
      "after",
      examplesHelp([
        "pure-billing invoices contract.json --from 2026-01-01T00:00:00Z --to 2027-01-01T00:00:00Z",
        "pure-billing invoices contract.json --from 2026-01-01T00:00:00Z --to 2027-01-01T00:00:00Z \\\n" +
          `      --usage usage.json --tax-rates '{"default": "19"}'`,
        "cat contract.json | pure-billing invoices - --from 2026-01-01T00:00:00Z --to 2027-01-01T00:00:00Z --json",
      ]),
    )
    .action(showInvoices);
}

async function showInvoices(file: string, options: InvoicesOptions, command: Command): Promise<void> {
  const { from, to, usage, taxRates } = options;
  if ([file, usage, taxRates].filter((each) => each === STANDARD_INPUT).length > 1) {
    command.error("error: standard input holds one document: give the others as files");
  }
  const contract = await readContract(file);
  const invoices = invoicesOf(
    contract,
    {
      from,
      to,
      ...(usage !== undefined && { usage: await readUsageFile(usage) }),
      ...(taxRates !== undefined && { tax_rates: await readTaxRatesFrom(taxRates) }),
    },
    command,
  );
  print(options.json ? JSON.stringify(invoices, null, 2) : invoiceReport(contract, invoices, { from, to }));
}

/** The invoices of a range; what is wrong with the range is wrong use. */
function invoicesOf(contract: Contract, options: ProjectionOptions, command: Command): Invoice[] {
  const invoices: Invoice[] = [];
  try {
    for (const invoice of projectInvoices(contract, options)) {
      if (invoices.push(invoice) <= MOST_INVOICES) continue;
      command.error(`error: the range has too many invoices; allowed: at most ${MOST_INVOICES}`);
    }
  } catch (error) {
    if (!isBillingError(error) || !error.issues.every(({ path }) => path[0] === "to")) throw error;
    command.error(`error: ${error.issues.map(({ message }) => message).join("; ")}`);
  }
  return invoices;
}
