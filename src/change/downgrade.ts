import type { Contract } from "../contract/contract.ts";
import { type Cycle, isOwnCycle } from "../contract/cycle.ts";
import { pricedItems } from "../contract/priced-items.ts";
import { powerOfTen } from "../money/integer.ts";
import { addRatios, compareRatios, multiplyRatios, type Ratio, ZERO_RATIO } from "../money/ratio.ts";
import { settleCharge } from "../price/charge-for.ts";
import { compilePrice } from "../price/compile-price.ts";

/** How many of a cycle are counted as a year. */
const A_YEAR: { readonly [cycle in Cycle]?: bigint } = {
  hour: 8760n,
  day: 365n,
  week: 52n,
  month: 12n,
  quarter: 4n,
  year: 1n,
};

/**
 * Whether a contract with other terms costs less a year: its recurring and own-cycle fixed list charges and flat fees,
 * compared exactly. A change from or to `once` or `constant` is no downgrade.
 *
 * @rule M4 (comparison)
 */
export function isDowngrade(contract: Contract, terms: Contract): boolean {
  const [now, then] = [yearlyCost(contract), yearlyCost(terms)];
  return now !== null && then !== null && compareRatios(then, now) < 0;
}

/** null where there is no cycle to repeat. */
function yearlyCost(contract: Contract): Ratio | null {
  const { cycle, cycle_count: count } = contract.contract_summary;
  const cycles = A_YEAR[cycle];
  if (cycles === undefined) return null;
  const ofContract = { numerator: cycles, denominator: BigInt(count ?? 1) };
  return pricedItems(contract).reduce((sum, { charge_trigger: trigger, price }) => {
    const isOwn = isOwnCycle(trigger);
    if (!isOwn && trigger !== "every_cycle") return sum;
    // Every own cycle is in the table.
    const times = isOwn ? { numerator: A_YEAR[trigger] as bigint, denominator: 1n } : ofContract;
    const { contractedUnits, isFixed } = compilePrice(price);
    const used = { units: contractedUnits ?? "0", event_count: null, events: null };
    const { divisor, flat, scale, whole } = settleCharge(price, used, "half_up", null);
    const cost = { numerator: BigInt(isFixed ? whole : flat), denominator: powerOfTen(scale) * divisor };
    return addRatios(sum, multiplyRatios(cost, times));
  }, ZERO_RATIO);
}
