import { chargeFor, type Price } from "pure-billing";
import { breakEvenPoints } from "./break-even-points.ts";
import { chartWidth } from "./chart-width.ts";
import { curveChart } from "./curve-chart.ts";
import { curveDot } from "./curve-dot.ts";
import { element, fill } from "./element.ts";
import { amountText } from "./format.ts";
import { type PricedFeature, unitsName } from "./priced-features.ts";
import type { QuantityRange } from "./quantities.ts";

/** One cost curve with its title; drawn anew when its range changes, while a quantity only moves the dot. */
export interface CurveCard {
  readonly node: HTMLElement;
  readonly draw: (range: QuantityRange, other: Price | null, isWide: boolean) => void;
  readonly move: (units: string) => void;
}

/** Makes the card of a price's curve; `onWide` is told whether all tiers are to be seen. */
export function curveCard({ key, name, price }: PricedFeature, onWide: (isWide: boolean) => void): CurveCard {
  const figure = element("div", { "data-curve": key });
  const current = element("p", { class: "quiet", "data-current": key });
  const toggle = element("button", { type: "button", class: "quiet-button", "aria-pressed": "false" });
  toggle.addEventListener("click", () => onWide(toggle.getAttribute("aria-pressed") !== "true"));
  const title = element("div", {}, element("h3", {}, name), current);
  const node = element(
    "article",
    { class: "curve" },
    element("div", { class: "head" }, title, toggle),
    figure,
  );
  let otherPrice: Price | null = null;
  let moveDot = (_units: string): void => {};
  return {
    node,
    draw: (range, other, isWide) => {
      otherPrice = other;
      const breakEvens = other === null ? [] : breakEvenPoints(price, other, range);
      const subject = { name, price, other, range, breakEvens };
      const chart = curveChart(subject, chartWidth(figure));
      moveDot = curveDot(chart, price);
      fill(figure, chart.svg);
      toggle.hidden = !isWide && range.max >= range.widest;
      toggle.textContent = isWide ? "Closer" : "All tiers";
      toggle.setAttribute("aria-pressed", String(isWide));
    },
    move: (units) => {
      moveDot(units);
      current.textContent = currentText(price, otherPrice, units);
    },
  };
}

function currentText(price: Price, other: Price | null, units: string): string {
  const { subtotal, currency } = chargeFor(price, units);
  const head = `${units} ${unitsName(price)}`;
  return other === null
    ? `${head} cost ${amountText(subtotal, currency)}`
    : `${head}: A ${subtotal}, B ${amountText(chargeFor(other, units).subtotal, currency)}`;
}
