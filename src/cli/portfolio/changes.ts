/** By how much prices change, in steps that people decide by; a limit belongs to the step nearer to zero. */
export const CHANGES = [
  "less_over_20",
  "less_10_to_20",
  "less_5_to_10",
  "less_up_to_5",
  "same",
  "more_up_to_5",
  "more_5_to_10",
  "more_10_to_20",
  "more_over_20",
  "new_from_zero",
] as const;

/** The name of a step. */
export type Change = (typeof CHANGES)[number];

/** How many contracts change by how much. */
export type ChangeCounts = { [change in Change]: number };

/** No contract yet. */
export function noChanges(): ChangeCounts {
  return Object.fromEntries(CHANGES.map((change) => [change, 0])) as ChangeCounts;
}

/** The step of a change, in percent of what was paid before; worked out without a division. */
export function changeOf(before: bigint, after: bigint): Change {
  if (before === after) return "same";
  if (before === 0n) return "new_from_zero";
  const isMore = after > before;
  const hundredfold = 100n * (isMore ? after - before : before - after);
  const whole = before < 0n ? -before : before;
  if (hundredfold > 20n * whole) return isMore ? "more_over_20" : "less_over_20";
  if (hundredfold > 10n * whole) return isMore ? "more_10_to_20" : "less_10_to_20";
  if (hundredfold > 5n * whole) return isMore ? "more_5_to_10" : "less_5_to_10";
  return isMore ? "more_up_to_5" : "less_up_to_5";
}
