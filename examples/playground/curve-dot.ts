import { chargeFor, type Price } from "pure-billing";
import type { CurveChart } from "./curve-chart.ts";
import { heightOf } from "./curve-points.ts";

const SVG = "http://www.w3.org/2000/svg";

/** Marks the current quantity in a drawn chart; the returned function moves the mark without drawing anew. */
export function curveDot(chart: CurveChart, price: Price): (units: string) => void {
  const group = svgElement("g", { class: "current" });
  const line = svgElement("line", { class: "current-line", y2: chart.bottom });
  const dot = svgElement("circle", { class: "current-dot", r: 6 });
  group.append(line, dot);
  chart.svg.append(group);
  return (units) => {
    const x = chart.x(Number(units));
    const y = chart.y(heightOf(chargeFor(price, units)));
    set(line, { x1: x, x2: x, y1: y });
    set(dot, { cx: x, cy: y });
  };
}

function svgElement<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string | number>>,
): SVGElementTagNameMap[Tag] {
  const made = document.createElementNS(SVG, tag);
  set(made, attributes);
  return made;
}

function set(target: SVGElement, attributes: Readonly<Record<string, string | number>>): void {
  for (const [name, value] of Object.entries(attributes)) target.setAttribute(name, String(value));
}
