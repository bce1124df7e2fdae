import { element } from "./element.ts";
import { type PricedFeature, unitsName } from "./priced-features.ts";
import { type QuantityRange, quantityText } from "./quantities.ts";

/** A slider with a number beside it: made once, then only its values change, so that moving it is never interrupted. */
export interface SliderView {
  readonly node: HTMLElement;
  readonly set: (units: string, range: QuantityRange) => void;
}

/** Makes the slider of a quantity; `onMove` gets the quantity as a decimal text. */
export function sliderView(
  { key, name, price, quantity }: PricedFeature,
  onMove: (units: string) => void,
): SliderView {
  const id = `units-${key}`;
  const unit = unitsName(price);
  let step = 1;
  const slider = element("input", { type: "range", "aria-label": `${name}, ${unit}`, "data-slider": key });
  const number = element("input", { id, type: "text", inputmode: "decimal", autocomplete: "off" });
  slider.addEventListener("input", () => onMove(quantityText(Number(slider.value), step)));
  number.addEventListener("input", () => onMove(number.value.trim()));
  const what = quantity === "contracted" ? `${unit} contracted` : `${unit} used in this period`;
  const node = element(
    "div",
    { class: "slider" },
    element(
      "label",
      { for: id, class: "slider-name" },
      name,
      element("span", { class: "slider-unit" }, what),
    ),
    number,
    slider,
  );
  const set = (units: string, range: QuantityRange): void => {
    step = range.step;
    slider.min = String(range.min);
    slider.max = String(range.max);
    slider.step = String(range.step);
    slider.value = units;
    slider.setAttribute("aria-valuetext", `${units} ${unit}`);
    slider.style.setProperty("--filled", `${share(Number(units), range)}%`);
    if (number.value.trim() !== units) number.value = units;
  };
  return { node, set };
}

function share(units: number, { min, max }: QuantityRange): number {
  return Math.min(100, Math.max(0, ((units - min) / (max - min)) * 100));
}
