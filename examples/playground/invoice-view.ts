import * as Plot from "@observablehq/plot";
import type { Invoice } from "pure-billing";
import { amountAxes } from "./amount-axes.ts";
import { amountText, axisText, dayText, instantText } from "./format.ts";
import { type InvoiceGroup, invoiceGroups } from "./invoice-groups.ts";
import type { Subject } from "./read-inputs.ts";
import type { TimelineRange } from "./timeline-facts.ts";
import type { ChartSpace } from "./timeline-view.ts";
import { TIP } from "./tip-style.ts";

interface Segment {
  readonly invoice: Invoice;
  readonly date: Date;
  readonly y1: number;
  readonly y2: number;
}

const HEIGHT = 196;
const BAR_WIDTH = 10;
const NEAR_PIXELS = 12;
const CHARACTER_WIDTH = 6.8;
const ALMOST = 0.9;
/** How far a label may reach to the left of the chart. */
const INTO_MARGIN = 12;
const NARROW = 600;

/** Invoices over time, stacked where they fall on one day, with their totals; due dates are dots on the axis. */
export function invoiceChart(
  { timeZone, at }: Subject,
  invoices: readonly Invoice[],
  range: TimelineRange,
  space: ChartSpace,
): SVGSVGElement {
  const plotWidth = space.width - space.marginLeft - space.marginRight;
  const groups = invoiceGroups(invoices, range, NEAR_PIXELS / plotWidth);
  const segments = groups.flatMap(segmentsOf);
  const isNarrow = space.width < NARROW;
  const atDate = new Date(at);
  const dues = invoices.filter(({ date, due_date }) => date !== due_date);
  return Plot.plot({
    ...space,
    height: HEIGHT,
    marginTop: 22,
    marginBottom: 42,
    ariaLabel: "Invoices over time",
    x: { type: "time", domain: [range.from, range.to], label: null },
    y: {
      label: null,
      ticks: 4,
      zero: true,
      nice: true,
      tickFormat: (value: number) => axisText(value, isNarrow),
    },
    marks: [
      Plot.gridX({ ticks: "month", stroke: "var(--grid)", strokeOpacity: 1 }),
      ...amountAxes(isNarrow),
      Plot.ruleX(segments, {
        x: "date",
        y1: "y1",
        y2: "y2",
        stroke: ({ date }: Segment) => (date <= atDate ? "var(--invoice)" : "var(--projected)"),
        strokeWidth: isNarrow ? BAR_WIDTH / 2 : BAR_WIDTH,
        insetTop: 1,
      }),
      Plot.ruleY([0], { stroke: "var(--line)" }),
      Plot.link(dues, {
        x1: ({ date }: Invoice) => new Date(date),
        x2: ({ due_date }: Invoice) => new Date(due_date),
        y1: () => 0,
        y2: () => 0,
        stroke: "var(--due)",
        strokeWidth: 2,
      }),
      Plot.dot(dues, {
        x: ({ due_date }: Invoice) => new Date(due_date),
        y: () => 0,
        r: 4,
        fill: "var(--card)",
        stroke: "var(--due)",
        strokeWidth: 2,
      }),
      Plot.ruleX([atDate], { stroke: "var(--at)", strokeWidth: 1.5 }),
      Plot.text(labelled(groups, range, plotWidth), {
        x: "date",
        y: ({ invoices: all }: InvoiceGroup) => heightOf(all),
        text: "total",
        dy: -9,
        fontSize: 11,
        fontVariant: "tabular-nums",
        fill: "var(--text)",
        stroke: "var(--card)",
        strokeWidth: 4,
      }),
      Plot.tip(
        groups,
        Plot.pointerX({
          ...TIP,
          x: "date",
          y: ({ invoices: all }: InvoiceGroup) => heightOf(all),
          title: (group: InvoiceGroup) => titleOf(group, timeZone),
          anchor: "bottom",
          maxRadius: 24,
        }),
      ),
    ],
  }) as SVGSVGElement;
}

function segmentsOf({ date, invoices }: InvoiceGroup): Segment[] {
  let top = 0;
  return invoices.map((invoice) => {
    const y1 = top;
    top += Number(invoice.total_including_tax);
    return { invoice, date, y1, y2: top };
  });
}

/** Where the bar of a group ends: a position, not an amount. */
function heightOf(invoices: readonly Invoice[]): number {
  return invoices.reduce((sum, invoice) => sum + Number(invoice.total_including_tax), 0);
}

/** The groups whose label has room: beside each other, and beside the bars that are as high. */
function labelled(
  groups: readonly InvoiceGroup[],
  { from, to }: TimelineRange,
  plotWidth: number,
): InvoiceGroup[] {
  const pixels = (group: InvoiceGroup): number =>
    ((group.date.getTime() - from.getTime()) / (to.getTime() - from.getTime())) * plotWidth;
  let free = plotWidth < NARROW ? 0 : -INTO_MARGIN;
  return groups.filter((group, index) => {
    const half = (group.total.length * CHARACTER_WIDTH) / 2;
    const [x, height] = [pixels(group), heightOf(group.invoices) * ALMOST];
    const covers = [groups[index - 1], groups[index + 1]].some(
      (near) =>
        near !== undefined &&
        heightOf(near.invoices) >= height &&
        Math.abs(pixels(near) - x) < half + BAR_WIDTH / 2,
    );
    if (covers || Number(group.total) === 0 || x - half < free) return false;
    free = x + half + 2;
    return true;
  });
}

function titleOf({ date, invoices, total }: InvoiceGroup, timeZone: string): string {
  const lines = invoices.map((invoice) => {
    const due = invoice.due_date === invoice.date ? "" : `, due ${dayText(invoice.due_date, timeZone)}`;
    const kinds = [...new Set(invoice.lines.map(({ name }) => name))].join(", ");
    return `${instantText(invoice.date, timeZone)}: ${invoice.total_including_tax}${due}\n  ${kinds}`;
  });
  const [first] = invoices;
  const sum = invoices.length > 1 ? [`together ${amountText(total, first?.currency ?? "")}`] : [];
  return [invoices.length > 1 ? dayText(date, timeZone) : "Invoice", ...lines, ...sum].join("\n");
}
