// The whole path done straightforwardly: decimal.js for money, Temporal for time. It knows just the documents of these
// benches: no trials, stubs, waivers, batches, limits or events, and it checks nothing.
//
// Prepared once a contract, as a program would that keeps its contracts loaded: prices and tiers as decimals, the anchor
// as a ZonedDateTime. Once a period and not line by line: its bounds, and when its charges are made and fall due.
import { Decimal as SharedDecimal } from "decimal.js";
import { Temporal } from "temporal-polyfill";
import type { ChargeLine, ContractDetails, CostEstimate, Invoice } from "../src/index.ts";
import { exactRatio } from "./price-peers.ts";
import {
  type BenchDocument,
  type BenchFeature,
  type BenchSums,
  CLOSING_HOURS,
  NET_DAYS,
} from "./whole-documents.ts";

const Decimal = SharedDecimal.clone({
  defaults: true,
  precision: 160,
  rounding: SharedDecimal.ROUND_HALF_UP,
});
type Decimal = InstanceType<typeof Decimal>;

const ZERO = new Decimal(0);
const CENTS = 2;

export interface PeerPeriod {
  readonly index: number;
  readonly start: Temporal.ZonedDateTime;
  readonly end: Temporal.ZonedDateTime;
}

/** What the peer answers about one contract. */
export interface WholePeer {
  readonly periodAt: (at: string) => PeerPeriod;
  readonly details: (sums: BenchSums, at: string) => ContractDetails;
  readonly charges: (period: PeerPeriod, sums: BenchSums, tax: string | null) => ChargeLine[];
  readonly invoices: (sumsOf: (index: number) => BenchSums, from: string, to: string) => Invoice[];
}

interface PeerTier {
  readonly upTo: Decimal | null;
  readonly price: Decimal;
}

interface PeerFeature {
  readonly document: BenchFeature;
  readonly isFixed: boolean;
  readonly units: Decimal | null;
  readonly amount: Decimal;
  readonly flatFee: Decimal | null;
  readonly included: Decimal;
  readonly tiers: readonly PeerTier[] | null;
}

/** A line before discount and tax. */
interface PeerLine {
  readonly feature: PeerFeature;
  readonly kind: "fixed" | "flat_fee" | "usage";
  readonly unitCount: string | null;
  readonly exact: Decimal;
  readonly subtotal: Decimal;
  readonly isAssumed: boolean;
  discount: Decimal;
}

function prepared(document: BenchFeature): PeerFeature {
  const { amount, strategy_details: details } = document.price;
  const {
    pricing_strategy: strategy,
    contracted_unit_count: units,
    flat_fee,
    included_units,
    tiers,
  } = details;
  return {
    document,
    isFixed: strategy === "flat" || strategy === "per_unit",
    units: units === undefined ? null : new Decimal(units),
    amount: new Decimal(amount),
    flatFee: flat_fee === undefined ? null : new Decimal(flat_fee),
    included: new Decimal(included_units ?? 0),
    tiers:
      tiers?.map(({ up_to, unit_price }) => ({
        upTo: up_to === null ? null : new Decimal(up_to),
        price: new Decimal(unit_price),
      })) ?? null,
  };
}

/** What the units cost, before flat fee and rounding. */
function unitsCharge({ amount, included, tiers }: PeerFeature, units: Decimal): Decimal {
  if (tiers === null) return Decimal.max(units.minus(included), ZERO).times(amount);
  let lower = ZERO;
  let sum = ZERO;
  for (const { upTo, price } of tiers) {
    if (units.lte(lower)) break;
    const upper = upTo === null ? units : Decimal.min(units, upTo);
    sum = sum.plus(upper.minus(lower).times(price));
    lower = upper;
  }
  return sum;
}

function linesOf(feature: PeerFeature, sums: BenchSums): PeerLine[] {
  const { isFixed, units, amount, flatFee } = feature;
  const discount = ZERO;
  if (isFixed) {
    const exact = units === null ? amount : amount.times(units);
    const unitCount = units?.toFixed() ?? null;
    const subtotal = exact.toDecimalPlaces(CENTS);
    return [{ feature, kind: "fixed", unitCount, exact, subtotal, isAssumed: false, discount }];
  }
  const used = sums[feature.document.slug];
  const unitCount = new Decimal(used ?? 0);
  const fee = flatFee ?? ZERO;
  const charge = unitsCharge(feature, unitCount);
  const flat = fee.toDecimalPlaces(CENTS);
  const usage: PeerLine = {
    feature,
    kind: "usage",
    unitCount: unitCount.toFixed(),
    exact: charge,
    subtotal: charge.plus(fee).toDecimalPlaces(CENTS).minus(flat),
    isAssumed: used === undefined,
    discount,
  };
  if (flatFee === null) return [usage];
  return [
    {
      feature,
      kind: "flat_fee",
      unitCount: null,
      exact: flatFee,
      subtotal: flat,
      isAssumed: false,
      discount,
    },
    usage,
  ];
}

/** Lines that are made at the same time are discounted together, to the cent by largest remainder. */
function discountTogether(lines: readonly PeerLine[], percentage: Decimal): void {
  const base = lines.reduce((sum, line) => sum.plus(line.subtotal), ZERO);
  const total = base.times(percentage).div(100).toDecimalPlaces(CENTS).times(100);
  if (total.isZero()) return;
  const cents = base.times(100);
  const parts = lines.map((line) => {
    const product = total.times(line.subtotal).times(100);
    const part = product.divToInt(cents);
    return { line, part, remainder: product.minus(part.times(cents)) };
  });
  let left = parts.reduce((rest, { part }) => rest.minus(part), total);
  for (const each of [...parts].sort((a, b) => b.remainder.comparedTo(a.remainder))) {
    if (left.isZero()) break;
    each.part = each.part.plus(1);
    left = left.minus(1);
  }
  for (const { line, part } of parts) line.discount = part.div(100);
}

function sumOf(amounts: readonly string[]): string {
  return amounts.reduce((sum, amount) => sum.plus(amount), ZERO).toFixed(CENTS);
}

function estimate(start: Decimal, usage: Decimal): CostEstimate {
  return {
    cycle_start_charges: start.toFixed(CENTS),
    extra_cycle_end_charges: "0.00",
    minimum_usage: usage.toFixed(CENTS),
  };
}

/** The quickest of the straightforward ways to copy JSON: `structuredClone` takes several times as long. */
function copied<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(copied) as Value;
  if (typeof value !== "object" || value === null) return value;
  const copy: { [name: string]: unknown } = {};
  for (const [name, entry] of Object.entries(value)) copy[name] = copied(entry);
  return copy as Value;
}

export function withDecimalAndTemporal(document: BenchDocument): WholePeer {
  const { activation, time_zone: zone } = document.contract_summary;
  const features = document.plan.features.map(prepared);
  const percentage = new Decimal(document.discount.amount);
  const anchor = Temporal.Instant.from(activation).toZonedDateTimeISO(zone);

  const boundary = (months: number): Temporal.ZonedDateTime => anchor.add({ months });

  function periodAt(at: string): PeerPeriod {
    const instant = Temporal.Instant.from(at);
    const { year, month } = instant.toZonedDateTimeISO(zone);
    const months = (year - anchor.year) * 12 + month - anchor.month;
    const start = boundary(months);
    return Temporal.Instant.compare(start.toInstant(), instant) <= 0
      ? { index: months + 1, start, end: boundary(months + 1) }
      : { index: months, start: boundary(months - 1), end: start };
  }

  /** The lines of a period, discounted, in the document's order. */
  function lines(period: PeerPeriod, sums: BenchSums): PeerLine[] {
    const all = features.flatMap((feature) => linesOf(feature, sums));
    if (period.index <= document.discount.duration) {
      discountTogether(
        all.filter(({ kind }) => kind !== "usage"),
        percentage,
      );
      discountTogether(
        all.filter(({ kind }) => kind === "usage"),
        percentage,
      );
    }
    return all;
  }

  function printed(all: readonly PeerLine[], { start, end }: PeerPeriod, rate: Decimal | null): ChargeLine[] {
    const closes = end.add({ hours: CLOSING_HOURS });
    const texts = { start: start.toInstant().toString(), end: end.toInstant().toString() };
    const atStart = { made_at: texts.start, due_date: start.add({ days: NET_DAYS }).toInstant().toString() };
    const atEnd = {
      made_at: closes.toInstant().toString(),
      due_date: closes.add({ days: NET_DAYS }).toInstant().toString(),
    };
    return all.map((line): ChargeLine => {
      const { name, slug, price } = line.feature.document;
      const total = line.subtotal.minus(line.discount);
      const tax = rate === null ? null : total.times(rate).div(100).toDecimalPlaces(CENTS);
      const exact = line.exact.toFixed();
      const strategy = price.strategy_details.pricing_strategy;
      const hasUnitPrice = line.unitCount !== null && (strategy === "per_unit" || strategy === "usage");
      return {
        name,
        feature_slug: slug,
        kind: line.kind,
        period: { ...texts },
        unit_count: line.unitCount,
        unit_price: hasUnitPrice ? price.amount : null,
        subtotal: line.subtotal.toFixed(CENTS),
        discount_amount: line.discount.toFixed(CENTS),
        total_excluding_tax: total.toFixed(CENTS),
        tax_amount: tax === null ? null : tax.toFixed(CENTS),
        total_including_tax: (tax === null ? total : total.plus(tax)).toFixed(CENTS),
        tax_code: null,
        ...(line.kind === "usage" ? atEnd : atStart),
        stub: false,
        exact,
        exact_ratio: exactRatio(exact),
        ...(line.isAssumed ? { assumed: true } : {}),
      };
    });
  }

  function costEstimates() {
    let start = ZERO;
    let usage = ZERO;
    for (const feature of features) {
      for (const line of linesOf(feature, {})) {
        if (line.kind === "usage") usage = usage.plus(line.subtotal);
        else start = start.plus(line.subtotal);
      }
    }
    const nothing = (): CostEstimate => estimate(ZERO, ZERO);
    return {
      amount: start.plus(usage).toFixed(CENTS),
      estimates: {
        recurring_price: estimate(start, usage),
        one_time_price: nothing(),
        on_demand_price: nothing(),
        custom_cycle_charges: {
          periodic_daily: nothing(),
          periodic_weekly: nothing(),
          periodic_monthly: nothing(),
          periodic_quarterly: nothing(),
          periodic_yearly: nothing(),
        },
      },
    };
  }

  function details(sums: BenchSums, at: string): ContractDetails {
    const period = periodAt(at);
    const end = period.end.toInstant().toString();
    const billing = {
      current_period: { start: period.start.toInstant().toString(), end },
      current_period_idx: period.index,
    };
    const { contract_summary: summary, plan, ...rest } = copied(document);
    const all = lines(period, sums);
    const { amount, estimates } = costEstimates();
    return {
      contract_summary: {
        ...summary,
        status: "active",
        amount,
        billing_information: billing,
        free_trial_end: null,
        next_cycle_start: end,
        cost_estimates: estimates,
      },
      plan: {
        ...plan,
        features: plan.features.map((feature) => {
          const own = all.filter((line) => line.feature.document.slug === feature.slug);
          const subtotal = own.reduce((sum, line) => sum.plus(line.subtotal), ZERO);
          const discount = own.reduce((sum, line) => sum.plus(line.discount), ZERO);
          const total_charge_estimate = {
            subtotal: subtotal.toFixed(CENTS),
            total: subtotal.minus(discount).toFixed(CENTS),
          };
          return { ...feature, price: { ...feature.price, total_charge_estimate } };
        }),
      },
      ...rest,
      billing_information: { ...billing },
    };
  }

  function invoice(date: string, all: readonly ChargeLine[]): Invoice {
    const taxes = all.flatMap(({ tax_amount: tax }) => (tax === null ? [] : [tax]));
    const [first] = all.map((line) => line.due_date as string).sort();
    return {
      date,
      due_date: first as string,
      lines: all,
      subtotal: sumOf(all.map((line) => line.subtotal)),
      discount_amount: sumOf(all.map((line) => line.discount_amount)),
      total_excluding_tax: sumOf(all.map((line) => line.total_excluding_tax)),
      tax_amount: taxes.length === 0 ? null : sumOf(taxes),
      total_including_tax: sumOf(all.map((line) => line.total_including_tax)),
      currency: "eur",
    };
  }

  /** Of each period one invoice at its start, for what is fixed, and one when its usage closes. */
  function invoices(sumsOf: (index: number) => BenchSums, from: string, to: string): Invoice[] {
    const result: Invoice[] = [];
    for (let index = Math.max(1, periodAt(from).index - 1); ; index++) {
      const period = { index, start: boundary(index - 1), end: boundary(index) };
      if (period.start.toInstant().toString() >= to) break;
      const all = printed(lines(period, sumsOf(index)), period, null);
      for (const own of [
        all.filter(({ kind }) => kind !== "usage"),
        all.filter(({ kind }) => kind === "usage"),
      ]) {
        const date = own[0]?.made_at;
        if (date != null && date >= from && date < to) result.push(invoice(date, own));
      }
    }
    return result.sort((a, b) => (a.date < b.date ? -1 : 1));
  }

  return {
    periodAt,
    details,
    charges: (period, sums, tax) =>
      printed(lines(period, sums), period, tax === null ? null : new Decimal(tax)),
    invoices,
  };
}
