import type { Configuration } from "../contract/configuration.ts";
import type { Ratio } from "../money/ratio.ts";
import { prorationRatio } from "../period/proration.ts";
import type { PeriodMs, Timeline } from "../period/timeline.ts";
import type { ChargeShares } from "../price/charge-for.ts";

/**
 * The part of its full period that a stub serves; null for a full one. A contract that moved on keeps what was charged
 * for its running period, so only expiration cuts here.
 *
 * @rule W4 (what is prorated)
 */
export function servedShare(
  timeline: Timeline,
  period: PeriodMs,
  configuration: Configuration,
): Ratio | null {
  const { startMs, fullStartMs, fullEndMs } = period;
  if (fullEndMs === null) return null;
  const { expirationMs } = timeline;
  const servedEndMs = expirationMs !== null && expirationMs < fullEndMs ? expirationMs : fullEndMs;
  if (startMs === fullStartMs && servedEndMs === fullEndMs) return null;
  const basis = configuration.proration_basis ?? "day";
  const ratio = prorationRatio(basis, timeline.zone, startMs, servedEndMs, fullStartMs, fullEndMs);
  return { numerator: BigInt(ratio.numerator), denominator: BigInt(ratio.denominator) };
}

/**
 * What a stub's charges keep of fixed amounts and limits, by `stub_charges` and `stub_limits`; null: all of them.
 *
 * Limits follow `stub_limits` alone, under charges in full too. A free stub frees what would be prorated: fixed charges, flat fees and the minimum charge. The maximum charge goes on
 * protecting its usage.
 *
 * @rule W4 (options)
 */
export function stubShares(served: Ratio | null, configuration: Configuration): ChargeShares | null {
  const charges = configuration.stub_charges ?? "prorated";
  if (served === null) return null;
  const { numerator, denominator: of } = served;
  const limit = configuration.stub_limits === "full" ? of : numerator;
  if (charges === "free") return { fixed: 0n, minimum: 0n, maximum: limit, of };
  return { fixed: charges === "full" ? of : numerator, minimum: limit, maximum: limit, of };
}
