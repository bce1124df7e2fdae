import { describe, expect, test } from "vitest";
import { previewUpgrade } from "../../src/change/upgrade.ts";
import { addAmounts, type Prorated, type Proration, parseContract, prorate } from "../../src/index.ts";
import proration from "./proration.json" with { type: "json" };

interface Upgrade {
  readonly id: string;
  readonly given: {
    readonly currency: string;
    readonly period: readonly [start: string, end: string];
    readonly at: string;
    readonly old_price: string;
    readonly new_price: string;
    readonly basis: Proration["basis"];
    readonly time_zone: string;
    readonly downgrade_allowed?: boolean;
  };
  readonly expect: { readonly credit: string; readonly charge: string };
}

const records = (proration as readonly { readonly topic: string }[]).filter(
  ({ topic }) => topic === "upgrade",
) as unknown as readonly Upgrade[];

function planOf(amount: string): object {
  return { features: [{ slug: "base", price: { amount, strategy_details: { pricing_strategy: "flat" } } }] };
}

const DAY_MS = 86_400_000;

/** How many cycles a vector's period is: a month, or days where it isn't one. */
function cycleOf([start, end]: readonly [string, string]): object {
  const [first, last] = [new Date(start), new Date(end)];
  if (first.getUTCDate() === last.getUTCDate()) return { cycle: "month" };
  return { cycle: "day", cycle_count: (last.getTime() - first.getTime()) / DAY_MS };
}

test("there are 16 records", () => {
  expect(records).toHaveLength(16);
});

describe("the unused part of the old price and of the new one", () => {
  test.each(records)("$id", ({ given, expect: expected }) => {
    const { period, at, currency, basis, time_zone } = given;
    const unused = (amount: string): Prorated =>
      prorate({ amount, currency, basis, time_zone, service: [at, period[1]], full: period });
    expect({ credit: unused(given.old_price).amount, charge: unused(given.new_price).amount }).toEqual(
      expected,
    );
  });
});

describe("the preview of an upgrade", () => {
  test.each(records)("$id", ({ given, expect: expected }) => {
    const { currency, period, old_price, new_price, time_zone } = given;
    const contract = parseContract({
      contract_summary: {
        ...cycleOf(period),
        currency,
        time_zone,
        activation: period[0],
        configuration: { proration_basis: given.basis },
      },
      plan: planOf(old_price),
    });
    // A period that begins with the change isn't charged at all (M5); a millisecond later it is, and its first day is
    // still the new contract's.
    const at = given.at === period[0] ? new Date(Date.parse(given.at) + 1) : given.at;
    const preview = previewUpgrade(
      contract,
      {
        upgrade_strategy: "new_plan",
        plan: planOf(new_price),
        ...(given.downgrade_allowed && { downgrade_allowed: true }),
      },
      { at },
    );
    const [credit, charge] = [preview.credits, preview.price_on_new_contract[0]?.lines ?? []].map((lines) =>
      addAmounts(
        lines.map(({ subtotal }) => subtotal.replace("-", "")),
        currency,
      ),
    );
    expect({ credit, charge }).toEqual(expected);
    expect(preview.net).toBe(addAmounts([expected.charge, `-${expected.credit}`], currency));
    expect(preview.new_contract_period.end).toBe(period[1]);
    expect(preview.is_downgrade).toBe(given.downgrade_allowed ?? false);
  });
});
