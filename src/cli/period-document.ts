import { type BillingPeriod, dueDateOf, type Schedule, usageClosingOf } from "../index.ts";
import { formatInstant } from "../time/instant.ts";

/** A billing period as programs read it; instants are ISO 8601 in UTC. */
export interface PeriodDocument {
  readonly index: number;
  readonly phase: BillingPeriod["phase"];
  readonly start: string;
  readonly end: string | null;
  readonly stub: boolean;
  /** When fixed charges fall due. */
  readonly due_date: string | null;
  readonly usage_closes_at: string | null;
}

/** A billing period with its due date and the closing of its usage. */
export function periodDocument(schedule: Schedule, period: BillingPeriod): PeriodDocument {
  const { index, phase, start, end, stub } = period;
  return {
    index,
    phase,
    start: formatInstant(start.getTime()),
    end: instantText(end),
    stub,
    due_date: instantText(dueDateOf(schedule, period)),
    usage_closes_at: instantText(usageClosingOf(schedule, period)),
  };
}

function instantText(instant: Date | null): string | null {
  return instant === null ? null : formatInstant(instant.getTime());
}
