import type { PeriodMs } from "../period/timeline.ts";
import type { Occasion } from "./trigger.ts";

/**
 * Whether a charge is waived: by the contract's free cycles, which are the periods of phase `free`, or by the price's
 * own, counted in its own cycle; a leading stub goes with the first of them.
 *
 * @rule W3 (waiver)
 * @param period the billing period in which the charge's period begins.
 */
export function isWaived(occasion: Occasion, period: PeriodMs, priceFreeCycles: number): boolean {
  if (!occasion.isRecurring) return false;
  return period.phase === "free" || (priceFreeCycles > 0 && occasion.cycleNumber <= priceFreeCycles);
}
