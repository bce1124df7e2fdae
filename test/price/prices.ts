import { type ChargeQuantity, chargeFor, type Price, parsePrice } from "../../src/index.ts";

export type Json = { readonly [name: string]: unknown };

/** A parsed price in euros; `more` is beside the strategy details. */
export function priceOf(strategy_details: Json, more: Json = {}): Price {
  return parsePrice({ currency: "eur", strategy_details, ...more });
}

/** Metered units at one euro each, unless `more` says another amount. */
export function usage(details: Json = {}, more: Json = {}): Price {
  return priceOf({ pricing_strategy: "usage", ...details }, { amount: "1", ...more });
}

/** Metered units in these tiers, each `[up_to, unit_price, flat_fee?]`. */
export function tiered(tiers: readonly (readonly (string | null)[])[], details: Json = {}): Price {
  return priceOf({
    pricing_strategy: "usage_tiered",
    tiers: tiers.map(([up_to, unit_price, flat_fee]) => ({
      up_to,
      unit_price,
      ...(flat_fee && { flat_fee }),
    })),
    ...details,
  });
}

/** The charge before rounding. */
export function exact(price: Price, quantity?: ChargeQuantity): string | null {
  return chargeFor(price, quantity).exact;
}
