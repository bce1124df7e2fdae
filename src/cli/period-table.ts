import type { Schedule } from "../index.ts";
import { cycleText } from "./cycle-text.ts";
import { localClock } from "./local-time.ts";
import type { PeriodDocument } from "./period-document.ts";
import { type Column, facts, table } from "./table.ts";
import { titleOf } from "./title.ts";

const COLUMNS: readonly Column[] = [
  { head: "period", align: "right" },
  { head: "phase" },
  { head: "start" },
  { head: "end" },
  { head: "due" },
  { head: "usage closes" },
];

/** Billing periods as people read them, from an instant on. */
export function periodTable(schedule: Schedule, periods: readonly PeriodDocument[], from: string): string {
  const { contract_summary: summary, plan } = schedule;
  const clock = localClock(schedule);
  const show = (instant: string | null, never: string): string =>
    instant === null ? never : clock.show(instant);
  const neverCloses = summary.configuration?.usage_period_closing_policy === "manual" ? "by hand" : "never";
  const rows = periods.map((period) => [
    String(period.index),
    period.stub ? `${period.phase} stub` : period.phase,
    clock.show(period.start),
    show(period.end, "open"),
    show(period.due_date, "never"),
    show(period.usage_closes_at, neverCloses),
  ]);
  const sections = [
    titleOf(summary, plan),
    facts([
      ["Cycle", cycleText(summary)],
      ["Time zone", clock.zone],
    ]),
    rows.length > 0 ? table(COLUMNS, rows) : `No billing period runs or begins from ${clock.show(from)} on.`,
  ];
  return sections.filter((section) => section !== "").join("\n\n");
}
