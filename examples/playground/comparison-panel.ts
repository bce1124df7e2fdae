import { chartWidth } from "./chart-width.ts";
import { comparisonOf } from "./comparison.ts";
import { comparisonChart } from "./comparison-chart.ts";
import { comparisonView } from "./comparison-view.ts";
import { byId, element, fill } from "./element.ts";
import type { Subject } from "./read-inputs.ts";
import type { Controls } from "./state.ts";
import type { Answer } from "./what-if.ts";

/** Both contracts beside each other, where there are two. */
export interface ComparisonPanel {
  /** Shows totals and break-evens. */
  readonly show: (subject: Subject, answer: Answer | null, controls: Controls) => void;
  /** Draws the bars of what was shown last. */
  readonly draw: () => void;
}

const MOST_PERIODS = 400;

/** Wires the comparison; `onFrom` gets from when on a year is compared. */
export function comparisonPanel(onFrom: (from: Controls["compareFrom"]) => void): ComparisonPanel {
  const select = byId<HTMLSelectElement>("compare-from");
  const chart = byId("comparison-chart");
  let draw = (): void => fill(chart);
  select.addEventListener("change", () => onFrom(select.value === "activation" ? "activation" : "at"));
  return {
    show: (subject, answer, controls) => {
      const { other, timeZone } = subject;
      byId("comparison-section").hidden = other === null || answer === null;
      select.value = controls.compareFrom;
      draw = () => fill(chart);
      if (other === null || answer === null) return;
      const outcome = comparisonOf(subject, other, answer, controls);
      fill(byId("comparison"), comparisonView(subject, other, outcome));
      if (!outcome.ok) return;
      const { comparison, from, to } = outcome;
      const most = Math.max(...Object.values(comparison.contracts).map(({ periods }) => periods.length));
      draw = () =>
        fill(
          chart,
          most > MOST_PERIODS
            ? element("p", { class: "quiet" }, `${most} periods are too many to be drawn beside each other.`)
            : comparisonChart(comparison, { from, to, timeZone }, chartWidth(chart)),
        );
    },
    draw: () => draw(),
  };
}
