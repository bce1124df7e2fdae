import type { Price } from "pure-billing";
import { type CurveCard, curveCard } from "./curve-card.ts";
import { byId, type Content, element, fill } from "./element.ts";
import type { PricedFeature } from "./priced-features.ts";
import type { QuantityRange } from "./quantities.ts";
import type { Subject } from "./read-inputs.ts";
import { isMoving } from "./what-if-panel.ts";

/** The cost curves, one card a price. */
export interface CurvesPanel {
  /** Makes the cards of a subject. */
  readonly build: (subject: Subject) => void;
  /** Draws what has changed since it was drawn, and moves the dot. */
  readonly show: (subject: Subject, key: string, units: string, view: CurveView) => void;
  /** Has all curves drawn anew when they are shown next: the page has another width. */
  readonly forget: () => void;
}

/** What of a curve is seen. */
export interface CurveView {
  readonly range: QuantityRange;
  readonly isWide: boolean;
}

interface Drawn {
  readonly card: CurveCard;
  /** What decides how the curve looks; a dot moves without it changing. */
  shape: string;
}

/** Makes the panel of the curves; `onWide` is told which price is to be seen over all of its tiers. */
export function curvesPanel(onWide: (key: string, isWide: boolean) => void): CurvesPanel {
  const drawn = new Map<string, Drawn>();
  return {
    build: ({ features, other }) => {
      drawn.clear();
      for (const feature of features.filter(isMoving)) {
        const card = curveCard(feature, (isWide) => onWide(feature.key, isWide));
        drawn.set(feature.key, { card, shape: "" });
      }
      fill(
        byId("curves"),
        [...drawn.values()].map(({ card }) => card.node),
        features.filter(({ quantity }) => quantity === "events").map(withoutCurve),
      );
      byId("curves-section").hidden = byId("curves").childElementCount === 0;
      fill(byId("curves-legend"), legend(other !== null));
    },
    show: ({ other }, key, units, { range, isWide }) => {
      const found = drawn.get(key);
      if (found === undefined) return;
      const shape = JSON.stringify([range, isWide]);
      if (found.shape !== shape) {
        found.card.draw(range, otherPrice(other?.features, key), isWide);
        found.shape = shape;
      }
      found.card.move(units);
    },
    forget: () => {
      for (const each of drawn.values()) each.shape = "";
    },
  };
}

function otherPrice(features: readonly PricedFeature[] | undefined, key: string): Price | null {
  const other = features?.find((feature) => feature.key === key);
  return other !== undefined && isMoving(other) ? other.price : null;
}

function withoutCurve({ name, price }: PricedFeature): HTMLElement {
  const why =
    price.strategy_details.pricing_strategy === "percentage"
      ? "A percentage of the money moved, with terms for each event: the charge depends on the single events, and is no function of one sum. Its line above is explained event by event."
      : "Its parts have prices of their own, by the properties of the events: the charge is no function of one sum. Its line above is explained part by part.";
  return element(
    "article",
    { class: "curve" },
    element("h3", {}, name),
    element("p", { class: "quiet" }, why),
  );
}

function legend(hasOther: boolean): Content[] {
  const item = (className: string, color: string, text: string): HTMLElement => {
    const swatch = element("span", { class: `swatch ${className}`, "aria-hidden": "true" });
    swatch.style.background = color;
    return element("li", {}, swatch, text);
  };
  return [
    item("swatch-line", "var(--a)", hasOther ? "contract A" : "charge, before discount"),
    hasOther ? item("swatch-line", "var(--b)", "contract B") : null,
    hasOther ? item("swatch-diamond", "var(--even)", "break-even") : null,
  ];
}
