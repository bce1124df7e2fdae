import { pricedItems } from "../contract/priced-items.ts";
import type { Contract, Discount } from "../index.ts";
import { cycleNumber, timelineOf } from "../period/timeline.ts";
import { formatInstant } from "../time/instant.ts";
import type { CurrentCharge } from "./current-charges.ts";
import type { LocalClock } from "./local-time.ts";
import { printedName } from "./plain-text.ts";
import { priceTerms } from "./price-terms.ts";
import { facts } from "./table.ts";
import { style } from "./terminal.ts";

/** What each price and each discount is, so that charges can be followed by hand. */
export function priceList(contract: Contract, charges: readonly CurrentCharge[], clock: LocalClock): string {
  const discounts = contract.discounts ?? (contract.discount ? [contract.discount] : []);
  const ownPeriods = new Map(charges.map((charge) => [charge.item, ownPeriodText(charge, clock)]));
  const rows = [
    ...pricedItems(contract).map((item): Fact => {
      return [printedName(item.name), `${priceTerms(item.price)}${ownPeriods.get(item) ?? ""}`];
    }),
    ...discounts.map(
      (discount): Fact => [
        discountName(discount),
        `${discountText(discount)}${stubText(contract, discount)}`,
      ],
    ),
  ];
  return rows.length === 0 ? "" : `${style.bold("Prices")}\n${facts(rows)}`;
}

type Fact = readonly [label: string, text: string];

function ownPeriodText({ item, period: { startMs, endMs } }: CurrentCharge, clock: LocalClock): string {
  if (item.charge_trigger.includes("_") || endMs === null) return "";
  const show = (epochMs: number): string => clock.show(formatInstant(epochMs));
  return `; now from ${show(startMs)} to ${show(endMs)}`;
}

function discountName(discount: Discount): string {
  const { name } = discount as { readonly name?: unknown };
  return typeof name === "string" && name.trim() !== "" ? `${printedName(name)} discount` : "Discount";
}

function discountText({ discount_type: type, amount, duration }: Discount): string {
  const off =
    type === "percentage"
      ? `${amount} % off`
      : `${amount} off each billing period, spent on its first charges`;
  if (duration == null) return off;
  if (duration === 0) return `${off}, for no period`;
  return `${off}, for ${duration === 1 ? "the first full period" : `the first ${duration} full periods`}`;
}

function stubText(contract: Contract, { discount_type: type, duration }: Discount): string {
  if (cycleNumber(timelineOf(contract), 1) > 0 || duration === 0) return "";
  const before = duration == null ? "" : " and the stub before";
  return type === "flat" ? `${before}, prorated in a stub` : before;
}
