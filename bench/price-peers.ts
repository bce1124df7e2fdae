// The same charge done straightforwardly with other libraries, over tiers that are prepared beforehand.
import { deepStrictEqual } from "node:assert";
import Big from "big.js";
import BigNumber from "bignumber.js";
import { Decimal as SharedDecimal } from "decimal.js";
import { add, type Dinero, dinero, halfUp, multiply, toDecimal, transformScale } from "dinero.js/bigint";
import { USD } from "dinero.js/bigint/currencies";
import type { Charge } from "../src/index.ts";

export interface BenchTier {
  readonly up_to: string | null;
  readonly unit_price: string;
}

export type ChargeOfUnits = (units: string) => Charge;

const Decimal = SharedDecimal.clone({
  defaults: true,
  precision: 160,
  rounding: SharedDecimal.ROUND_HALF_UP,
});
const ExactNumber = BigNumber.clone({
  DECIMAL_PLACES: 100,
  ROUNDING_MODE: BigNumber.ROUND_HALF_UP,
  EXPONENTIAL_AT: 1e9,
});

/** A decimal as a ratio in lowest terms. */
export function exactRatio(exact: string): Charge["exact_ratio"] {
  const [whole = "0", decimals = ""] = exact.split(".");
  let numerator = BigInt(whole + decimals);
  let denominator = 10n ** BigInt(decimals.length);
  for (const prime of [2n, 5n]) {
    while (denominator % prime === 0n && numerator % prime === 0n) {
      numerator /= prime;
      denominator /= prime;
    }
  }
  return { numerator: numerator.toString(), denominator: denominator.toString() };
}

/** What every peer prints, so that all build the same result. */
function charge(subtotal: string, exact: string, units: string): Charge {
  return { subtotal, exact, exact_ratio: exactRatio(exact), flat_fee: "0.00", units, currency: "usd" };
}

export function withDecimal(tiers: readonly BenchTier[]): ChargeOfUnits {
  const prepared = tiers.map(({ up_to, unit_price }) => ({
    upTo: up_to === null ? null : new Decimal(up_to),
    price: new Decimal(unit_price),
  }));
  return (text) => {
    const units = new Decimal(text);
    let lower = new Decimal(0);
    let sum = new Decimal(0);
    for (const { upTo, price } of prepared) {
      if (units.lte(lower)) break;
      const upper = upTo === null ? units : Decimal.min(units, upTo);
      sum = sum.plus(upper.minus(lower).times(price));
      lower = upper;
    }
    return charge(sum.toFixed(2), sum.toFixed(), units.toFixed());
  };
}

export function withBig(tiers: readonly BenchTier[]): ChargeOfUnits {
  const prepared = tiers.map(({ up_to, unit_price }) => ({
    upTo: up_to === null ? null : new Big(up_to),
    price: new Big(unit_price),
  }));
  return (text) => {
    const units = new Big(text);
    let lower = new Big(0);
    let sum = new Big(0);
    for (const { upTo, price } of prepared) {
      if (units.lte(lower)) break;
      const upper = upTo === null || units.lt(upTo) ? units : upTo;
      sum = sum.plus(upper.minus(lower).times(price));
      lower = upper;
    }
    return charge(sum.toFixed(2, Big.roundHalfUp), sum.toFixed(), units.toFixed());
  };
}

export function withBigNumber(tiers: readonly BenchTier[]): ChargeOfUnits {
  const prepared = tiers.map(({ up_to, unit_price }) => ({
    upTo: up_to === null ? null : new ExactNumber(up_to),
    price: new ExactNumber(unit_price),
  }));
  return (text) => {
    const units = new ExactNumber(text);
    let lower = new ExactNumber(0);
    let sum = new ExactNumber(0);
    for (const { upTo, price } of prepared) {
      if (units.lte(lower)) break;
      const upper = upTo === null ? units : ExactNumber.min(units, upTo);
      sum = sum.plus(upper.minus(lower).times(price));
      lower = upper;
    }
    return charge(sum.toFixed(2), sum.toFixed(), units.toFixed());
  };
}

interface Scaled {
  readonly amount: bigint;
  readonly scale: bigint;
}

function scaled(text: string): Scaled {
  const [whole = "0", decimals = ""] = text.split(".");
  return { amount: BigInt(whole + decimals), scale: BigInt(decimals.length) };
}

/** Quantities are no money, so that dinero's users split them into tiers themselves: here as scaled bigints. */
export function withDinero(tiers: readonly BenchTier[]): ChargeOfUnits {
  const prepared = tiers.map(({ up_to, unit_price }) => ({
    upTo: up_to === null ? null : BigInt(up_to),
    price: dinero({ ...scaled(unit_price), currency: USD }),
  }));
  return (text) => {
    const units = scaled(text);
    const unit = 10n ** units.scale;
    let lower = 0n;
    let sum: Dinero<bigint> = dinero({ amount: 0n, currency: USD });
    for (const { upTo, price } of prepared) {
      if (units.amount <= lower) break;
      const upper = upTo === null || units.amount < upTo * unit ? units.amount : upTo * unit;
      sum = add(sum, multiply(price, { amount: upper - lower, scale: units.scale }));
      lower = upper;
    }
    const exact = toDecimal(sum);
    return charge(toDecimal(transformScale(sum, 2n, halfUp)), withoutZeros(exact), withoutZeros(text));
  };
}

function withoutZeros(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** Exact numbers with nothing around them: no check, no result but the cents. The least that a charge can cost. */
export function withBareNumbers(tiers: readonly BenchTier[], scale: number): (units: string) => number {
  const cents = 10 ** (scale - 2);
  const upTo = tiers.map(({ up_to }) => (up_to === null ? Number.POSITIVE_INFINITY : Number(up_to)));
  const rates = tiers.map(({ unit_price }) => Math.round(Number(unit_price) * 10 ** scale));
  const bases: number[] = [];
  const lowers: number[] = [];
  let lower = 0;
  let base = 0;
  for (const [index, upper] of upTo.entries()) {
    lowers.push(lower);
    bases.push(base);
    base += (upper - lower) * (rates[index] as number);
    lower = upper;
  }
  return (text) => {
    const units = Number(text);
    let index = 0;
    while (units > (upTo[index] as number)) index++;
    const amount = (bases[index] as number) + (units - (lowers[index] as number)) * (rates[index] as number);
    return Math.floor((amount + cents / 2) / cents);
  };
}

/** Nothing is timed before all agree. */
export function assertAgree(
  ours: ChargeOfUnits,
  peers: { readonly [name: string]: ChargeOfUnits },
  quantities: readonly string[],
): void {
  for (const units of quantities) {
    const expected = ours(units);
    for (const [name, peer] of Object.entries(peers))
      deepStrictEqual(peer(units), expected, `${name} at ${units}`);
  }
}
