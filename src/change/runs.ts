import { type ChargeOptions, type ChargeRun, chargeRun } from "../charge/charge-run.ts";
import type { Contract } from "../contract/contract.ts";
import { attempt, type BillingIssue } from "../error.ts";
import { periodMsAt, timelineOf } from "../period/timeline.ts";
import { type InstantLike, toEpochMs } from "../time/instant.ts";
import { type OtherContracts, readUsage } from "../usage/usage.ts";

/** What the preview of a change depends on beside the contract. */
export interface ChangeOptions extends Pick<ChargeOptions, "usage" | "tax_rates"> {
  /** The instant of the request, up to which usage is known; sums are of the period that runs then. */
  readonly at: InstantLike;
}

/**
 * The run over a contract as it ends, with the usage of it and of its successor.
 *
 * Sums are of the period that the end cuts, even where that is the instant asked about.
 *
 * @param contract as it is before it ends.
 */
export function endedRun(
  contract: Contract,
  ended: Contract,
  successor: Contract,
  { at, tax_rates, usage }: ChangeOptions,
  endMs: number,
): ChargeRun {
  const issues: BillingIssue[] = [];
  const others: OtherContracts = { contracts: [successor], periodsOf: "any" };
  const book = attempt(issues, () => readUsage(contract, usage, others)) ?? readUsage(contract, null);
  const run = chargeRun(ended, { at, tax_rates: tax_rates ?? null }, issues);
  const atMs = toEpochMs(at, "at");
  const running = periodMsAt(timelineOf(contract), atMs);
  const isCut = running !== null && running.startMs < endMs;
  return { ...run, book, runningMs: isCut ? Math.min(atMs, endMs - 1) : atMs, untilMs: Infinity };
}

/** The run over the contract that takes over: sums are of its first period only if they aren't the ended one's. */
export function successorRun(ended: ChargeRun, successor: Contract, options: ChangeOptions): ChargeRun {
  const { at, tax_rates } = options;
  const run = chargeRun(successor, { at, tax_rates: tax_rates ?? null });
  const isOfEnded = (ended.runningMs ?? 0) < ended.timeline.endMs;
  return { ...run, book: ended.book, runningMs: isOfEnded ? -Infinity : run.atMs };
}
