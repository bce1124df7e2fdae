import { type Invoice, usageClosingOf } from "pure-billing";
import { chartWidth } from "./chart-width.ts";
import { byId, type Content, element, fill } from "./element.ts";
import { instantText } from "./format.ts";
import { invoiceChart } from "./invoice-view.ts";
import type { Subject } from "./read-inputs.ts";
import { type TimelineFacts, timelineFacts, timelineInvoices, timelineRange } from "./timeline-facts.ts";
import { timelineChart, timelineSpace } from "./timeline-view.ts";
import type { Answer } from "./what-if.ts";

/** The timeline: periods that stay, and invoices that follow the sliders. */
export interface TimelinePanel {
  readonly showPeriods: (subject: Subject) => void;
  readonly showInvoices: (subject: Subject, answer: Answer | null) => void;
}

/** Makes the panel of the timeline. */
export function timelinePanel(): TimelinePanel {
  let facts: TimelineFacts | null = null;
  let invoices: readonly Invoice[] = [];
  let shown: Subject | null = null;
  const details = byId<HTMLDetailsElement>("timeline-table-details");
  const showTable = (): void => {
    if (!details.open || shown === null || facts === null) return;
    fill(byId("timeline-table"), periodsTable(shown, facts), invoicesTable(shown, invoices));
  };
  details.addEventListener("toggle", showTable);
  return {
    showPeriods: (subject) => {
      shown = subject;
      facts = timelineFacts(subject, timelineRange(subject));
      const chart = byId("timeline");
      const hasPeriods = facts.rows.some(({ periods }) => periods.length > 0);
      fill(
        chart,
        hasPeriods
          ? timelineChart(subject, facts, timelineSpace(facts, chartWidth(chart)))
          : element("p", { class: "quiet" }, "There is no billing period in sight."),
      );
    },
    showInvoices: (subject, answer) => {
      if (facts === null) return;
      const chart = byId("invoices");
      invoices = answer === null ? [] : timelineInvoices(answer, facts);
      byId("invoices-title").hidden = answer === null;
      const currency = subject.contract.contract_summary.currency.toUpperCase();
      byId("invoices-title").textContent = `Invoices in ${currency}, on an axis in UTC`;
      fill(byId("timeline-legend"), legend(facts, invoices));
      fill(
        chart,
        answer === null
          ? null
          : invoiceChart(subject, invoices, facts, timelineSpace(facts, chartWidth(chart))),
      );
      showTable();
    },
  };
}

function legend({ rows, closings, discount }: TimelineFacts, invoices: readonly Invoice[]): Content[] {
  const periods = rows.flatMap((row) => row.periods);
  const has = (phase: string): boolean => periods.some((period) => period.phase === phase);
  return [
    has("trial") ? item("swatch", "background: var(--trial)", "trial") : null,
    has("free") ? item("swatch", "background: var(--free)", "free") : null,
    has("paid") ? item("swatch", "background: var(--paid)", "paid") : null,
    periods.some(({ stub }) => stub) ? item("swatch swatch-hatch", "", "stub") : null,
    discount === null ? null : item("swatch", "background: var(--discount)", "discounted"),
    closings.length === 0 ? null : item("swatch swatch-tick", "background: var(--closing)", "usage closes"),
    item("swatch", "background: var(--invoice)", "invoice"),
    item("swatch", "background: var(--projected)", "projected, as the sliders stand"),
    invoices.some(({ date, due_date }) => date !== due_date)
      ? item("swatch swatch-dot", "border-color: var(--due)", "falls due")
      : null,
    item("swatch swatch-tick", "background: var(--at)", "at"),
  ];
}

function item(className: string, style: string, text: string): HTMLElement {
  const swatch = element("span", { class: className, "aria-hidden": "true" });
  swatch.style.cssText = style;
  return element("li", {}, swatch, text);
}

function periodsTable({ contract, timeZone }: Subject, { rows }: TimelineFacts): HTMLElement {
  const body = rows.flatMap(({ name, periods }) =>
    periods.map((period) => {
      const closing = usageClosingOf(contract, period);
      return row([
        name === "Periods" ? "contract" : name,
        period.phase === "trial" ? "trial" : String(period.index),
        `${period.phase}${period.stub ? ", stub" : ""}`,
        instantText(period.start, timeZone),
        period.end === null ? "no end" : instantText(period.end, timeZone),
        closing === null ? "" : instantText(closing, timeZone),
      ]);
    }),
  );
  return tableOf("Periods", ["of", "index", "phase", "start", "end", "usage closes"], body);
}

function invoicesTable({ timeZone }: Subject, invoices: readonly Invoice[]): HTMLElement {
  const body = invoices.map((invoice) =>
    row([
      instantText(invoice.date, timeZone),
      instantText(invoice.due_date, timeZone),
      String(invoice.lines.length),
      `${invoice.total_including_tax} ${invoice.currency.toUpperCase()}`,
    ]),
  );
  return tableOf("Invoices", ["date", "due", "lines", "total"], body);
}

function row(texts: readonly string[]): HTMLElement {
  return element(
    "tr",
    {},
    texts.map((text) => element("td", {}, text)),
  );
}

function tableOf(caption: string, heads: readonly string[], body: readonly HTMLElement[]): HTMLElement {
  return element(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": caption },
    element(
      "table",
      { class: "periods" },
      element("caption", {}, caption),
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          heads.map((head) => element("th", { scope: "col" }, head)),
        ),
      ),
      element("tbody", {}, body),
    ),
  );
}
