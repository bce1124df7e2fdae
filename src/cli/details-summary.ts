import { billingPeriodAt, type Contract, type ContractDetails } from "../index.ts";
import { minorUnitDigits } from "../money/currency.ts";
import { chargeTable } from "./charge-table.ts";
import { costTable } from "./cost-table.ts";
import type { CurrentCharge } from "./current-charges.ts";
import { detailsFacts, whyNothing } from "./details-facts.ts";
import { localClock } from "./local-time.ts";
import { priceList } from "./price-list.ts";
import { titleOf } from "./title.ts";

/** The details of a contract as people read them. */
export function detailsSummary(
  contract: Contract,
  details: ContractDetails,
  charges: readonly CurrentCharge[],
  at: string,
): string {
  const { contract_summary: summary, plan } = contract;
  const clock = localClock(contract);
  const period = billingPeriodAt(contract, at);
  // The gate let only known currencies through.
  const digits = minorUnitDigits(summary.currency) as number;
  const sections = [
    titleOf(summary, plan),
    detailsFacts(contract, details, period, at, clock),
    costTable(details, summary, digits),
    charges.length > 0
      ? chargeTable(charges, digits, summary.configuration ?? {})
      : `Nothing is charged now: ${whyNothing(contract, details, period, clock)}.`,
    priceList(contract, charges, clock),
  ];
  return sections.filter((section) => section !== "").join("\n\n");
}
