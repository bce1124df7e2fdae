import {
  type BillingPeriod,
  billingPeriods,
  type Contract,
  featurePeriods,
  type Invoice,
  type OwnCycle,
  projectInvoices,
  usageClosingOf,
} from "pure-billing";
import type { PricedFeature } from "./priced-features.ts";
import type { Subject } from "./read-inputs.ts";
import type { Answer } from "./what-if.ts";

/** A stretch of time that is shown. */
export interface TimelineRange {
  readonly from: Date;
  readonly to: Date;
}

/** One row of periods: the contract's, or those of features with a cycle of their own. */
export interface PeriodRow {
  readonly name: string;
  readonly periods: readonly BillingPeriod[];
}

/** What happens in a stretch of time, apart from invoices: it doesn't depend on the sliders. */
export interface TimelineFacts extends TimelineRange {
  readonly rows: readonly PeriodRow[];
  readonly closings: readonly Date[];
  /** From the first period after a trial to the last limited discount's end (null: for ever); null without one. */
  readonly discount: { readonly start: Date; readonly end: Date | null } | null;
}

const DAY_MS = 86_400_000;
const MOST_PERIODS = 14;
const MONTH_DAYS = 30.44;
const CYCLE_DAYS: { readonly [cycle: string]: number } = { hour: 1 / 24, day: 1, week: 7 };

/** About fourteen months, less where cycles are shorter than a month: from the activation on, or around the instant. */
export function timelineRange({ contract, at }: Subject): TimelineRange {
  const { activation, cycle, cycle_count: count } = contract.contract_summary;
  const cycleDays = Math.min((CYCLE_DAYS[cycle] ?? MONTH_DAYS) * (count ?? 1), MONTH_DAYS);
  const lengthMs = cycleDays * MOST_PERIODS * DAY_MS;
  const atMs = new Date(at).getTime();
  const activationMs = new Date(activation ?? at).getTime();
  const isEarly = Math.abs(atMs - activationMs) < lengthMs * 0.7;
  const startMs = isEarly ? Math.min(activationMs, atMs) : atMs - lengthMs * 0.4;
  return { from: new Date(startMs - lengthMs * 0.012), to: new Date(startMs + lengthMs) };
}

/** What the library says of a stretch of time. */
export function timelineFacts(subject: Subject, range: TimelineRange): TimelineFacts {
  const { contract, features, discountEnds } = subject;
  const periods = billingPeriods(contract, range);
  return {
    ...range,
    rows: [{ name: "Periods", periods }, ...ownRows(contract, features, range)],
    closings: closingsIn(subject, range),
    discount: discountOf(contract, periods, discountEnds),
  };
}

/** The invoices of a stretch of time: usage up to the instant as given, then as the sliders say. */
export function timelineInvoices({ contract, usage }: Answer, { from, to }: TimelineRange): Invoice[] {
  return [...projectInvoices(contract, { from, to, usage })];
}

const OWN_CYCLES: readonly OwnCycle[] = ["day", "week", "month", "quarter", "year"];

function ownRows(contract: Contract, features: readonly PricedFeature[], range: TimelineRange): PeriodRow[] {
  return OWN_CYCLES.flatMap((cycle) => {
    const own = features.filter(({ trigger }) => trigger === cycle);
    const [first] = own;
    if (first === undefined) return [];
    const name = own.map((feature) => feature.name).join(", ");
    return [{ name, periods: featurePeriods(contract, first.key, range) }];
  });
}

function closingsIn({ contract, features }: Subject, range: TimelineRange): Date[] {
  const closings = features
    .filter(({ quantity }) => quantity === "metered" || quantity === "events")
    .flatMap(({ key }) => featurePeriods(contract, key, range))
    .filter(({ phase }) => phase !== "trial")
    .flatMap((period) => usageClosingOf(contract, period)?.getTime() ?? [])
    .filter((closingMs) => closingMs < range.to.getTime());
  return [...new Set(closings)].sort((a, b) => a - b).map((closingMs) => new Date(closingMs));
}

function discountOf(
  { discount, discounts }: Contract,
  periods: readonly BillingPeriod[],
  ends: string | null,
): TimelineFacts["discount"] {
  const list = discounts ?? (discount ? [discount] : []);
  const start = periods.find(({ phase }) => phase !== "trial")?.start;
  if (start === undefined || !list.some(({ duration }) => duration !== 0)) return null;
  const isForEver = list.some(({ duration }) => duration == null);
  const end = isForEver || ends === null ? null : new Date(ends);
  return end !== null && end <= start ? null : { start, end };
}
