import { formatMinor } from "../../money/amounts.ts";
import { divideRounded } from "../../money/rounding.ts";
import type { ChangeCounts } from "./changes.ts";
import type { PortfolioJob } from "./job.ts";
import type { Mover } from "./movers.ts";
import type { CurrencyTally, Tally } from "./tally.ts";

/** A contract whose price changes more than others'. Amounts are decimal strings. */
export interface PrintedMover {
  readonly id: string | number | null;
  readonly customer: string | null;
  readonly before: string;
  readonly after: string;
  readonly difference: string;
}

/** What a patch makes of all contracts of one currency. */
export interface PatchSummary {
  readonly before: string;
  readonly after: string;
  readonly difference: string;
  /** Of what was paid before, with two decimals; null where that was nothing. */
  readonly percent: string | null;
  readonly less: number;
  readonly same: number;
  readonly more: number;
  /** How many contracts change by how many percent. */
  readonly changes: ChangeCounts;
  readonly biggest_increases: readonly PrintedMover[];
  readonly biggest_decreases: readonly PrintedMover[];
}

/** What all contracts of one currency come to. */
export type CurrencySummary = {
  readonly currency: string;
  readonly contracts: number;
  /** How many of them aren't charged then: outside of all billing periods, or in the trial. */
  readonly not_running: number;
} & ({ readonly total: string } | PatchSummary);

/** What a portfolio comes to. */
export interface PortfolioSummary {
  readonly at?: string;
  readonly from?: string;
  readonly to?: string;
  readonly contracts: number;
  readonly errors: number;
  /** By the currencies' codes. */
  readonly by_currency: readonly CurrencySummary[];
}

/** Prints what was counted: the same however the lines were split. */
export function portfolioSummary({ asked, patch }: PortfolioJob, tally: Tally): PortfolioSummary {
  const currencies = [...tally.currencies].sort(([first], [second]) => (first < second ? -1 : 1));
  return {
    ...asked,
    contracts: tally.lines,
    errors: tally.failed,
    by_currency: currencies.map(([currency, own]) => ({
      currency,
      contracts: own.contracts,
      not_running: own.idle,
      ...(patch === null ? { total: formatMinor(own.before, own.digits) } : patchSummary(own)),
    })),
  };
}

function patchSummary({ digits, before, after, changes, increases, decreases }: CurrencyTally): PatchSummary {
  const { same, new_from_zero: fresh } = changes;
  const less = changes.less_over_20 + changes.less_10_to_20 + changes.less_5_to_10 + changes.less_up_to_5;
  const more = changes.more_over_20 + changes.more_10_to_20 + changes.more_5_to_10 + changes.more_up_to_5;
  const printed = (mover: Mover): PrintedMover => printedMover(mover, digits);
  return {
    before: formatMinor(before, digits),
    after: formatMinor(after, digits),
    difference: formatMinor(after - before, digits),
    percent:
      before > 0n ? formatMinor(divideRounded((after - before) * 10_000n, before, "half_up"), 2) : null,
    less,
    same,
    more: more + fresh,
    changes,
    biggest_increases: increases.map(printed),
    biggest_decreases: decreases.map(printed),
  };
}

function printedMover({ id, customer, before, after }: Mover, digits: number): PrintedMover {
  return {
    id,
    customer,
    before: formatMinor(before, digits),
    after: formatMinor(after, digits),
    difference: formatMinor(after - before, digits),
  };
}
