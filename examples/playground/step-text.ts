import type { ChargeStep, StepOperands } from "pure-billing";

/** What a step is called. */
export function stepName({ kind, operands }: ChargeStep): string {
  if (kind === "tier") return `tier ${operands["tier"]}`;
  if (kind === "tier_flat_fee") return `flat fee of tier ${operands["tier"]}`;
  if (kind === "event") return `event ${operands["event"]}`;
  if (kind === "flat_fee_line") return "less the flat fee's own line";
  const event = operands["event"];
  return kind.replaceAll("_", " ") + (event === undefined || event === null ? "" : ` ${event}`);
}

/** How a step is written on paper. */
export function stepCalculation({ kind, operands }: ChargeStep): string {
  const of = (name: string): string => String(operands[name] ?? "");
  switch (kind) {
    case "included_units":
      return `${of("units")} − ${of("included_units")} included = ${of("left")}`;
    case "minimum_units":
      return `${of("units")}, but at least ${of("minimum_units")}`;
    case "batch":
      return `${of("units")} ÷ ${of("batch_size")}, rounded ${of("batch_rounding")} = ${of("batches")}`;
    case "tier":
      return `${times(operands)}   (${operands["up_to"] === null ? `above ${of("from")}` : `${of("from")} to ${of("up_to")}`})`;
    case "unit_price":
    case "over_usage":
      return times(operands);
    case "percentage":
      return `${of("rate")} % of ${of("amount")}`;
    case "fixed_fee":
      return `${of("events")} × ${of("fixed_fee_per_event")}`;
    case "event":
      return `${of("rate")} % of ${of("charged")} + ${of("fixed_fee")}`;
    case "matrix":
      return `${whenText(operands)}: ${of("units")}`;
    case "proration":
      return `${of("amount")} × ${of("numerator")}/${of("denominator")} − ${of("amount")}`;
    case "rounding":
      return `${of("exact")} to ${of("digits")} decimals, ${of("rounding").replaceAll("_", " ")}`;
    case "minimum_charge":
    case "minimum_per_event":
      return `at least ${of("minimum")}`;
    case "maximum_charge":
    case "maximum_per_event":
      return `at most ${of("maximum")}`;
    case "waiver":
      return "free in this period";
    default:
      return "";
  }
}

/** What a step adds: a decimal, a fraction where it doesn't end, nothing where it only changes the quantity. */
export function stepValue({ value, value_ratio: { numerator, denominator } }: ChargeStep): string {
  return value === "0" ? "" : (value ?? `${numerator}/${denominator}`).replace("-", "−");
}

function times({ units, batches, unit_price: price }: StepOperands): string {
  return `${batches ?? units} × ${price}`;
}

function whenText({ when }: StepOperands): string {
  if (when === null || typeof when !== "object") return "all other usage";
  return Object.entries(when)
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");
}
