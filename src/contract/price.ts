import { dictionary, list } from "./collection-field.ts";
import { currencyField } from "./currency-field.ts";
import { decimal } from "./decimal-field.ts";
import { type Field, identifier, integer, optional, single } from "./field.ts";
import { object } from "./object-field.ts";
import {
  METERED_STRATEGIES,
  type MeteredDetails,
  STRATEGIES,
  type StrategyDetails,
  strategyDetails,
} from "./strategy.ts";

export type {
  BatchRounding,
  FlatDetails,
  MeteredDetails,
  PercentageDetails,
  PerUnitDetails,
  PricingStrategy,
  StrategyDetails,
  Tier,
  UnitTieredDetails,
  UsageDetails,
  UsageTieredDetails,
} from "./strategy.ts";

/** What the usage whose properties match `when` costs (R7); what is left out is the price's own. */
export interface MatrixEntry {
  readonly when: { readonly [property: string]: string | number | boolean };
  readonly amount?: string | null;
  readonly strategy_details?: MeteredDetails | null;
}

/** A parsed price. Amounts and quantities are decimal strings. */
export interface Price {
  /** The unit price of the strategies that have one, else "0". */
  readonly amount: string;
  readonly currency: string;
  readonly strategy_details: StrategyDetails;
  readonly free_cycles?: number | null;
  readonly tax_code?: string | null;
  readonly minimum_charge?: string | null;
  readonly maximum_charge?: string | null;
  readonly by?: readonly MatrixEntry[] | null;
}

const amount = optional(decimal());

const property = single("R7", "a string, a number, true or false", (value) =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? value
    : { refused: "INVALID_TYPE" },
);

/** Schema of one entry of a matrix. */
export const matrixEntryField: Field = object({
  when: dictionary(property),
  amount,
  strategy_details: optional(strategyDetails(METERED_STRATEGIES)),
});

/** Schema of a price: by itself, or within a contract, whose currency it takes. */
export const priceField: Field = object({
  amount,
  currency: optional(currencyField),
  strategy_details: strategyDetails(STRATEGIES),
  free_cycles: optional(integer("W3", 0)),
  tax_code: optional(identifier),
  minimum_charge: amount,
  maximum_charge: amount,
  by: optional(list(matrixEntryField)),
});
