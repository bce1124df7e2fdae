import type { ChargeLine, Configuration } from "../index.ts";
import type { CurrentCharge } from "./current-charges.ts";

/** What is peculiar about a line. */
export type LineMark = "waived" | "assumed" | "over limit" | "stub";

const LONGEST_RATIO = 10_000n;

/** What is peculiar about a line, in the order in which it is printed. */
export function lineMarks(charge: CurrentCharge, line: ChargeLine): LineMark[] {
  const trigger = charge.item.charge_trigger;
  const isRecurring = trigger !== "first_cycle" && trigger !== "on_demand";
  const marks: LineMark[] = [];
  if (line.waived) marks.push("waived");
  if (line.assumed) marks.push("assumed");
  if (line.over_limit) marks.push("over limit");
  if (charge.share !== null && isRecurring && !line.waived) marks.push("stub");
  return marks;
}

/** A mark as it stands in the table: a stub with the part of its cycle that it serves. */
export function markText(mark: LineMark, { share }: CurrentCharge): string {
  if (mark !== "stub" || share === null) return mark;
  const { numerator, denominator } = share;
  // Days are counted, so 73/365 says more than 1/5; elapsed milliseconds say nothing.
  const divisor = denominator > LONGEST_RATIO ? greatestDivisor(numerator, denominator) : 1n;
  return `stub ${numerator / divisor}/${denominator / divisor}`;
}

/** What a mark means, for the foot of the table. */
export function markMeaning(mark: LineMark, { stub_charges }: Configuration): string {
  switch (mark) {
    case "waived":
      return "in its free cycles";
    case "assumed":
      return "no usage was given: used_unit_count of the document, else zero";
    case "over limit":
      return "usage above maximum_units; without an over_usage_price all of it has the usual price";
    case "stub":
      if (stub_charges === "full") return "this part of a whole cycle, charged in full";
      if (stub_charges === "free") return "this part of a whole cycle; fixed charges and flat fees are free";
      return "this part of a whole cycle; fixed charges, flat fees and limits are prorated, usage is not";
  }
}

function greatestDivisor(first: bigint, second: bigint): bigint {
  return second === 0n ? first : greatestDivisor(second, first % second);
}
