import { addAmounts, type ChargeLine } from "pure-billing";
import { type Content, element } from "./element.ts";
import { amountText, dayText } from "./format.ts";
import type { Subject } from "./read-inputs.ts";
import type { Answer } from "./what-if.ts";

/** The lines that the running period has been charged so far, and their totals. */
export function linesView(
  { contract, timeZone }: Subject,
  { lines, later, period }: Answer,
  explained: string | null,
): Content[] {
  const { currency } = contract.contract_summary;
  if (period === null) return [element("p", { class: "quiet" }, "No billing period contains this instant.")];
  if (lines.length === 0) {
    const why = period.phase === "trial" ? "The trial costs nothing." : "Nothing has been charged yet.";
    return [element("p", { class: "quiet" }, why)];
  }
  const hasOwn = new Set(lines.map((line) => line.period.start)).size > 1;
  const rows = lines.map((line) => {
    const key = line.feature_slug ?? line.group_id ?? null;
    const isExplained = key !== null && key === explained;
    return element(
      "tr",
      { class: isExplained ? "explained" : null, "data-key": key, "data-kind": line.kind },
      element("th", { scope: "row" }, line.name, marks(line)),
      element("td", {}, line.kind.replaceAll("_", " ")),
      hasOwn ? element("td", { class: "day" }, dayText(line.period.start, timeZone)) : null,
      element("td", { class: "amount units" }, line.unit_count ?? ""),
      element("td", { class: "amount" }, line.subtotal),
      element("td", { class: "amount" }, line.discount_amount),
      element("td", { class: "amount total" }, line.total_including_tax),
    );
  });
  const sum = (amounts: readonly string[]): HTMLElement =>
    element("td", { class: "amount" }, addAmounts(amounts, currency));
  const heads = ["item", "kind", ...(hasOwn ? ["period from"] : [])];
  return [
    element(
      "div",
      { class: "scroll", tabindex: 0, role: "region", "aria-label": "Lines of the period" },
      element(
        "table",
        { class: "lines" },
        element(
          "thead",
          {},
          element(
            "tr",
            {},
            heads.map((head) => element("th", { scope: "col" }, head)),
            ["units", "subtotal", "discount", "total"].map((head) =>
              element("th", { scope: "col", class: "amount" }, head),
            ),
          ),
        ),
        element("tbody", {}, rows),
        element(
          "tfoot",
          {},
          element(
            "tr",
            {},
            element("th", { scope: "row", colspan: heads.length + 1 }, "so far"),
            sum(lines.map((line) => line.subtotal)),
            sum(lines.map((line) => line.discount_amount)),
            element(
              "td",
              { class: "amount total", id: "lines-total" },
              amountText(
                addAmounts(
                  lines.map((line) => line.total_including_tax),
                  currency,
                ),
                currency,
              ),
            ),
          ),
        ),
      ),
    ),
    later === 0
      ? null
      : element(
          "p",
          { class: "quiet" },
          `${later} more ${later === 1 ? "line begins" : "lines begin"} later in this period.`,
        ),
  ];
}

function marks(line: ChargeLine): Content[] {
  const texts = [
    line.waived && "waived",
    line.assumed && "assumed",
    line.stub && "stub",
    line.over_limit && "over limit",
  ];
  return texts.flatMap((text) => (text ? [" ", element("span", { class: "mark" }, text)] : []));
}
