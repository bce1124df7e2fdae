import type { ChargeTrigger, ScheduleSummary } from "../index.ts";

/** The cycle of a contract in words: "every month", "every 2 weeks", "once". */
export function cycleText({ cycle, cycle_count: count }: ScheduleSummary): string {
  if (cycle === "once" || cycle === "constant") return cycle;
  return count == null || count === 1 ? `every ${cycle}` : `every ${count} ${cycle}s`;
}

/** When a price is charged, in words. */
export function triggerText(trigger: ChargeTrigger): string {
  if (trigger === "on_demand") return "on demand";
  return trigger.endsWith("_cycle") ? trigger.replace("_", " ") : `every ${trigger}`;
}
