import { servedShare } from "../charge/stub-shares.ts";
import { type Ratio, ZERO_RATIO } from "../money/ratio.ts";
import { prorationRatio } from "../period/proration.ts";
import type { PeriodMs, Timeline } from "../period/timeline.ts";

/** Who has the day on which a service ends: the contract that takes over (M2), or the one that ends. */
export type DayOwner = "successor" | "ended";

/** Where the service of a period was to end when it was charged; null: nowhere (P7). */
export function servedEndMs({ expirationMs }: Timeline, { fullEndMs }: PeriodMs): number | null {
  if (fullEndMs === null || expirationMs === null) return fullEndMs ?? expirationMs;
  return Math.min(fullEndMs, expirationMs);
}

/**
 * The share of a period's charge that is not used from an instant on, of what was charged: all of it, or of a stub the
 * part that it served.
 *
 * @param period one that ends somewhere, after the instant.
 */
export function unusedShare(timeline: Timeline, period: PeriodMs, atMs: number, day: DayOwner): Ratio {
  const configuration = timeline.summary.configuration ?? {};
  const basis = configuration.proration_basis ?? "day";
  const { startMs, fullStartMs } = period;
  const endMs = servedEndMs(timeline, period) as number;
  const fullEndMs = period.fullEndMs ?? endMs;
  const [fromMs, toMs] = day === "successor" ? [atMs, endMs] : [startMs, atMs];
  // All shares of one full period have the same denominator.
  const ratio = prorationRatio(basis, timeline.zone, fromMs, toMs, fullStartMs, fullEndMs);
  const share = BigInt(ratio.numerator);
  const charged = servedShare(timeline, period, configuration)?.numerator ?? BigInt(ratio.denominator);
  // Thirty-day months can make a stub of no days.
  if (charged === 0n) return ZERO_RATIO;
  return { numerator: day === "successor" ? share : charged - share, denominator: charged };
}
