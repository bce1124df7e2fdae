import type { DraftLine } from "../charge/charge-line.ts";
import type { ChargeRun } from "../charge/charge-run.ts";
import { draftLines } from "../charge/draft-lines.ts";
import { isOwnCycle } from "../contract/cycle.ts";
import type { PricedItem } from "../contract/priced-items.ts";
import { type BillingIssue, refuse } from "../error.ts";
import type { Ratio } from "../money/ratio.ts";
import { divideRounded } from "../money/rounding.ts";
import { ownTimelineOf } from "../period/own-cycle.ts";
import { type PeriodMs, periodMsAt } from "../period/timeline.ts";
import { servedEndMs } from "./unused-share.ts";

/**
 * The recurring and own-cycle fixed charges and flat fees of the periods that run when a contract ends at an instant:
 * those that began before it, and would have served beyond.
 *
 * @param run of the contract that ends then.
 */
export function runningCharges(run: ChargeRun, endMs: number): DraftLine[] {
  const issues: BillingIssue[] = [];
  const drafted = new Map<number, readonly DraftLine[]>();
  const charges = run.items.flatMap((item) => {
    const running = runningPeriod(run, item, endMs);
    // An own period may have begun in an earlier billing period than the one that runs.
    const billing = running === null ? null : periodMsAt(run.timeline, running.startMs);
    if (running === null || billing === null) return [];
    const lines = drafted.get(billing.index) ?? draftLines(run, billing, issues);
    drafted.set(billing.index, lines);
    return lines.filter(
      ({ item: own, kind, period }) =>
        own === item && (kind === "fixed" || kind === "flat_fee") && period.startMs === running.startMs,
    );
  });
  refuse(issues);
  return charges;
}

function runningPeriod(
  run: ChargeRun,
  { charge_trigger: trigger }: PricedItem,
  endMs: number,
): PeriodMs | null {
  const isOwn = isOwnCycle(trigger);
  if (!isOwn && trigger !== "every_cycle") return null;
  const timeline = isOwn ? ownTimelineOf(run.timeline, trigger) : run.timeline;
  // The last millisecond that is served: a period that begins at the end isn't charged.
  const period = periodMsAt(timeline, endMs - 1);
  if (period === null || period.phase === "trial") return null;
  return (servedEndMs(timeline, period) ?? endMs) > endMs ? period : null;
}

/**
 * The credit for the unused part of a charge: what it cost after discount, times the share, rounded once; null where
 * nothing is left of it.
 *
 * Rounding is of the amount given back, in the contract's mode, so that no credit exceeds its charge.
 *
 * @rule M3 (credits)
 * @rule M6
 */
export function creditOf(run: ChargeRun, charge: DraftLine, atMs: number, share: Ratio): DraftLine | null {
  const amount = BigInt(charge.subtotal) - BigInt(charge.discount);
  const unused = amount * share.numerator;
  const credit = divideRounded(unused, share.denominator, run.rounding);
  if (credit === 0n) return null;
  const endMs = servedEndMs(run.timeline, charge.period);
  return {
    ...charge,
    kind: "credit",
    period: { ...charge.period, startMs: atMs, endMs, stub: true },
    subtotal: -credit,
    exact: { value: -unused, scale: run.digits, divisor: share.denominator },
    discount: 0n,
    madeMs: atMs,
    dueMs: atMs,
    credited: { amount, share },
  };
}
