import * as Plot from "@observablehq/plot";
import type { BillingPeriod } from "pure-billing";
import { instantText } from "./format.ts";
import type { Subject } from "./read-inputs.ts";
import type { TimelineFacts } from "./timeline-facts.ts";
import { TIP } from "./tip-style.ts";

/** How wide a chart is, and how much of that its row labels take: charts above each other share both. */
export interface ChartSpace {
  readonly width: number;
  readonly marginLeft: number;
  readonly marginRight: number;
}

interface Bar {
  readonly row: string;
  readonly period: BillingPeriod;
  readonly x1: Date;
  readonly x2: Date;
  readonly title: string;
}

const ROW_HEIGHT = 34;
const NARROW = 600;
const DIGIT_WIDTH = 6.4;
const LABEL_WIDTH = 6.8;
const LABEL_GAP = 14;
/** Amounts beside the invoices need this. */
const LEAST_MARGIN = 62;

/** The space of the timeline's charts in a page of some width. */
export function timelineSpace(facts: TimelineFacts, width: number): ChartSpace {
  const isNarrow = width < NARROW;
  const labels = rowNames(facts).map((name) => name.length * LABEL_WIDTH + LABEL_GAP);
  const marginLeft = Math.min(Math.max(LEAST_MARGIN, ...labels), isNarrow ? 84 : 150);
  return { width, marginLeft, marginRight: isNarrow ? 14 : 24 };
}

/** Periods, own cycles, the discount and usage closings, one row each, over time. */
export function timelineChart(subject: Subject, facts: TimelineFacts, space: ChartSpace): SVGSVGElement {
  const { timeZone, at } = subject;
  const { from, to, closings, discount } = facts;
  const names = rowNames(facts);
  const bars = facts.rows.flatMap(({ name, periods }) =>
    periods.map((period) => barOf(name, period, facts, timeZone)),
  );
  const plotWidth = space.width - space.marginLeft - space.marginRight;
  const pixels = ({ x1, x2 }: Bar): number =>
    ((x2.getTime() - x1.getTime()) / (to.getTime() - from.getTime())) * plotWidth;
  const labelled = bars.filter((bar) => pixels(bar) > String(labelOf(bar.period)).length * DIGIT_WIDTH);
  return Plot.plot({
    ...space,
    height: names.length * ROW_HEIGHT + 24,
    marginTop: 20,
    marginBottom: 4,
    ariaLabel: "Timeline of billing periods",
    x: { type: "time", domain: [from, to], axis: null },
    y: { type: "band", domain: names, label: null, padding: 0.32 },
    marks: [
      Plot.axisY({ tickSize: 0, fontSize: 12, tickFormat: (name: string) => shortened(name, space) }),
      Plot.gridX({ ticks: "month", stroke: "var(--grid)", strokeOpacity: 1 }),
      Plot.barX(bars, {
        y: "row",
        x1: "x1",
        x2: "x2",
        fill: ({ period }: Bar) => `var(--${period.phase})`,
        insetLeft: 0.75,
        insetRight: 0.75,
        rx: 3,
      }),
      Plot.barX(
        bars.filter(({ period }) => period.stub),
        { y: "row", x1: "x1", x2: "x2", fill: "url(#stub-hatch)", insetLeft: 0.75, insetRight: 0.75, rx: 3 },
      ),
      Plot.text(labelled, {
        y: "row",
        x: ({ x1, x2 }: Bar) => new Date((x1.getTime() + x2.getTime()) / 2),
        text: ({ period }: Bar) => labelOf(period),
        fill: ({ period }: Bar) => `var(--on-${period.phase})`,
        fontSize: 12,
        fontWeight: 600,
      }),
      discount === null
        ? null
        : Plot.barX([discount], {
            y: () => "Discount",
            x1: ({ start }: { start: Date }) => later(start, from),
            x2: ({ end }: { end: Date | null }) => earlier(end ?? to, to),
            fill: "var(--discount)",
            rx: 3,
            insetTop: 5,
            insetBottom: 5,
          }),
      closings.length === 0
        ? null
        : Plot.tickX(closings, {
            y: () => "Closings",
            x: (closing: Date) => closing,
            stroke: "var(--closing)",
            strokeWidth: 2.5,
          }),
      Plot.ruleX([new Date(at)], { stroke: "var(--at)", strokeWidth: 1.5 }),
      Plot.text([new Date(at)], {
        x: (instant: Date) => instant,
        text: () => "at",
        frameAnchor: "top",
        dy: -14,
        fill: "var(--at)",
        fontWeight: 600,
        fontSize: 12,
      }),
      Plot.tip(
        bars,
        Plot.pointer({
          ...TIP,
          y: "row",
          x: ({ x1, x2 }: Bar) => new Date((x1.getTime() + x2.getTime()) / 2),
          title: "title",
          maxRadius: 60,
        }),
      ),
      closings.length === 0
        ? null
        : Plot.tip(
            closings,
            Plot.pointer({
              ...TIP,
              y: () => "Closings",
              x: (closing: Date) => closing,
              title: (closing: Date) => `usage closes ${instantText(closing, timeZone)}`,
              maxRadius: 14,
            }),
          ),
    ],
  }) as SVGSVGElement;
}

function rowNames({ rows, discount, closings }: TimelineFacts): string[] {
  const names = rows.map(({ name }) => name);
  if (discount !== null) names.push("Discount");
  if (closings.length > 0) names.push("Closings");
  return names;
}

function barOf(row: string, period: BillingPeriod, { from, to }: TimelineFacts, timeZone: string): Bar {
  const { index, phase, start, end, stub } = period;
  const head = phase === "trial" ? "trial" : `period ${index}, ${phase}${stub ? ", stub" : ""}`;
  const dates = `${instantText(start, timeZone)}\nto ${end === null ? "no end" : instantText(end, timeZone)}`;
  return {
    row,
    period,
    x1: later(start, from),
    x2: earlier(end ?? to, to),
    title: `${row === "Periods" ? "" : `${row}\n`}${head}\n${dates}`,
  };
}

function labelOf({ index, phase }: BillingPeriod): string {
  return phase === "trial" ? "trial" : String(index);
}

function shortened(name: string, { marginLeft }: ChartSpace): string {
  const most = Math.round((marginLeft - LABEL_GAP) / LABEL_WIDTH);
  return name.length > most ? `${name.slice(0, most - 1)}…` : name;
}

function later(a: Date, b: Date): Date {
  return a > b ? a : b;
}

function earlier(a: Date, b: Date): Date {
  return a < b ? a : b;
}
