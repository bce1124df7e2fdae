import type { BreakEvenInterval, ContractCost } from "pure-billing";
import { quantityLabel } from "./break-even-points.ts";
import { type ComparisonOutcome, type FeatureBreakEven, NAMES } from "./comparison.ts";
import { type Content, element } from "./element.ts";
import { amountText, dayText } from "./format.ts";
import { unitsName } from "./priced-features.ts";
import { issueList } from "./problems-view.ts";
import type { ReadContract, Subject } from "./read-inputs.ts";

/** Totals of a year side by side, and where the other contract becomes the cheaper one. */
export function comparisonView(subject: Subject, other: ReadContract, outcome: ComparisonOutcome): Content[] {
  if (!outcome.ok) {
    return [element("p", { class: "problem-head" }, "These can't be compared."), issueList(outcome.issues)];
  }
  const { comparison, from, to, breakEvens } = outcome;
  const { contracts, cheapest, differences, currency } = comparison;
  const names = [
    { id: NAMES.own, title: titleOf(subject) },
    { id: NAMES.other, title: titleOf(other) },
  ] as const;
  const cards = names.map(({ id, title }) => {
    const cost = contracts[id];
    if (cost === undefined) return null;
    const [difference] = Object.values(differences[id] ?? {});
    const isCheapest = cheapest.includes(id);
    const note = !isCheapest
      ? `${difference ?? ""} more`
      : cheapest.length > 1
        ? "both cost the same"
        : "the cheaper one";
    return element(
      "div",
      { class: isCheapest ? "contender cheapest" : "contender" },
      element("h3", {}, element("span", { class: `badge badge-${id.toLowerCase()}` }, id), ` ${title}`),
      element(
        "p",
        { class: "contender-total", id: `compare-${id.toLowerCase()}` },
        amountText(cost.total_including_tax, currency),
      ),
      element("p", { class: isCheapest ? "verdict good" : "verdict" }, note),
      element("p", { class: "note" }, costNote(cost)),
    );
  });
  const range = `Billing periods that begin from ${dayText(from, subject.timeZone)} until ${dayText(to, subject.timeZone)}, with this usage in every period.`;
  return [
    element("p", { class: "quiet" }, range),
    element("div", { class: "contenders" }, cards),
    breakEvenList(breakEvens),
  ];
}

function titleOf({ contract }: ReadContract): string {
  return contract.plan.name ?? contract.plan.slug ?? "contract";
}

function costNote({
  periods,
  discount_amount: discount,
  usage_not_charged: notCharged,
}: ContractCost): string {
  const parts = [`${periods.length} ${periods.length === 1 ? "period" : "periods"}`];
  if (/[1-9]/.test(discount)) parts.push(`${discount} discount taken off`);
  if (notCharged.length > 0) parts.push(`${notCharged.join(", ")} not charged`);
  return parts.join(", ");
}

function breakEvenList(breakEvens: readonly FeatureBreakEven[]): Content {
  if (breakEvens.length === 0) return null;
  return element(
    "div",
    { class: "flips" },
    element("h3", {}, "Which is cheaper in the running period, all else as it stands"),
    element(
      "dl",
      {},
      breakEvens.map(({ feature, breakEven: { intervals } }) => [
        element("dt", {}, feature.name),
        element(
          "dd",
          {},
          intervals
            .filter((interval) => !isPoint(interval))
            .slice(0, 12)
            .map((interval) =>
              element(
                "span",
                { class: `flip flip-${interval.cheaper}` },
                `${verdict(interval)} ${span(interval)} ${unitsName(feature.price)}`,
              ),
            ),
        ),
      ]),
    ),
  );
}

function isPoint({ from, to }: BreakEvenInterval): boolean {
  return to !== null && quantityLabel(from) === quantityLabel(to);
}

function verdict({ cheaper }: BreakEvenInterval): string {
  return cheaper === "neither" ? "equal" : cheaper.toUpperCase();
}

function span({ from, to }: BreakEvenInterval): string {
  if (to !== null) return `from ${quantityLabel(from)} to ${quantityLabel(to)}`;
  return quantityLabel(from) === "0" ? "for any number of" : `above ${quantityLabel(from)}`;
}
