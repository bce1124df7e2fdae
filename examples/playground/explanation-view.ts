import { type ChargeStep, chargeFor, explainCharge, explainLine } from "pure-billing";
import { type Content, element } from "./element.ts";
import { amountText } from "./format.ts";
import type { PricedFeature } from "./priced-features.ts";
import { stepCalculation, stepName, stepValue } from "./step-text.ts";
import type { Answer } from "./what-if.ts";

/** How the charge of one price comes about, step by step: its lines of the running period, or the price alone. */
export function explanationView(feature: PricedFeature, { contract, lines, quantities }: Answer): Content[] {
  const { currency } = contract.contract_summary;
  const own = lines.filter(
    (line) =>
      (line.feature_slug ?? line.group_id ?? null) === (feature.level === "plan" ? null : feature.key),
  );
  const latest = own.at(-1)?.period.start;
  const running = own.filter(({ period }) => period.start === latest);
  const tables: Content[] = running.map((line) => {
    const { steps, total_including_tax: total } = explainLine(line);
    return stepsTable(`${line.name}, ${line.kind.replaceAll("_", " ")}`, steps, amountText(total, currency));
  });
  const isCharged = running.some((line) => line.waived === undefined);
  if (isCharged || feature.quantity === "events") return tables;
  const units = quantities[feature.key];
  const { steps } = explainCharge(feature.price, units);
  const { subtotal } = chargeFor(feature.price, units);
  const why =
    running.length === 0 ? "not charged in this period; at its price" : "once it isn't free any more";
  return [...tables, stepsTable(`${feature.name}, ${why}`, steps, amountText(subtotal, currency))];
}

function stepsTable(caption: string, steps: readonly ChargeStep[], total: string): HTMLElement {
  const rows = steps.map((step) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, stepName(step)),
      element("td", { class: "calculation" }, stepCalculation(step)),
      element("td", { class: "amount" }, stepValue(step)),
    ),
  );
  return element(
    "table",
    { class: "steps" },
    element("caption", {}, caption),
    element("tbody", {}, rows),
    element(
      "tfoot",
      {},
      element(
        "tr",
        {},
        element("th", { scope: "row", colspan: "2" }, "total"),
        element("td", { class: "amount" }, total),
      ),
    ),
  );
}
