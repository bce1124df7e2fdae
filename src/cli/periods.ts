import { type Command, InvalidArgumentError, Option } from "commander";
import {
  type BillingPeriod,
  billingPeriods,
  isBillingError,
  type PeriodRange,
  type Schedule,
} from "../index.ts";
import { examplesHelp, givenOrNow, instantOption, jsonOption } from "./options.ts";
import { periodDocument } from "./period-document.ts";
import { periodTable } from "./period-table.ts";
import { readSchedule } from "./read-contract.ts";
import { print } from "./terminal.ts";

interface PeriodsOptions {
  readonly at?: string;
  readonly from?: string;
  readonly to?: string;
  readonly count?: number;
  readonly json?: true;
}

const DEFAULT_COUNT = 12;

/** Adds `periods`: billing periods with their due dates and usage closings. */
export function addPeriods(program: Command): void {
  program
    .command("periods")
    .summary("billing periods, due dates and usage closings")
    .description(
      "Prints billing periods with the date on which their fixed charges fall due and the time at which their usage " +
        `closes: ${DEFAULT_COUNT} of them from the one that runs now, unless you say otherwise.`,
    )
    .argument(
      "<file>",
      "a contract document or the fields of its contract_summary as JSON; - reads standard input",
    )
    .addOption(instantOption("--at", "begin with the period that runs at an instant (default: now)"))
    .addOption(instantOption("--from", "begin with the period that runs at an instant").conflicts("at"))
    .addOption(
      instantOption("--to", "end with the last period that begins before an instant").conflicts([
        "at",
        "count",
      ]),
    )
    .addOption(countOption())
    .addOption(jsonOption())
    .addHelpText(
      "after",
      examplesHelp([
        "pure-billing periods contract.json",
        "pure-billing periods contract.json --from 2026-01-01T00:00:00Z --to 2027-01-01T00:00:00Z",
        "pure-billing periods contract.json --at 2026-02-26T12:00:00Z --count 1 --json",
        `echo '{"cycle": "month", "activation": "2026-01-31T00:00:00Z"}' | pure-billing periods -`,
      ]),
    )
    .action(showPeriods);
}

function countOption(): Option {
  return new Option("--count <number>", `how many periods (default: ${DEFAULT_COUNT})`).argParser(
    (text: string) => {
      if (/^[1-9]\d{0,5}$/.test(text) && Number(text) <= 100_000) return Number(text);
      throw new InvalidArgumentError("A whole number from 1 to 100000 is allowed.");
    },
  );
}

async function showPeriods(file: string, options: PeriodsOptions, command: Command): Promise<void> {
  const { count = DEFAULT_COUNT, to } = options;
  if (to !== undefined && options.from === undefined) command.error("error: option '--to' needs '--from'");
  const schedule = await readSchedule(file);
  const from = options.from ?? givenOrNow(options.at);
  const range = to === undefined ? { from, count } : { from, to };
  const periods = periodsIn(schedule, range, command).map((period) => periodDocument(schedule, period));
  print(options.json ? JSON.stringify(periods, null, 2) : periodTable(schedule, periods, from));
}

/** The periods of a range; what is wrong with the range is wrong use. */
function periodsIn(schedule: Schedule, range: PeriodRange, command: Command): BillingPeriod[] {
  try {
    return billingPeriods(schedule, range);
  } catch (error) {
    if (!isBillingError(error)) throw error;
    command.error(`error: ${error.issues.map(({ message }) => message).join("; ")}`);
  }
}
