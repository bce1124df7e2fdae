import { type Command, InvalidArgumentError, Option } from "commander";
import {
  type BillingPeriod,
  billingPeriods,
  dueDateOf,
  isBillingError,
  type PeriodRange,
  type Schedule,
  usageClosingOf,
} from "../index.ts";
import { formatInstant } from "../time/instant.ts";
import { cycleText } from "./cycle-text.ts";
import { localClock } from "./local-time.ts";
import { examplesHelp, givenOrNow, instantOption, jsonOption } from "./options.ts";
import { readSchedule } from "./read-contract.ts";
import { type Column, facts, table } from "./table.ts";
import { print } from "./terminal.ts";
import { titleOf } from "./title.ts";

interface PeriodsOptions {
  readonly at?: string;
  readonly from?: string;
  readonly to?: string;
  readonly count?: number;
  readonly json?: true;
}

/** One period as it is printed. */
interface PeriodRow extends BillingPeriod {
  readonly due: Date | null;
  readonly usageCloses: Date | null;
}

const DEFAULT_COUNT = 12;

const COLUMNS: readonly Column[] = [
  { head: "period", align: "right" },
  { head: "phase" },
  { head: "start" },
  { head: "end" },
  { head: "due" },
  { head: "usage closes" },
];

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
  if (options.to !== undefined && options.from === undefined)
    command.error("error: option '--to' needs '--from'");
  const schedule = await readSchedule(file);
  const from = options.from ?? givenOrNow(options.at);
  const { to } = options;
  const range = to === undefined ? { from, count: options.count ?? DEFAULT_COUNT } : { from, to };
  const rows = periodsIn(schedule, range, command).map((period) => ({
    ...period,
    due: dueDateOf(schedule, period),
    usageCloses: usageClosingOf(schedule, period),
  }));
  print(options.json ? JSON.stringify(rows.map(periodDocument), null, 2) : periodsText(schedule, rows, from));
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

/** A period as programs read it. */
function periodDocument({ index, phase, start, end, stub, due, usageCloses }: PeriodRow): object {
  return {
    index,
    phase,
    start: instantText(start),
    end: instantText(end),
    stub,
    due_date: instantText(due),
    usage_closes_at: instantText(usageCloses),
  };
}

function instantText(instant: Date | null): string | null {
  return instant === null ? null : formatInstant(instant.getTime());
}

function periodsText(schedule: Schedule, rows: readonly PeriodRow[], from: string): string {
  const { contract_summary: summary } = schedule;
  const clock = localClock(schedule);
  const show = (instant: Date | null, never: string): string =>
    instant === null ? never : clock.show(instant);
  const neverCloses = summary.configuration?.usage_period_closing_policy === "manual" ? "by hand" : "never";
  return [
    titleOf(summary, schedule.plan),
    facts([
      ["Cycle", cycleText(summary)],
      ["Time zone", clock.zone],
    ]),
    rows.length === 0
      ? `No billing period runs or begins from ${clock.show(from)} on.`
      : table(
          COLUMNS,
          rows.map(({ index, phase, start, end, stub, due, usageCloses }) => [
            String(index),
            stub ? `${phase} stub` : phase,
            clock.show(start),
            show(end, "open"),
            show(due, "never"),
            show(usageCloses, neverCloses),
          ]),
        ),
  ]
    .filter((section) => section !== "")
    .join("\n\n");
}
