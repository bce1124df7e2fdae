// The entry `pure-billing/periods`: billing periods, due dates and closings, for those who don't calculate money.

export type { Configuration } from "./contract/configuration.ts";
export { parseSchedule } from "./contract/parse-schedule.ts";
export type { Continuation, ContractStatus, Cycle, Schedule, ScheduleSummary } from "./contract/schedule.ts";
export { contractStatus } from "./contract/status.ts";
export { BillingError, type BillingIssue, type BillingIssueCode, isBillingError } from "./error.ts";
export {
  type BillingPeriod,
  billingPeriod,
  billingPeriodAt,
  billingPeriods,
  eachBillingPeriod,
  nextCycleStart,
  type OpenPeriodRange,
  type PeriodRange,
} from "./period/billing-period.ts";
export { type DueCharge, dueDateOf, localDateOf } from "./period/due-date.ts";
export type { InstantLike } from "./time/instant.ts";
export { type UsagePeriodState, usageClosingOf, usagePeriodState } from "./usage/usage-closing.ts";
