import type { Temporal } from "temporal-polyfill";
import type { ProrationBasis } from "../../src/contract/configuration.ts";
import { type Fraction, fraction, isLess } from "./fraction.ts";
import { type NaiveSpan, zoned } from "./naive-spans.ts";

const ONE = fraction(1);

/** W4, M2: the share of its full period that the service of a stub is, as its charges were made. */
export function naiveShare(
  span: NaiveSpan,
  basis: ProrationBasis | null | undefined,
  zone: string,
): Fraction {
  const { full, servedEnd } = span;
  if (!span.stub || full === null || servedEnd === null) return ONE;
  const service = { start: span.start, end: servedEnd };
  const months = wholeMonths(full, zone);
  let share: Fraction;
  if (basis === "second" || span.isUnderOneDay) {
    share = { n: BigInt(service.end - service.start), d: BigInt(full.end - full.start) };
  } else if (basis === "30/360" && months > 0) {
    share = { n: BigInt(days360(service, zone)), d: BigInt(days360(full, zone)) };
  } else {
    const days = daysOf(span, full, zone);
    const n = days.filter((day) => day.start < service.end && service.start < day.end).length;
    const d = basis === "actual/360" && months > 0 ? 30 * months : days.length;
    share = { n: BigInt(n), d: BigInt(d) };
  }
  return isLess(ONE, share) ? ONE : share;
}

/** The months of a period whose two local dates are one day of the month, shortened where a month lacks it; else 0. */
function wholeMonths({ start, end }: Stretch, zone: string): number {
  const [from, to] = [zoned(start, zone), zoned(end, zone)];
  const day = Math.max(from.day, to.day);
  const isWhole = [from, to].every((date) => date.day === Math.min(day, date.daysInMonth));
  return isWhole ? (to.year - from.year) * 12 + to.month - from.month : 0;
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** The days of the full period, counted from the time of day of its grid. */
function daysOf(span: NaiveSpan, full: Stretch, zone: string): Stretch[] {
  const from = zoned(full.start, zone);
  const plainTime = span.timeOfDay;
  const startOfDay = (k: number): number =>
    from.toPlainDate().add({ days: k }).toZonedDateTime({ timeZone: zone, plainTime }).epochMilliseconds;
  const days: Stretch[] = [];
  for (let k = 0; startOfDay(k) < full.end; k++) days.push({ start: startOfDay(k), end: startOfDay(k + 1) });
  return days;
}

function days360({ start, end }: Stretch, zone: string): number {
  const [from, to] = [zoned(start, zone), zoned(end, zone)];
  const day = (date: Temporal.ZonedDateTime): number => Math.min(date.day, 30);
  return (to.year - from.year) * 360 + (to.month - from.month) * 30 + day(to) - day(from);
}
