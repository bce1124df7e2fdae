import { assertParsed } from "../contract/brand.ts";
import type { Contract } from "../contract/contract.ts";
import { type PricedItem, pricedItems } from "../contract/priced-items.ts";
import { type BillingIssue, collect, isBillingError, refuse } from "../error.ts";
import { minorUnitDigits } from "../money/currency.ts";
import type { RoundingMode } from "../money/rounding.ts";
import { type Timeline, timelineOf } from "../period/timeline.ts";
import { type InstantLike, readInstant } from "../time/instant.ts";
import { readUsage, type Usage, type UsageBook } from "../usage/usage.ts";
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
 */
export function chargeRun(
  contract: Contract,
  options: ChargeOptions,
  issues: BillingIssue[] = [],
): ChargeRun {
  assertParsed(contract, "contract", "contract");
  const { currency, configuration } = contract.contract_summary;
  const book = readBook(contract, options.usage, issues);
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

function readBook(contract: Contract, usage: Usage | null | undefined, issues: BillingIssue[]): UsageBook {
  try {
    return readUsage(contract, usage);
  } catch (error) {
    if (!isBillingError(error)) throw error;
    issues.push(...error.issues);
    return readUsage(contract, null);
  }
}

function readOption(instant: InstantLike | undefined, name: string, issues: BillingIssue[]): number | null {
  return instant === undefined ? null : collect(issues, readInstant(instant, [name]), 0);
}
