import { assertParsed } from "../contract/brand.ts";
import type { Contract } from "../contract/contract.ts";
import { type PricedItem, pricedItems } from "../contract/priced-items.ts";
import { attempt, type BillingIssue, collect, refuse } from "../error.ts";
import { minorUnitDigits } from "../money/currency.ts";
import type { RoundingMode } from "../money/rounding.ts";
import { type Timeline, timelineOf } from "../period/timeline.ts";
import { type InstantLike, readInstant } from "../time/instant.ts";
import { type OtherContracts, readUsage, type Usage, type UsageBook } from "../usage/usage.ts";
import { type ReadTaxRates, readTaxRates, type TaxRates } from "./tax.ts";

/** What charges of a period depend on beside the contract. */
export interface ChargeOptions {
  readonly usage?: Usage | null;
  /** The instant up to which usage is known: later events don't count; sums are of the period that runs then. */
  readonly at?: InstantLike;
  /** When usage was closed by hand, under the policy `manual`. */
  readonly closed_at?: InstantLike;
  /** Without rates lines have no tax. */
  readonly tax_rates?: TaxRates | null;
}

/** What one run over a contract's charges needs: read once, used for each of its periods. */
export interface ChargeRun {
  readonly contract: Contract;
  readonly timeline: Timeline;
  readonly items: readonly PricedItem[];
  readonly book: UsageBook;
  /** Up to when usage is known; null: all that was given is. */
  readonly atMs: number | null;
  /** Sums are of the period that contains this; null: of the only one that is asked about. */
  readonly runningMs: number | null;
  /** How far own cycles are charged in an endless billing period; null: that isn't known. */
  readonly untilMs: number | null;
  readonly closedMs: number | null;
  readonly taxRates: ReadTaxRates | null;
  readonly digits: number;
  readonly rounding: RoundingMode;
}

/**
 * Reads what charges depend on, once for all periods.
 *
 * @param issues what else is wrong with the caller's options: it is thrown together with what is found here.
 * @param others contracts that the usage may be of too.
 */
export function chargeRun(
  contract: Contract,
  options: ChargeOptions,
  issues: BillingIssue[] = [],
  others?: OtherContracts,
): ChargeRun {
  assertParsed(contract, "contract", "contract");
  const { currency, configuration } = contract.contract_summary;
  const book = attempt(issues, () => readUsage(contract, options.usage, others)) ?? readUsage(contract, null);
  const atMs = readOption(options.at, "at", issues);
  const closedMs = readOption(options.closed_at, "closed_at", issues);
  const taxRates = readTaxRates(issues, options.tax_rates);
  refuse(issues);
  return {
    contract,
    timeline: timelineOf(contract),
    items: pricedItems(contract),
    book,
    atMs,
    runningMs: atMs,
    untilMs: atMs,
    closedMs,
    taxRates,
    // The gate let only known currencies through.
    digits: minorUnitDigits(currency) as number,
    rounding: configuration?.rounding ?? "half_up",
  };
}

/**
 * The same run over a stretch of time: without `at`, sums are of the period that runs at its beginning, or of the first
 * one; where a billing period never ends, own cycles are charged up to its end.
 */
export function runOver(run: ChargeRun, { fromMs, toMs }: { fromMs: number; toMs: number }): ChargeRun {
  const runningMs = run.atMs ?? Math.max(fromMs, run.timeline.activationMs ?? -Infinity);
  return { ...run, runningMs, untilMs: toMs - 1 };
}

function readOption(instant: InstantLike | undefined, name: string, issues: BillingIssue[]): number | null {
  return instant === undefined ? null : collect(issues, readInstant(instant, [name]), 0);
}
