import type { Contract } from "../../src/contract/contract.ts";
import { isOwnCycle } from "../../src/contract/cycle.ts";
import type { Price } from "../../src/contract/price.ts";
import { fraction, ZERO } from "./fraction.ts";
import { type NaiveItem, naiveItems } from "./naive-items.ts";
import { minorOf } from "./naive-lines.ts";
import { contractedUnits, fixedCharge, isMetered, meteredCharge, type NaiveShares } from "./naive-price.ts";

/** The three parts of a bucket, in minor units (E2). */
export interface NaiveBucket {
  start: bigint;
  end: bigint;
  usage: bigint;
}

const ONE = fraction(1);
const WHOLE: NaiveShares = { fixed: ONE, minimum: ONE, maximum: ONE };
const UNUSED = { units: ZERO, events: [], assumed: false };

/** The list price of one full cycle by bucket (E1): `recurring`, `one_time`, `on_demand` and the own cycles. */
export function naiveEstimates(contract: Contract, digits: number): Map<string, NaiveBucket> {
  const buckets = new Map<string, NaiveBucket>();
  for (const item of naiveItems(contract)) {
    const name = bucketName(contract, item);
    const bucket = buckets.get(name) ?? { start: 0n, end: 0n, usage: 0n };
    buckets.set(name, bucket);
    const { flat, whole } = listPrice(item.price);
    const rounding = contract.contract_summary.configuration?.rounding ?? "half_up";
    const [flatMinor, wholeMinor] = [flat, whole].map((amount) => minorOf(amount, digits, rounding)) as [
      bigint,
      bigint,
    ];
    const part = isDueAtEnd(contract, item) ? "end" : "start";
    if (isMetered(item.price)) {
      bucket[part] += flatMinor;
      bucket.usage += wholeMinor - flatMinor;
    } else {
      bucket[part] += wholeMinor;
    }
  }
  return buckets;
}

function listPrice(price: Price): ReturnType<typeof fixedCharge> {
  if (isMetered(price)) return meteredCharge(price, UNUSED, WHOLE);
  return fixedCharge(price, contractedUnits(price), WHOLE);
}

function isEndless({ contract_summary: { cycle } }: Contract): boolean {
  return cycle === "once" || cycle === "constant";
}

function bucketName(contract: Contract, { trigger }: NaiveItem): string {
  if (trigger === "every_cycle") return isEndless(contract) ? "one_time" : "recurring";
  return trigger === "first_cycle" ? "one_time" : trigger;
}

/** D1 and D2; without an end to fall due at, the start. */
function isDueAtEnd(contract: Contract, { price, trigger }: NaiveItem): boolean {
  const { configuration, expiration } = contract.contract_summary;
  const { due_date_policy: fixed, flat_fee_due_date_policy: flatFee } = configuration ?? {};
  const policy = isMetered(price) ? (flatFee ?? fixed) : fixed;
  return policy === "end_of_period" && (isOwnCycle(trigger) || !isEndless(contract) || expiration != null);
}
