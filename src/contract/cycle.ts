/** A calendar cycle that features and invoices may have of their own. */
export type OwnCycle = "day" | "week" | "month" | "quarter" | "year";

/** How often a contract is charged (T2). */
export type Cycle = "once" | "hour" | OwnCycle | "constant";

/** Every own cycle, in the order in which messages list them. */
export const OWN_CYCLES: readonly OwnCycle[] = ["day", "week", "month", "quarter", "year"];

/** Every cycle, in the order in which messages list them. */
export const CYCLES: readonly Cycle[] = ["once", "hour", ...OWN_CYCLES, "constant"];

/** Tells an own cycle from the other charge triggers. */
export function isOwnCycle(trigger: string): trigger is OwnCycle {
  return OWN_CYCLES.some((cycle) => cycle === trigger);
}
