import type { NaiveLine } from "../oracle/naive-lines.ts";

function instantText(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString().replace(".000Z", "Z");
}

export function amountText(minor: bigint, digits: number): string {
  const text = String(minor).padStart(digits + 1, "0");
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** A line of the reference in the words of a line of ours; what the rules don't name is left out. */
export function lineOf(line: NaiveLine, digits: number): object {
  const { item, span } = line;
  const total = amountText(line.subtotal - line.discount, digits);
  return {
    name: item.name,
    feature_slug: item.feature_slug,
    ...(item.group_id !== null && { group_id: item.group_id }),
    kind: line.kind,
    period: { start: instantText(span.start), end: instantText(span.end) },
    stub: span.stub,
    unit_count: line.unitCount,
    subtotal: amountText(line.subtotal, digits),
    discount_amount: amountText(line.discount, digits),
    total_excluding_tax: total,
    tax_amount: null,
    total_including_tax: total,
    tax_code: item.price.tax_code ?? null,
    made_at: instantText(line.made),
    due_date: instantText(line.due),
    ...(line.waived && { waived: true }),
    ...(line.assumed && { assumed: true }),
    ...(line.overLimit && { over_limit: true }),
  };
}
