import type { MeteredDetails, PercentageDetails, Price } from "../../src/contract/price.ts";
import { type Fraction, fraction, isLess, least, minus, most, over, plus, times, ZERO } from "./fraction.ts";
import { naiveCharge } from "./naive-charge.ts";
import { type NaiveEvent, type NaiveUsed, sumOf } from "./naive-usage.ts";

/** How much of fixed amounts and of the two limits a stub takes. */
export interface NaiveShares {
  readonly fixed: Fraction;
  readonly minimum: Fraction;
  readonly maximum: Fraction;
}

export interface NaiveSettled {
  readonly flat: Fraction;
  readonly whole: Fraction;
  readonly isOverLimit: boolean;
}

/** The price depends on events and there is only a sum (U6). */
export class NeedsEvents extends Error {}

/** A terminating fraction as a plain decimal. */
export function decimalText({ n, d }: Fraction): string {
  let places = 0;
  while ((n * 10n ** BigInt(places)) % d !== 0n) places++;
  const digits = String((n * 10n ** BigInt(places)) / d).padStart(places + 1, "0");
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

export function isMetered(price: Price): boolean {
  return ["usage", "usage_tiered", "percentage"].includes(price.strategy_details.pricing_strategy);
}

export function flatFeeOf({ strategy_details: details }: Price): Fraction {
  return fraction(("flat_fee" in details ? details.flat_fee : null) ?? "0");
}

export function contractedUnits({ strategy_details: details }: Price): string | null {
  return "contracted_unit_count" in details ? decimalText(fraction(details.contracted_unit_count)) : null;
}

/** R1 with what W4 says of stubs. `units` is the contracted count where nobody demanded another. */
export function fixedCharge(price: Price, units: string | null, shares: NaiveShares): NaiveSettled {
  const raw = plus(flatFeeOf(price), unitsPart(price.amount, price.strategy_details, units ?? "0"));
  const flat = times(flatFeeOf(price), shares.fixed);
  return { flat, whole: limited(price, times(raw, shares.fixed), flat, shares), isOverLimit: false };
}

export function meteredCharge(price: Price, used: NaiveUsed, shares: NaiveShares): NaiveSettled {
  const flat = times(flatFeeOf(price), shares.fixed);
  const { charge, isOverLimit } = matrixPart(price, used);
  return { flat, whole: limited(price, plus(flat, charge), flat, shares), isOverLimit };
}

function limited(price: Price, charge: Fraction, flat: Fraction, shares: NaiveShares): Fraction {
  const { minimum_charge: minimum, maximum_charge: maximum } = price;
  let result = charge;
  if (minimum != null) result = most(result, times(fraction(minimum), shares.minimum));
  if (maximum != null) result = least(result, most(flat, times(fraction(maximum), shares.maximum)));
  return result;
}

function unitsPart(amount: string, details: Price["strategy_details"], units: string): Fraction {
  return naiveCharge({ amount, strategy_details: { ...details, flat_fee: null } as never }, units);
}

/** R5: above the maximum without a price for it. */
function isOverLimit(details: MeteredDetails, units: Fraction): boolean {
  if (details.pricing_strategy !== "usage" || details.maximum_units == null) return false;
  if (details.over_usage_price != null) return false;
  const beyond = minus(units, fraction(details.included_units ?? "0"));
  return isLess(fraction(details.maximum_units), most(beyond, fraction(details.minimum_units ?? "0")));
}

interface NaivePart {
  readonly charge: Fraction;
  readonly isOverLimit: boolean;
}

/** R7: each part with usage by itself, the rest and no usage at all by the price. */
function matrixPart(price: Price, used: NaiveUsed): NaivePart {
  const own = price.strategy_details as MeteredDetails;
  const entries = price.by ?? [];
  if (entries.length === 0) return meteredPart(price.amount, own, used);
  const all = used.events;
  const none = { units: ZERO, events: [], assumed: false };
  if (all === null) {
    if (used.units.n !== 0n) throw new NeedsEvents();
    return meteredPart(price.amount, own, none);
  }
  const parts: NaivePart[] = [];
  for (const [index, part] of [...entries, { amount: null, strategy_details: null }].entries()) {
    const events = all.filter((event) => indexOfEntry(price, event) === index);
    const units = sumOf(events);
    if (units.n === 0n) continue;
    const details = part.strategy_details ?? own;
    parts.push(meteredPart(part.amount ?? price.amount, details, { units, events, assumed: false }));
  }
  if (parts.length === 0) return meteredPart(price.amount, own, none);
  return {
    charge: parts.reduce((sum, part) => plus(sum, part.charge), ZERO),
    isOverLimit: parts.some((part) => part.isOverLimit),
  };
}

function meteredPart(amount: string, details: MeteredDetails, used: NaiveUsed): NaivePart {
  if (details.pricing_strategy === "percentage") {
    return { charge: percentagePart(details, used), isOverLimit: false };
  }
  const charge = unitsPart(amount, details, decimalText(used.units));
  return { charge, isOverLimit: isOverLimit(details, used.units) };
}

function isGiven(text: string | number | null | undefined): boolean {
  return text != null && fraction(text).n !== 0n;
}

/** R6, event by event. */
function percentagePart(details: PercentageDetails, { units, events }: NaiveUsed): Fraction {
  const rate = over(fraction(details.rate), fraction(100));
  const fee = fraction(details.fixed_fee_per_event ?? "0");
  const { minimum_per_event: minimum, maximum_per_event: maximum } = details;
  const hasAllowance = isGiven(details.free_events) || isGiven(details.free_amount);
  if (events === null) {
    // No usage is no event either.
    if (units.n === 0n) return ZERO;
    if (hasAllowance || minimum != null || maximum != null || fee.n !== 0n) throw new NeedsEvents();
    return times(units, rate);
  }
  let isFree = hasAllowance;
  let eventsLeft = isGiven(details.free_events) ? Number(details.free_events) : Number.POSITIVE_INFINITY;
  let moneyLeft = isGiven(details.free_amount) ? fraction(details.free_amount as string) : null;
  let sum = ZERO;
  for (const event of events) {
    let amount = fraction(event.units);
    if (isFree) {
      const isCovered = moneyLeft === null || !isLess(moneyLeft, amount);
      eventsLeft -= 1;
      if (moneyLeft !== null) {
        const taken = least(moneyLeft, amount);
        moneyLeft = minus(moneyLeft, taken);
        amount = minus(amount, taken);
      }
      if (eventsLeft === 0 || moneyLeft?.n === 0n) isFree = false;
      if (isCovered) continue;
    }
    let charge = plus(times(amount, rate), fee);
    if (minimum != null) charge = most(charge, fraction(minimum));
    if (maximum != null) charge = least(charge, fraction(maximum));
    sum = plus(sum, charge);
  }
  return sum;
}

function indexOfEntry(price: Price, event: NaiveEvent): number {
  const entries = price.by ?? [];
  const index = entries.findIndex(({ when }) =>
    Object.entries(when).every(([name, value]) => event.properties?.[name] === value),
  );
  return index < 0 ? entries.length : index;
}
