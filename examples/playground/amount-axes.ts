import * as Plot from "@observablehq/plot";
import { axisText } from "./format.ts";

/** Axes of amounts over time, with the lines at which amounts are read. */
export function amountAxes(isNarrow: boolean): Plot.Markish[] {
  return [
    Plot.gridY({ ticks: 4, stroke: "var(--grid)", strokeOpacity: 1 }),
    Plot.axisY({
      ticks: 4,
      tickSize: 0,
      fontSize: 11,
      tickFormat: (value: number) => axisText(value, isNarrow),
    }),
    Plot.axisX({ tickSize: 4, fontSize: 11, ...(isNarrow && { ticks: 5 }) }),
  ];
}
