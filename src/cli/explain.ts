import { type Command, Option } from "commander";
import { pricedItems } from "../contract/priced-items.ts";
import {
  type ChargeExplanation,
  type ChargeQuantity,
  type Contract,
  explainCharge,
  isBillingError,
  type Price,
  type QuantityEvent,
  type RoundingMode,
} from "../index.ts";
import { ROUNDING_MODES } from "../money/rounding.ts";
import { explanationTable } from "./explanation-table.ts";
import { inputFailure } from "./failure.ts";
import { examplesHelp, FILE_HELP, jsonOption, refuseSecondInput } from "./options.ts";
import { printedName } from "./plain-text.ts";
import { readContract } from "./read-contract.ts";
import { readJson } from "./read-json.ts";
import { print } from "./terminal.ts";

interface ExplainOptions {
  readonly feature?: string;
  readonly group?: string;
  readonly plan?: true;
  readonly units?: string;
  readonly events?: string;
  readonly rounding?: RoundingMode;
  readonly json?: true;
}

/** Adds `explain`: how the charge of a quantity comes about. */
export function addExplain(program: Command): void {
  program
    .command("explain")
    .summary("how the charge of a quantity comes about")
    .description(
      "Prints the steps from a quantity to its charge as one would write them on paper: units, tiers, batches, flat " +
        "fee, limits, rounding. Prices of contracted units take their count where no quantity is given.",
    )
    .argument("<file>", FILE_HELP)
    .option("--feature <slug>", "the price of a feature")
    .option("--group <id>", "the price of a group")
    .option("--plan", "the plan's own price")
    .option("--units <number>", "the quantity, or the money moved")
    .option("--events <file>", 'events as JSON, for prices that depend on them: [{"amount": "50"}, ...]')
    .addOption(
      new Option("--rounding <mode>", "instead of the contract's rounding mode").choices(ROUNDING_MODES),
    )
    .addOption(jsonOption())
    .addHelpText(
      "after",
      examplesHelp([
        "pure-billing explain contract.json --feature api-calls --units 145250",
        "pure-billing explain contract.json --feature payments --events events.json --json",
      ]),
    )
    .action(explain);
}

async function explain(file: string, options: ExplainOptions, command: Command): Promise<void> {
  const { units, events, json } = options;
  if (units !== undefined && events !== undefined) command.error("error: give --units or --events, not both");
  refuseSecondInput([file, events], command);
  const contract = await readContract(file);
  const { name, price } = selected(contract, options, command);
  const quantity = events === undefined ? units : eventsOf(await readJson(events));
  const rounding = options.rounding ?? contract.contract_summary.configuration?.rounding ?? "half_up";
  const explanation = explained(price, quantity, rounding, command);
  print(
    json
      ? JSON.stringify(explanation, null, 2)
      : explanationTable(printedName(name), price.currency, explanation),
  );
}

/** What the options select; anything else is wrong use. */
function selected(
  contract: Contract,
  { feature, group, plan }: ExplainOptions,
  command: Command,
): { readonly name: string; readonly price: Price } {
  const asked = [feature, group, plan].filter((each) => each !== undefined);
  if (asked.length !== 1) command.error("error: give one of --feature, --group and --plan");
  const items = pricedItems(contract);
  const found = items.find(
    ({ kind, key }) =>
      (kind === "feature" && key === feature) ||
      (kind === "group" && key === group) ||
      (kind === "plan" && plan),
  );
  if (found !== undefined) return found;
  const known = items.map(({ kind, key }) => (kind === "plan" ? "--plan" : `--${kind} ${printedName(key)}`));
  return command.error(`error: the contract charges no such price; it has: ${known.join(", ")}`);
}

function eventsOf(events: unknown): ChargeQuantity {
  if (!Array.isArray(events)) throw inputFailure("events: not a list of events; allowed: an array");
  return { events: events as readonly QuantityEvent[] };
}

/** A quantity that is none is wrong use, as it stands in the command. */
function explained(
  price: Price,
  quantity: ChargeQuantity | undefined,
  rounding: RoundingMode,
  command: Command,
): ChargeExplanation {
  try {
    return explainCharge(price, quantity, { rounding });
  } catch (error) {
    if (typeof quantity === "object" || !isBillingError(error)) throw error;
    return command.error(`error: --units: ${error.issues.map(({ message }) => message).join("; ")}`);
  }
}
