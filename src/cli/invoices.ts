import type { Command } from "commander";
import { type Contract, type Invoice, type ProjectionOptions, projectInvoices } from "../index.ts";
import { invoiceReport } from "./invoice-report.ts";
import { examplesHelp, FILE_HELP, jsonOption, refuseSecondInput } from "./options.ts";
import { readContract } from "./read-contract.ts";
import { addStretchOptions, inStretch, readStretch, type StretchArguments } from "./stretch-options.ts";
import { print } from "./terminal.ts";

interface InvoicesOptions extends StretchArguments {
  readonly json?: true;
}

const MOST_INVOICES = 100_000;

/** Adds `invoices`: the invoices of a stretch of time. */
export function addInvoices(program: Command): void {
  const command = program
    .command("invoices")
    .summary("invoices to come, or of the past")
    .description(
      "Prints the invoices of a contract that are dated in a stretch of time, with their lines, the usage given and " +
        "what has been invoiced up to each. Usage that isn't given is assumed to be zero; sums are of the period that " +
        "runs at --from.",
    )
    .argument("<file>", FILE_HELP);
  addStretchOptions(command, "the earliest date of an invoice")
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
  refuseSecondInput([file, usage, taxRates], command);
  const contract = await readContract(file);
  const read = await readStretch(options);
  const invoices = inStretch(() => invoicesOf(contract, read, command), command);
  print(options.json ? JSON.stringify(invoices, null, 2) : invoiceReport(contract, invoices, { from, to }));
}

function invoicesOf(contract: Contract, options: ProjectionOptions, command: Command): Invoice[] {
  const invoices: Invoice[] = [];
  for (const invoice of projectInvoices(contract, options)) {
    if (invoices.push(invoice) <= MOST_INVOICES) continue;
    command.error(`error: the range has too many invoices; allowed: at most ${MOST_INVOICES}`);
  }
  return invoices;
}
