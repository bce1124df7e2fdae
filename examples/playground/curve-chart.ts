import * as Plot from "@observablehq/plot";
import { chargeFor, type Price } from "pure-billing";
import type { BreakEvenPoint } from "./break-even-points.ts";
import { type CurvePoints, curvePoints, heightOf, type Jump, type Point } from "./curve-points.ts";
import { axisText } from "./format.ts";
import { unitsName } from "./priced-features.ts";
import type { QuantityRange } from "./quantities.ts";
import { TIP } from "./tip-style.ts";

/** What a chart of cost curves shows. */
export interface CurveSubject {
  readonly name: string;
  readonly price: Price;
  /** The price of the contract that is compared. */
  readonly other: Price | null;
  readonly range: QuantityRange;
  readonly breakEvens: readonly BreakEvenPoint[];
}

/** A drawn chart, and where a quantity and a charge lie in it. */
export interface CurveChart {
  readonly svg: SVGSVGElement;
  readonly x: (units: number) => number;
  readonly y: (charge: number) => number;
  readonly bottom: number;
}

type Bound = CurvePoints["bounds"][number];

const HEIGHT = 268;
const MARGIN = { marginTop: 30, marginBottom: 42, marginRight: 18 };
const NARROW = 480;
const TIP_POINTS = 300;
const LABEL_HEIGHT = 15;

/** The charge over the quantity: lines, tier boundaries, jumps, and where two prices cost the same. */
export function curveChart(subject: CurveSubject, width: number): CurveChart {
  const { name, price, other, range, breakEvens } = subject;
  const isNarrow = width < NARROW;
  const left = isNarrow ? 50 : 62;
  const curve = curvePoints(price, range);
  const otherCurve = other === null ? null : curvePoints(other, range);
  const highest = Math.max(...[curve, otherCurve].flatMap((each) => (each === null ? [] : topOf(each))));
  const labelled = spaced(curve.bounds, breakEvens, range, width);
  // A label stands where no curve is.
  const isLow = ({ x }: Bound): boolean =>
    Math.max(heightAt(price, x), other === null ? 0 : heightAt(other, x)) < highest / 2;
  const plot = Plot.plot({
    width,
    height: HEIGHT,
    ...MARGIN,
    marginLeft: left,
    ariaLabel: `Cost curve of ${name}`,
    x: { domain: [range.min, range.max], label: null },
    y: { domain: [0, highest === 0 ? 1 : highest * 1.06], label: null, nice: true },
    marks: [
      Plot.gridY({ ticks: 5, stroke: "var(--grid)", strokeOpacity: 1 }),
      Plot.axisY({
        ticks: 5,
        tickSize: 0,
        fontSize: 11,
        tickFormat: (value: number) => axisText(value, isNarrow),
      }),
      Plot.axisX({
        ticks: isNarrow ? 4 : 6,
        tickSize: 4,
        fontSize: 11,
        tickFormat: (value: number) => axisText(value, isNarrow),
        label: unitsName(price),
        labelAnchor: "right",
        labelArrow: "none",
        labelOffset: 38,
      }),
      Plot.ruleY([0], { stroke: "var(--line)" }),
      Plot.ruleX(curve.bounds, { x: "x", stroke: "var(--bound)", strokeDasharray: "2 3" }),
      ...boundLabels(price, labelled.filter(isLow), "top"),
      ...boundLabels(
        price,
        labelled.filter((bound) => !isLow(bound)),
        "bottom",
      ),
      ...(otherCurve === null ? [] : curveMarks(otherCurve, "var(--b)")),
      ...curveMarks(curve, "var(--a)"),
      Plot.ruleX(breakEvens, { x: "x", stroke: "var(--even)", strokeWidth: 1.5 }),
      Plot.dot(breakEvens, {
        x: "x",
        y: ({ x }: BreakEvenPoint) => heightAt(price, x),
        symbol: "diamond",
        r: 5.5,
        fill: "var(--even)",
        stroke: "var(--card)",
        strokeWidth: 1.5,
      }),
      Plot.text(breakEvens, {
        x: "x",
        frameAnchor: "top",
        dy: -12,
        text: "label",
        fill: "var(--even)",
        fontSize: 11,
        fontWeight: 600,
      }),
      Plot.tip(
        tipPoints(range),
        Plot.pointerX({
          ...TIP,
          x: "x",
          y: ({ x }: { x: number }) => heightAt(price, x),
          title: ({ text }: { text: string }) => tipText(subject, text),
          maxRadius: 40,
        }),
      ),
    ],
  });
  const [x, y] = [plot.scale("x"), plot.scale("y")];
  if (x === undefined || y === undefined) throw new Error("the chart has no scales");
  const bottom = HEIGHT - MARGIN.marginBottom;
  return { svg: plot as SVGSVGElement, x: x.apply, y: y.apply, bottom };
}

function boundLabels(price: Price, bounds: readonly Bound[], side: "top" | "bottom"): Plot.Markish[] {
  const isTop = side === "top";
  const label = Plot.text(bounds, {
    x: "x",
    frameAnchor: side,
    rotate: 90,
    textAnchor: isTop ? "start" : "end",
    lineAnchor: "bottom",
    dx: 3,
    dy: isTop ? 2 : -4,
    text: ({ index, units }: Bound) =>
      "tiers" in price.strategy_details ? `tier ${index} above ${units}` : `above ${units}`,
    fill: "var(--muted)",
    fontSize: 10.5,
  });
  return bounds.length === 0 ? [] : [label];
}

function curveMarks({ lines, jumps }: CurvePoints, color: string): Plot.Markish[] {
  const parts = lines.flatMap((points, part) => points.map(({ x, y }) => ({ x, y, part })));
  return [
    Plot.link(jumps, {
      x1: "x",
      x2: "x",
      y1: ({ from }: Jump) => from,
      y2: ({ to }: Jump) => to,
      stroke: color,
      strokeWidth: 1.25,
      strokeDasharray: "3 3",
    }),
    Plot.line(parts, {
      x: "x",
      y: "y",
      z: "part",
      stroke: color,
      strokeWidth: 2.25,
      strokeLinejoin: "round",
    }),
    // A boundary belongs to what ends there.
    Plot.dot(jumps, { x: "x", y: "from", r: 3, fill: color }),
    Plot.dot(jumps, { x: "x", y: "to", r: 3, fill: "var(--card)", stroke: color, strokeWidth: 1.5 }),
  ];
}

function topOf({ lines }: CurvePoints): number[] {
  return lines.map((points) => Math.max(...points.map(({ y }: Point) => y)));
}

function heightAt(price: Price, units: number): number {
  return heightOf(chargeFor(price, units.toFixed(9)));
}

/** Quantities as people say them, for tooltips. */
function tipPoints({ min, max, step }: QuantityRange): { x: number; text: string }[] {
  const digits = Math.max(0, -Math.floor(Math.log10(step)));
  const unit = step * Math.max(1, Math.ceil((max - min) / step / TIP_POINTS));
  const points: { x: number; text: string }[] = [];
  for (let count = 0; min + count * unit <= max + step / 2; count++) {
    const text = (min + count * unit).toFixed(digits);
    points.push({ x: Number(text), text });
  }
  return points;
}

function tipText({ price, other }: CurveSubject, units: string): string {
  const charge = chargeFor(price, units).subtotal;
  const head = `${units} ${unitsName(price)}`;
  return other === null
    ? `${head}: ${charge}`
    : `${head}\nA ${charge}\nB ${chargeFor(other, units).subtotal}`;
}

/** The boundaries whose label has room: before the next one that has a label, and before a break-even point. */
function spaced(
  bounds: readonly Bound[],
  breakEvens: readonly BreakEvenPoint[],
  { min, max }: QuantityRange,
  width: number,
): Bound[] {
  const pixels = ({ x }: { readonly x: number }): number => ((x - min) / (max - min)) * width;
  let free = -Infinity;
  return bounds.filter((bound) => {
    const left = pixels(bound);
    const isCrossed = breakEvens.some((point) => pixels(point) > left && pixels(point) < left + LABEL_HEIGHT);
    if (left < free || isCrossed) return false;
    free = left + LABEL_HEIGHT;
    return true;
  });
}
