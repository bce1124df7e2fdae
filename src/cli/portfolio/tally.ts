import { CHANGES, type ChangeCounts, changeOf, noChanges } from "./changes.ts";
import { addMover, type Mover } from "./movers.ts";
import type { LineResult, PricedContract } from "./price.ts";

/** What contracts of one currency come to, in minor units. */
export interface CurrencyTally {
  readonly digits: number;
  contracts: number;
  /** Contracts of which nothing is charged, since no charged period runs. */
  idle: number;
  before: bigint;
  /** As before where nothing was to be changed. */
  after: bigint;
  readonly changes: ChangeCounts;
  readonly increases: Mover[];
  readonly decreases: Mover[];
}

/** What a number of lines come to. */
export interface Tally {
  lines: number;
  failed: number;
  readonly currencies: Map<string, CurrencyTally>;
}

/** Of no line yet. */
export function noTally(): Tally {
  return { lines: 0, failed: 0, currencies: new Map() };
}

/** Adds what became of a line. */
export function addToTally(tally: Tally, result: LineResult): void {
  tally.lines++;
  if (result.priced === null) tally.failed++;
  else addPriced(tallyOf(tally, result.priced), result, result.priced);
}

/** Adds lines that come after those of a tally. */
export function mergeTally(tally: Tally, later: Tally): void {
  tally.lines += later.lines;
  tally.failed += later.failed;
  for (const [currency, other] of later.currencies) {
    const own = tallyOf(tally, { currency, digits: other.digits });
    own.contracts += other.contracts;
    own.idle += other.idle;
    own.before += other.before;
    own.after += other.after;
    for (const change of CHANGES) own.changes[change] += other.changes[change];
    for (const mover of other.increases) addMover(own.increases, mover);
    for (const mover of other.decreases) addMover(own.decreases, mover);
  }
}

function addPriced(
  tally: CurrencyTally,
  { id, customer }: LineResult,
  { before: charged, after: changed = charged }: PricedContract,
): void {
  tally.contracts++;
  if (charged === null && changed === null) {
    tally.idle++;
    return;
  }
  const [before, after] = [charged ?? 0n, changed ?? 0n];
  tally.before += before;
  tally.after += after;
  tally.changes[changeOf(before, after)]++;
  if (after > before) addMover(tally.increases, { id, customer, before, after, distance: after - before });
  if (after < before) addMover(tally.decreases, { id, customer, before, after, distance: before - after });
}

function tallyOf(
  { currencies }: Tally,
  { currency, digits }: Pick<PricedContract, "currency" | "digits">,
): CurrencyTally {
  let tally = currencies.get(currency);
  if (tally === undefined) {
    tally = {
      digits,
      contracts: 0,
      idle: 0,
      before: 0n,
      after: 0n,
      changes: noChanges(),
      increases: [],
      decreases: [],
    };
    currencies.set(currency, tally);
  }
  return tally;
}
