import type { ContractDetails, ContractSummary, CostEstimate } from "../index.ts";
import { amountSum } from "./amount-sum.ts";
import { cycleText } from "./cycle-text.ts";
import { type Column, table } from "./table.ts";

const COLUMNS: readonly Column[] = [
  { head: "One cycle at list prices" },
  { head: "at its start", align: "right" },
  { head: "at its end", align: "right" },
  { head: "minimum usage", align: "right" },
  { head: "total", align: "right" },
];

/** The table of the cost estimates, by how and when they are charged, and the contract's amount. */
export function costTable(details: ContractDetails, summary: ContractSummary, digits: number): string {
  const { amount, cost_estimates: estimates } = details.contract_summary;
  const custom = estimates.custom_cycle_charges;
  const isOnce = summary.cycle === "once" || summary.cycle === "constant";
  const row = (name: string, estimate: CostEstimate): string[] => {
    const parts = [estimate.cycle_start_charges, estimate.extra_cycle_end_charges, estimate.minimum_usage];
    return [name, ...parts, amountSum(parts, digits)];
  };
  const zero = amountSum([], digits);
  const ownCycles = [
    row("every day", custom.periodic_daily),
    row("every week", custom.periodic_weekly),
    row("every month", custom.periodic_monthly),
    row("every quarter", custom.periodic_quarterly),
    row("every year", custom.periodic_yearly),
  ].filter(([name = "", ...amounts]) => amounts.some((each) => each !== zero) && name !== "");
  const recurring = isOnce ? "recurring" : `recurring, ${cycleText(summary)}`;
  return table(COLUMNS, [
    row(recurring, estimates.recurring_price),
    row("one time", estimates.one_time_price),
    row("on demand", estimates.on_demand_price),
    ...ownCycles.map(([name, ...amounts]) => [`own cycle, ${name}`, ...amounts]),
    [`contract amount (${isOnce ? "one time" : "recurring"})`, "", "", "", amount],
  ]);
}
