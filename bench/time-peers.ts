// Monthly billing periods done straightforwardly with other libraries, the anchor prepared beforehand as each likes it.
import { TZDate } from "@date-fns/tz";
import { addMonths, differenceInCalendarMonths } from "date-fns";
import { fromZonedTime, toZonedTime } from "date-fns-tz";
import { DateTime } from "luxon";
import rrule from "rrule";
import { Temporal } from "temporal-polyfill";
import type { BillingPeriod } from "../src/periods.ts";

/** What ours and every peer answers for one contract. */
export interface MonthlyPeriods {
  readonly at: (instant: Date) => BillingPeriod;
  readonly first: (count: number) => BillingPeriod[];
}

export type MonthlyPeriodsOf = (anchor: Date, timeZone: string) => MonthlyPeriods;

/** All peers build this, as ours does. */
function period(index: number, start: Date, end: Date): BillingPeriod {
  return { index, phase: "paid", start, end, stub: false };
}

/** Of libraries that can add months: the months between two instants are right, or one too many. */
function byAddition(boundary: (months: number) => Date, monthsTo: (instant: Date) => number): MonthlyPeriods {
  return {
    at(instant) {
      const months = monthsTo(instant);
      const start = boundary(months);
      return start <= instant
        ? period(months + 1, start, boundary(months + 1))
        : period(months, boundary(months - 1), start);
    },
    first(count) {
      const periods: BillingPeriod[] = [];
      let start = boundary(0);
      for (let index = 1; index <= count; index++) {
        const end = boundary(index);
        periods.push(period(index, start, end));
        // Dates can be changed: no two periods share one.
        start = new Date(end);
      }
      return periods;
    },
  };
}

export function withTemporal(anchor: Date, timeZone: string): MonthlyPeriods {
  const zoned = (instant: Date) =>
    Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone);
  const from = zoned(anchor);
  return byAddition(
    (months) => new Date(from.add({ months }).epochMilliseconds),
    (instant) => {
      const { year, month } = zoned(instant);
      return (year - from.year) * 12 + month - from.month;
    },
  );
}

export function withLuxon(anchor: Date, zone: string): MonthlyPeriods {
  const from = DateTime.fromJSDate(anchor, { zone });
  return byAddition(
    (months) => from.plus({ months }).toJSDate(),
    (instant) => {
      const { year, month } = DateTime.fromJSDate(instant, { zone });
      return (year - from.year) * 12 + month - from.month;
    },
  );
}

export function withDateFnsTz(anchor: Date, timeZone: string): MonthlyPeriods {
  const from = toZonedTime(anchor, timeZone);
  return byAddition(
    (months) => fromZonedTime(addMonths(from, months), timeZone),
    (instant) => differenceInCalendarMonths(toZonedTime(instant, timeZone), from),
  );
}

export function withTZDate(anchor: Date, timeZone: string): MonthlyPeriods {
  const from = new TZDate(anchor, timeZone);
  return byAddition(
    (months) => new Date(addMonths(from, months).getTime()),
    (instant) => differenceInCalendarMonths(new TZDate(instant, timeZone), from),
  );
}

/** A rule has no way from an instant to its number but to count; the 31st of short months takes the four last days. */
export function withRRule(anchor: Date, tzid: string): MonthlyPeriods {
  const local = toZonedTime(anchor, tzid);
  const rule = (count: number | null) =>
    new rrule.RRule({
      freq: rrule.RRule.MONTHLY,
      dtstart: rrule.datetime(
        local.getFullYear(),
        local.getMonth() + 1,
        local.getDate(),
        local.getHours(),
        local.getMinutes(),
        local.getSeconds(),
      ),
      tzid,
      bymonthday: [28, 29, 30, 31],
      bysetpos: -1,
      count,
    });
  const between = (starts: readonly Date[]): BillingPeriod[] =>
    starts.slice(1).map((end, index) => period(index + 1, new Date(starts[index] as Date), new Date(end)));
  const endless = rule(null);
  return {
    at(instant) {
      const starts: Date[] = [];
      // A rule keeps what it has worked out; asked with a callback it doesn't.
      endless.all((start) => {
        starts.push(start);
        return start <= instant;
      });
      return between(starts).at(-1) as BillingPeriod;
    },
    first: (count) => between(rule(count + 1).all()),
  };
}
