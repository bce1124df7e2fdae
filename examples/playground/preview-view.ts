import type { CheckoutPreview, Contract } from "pure-billing";
import { type Content, element } from "./element.ts";
import { amountText, instantText } from "./format.ts";
import type { Subject } from "./read-inputs.ts";
import type { Answer } from "./what-if.ts";

/** What a checkout page would show. */
export function previewView({ timeZone, contract }: Subject, { preview }: Answer): Content[] {
  const { currency } = contract.contract_summary;
  const { due_now, next, regular } = preview;
  const instant = (at: string | null, otherwise: string): string =>
    at === null ? otherwise : instantText(at, timeZone);
  const isDiscounted = regular.list !== regular.discounted;
  return [
    tile("due-now", "Due now", amountText(due_now.total_including_tax, currency), dueText(preview), true),
    tile(
      "next",
      "Next payment",
      next === null ? "none" : amountText(next.total, currency),
      next === null ? "nothing more falls due" : instantText(next.at, timeZone),
      true,
    ),
    tile(
      "regular",
      "A regular cycle",
      amountText(regular.list, currency),
      isDiscounted ? `${regular.discounted} with the discount of now` : "at list prices, without usage",
      true,
    ),
    tile("trial-end", "Trial ends", instant(preview.trial_end, "no trial"), null, false),
    tile(
      "discount-ends",
      "Discount ends",
      instant(preview.discount_ends, hasDiscount(contract) ? "no end" : "no discount"),
      null,
      false,
    ),
    tile("full-price", "Full price from", instant(preview.first_full_price_at, "never"), null, false),
  ];
}

/** The same in a sentence, for those who listen. */
export function previewSentence({ contract, timeZone }: Subject, { preview }: Answer): string {
  const { currency } = contract.contract_summary;
  const { due_now, next, regular } = preview;
  const then = next === null ? "nothing later" : `${next.total} on ${instantText(next.at, timeZone)}`;
  return `Due now ${amountText(due_now.total_including_tax, currency)}, next ${then}, a regular cycle ${regular.list}.`;
}

function hasDiscount({ discount, discounts }: Contract): boolean {
  return discount != null || (discounts ?? []).length > 0;
}

function dueText({ due_now: { lines, discount_amount: discount } }: CheckoutPreview): string {
  if (lines.length === 0) return "nothing is due yet";
  const count = `${lines.length} ${lines.length === 1 ? "line" : "lines"} of this period`;
  return /[1-9]/.test(discount) ? `${count}, ${discount} discount taken off` : count;
}

function tile(id: string, name: string, value: string, note: string | null, isLarge: boolean): HTMLElement {
  return element(
    "div",
    { class: isLarge ? "tile large" : "tile" },
    element("dt", {}, name),
    element("dd", { class: "value", id: `preview-${id}` }, value),
    note === null ? null : element("dd", { class: "note" }, note),
  );
}
