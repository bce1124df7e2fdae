import type { Timeline } from "../period/timeline.ts";
import type { Occasion } from "./trigger.ts";

/**
 * Whether a charge is waived: by the contract's free cycles, while whose free periods its own begins, or by the price's,
 * counted in its own cycle; a leading stub goes with the first of them. A stub that continues another contract's period
 * began with that.
 *
 * @rule W3 (waiver)
 */
export function isWaived(
  { freeUntilMs }: Timeline,
  { cycleNumber, isRecurring, period }: Occasion,
  priceFreeCycles: number,
): boolean {
  if (!isRecurring) return false;
  return period.fullStartMs < freeUntilMs || (priceFreeCycles > 0 && cycleNumber <= priceFreeCycles);
}
