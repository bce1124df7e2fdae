import {
  billingPeriod,
  type ChargeLine,
  type ChargeOptions,
  type Contract,
  chargesOf,
  parseContract,
} from "../../src/index.ts";

export type Json = { readonly [name: string]: unknown };

interface Parts {
  readonly summary?: Json;
  readonly configuration?: Json;
  readonly plan?: Json;
  readonly features?: readonly Json[];
  readonly discounts?: readonly Json[];
  readonly rest?: Json;
}

/** A monthly contract in euros from 2026-01-01 on, in UTC; parts are merged into it. */
export function contractOf({ summary, configuration, plan, features, discounts, rest }: Parts): Contract {
  return parseContract({
    contract_summary: {
      currency: "eur",
      cycle: "month",
      activation: "2026-01-01T00:00:00Z",
      ...(configuration && { configuration }),
      ...summary,
    },
    plan: { slug: "team", features: features ?? [], ...plan },
    ...(discounts && { discounts }),
    ...rest,
  });
}

/** A feature called `slug` with this price; `more` is beside the price. */
export function feature(slug: string, price: Json, more: Json = {}): Json {
  return { slug, price, ...more };
}

export function flat(amount: string, more: Json = {}): Json {
  return { amount, strategy_details: { pricing_strategy: "flat" }, ...more };
}

export function seats(count: string, amount: string, details: Json = {}, more: Json = {}): Json {
  const strategy_details = { pricing_strategy: "per_unit", contracted_unit_count: count, ...details };
  return { amount, strategy_details, ...more };
}

export function metered(amount: string, details: Json = {}, more: Json = {}): Json {
  return { amount, strategy_details: { pricing_strategy: "usage", ...details }, ...more };
}

/** The lines of the billing period with this index. */
export function linesOf(contract: Contract, index: number, options: ChargeOptions = {}): ChargeLine[] {
  const period = billingPeriod(contract, index);
  if (period === null) throw new Error(`the contract has no period ${index}`);
  return chargesOf(contract, period, options);
}

/** Lines as "slug kind subtotal", for lists that can be read at a glance. */
export function subtotals(lines: readonly ChargeLine[]): string[] {
  return lines.map((line) => `${line.feature_slug ?? line.group_id ?? "plan"} ${line.kind} ${line.subtotal}`);
}
