import * as Plot from "@observablehq/plot";
import type { Comparison, PeriodCost } from "pure-billing";
import { amountAxes } from "./amount-axes.ts";
import { NAMES } from "./comparison.ts";
import { instantText } from "./format.ts";
import { TIP } from "./tip-style.ts";

interface Bar {
  readonly name: string;
  readonly period: PeriodCost;
  readonly start: Date;
  readonly x1: Date;
  readonly x2: Date;
  readonly y: number;
}

const HEIGHT = 220;
const NARROW = 600;
const FILLED = 0.64;
const WIDEST = 1 / 12;

/** What each billing period costs of both contracts, beside each other over time. */
export function comparisonChart(
  { contracts }: Comparison,
  { from, to, timeZone }: { readonly from: Date; readonly to: Date; readonly timeZone: string },
  width: number,
): SVGSVGElement {
  const isNarrow = width < NARROW;
  const periods = [NAMES.own, NAMES.other].map((name) => contracts[name]?.periods ?? []);
  const widthMs = barMs(periods.flat(), from, to);
  const bars = [NAMES.own, NAMES.other].flatMap((name, side) =>
    (periods[side] ?? []).map((period) => barOf(name, period, side, widthMs)),
  );
  const last = Math.max(to.getTime(), ...bars.map(({ x2 }) => x2.getTime()));
  return Plot.plot({
    width,
    height: HEIGHT,
    marginLeft: isNarrow ? 50 : 62,
    marginRight: 18,
    marginTop: 14,
    marginBottom: 38,
    ariaLabel: "What each billing period costs",
    x: { type: "time", domain: [from, new Date(last)], label: null },
    y: { label: null, nice: true, zero: true },
    marks: [
      ...amountAxes(isNarrow),
      Plot.rect(bars, {
        x1: "x1",
        x2: "x2",
        y1: () => 0,
        y2: "y",
        fill: ({ name }: Bar) => `var(--${name.toLowerCase()})`,
        rx: 2,
      }),
      Plot.ruleY([0], { stroke: "var(--line)" }),
      Plot.tip(
        bars,
        Plot.pointerX({
          ...TIP,
          x: ({ x1, x2 }: Bar) => new Date((x1.getTime() + x2.getTime()) / 2),
          y: "y",
          title: ({ name, period, start }: Bar) =>
            `${name}, period ${period.index}\nfrom ${instantText(start, timeZone)}\n${period.total_including_tax}`,
        }),
      ),
    ],
  }) as SVGSVGElement;
}

/** How wide a bar is: those of both contracts fit side by side into the shortest period. */
function barMs(periods: readonly PeriodCost[], from: Date, to: Date): number {
  const rangeMs = to.getTime() - from.getTime();
  const lengths = periods.map(({ start, end }) =>
    end === null ? rangeMs : new Date(end).getTime() - new Date(start).getTime(),
  );
  return (Math.min(rangeMs * WIDEST, ...lengths) * FILLED) / 2;
}

/** Both bars of a period begin where it does, one after the other. */
function barOf(name: string, period: PeriodCost, side: number, widthMs: number): Bar {
  const start = new Date(period.start);
  const left = start.getTime() + side * widthMs;
  const [x1, x2] = [new Date(left), new Date(left + widthMs)];
  return { name, period, start, x1, x2, y: Number(period.total_including_tax) };
}
