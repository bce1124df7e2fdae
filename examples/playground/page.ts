// The playground: inputs become a subject, sliders ask what if, and panels show what the library answers.
import { billingPeriodAt } from "pure-billing";
import { comparisonPanel } from "./comparison-panel.ts";
import { curvesPanel } from "./curves-panel.ts";
import { byId } from "./element.ts";
import { EXAMPLES } from "./examples.ts";
import { inputPanel, inputsOf } from "./input-panel.ts";
import type { PricedFeature } from "./priced-features.ts";
import { type QuantityRange, quantitiesOf, quantityRange } from "./quantities.ts";
import { type Reading, readInputs, type Subject } from "./read-inputs.ts";
import { AT_REST, type Controls, type Inputs } from "./state.ts";
import { timelineRange } from "./timeline-facts.ts";
import { timelinePanel } from "./timeline-panel.ts";
import { askWhatIf } from "./what-if.ts";
import { isMoving, whatIfPanel } from "./what-if-panel.ts";

const [firstExample] = EXAMPLES;
if (firstExample === undefined) throw new Error("there is no example to begin with");

let inputs: Inputs = inputsOf(firstExample);
let reading: Reading = readInputs(inputs);
let controls: Controls = AT_REST;
/** Whether the instant was typed or walked to, and not an example's. */
let isInstantOwn = false;
/** Whether the usage was typed, and not an example's. */
let isUsageOwn = false;
/** How long the last comparison took: a year of hours, thousands of periods, waits until the sliders rest. */
let comparisonMs = 0;
let isUpdating = false;
let settling = 0;
let drawn = (): void => {};

/** How long the sliders must rest before the charts that take longer are drawn. */
const SETTLED_MS = 120;
const FRAME_MS = 16;

const inputsShown = inputPanel(changeInputs);
const timeline = timelinePanel();
const whatIf = whatIfPanel(
  (key, units) => change({ moved: { ...controls.moved, [key]: units }, explained: key }),
  () => change({ moved: {} }),
);
const curves = curvesPanel((key, isWide) =>
  change({ wide: isWide ? [...controls.wide, key] : controls.wide.filter((each) => each !== key) }),
);
const comparison = comparisonPanel((compareFrom) => change({ compareFrom }));

/** Reads other inputs; what was moved stays where it still means the same. */
function changeInputs(changed: Partial<Inputs>): void {
  const { contractText, usageText, atText } = inputs;
  inputs = { ...inputs, ...changed };
  const isPicked = EXAMPLES.some(({ key }) => key === changed.example);
  if (changed.atText !== undefined) isInstantOwn = !isPicked;
  if (changed.usageText !== undefined) isUsageOwn = !isPicked;
  reading = readInputs(inputs);
  derive();
  const { subject } = reading;
  if (inputs.contractText !== contractText) controls = controlsAtRest(subject);
  else if (inputs.usageText !== usageText || inputs.atText !== atText) {
    controls = { ...controls, moved: subject === null ? {} : contractedOnly(subject, controls.moved) };
  }
  showInputs();
}

/** What an example left behind gives way to a contract of one's own that it doesn't fit. */
function derive(): void {
  const [problem, ...others] = reading.problems;
  if (!isUsageOwn && problem?.input === "usage" && others.length === 0) {
    inputs = { ...inputs, usageText: "{}" };
    reading = readInputs(inputs);
  }
  const { subject } = reading;
  const activation = subject?.contract.contract_summary.activation ?? null;
  if (isInstantOwn || subject === null || activation === null) return;
  if (billingPeriodAt(subject.contract, subject.at) !== null) return;
  inputs = { ...inputs, atText: activation };
  reading = readInputs(inputs);
}

function controlsAtRest(subject: Subject | null): Controls {
  const { cycle } = subject?.contract.contract_summary ?? {};
  const isEndless = cycle === "once" || cycle === "constant";
  return { ...AT_REST, compareFrom: isEndless ? "activation" : "at" };
}

/** Usage was moved for a period that isn't looked at any more; what is contracted stays. */
function contractedOnly({ features }: Subject, moved: Controls["moved"]): Controls["moved"] {
  const contracted = features.filter(({ key, quantity }) => quantity === "contracted" && key in moved);
  return Object.fromEntries(contracted.map(({ key }) => [key, moved[key] ?? "0"]));
}

function showInputs(): void {
  inputsShown.write(inputs);
  inputsShown.show(reading);
  const { subject } = reading;
  byId("results").hidden = subject === null;
  window.clearTimeout(settling);
  drawn = () => {};
  if (subject === null) return;
  whatIf.build(subject);
  curves.build(subject);
  timeline.showPeriods(subject);
  update();
  drawCharts();
}

/** Changes what the controls say, and shows it in the next frame: several changes in one frame are shown once. */
function change(changed: Partial<Controls>): void {
  controls = { ...controls, ...changed };
  if (isUpdating) return;
  isUpdating = true;
  requestAnimationFrame(() => {
    isUpdating = false;
    update();
    byId("results").classList.add("settling");
    window.clearTimeout(settling);
    settling = window.setTimeout(drawCharts, SETTLED_MS);
  });
}

function update(): void {
  const { subject } = reading;
  drawn = () => {};
  if (subject === null) return;
  const start = performance.now();
  const outcome = askWhatIf(subject, controls.moved, timelineRange(subject).to);
  const answer = outcome.ok ? outcome.answer : null;
  const quantities = quantitiesOf(subject.features, subject.usage.running, controls.moved);
  for (const feature of subject.features.filter(isMoving)) {
    const units = quantities[feature.key] ?? "0";
    const range = rangeOf(subject, feature, units);
    whatIf.setSlider(feature.key, units, range);
    const isWide = controls.wide.includes(feature.key);
    if (answer !== null) curves.show(subject, feature.key, units, { range, isWide });
  }
  whatIf.show(subject, outcome, controls.explained ?? explainedFirst(subject));
  const compare = (): void => {
    const begun = performance.now();
    comparison.show(subject, answer, controls);
    comparisonMs = performance.now() - begun;
  };
  const isQuick = comparisonMs < FRAME_MS;
  if (isQuick) compare();
  byId("comparison").classList.toggle("waiting", !isQuick);
  drawn = () => {
    timeline.showInvoices(subject, answer);
    if (!isQuick) compare();
    comparison.draw();
  };
  performance.measure("update", { start, end: performance.now() });
}

/** Draws what takes longer than a frame: while a slider moves, its charts wait, and say so by fading. */
function drawCharts(): void {
  drawn();
  byId("results").classList.remove("settling");
}

/** A range stays as it is while the quantity moves within it: an axis that moves along says nothing. */
function rangeOf(subject: Subject, feature: PricedFeature, units: string): QuantityRange {
  const isWide = controls.wide.includes(feature.key);
  const atRest = quantitiesOf([feature], subject.usage.running, {})[feature.key] ?? "0";
  const range = quantityRange(feature, atRest, isWide);
  const wanted = Number(units);
  return wanted > range.max && Number.isFinite(wanted) && feature.quantity === "metered"
    ? quantityRange(feature, units, isWide)
    : range;
}

function explainedFirst({ features }: Subject): string | null {
  return (
    (features.find(({ quantity }) => quantity === "metered") ?? features.find(isMoving) ?? features[0])
      ?.key ?? null
  );
}

let shownWidth = 0;
new ResizeObserver(() => {
  const width = document.documentElement.clientWidth;
  if (width === 0 || width === shownWidth || reading.subject === null) return;
  shownWidth = width;
  curves.forget();
  timeline.showPeriods(reading.subject);
  update();
  drawCharts();
}).observe(document.documentElement);

shownWidth = document.documentElement.clientWidth;
showInputs();
