import { chargeLine } from "../charge/charge-line.ts";
import { type ChargeOptions, chargeRun } from "../charge/charge-run.ts";
import { draftLines } from "../charge/draft-lines.ts";
import { servedShare } from "../charge/stub-shares.ts";
import { isOwnCycle } from "../contract/cycle.ts";
import type { PricedItem } from "../contract/priced-items.ts";
import type { BillingIssue, ChargeLine, Contract, InstantLike } from "../index.ts";
import type { Ratio } from "../money/ratio.ts";
import { ownTimelineOf } from "../period/own-cycle.ts";
import { type PeriodMs, periodMsAt } from "../period/timeline.ts";
import { toEpochMs } from "../time/instant.ts";

/** What one price is charged in its current period: the lines that its estimate is the sum of. */
export interface CurrentCharge {
  readonly item: PricedItem;
  /** The contract's period, or the item's own. */
  readonly period: PeriodMs;
  /** None where the price isn't charged in it. */
  readonly lines: readonly ChargeLine[];
  /** Why there is no estimate; none where there is one. */
  readonly issues: readonly BillingIssue[];
  /** The part of its cycle that a stub serves; null for a whole one. */
  readonly share: Ratio | null;
}

/** The charges of each price in the period that runs for it at an instant; none in the trial and outside all periods. */
export function currentCharges(
  contract: Contract,
  options: ChargeOptions & { readonly at: InstantLike },
): CurrentCharge[] {
  const atMs = toEpochMs(options.at, "at");
  const run = chargeRun(contract, options);
  const { timeline } = run;
  const drafted = new Map<number, ReturnType<typeof draftOf>>();

  function draftOf(billing: PeriodMs) {
    const issues: BillingIssue[] = [];
    return { lines: draftLines(run, billing, issues), issues };
  }

  function chargesOfItem(item: PricedItem): CurrentCharge[] {
    const trigger = item.charge_trigger;
    const period = periodMsAt(isOwnCycle(trigger) ? ownTimelineOf(timeline, trigger) : timeline, atMs);
    // An own period may have begun in an earlier billing period: its charges are found there.
    const billing = period === null ? null : periodMsAt(timeline, period.startMs);
    if (period === null || billing === null || billing.phase === "trial") return [];
    const draft = drafted.get(billing.index) ?? draftOf(billing);
    drafted.set(billing.index, draft);
    const own = draft.lines.filter((line) => line.item === item && line.period.startMs === period.startMs);
    return [
      {
        item,
        period,
        lines: own.map((line) => chargeLine(run, line)),
        issues: draft.issues.filter(({ path }) => item.path.every((step, index) => path[index] === step)),
        share: servedShare(timeline, period, contract.contract_summary.configuration ?? {}),
      },
    ];
  }

  return run.items.flatMap(chargesOfItem);
}
