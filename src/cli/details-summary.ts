import {
  type BillingPeriod,
  billingPeriodAt,
  type Contract,
  type ContractDetails,
  dueDateOf,
  usageClosingOf,
  usagePeriodState,
} from "../index.ts";
import { minorUnitDigits } from "../money/currency.ts";
import { chargeTable } from "./charge-table.ts";
import { costTable } from "./cost-table.ts";
import type { CurrentCharge } from "./current-charges.ts";
import { cycleText } from "./cycle-text.ts";
import { type LocalClock, localClock } from "./local-time.ts";
import { priceList } from "./price-list.ts";
import { facts } from "./table.ts";
import { style } from "./terminal.ts";
import { titleOf } from "./title.ts";

/** The details of a contract as people read them. */
export function detailsSummary(
  contract: Contract,
  details: ContractDetails,
  charges: readonly CurrentCharge[],
  at: string,
): string {
  const { contract_summary: summary } = contract;
  const clock = localClock(contract);
  const period = billingPeriodAt(contract, at);
  // The gate let only known currencies through.
  const digits = minorUnitDigits(summary.currency) as number;
  const sections = [
    [titleOf(summary, contract.plan)],
    facts([
      ...statusFacts(contract, details, period, at, clock),
      ["Time zone", clock.zone],
      ["Currency", summary.currency],
    ]),
    [costTable(details, summary, digits)],
    charges.length > 0
      ? [chargeTable(charges, digits, summary.configuration ?? {})]
      : [`Nothing is charged now: ${whyNothing(contract, details, period, clock)}.`],
    priceList(contract, charges, clock),
  ];
  return sections
    .map((lines) => lines.filter((line) => line !== "").join("\n"))
    .filter((section) => section !== "")
    .join("\n\n");
}

type Fact = readonly [label: string, text: string];

function statusFacts(
  contract: Contract,
  details: ContractDetails,
  period: BillingPeriod | null,
  at: string,
  clock: LocalClock,
): Fact[] {
  const { status, next_cycle_start: next } = details.contract_summary;
  const paint = status === "active" ? style.green : style.yellow;
  const first: Fact[] = [
    ["Status", `${paint(status)} on ${clock.show(at)}`],
    ["Cycle", cycleText(contract.contract_summary)],
  ];
  if (period === null) return [...first, ["Period", "none"]];
  const closes = usageClosingOf(contract, period);
  const state = usagePeriodState(contract, period, at);
  return [
    ...first,
    ["Period", `${period.index}, ${periodText(period, clock)}`],
    ["Next cycle", next === null ? "none" : clock.show(next)],
    ...dueFacts(contract, period, clock),
    ["Usage closes", `${closes === null ? neverCloses(contract) : clock.show(closes)} (${state} now)`],
  ];
}

function periodText({ phase, start, end, stub }: BillingPeriod, clock: LocalClock): string {
  const name = stub ? `${phase} stub` : phase;
  return `${name}, from ${clock.show(start)} ${end === null ? "on, open end" : `to ${clock.show(end)}`}`;
}

function neverCloses({ contract_summary }: Contract): string {
  return contract_summary.configuration?.usage_period_closing_policy === "manual" ? "by hand" : "never";
}

function dueFacts(contract: Contract, period: BillingPeriod, clock: LocalClock): Fact[] {
  if (period.phase === "trial") return [];
  const show = (charge: "fixed" | "flat_fee"): string => {
    const due = dueDateOf(contract, period, charge);
    return due === null ? "never" : clock.show(due);
  };
  const [fixed, flatFee] = [show("fixed"), show("flat_fee")];
  return [["Charges due", fixed === flatFee ? fixed : `${fixed}, flat fees of usage ${flatFee}`]];
}

function whyNothing(
  { contract_summary: summary, plan }: Contract,
  { contract_summary: { status } }: ContractDetails,
  period: BillingPeriod | null,
  clock: LocalClock,
): string {
  const { activation, expiration, moved_at } = summary;
  if (period?.phase === "trial") return "the free trial runs";
  if (period !== null) return plan.name == null ? "the plan has no price" : "no price is charged";
  if (status === "canceled" && expiration != null) return `the contract expired on ${clock.show(expiration)}`;
  if (status === "moved" && moved_at != null) return `the contract moved on ${clock.show(moved_at)}`;
  if (activation == null || summary.is_pending === true) return "the contract has not been activated";
  return `no billing period runs`;
}
