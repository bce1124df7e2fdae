import { Command } from "commander";
import { addAudit } from "./audit.ts";
import { addBreakEven } from "./break-even.ts";
import { addCompare } from "./compare.ts";
import { addDetails } from "./details.ts";
import { addExplain } from "./explain.ts";
import { addInvoices } from "./invoices.ts";
import { examplesHelp } from "./options.ts";
import { addPeriods } from "./periods.ts";
import { addPortfolio } from "./portfolio.ts";
import { addSweep } from "./sweep.ts";
import { packageVersion } from "./version.ts";

/** Each command adds itself; a further one is a further line here. */
const COMMANDS: readonly ((program: Command) => void)[] = [
  addDetails,
  addPeriods,
  addInvoices,
  addExplain,
  addAudit,
  addCompare,
  addBreakEven,
  addSweep,
  addPortfolio,
];

/** The command line: what `commander` makes of the arguments. */
export function createProgram(): Command {
  const program = new Command("pure-billing")
    .description("Billing periods, charges and cost estimates of contracts, computed from their JSON.")
    .version(packageVersion(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print the help of a command")
    .addHelpText(
      "after",
      examplesHelp([
        "pure-billing details contract.json --usage usage.json",
        "pure-billing periods contract.json --count 12",
      ]),
    )
    .showHelpAfterError("pure-billing --help shows how it is used")
    .exitOverride();
  for (const add of COMMANDS) add(program);
  for (const command of program.commands) {
    command
      .helpOption("-h, --help", "print this help")
      .showHelpAfterError(`pure-billing ${command.name()} --help shows how it is used`);
  }
  return program;
}
