import type { ChargeExplanation, ChargeStep, StepOperands } from "../index.ts";
import { addRatios, type Ratio, ratioAmount, ZERO_RATIO } from "../money/ratio.ts";
import { plainText } from "./plain-text.ts";
import { table } from "./table.ts";
import { style } from "./terminal.ts";

const COLUMNS = [
  { head: "step" },
  { head: "calculation" },
  { head: "value", align: "right" },
  { head: "together", align: "right" },
] as const;

/** The steps of a charge as one would write them on paper, each with what it adds and what that comes to. */
export function explanationTable(
  name: string,
  currency: string,
  { steps, subtotal }: ChargeExplanation,
): string {
  let together = ZERO_RATIO;
  const rows = steps.map((step) => {
    together = addRatios(together, ratioOfStep(step));
    const isCount = step.value === "0";
    return [label(step), calculation(step), isCount ? "" : valueText(step), isCount ? "" : text(together)];
  });
  return [style.bold(`${name}: ${subtotal} ${currency}`), table(COLUMNS, rows, ["", "", "", subtotal])].join(
    "\n\n",
  );
}

function ratioOfStep({ value_ratio: { numerator, denominator } }: ChargeStep): Ratio {
  return { numerator: BigInt(numerator), denominator: BigInt(denominator) };
}

function valueText(step: ChargeStep): string {
  return step.value ?? text(ratioOfStep(step));
}

function text(ratio: Ratio): string {
  const { exact, exact_ratio } = ratioAmount(ratio);
  return exact ?? `${exact_ratio.numerator}/${exact_ratio.denominator}`;
}

function label({ kind, operands }: ChargeStep): string {
  if (kind === "tier") return `tier ${operands["tier"]}`;
  if (kind === "tier_flat_fee") return `flat fee of tier ${operands["tier"]}`;
  if (kind === "event" || kind === "minimum_per_event" || kind === "maximum_per_event") {
    return `${kind.replaceAll("_", " ")} ${operands["event"]}`.replace("event event", "event");
  }
  return kind.replaceAll("_", " ");
}

/** How a step is written on paper. */
function calculation({ kind, operands }: ChargeStep): string {
  const of = (name: string): string => String(operands[name] ?? "");
  switch (kind) {
    case "included_units":
      return `${of("units")} - ${of("included_units")} included = ${of("left")}`;
    case "minimum_units":
      return `${of("units")}, at least ${of("minimum_units")}`;
    case "batch":
      return `${of("units")} / ${of("batch_size")} = ${of("batches")} (rounded ${of("batch_rounding")})`;
    case "tier":
      return `${times(operands)}  (${tierText(operands)})`;
    case "unit_price":
    case "over_usage":
      return times(operands);
    case "percentage":
      return `${of("rate")} % of ${of("amount")}`;
    case "fixed_fee":
      return `${of("events")} x ${of("fixed_fee_per_event")}`;
    case "event": {
      if (of("charged") === "0" && of("free") !== "0") return `${of("amount")} free`;
      const fee = of("fixed_fee") === "0" ? "" : ` + ${of("fixed_fee")}`;
      const free = of("free") === "0" ? "" : `  (${of("amount")} - ${of("free")} free)`;
      return `${of("rate")} % of ${of("charged")}${fee}${free}`;
    }
    case "matrix":
      return operands["when"] === null ? `all other usage: ${of("units")}` : whenText(operands);
    case "rounding":
      return `${of("exact")} to ${of("digits")} decimals, ${of("rounding").replaceAll("_", " ")}`;
    case "minimum_charge":
    case "minimum_per_event":
      return `at least ${of("minimum")}`;
    case "maximum_charge":
    case "maximum_per_event":
      return `at most ${of("maximum")}`;
    default:
      return "";
  }
}

function times({ units, batches, unit_price: price }: StepOperands): string {
  return `${batches ?? units} x ${price}`;
}

function tierText({ from, up_to: upTo }: StepOperands): string {
  return upTo === null ? `above ${from}` : `${from} to ${upTo}`;
}

function whenText({ when, units }: StepOperands): string {
  const properties = Object.entries(when ?? {}).map(([name, value]) => `${name} ${value}`);
  return plainText(`${properties.join(", ")}: ${units}`);
}
