import type { Contract } from "../../src/contract/contract.ts";
import { parseContract } from "../../src/contract/parse.ts";

export const FLAT = { amount: "10", strategy_details: { pricing_strategy: "flat" } };
export const METERED = { amount: "1", strategy_details: { pricing_strategy: "usage" } };

/** A contract in euros from 2026 on, invoiced at once unless its configuration says otherwise. */
export function contractOf(
  summary: object,
  configuration: object,
  features: readonly object[],
  rest: object = {},
): Contract {
  return parseContract({
    contract_summary: {
      currency: "eur",
      cycle: "month",
      activation: "2026-01-15T00:00:00Z",
      ...summary,
      configuration,
    },
    plan: { features },
    ...rest,
  });
}

interface PricedFeature {
  readonly slug: string;
  readonly price: object;
}

export const SEATS: PricedFeature = { slug: "seats", price: FLAT };
export const CALLS: PricedFeature = { slug: "calls", price: METERED };

export function quarterly(day?: number, count?: number): object {
  const offset = day === undefined ? {} : { cycle_start_offset: day };
  return { invoice_trigger: { periodic: { cycle: "quarter", ...offset, cycle_count: count ?? 1 } } };
}
