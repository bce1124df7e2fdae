import type { Temporal } from "temporal-polyfill";
import type { PaymentTerms } from "../../src/contract/configuration.ts";
import type { Contract } from "../../src/contract/contract.ts";
import { expirationOf, type NaiveSpan, zoned, zoneOf } from "./naive-spans.ts";
import { closing, usageEnd } from "./naive-usage.ts";

/** W2: usage is made when it closes, at the period's end where that waits for the caller; null: never. */
export function usageMade(contract: Contract, span: NaiveSpan, closedAt: string | undefined): number | null {
  const closes = closing(contract, span, closedAt);
  if (Number.isFinite(closes)) return closes;
  const end = usageEnd(contract, span);
  return Number.isFinite(end) ? end : null;
}

/** D1 to D4: the date of the rule or of the making, whichever is later, and the terms from there. */
export function naiveDue(
  contract: Contract,
  span: NaiveSpan,
  charge: "fixed" | "flat_fee" | "usage",
  made: number,
): number {
  const { configuration } = contract.contract_summary;
  const fixed = configuration?.due_date_policy ?? "start_of_period";
  const policy = charge === "flat_fee" ? (configuration?.flat_fee_due_date_policy ?? fixed) : fixed;
  // P7; where there is no end at all, the start (D1). A move leaves it as the charge was made (M5).
  const end = span.servedEnd ?? expirationOf(contract);
  const date =
    charge === "usage" ? made : policy === "start_of_period" || !Number.isFinite(end) ? span.start : end;
  const from = Math.max(date, made);
  return Math.max(withTerms(from, zoneOf(contract), configuration?.payment_terms), from);
}

function withTerms(ms: number, zone: string, terms: PaymentTerms | null | undefined): number {
  if (!terms) return ms;
  const from = zoned(ms, zone);
  const date = from.toPlainDate();
  const lastOf = (month: Temporal.PlainDate): Temporal.PlainDate => month.with({ day: month.daysInMonth });
  let due: Temporal.PlainDate;
  if ("net_days" in terms) due = date.add({ days: terms.net_days });
  else if ("end_of_month" in terms) due = lastOf(date).add({ days: terms.plus_days ?? 0 });
  else {
    const { cutoff_day, months, day } = terms.proximo;
    const first = date.with({ day: 1 }).add({ months: date.day <= cutoff_day ? months : months + 1 });
    due = first.with({ day: Math.min(day, first.daysInMonth) });
  }
  return due.equals(date)
    ? ms
    : due.toZonedDateTime({ timeZone: zone, plainTime: from.toPlainTime() }).epochMilliseconds;
}
