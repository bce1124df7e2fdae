import { pricedItems } from "../contract/priced-items.ts";
import {
  type BillingPeriod,
  type Contract,
  type ContractDetails,
  dueDateOf,
  usageClosingOf,
  usagePeriodState,
} from "../index.ts";
import { cycleText } from "./cycle-text.ts";
import type { LocalClock } from "./local-time.ts";
import { facts } from "./table.ts";
import { style } from "./terminal.ts";

type Fact = readonly [label: string, text: string];

/** Where a contract stands at an instant: its status, its period and what happens next. */
export function detailsFacts(
  contract: Contract,
  details: ContractDetails,
  period: BillingPeriod | null,
  at: string,
  clock: LocalClock,
): string {
  const { status } = details.contract_summary;
  const paint = status === "active" ? style.green : style.yellow;
  return facts([
    ["Status", `${paint(status)} on ${clock.show(at)}`],
    ["Cycle", cycleText(contract.contract_summary)],
    ...(period === null ? [] : periodFacts(contract, details, period, at, clock)),
    ["Time zone", clock.zone],
    ["Currency", contract.contract_summary.currency],
  ]);
}

/** Why nothing is charged at an instant. */
export function whyNothing(
  contract: Contract,
  details: ContractDetails,
  period: BillingPeriod | null,
  clock: LocalClock,
): string {
  const { activation, expiration, is_pending, moved_at } = contract.contract_summary;
  const { status } = details.contract_summary;
  if (period?.phase === "trial") return "the free trial runs";
  if (period !== null) return "the contract has no price";
  if (activation == null || is_pending === true) return "the contract is not activated";
  if (status === "moved" && moved_at != null) return `the contract moved on ${clock.show(moved_at)}`;
  if (status === "canceled" && expiration != null) return `the contract ended on ${clock.show(expiration)}`;
  if (status === "scheduled") return `the contract begins on ${clock.show(activation)}`;
  return "no billing period runs";
}

function periodFacts(
  contract: Contract,
  details: ContractDetails,
  period: BillingPeriod,
  at: string,
  clock: LocalClock,
): Fact[] {
  const { next_cycle_start: next } = details.contract_summary;
  const { configuration } = contract.contract_summary;
  const { index, phase, start, end, stub } = period;
  const closes = usageClosingOf(contract, period);
  const never = configuration?.usage_period_closing_policy === "manual" ? "by hand" : "never";
  return [
    [
      "Period",
      `${index}, ${phase}${stub ? " stub" : ""}, from ${clock.show(start)} ` +
        (end === null ? "on, open end" : `to ${clock.show(end)}`),
    ],
    ["Next cycle", next === null ? "none" : clock.show(next)],
    ...(phase === "trial" ? [] : [["Charges due", dueText(contract, period, clock)] as const]),
    [
      "Usage closes",
      `${closes === null ? never : clock.show(closes)} (${usagePeriodState(contract, period, at)} now)`,
    ],
  ];
}

function dueText(contract: Contract, period: BillingPeriod, clock: LocalClock): string {
  const show = (charge: "fixed" | "flat_fee"): string => {
    const due = dueDateOf(contract, period, charge);
    return due === null ? "never" : clock.show(due);
  };
  const [fixed, flatFee] = [show("fixed"), show("flat_fee")];
  return fixed === flatFee || !hasFlatFee(contract) ? fixed : `${fixed}, flat fees ${flatFee}`;
}

/** Whether a flat fee falls due with the contract's own periods. */
function hasFlatFee(contract: Contract): boolean {
  return pricedItems(contract).some(({ charge_trigger: trigger, price: { strategy_details: details } }) => {
    return trigger === "every_cycle" && "flat_fee" in details && details.flat_fee != null;
  });
}
