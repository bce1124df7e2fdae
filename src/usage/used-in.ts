import { billingPeriodOf } from "../period/billing-period.ts";
import type { PeriodMs } from "../period/timeline.ts";
import { quantityText, type UsedQuantity } from "./quantity.ts";
import { inOrder, sumEvents } from "./sum-events.ts";
import type { UsageBook } from "./usage.ts";

/** The period whose usage is asked for, and what is known of it. */
export interface UsageQuery {
  readonly slug: string;
  readonly period: PeriodMs;
  /** The period's end, or the contract's where it has none (P7); null: endless. */
  readonly endMs: number | null;
  /** Events from then on don't count; Infinity: all do. */
  readonly untilMs: number;
  /** When the period closes, so that what is reported later is late; null: never. */
  readonly closesMs: number | null;
  /** Whether sums of "the running period" are this one's. */
  readonly isRunning: boolean;
  /** The document's `used_unit_count`. */
  readonly usedUnitCount: string | null;
}

/** The usage of a period; `isAssumed` where nobody gave it. */
export interface UsedIn {
  readonly used: UsedQuantity;
  readonly isAssumed: boolean;
}

/**
 * The usage of one slug in one period, from whatever form was given: without any, the document's `used_unit_count` for
 * the running period, else zero.
 *
 * @rule U6 (answers)
 */
export function usedIn(book: UsageBook, query: UsageQuery): UsedIn {
  const { slug, period } = query;
  const given = givenIn(book, query);
  if (given !== null) return { used: given, isAssumed: false };
  const units = query.isRunning && query.usedUnitCount !== null ? query.usedUnitCount : "0";
  return {
    used: sumOnly(quantityText(units, [slug, "used_unit_count", String(period.index)])),
    isAssumed: true,
  };
}

function givenIn(book: UsageBook, query: UsageQuery): UsedQuantity | null {
  const { slug, period } = query;
  const always = book.everyPeriod.get(slug);
  if (always !== undefined) return sumOnly(always);
  switch (book.form) {
    case "none":
      return null;
    case "sums": {
      const units = book.sums.get(slug);
      return query.isRunning && units !== undefined ? sumOnly(units) : null;
    }
    case "periods": {
      const units = book.periods.get(slug)?.get(period.startMs);
      return units === undefined ? null : sumOnly(units);
    }
    case "function": {
      const units = book.ask?.(slug, billingPeriodOf(period));
      return units === undefined || units === null ? null : sumOnly(quantityText(units, ["usage", slug]));
    }
    case "events": {
      const events = book.events.get(slug);
      if (events === undefined) return null;
      const endMs = query.endMs ?? Number.POSITIVE_INFINITY;
      const sum = sumEvents(events, period.startMs, endMs, query.closesMs, query.untilMs);
      return { units: sum.units, event_count: sum.counted.length, events: inOrder(sum.counted) };
    }
  }
}

function sumOnly(units: string): UsedQuantity {
  return { units, event_count: null, events: null };
}
