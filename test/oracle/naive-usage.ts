import type { UsageClosingPolicy } from "../../src/contract/configuration.ts";
import type { Contract } from "../../src/contract/contract.ts";
import { type Fraction, fraction, isLess, plus, ZERO } from "./fraction.ts";
import { expirationOf, instantMs, movedOf, type NaiveSpan } from "./naive-spans.ts";

/** Usage as a document has it: text only, in one of the forms of U6. */
export interface NaiveEvent {
  readonly feature_slug: string;
  readonly units: string;
  readonly timestamp: string;
  readonly is_absolute?: boolean;
  readonly reported_at?: string;
  readonly properties?: { readonly [name: string]: string | number | boolean | null };
}

export interface NaiveUsage {
  readonly sums?: { readonly [slug: string]: string };
  readonly events?: readonly NaiveEvent[];
  readonly periods?: readonly {
    readonly feature_slug: string;
    readonly start: string;
    readonly units: string;
  }[];
  readonly on_demand?: readonly {
    readonly feature_slug: string;
    readonly at: string;
    readonly unit_count?: string;
  }[];
}

/** What is asked about: the usage known, and up to when. */
export interface NaiveQuestion {
  readonly usage?: NaiveUsage;
  readonly at?: string;
  readonly closed_at?: string;
}

export interface NaiveUsed {
  readonly units: Fraction;
  /** The events that count, in the order of their timestamps; null where only a sum is known. */
  readonly events: readonly NaiveEvent[] | null;
  readonly assumed: boolean;
}

/** Sums of "the running period", where several periods of a feature could be meant and no instant says which. */
export class AmbiguousSums extends Error {}

const DELAYS_MS: { readonly [policy: string]: number } = {
  automatic: 0,
  "15 minutes": 900_000,
  "1 hour": 3_600_000,
  "1 day": 86_400_000,
};

/** Where the usage of a span ends; infinite where it has no end (P7). */
export function usageEnd(contract: Contract, span: NaiveSpan): number {
  return span.end ?? Math.min(expirationOf(contract), movedOf(contract));
}

/** U1; infinite where it never closes. */
export function closing(contract: Contract, span: NaiveSpan, closedAt: string | undefined): number {
  const policy: UsageClosingPolicy =
    contract.contract_summary.configuration?.usage_period_closing_policy ?? "automatic";
  if (policy === "manual") return closedAt === undefined ? Number.POSITIVE_INFINITY : instantMs(closedAt);
  const end = usageEnd(contract, span);
  if (typeof policy === "string") return end + (DELAYS_MS[policy] as number);
  const { days, hours, minutes } = policy.delay;
  return end + (((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60_000;
}

function sum(events: readonly NaiveEvent[]): Fraction {
  return events.reduce((total, { units }) => plus(total, fraction(units)), ZERO);
}

/** U3, U4: the events of a span that count. */
export function countedEvents(
  contract: Contract,
  key: string,
  span: NaiveSpan,
  { usage, at, closed_at }: NaiveQuestion,
): NaiveEvent[] {
  const closes = closing(contract, span, closed_at);
  const known = (usage?.events ?? [])
    .filter(({ feature_slug }) => feature_slug === key)
    .filter(({ timestamp }) => span.start <= instantMs(timestamp))
    .filter(({ timestamp }) => instantMs(timestamp) < usageEnd(contract, span))
    .filter(({ timestamp }) => at === undefined || instantMs(timestamp) <= instantMs(at))
    .filter(({ reported_at }) => reported_at === undefined || instantMs(reported_at) < closes)
    .sort((a, b) => instantMs(a.timestamp) - instantMs(b.timestamp));
  const absolute = known.filter((event) => event.is_absolute);
  const last = absolute.at(-1);
  if (last === undefined) return known;
  const sameTime = absolute.filter(({ timestamp }) => instantMs(timestamp) === instantMs(last.timestamp));
  const winner = sameTime.reduce((a, b) => (isLess(fraction(a.units), fraction(b.units)) ? b : a));
  const later = known.filter(
    (event) => !event.is_absolute && instantMs(event.timestamp) >= instantMs(winner.timestamp),
  );
  return [winner, ...later];
}

/** U6: what was used of a key in a span. */
export function naiveUsed(
  contract: Contract,
  key: string,
  usedUnitCount: string | null | undefined,
  span: NaiveSpan,
  question: NaiveQuestion,
  isOnly: boolean,
): NaiveUsed {
  const { usage, at } = question;
  const isRunning = at === undefined ? isOnly : contains(contract, span, instantMs(at));
  if (at === undefined && !isOnly && usage?.sums?.[key] !== undefined) throw new AmbiguousSums();
  const given = (units: string): NaiveUsed => ({ units: fraction(units), events: null, assumed: false });
  const ofSums = usage?.sums?.[key];
  if (ofSums !== undefined && isRunning) return given(ofSums);
  const ofPeriods = usage?.periods?.find(
    (entry) => entry.feature_slug === key && instantMs(entry.start) === span.start,
  );
  if (ofPeriods !== undefined) return given(ofPeriods.units);
  if (usage?.events?.some(({ feature_slug }) => feature_slug === key)) {
    const events = countedEvents(contract, key, span, question);
    const total = sum(events);
    return { units: isLess(total, ZERO) ? ZERO : total, events, assumed: false };
  }
  const units = isRunning ? fraction(usedUnitCount ?? "0") : ZERO;
  return { units, events: units.n === 0n ? [] : null, assumed: true };
}

function contains(contract: Contract, span: NaiveSpan, ms: number): boolean {
  return span.start <= ms && ms < usageEnd(contract, span);
}

/** The parts of usage whose properties match an entry of a matrix, or none of them (R7). */
export function sumOf(events: readonly NaiveEvent[]): Fraction {
  const total = sum(events);
  return isLess(total, ZERO) ? ZERO : total;
}
