import type { ContractChange, TaxRates } from "../../index.ts";

/** What is asked about every contract of a portfolio: plain data, as it is handed to threads. */
export interface PortfolioJob {
  /** The charges of the billing period that runs then, or of those that begin in a stretch. */
  readonly asked: { readonly at: string } | { readonly from: string; readonly to: string };
  /** Asked a second time of the contract with this change; null: only once. */
  readonly patch: ContractChange | null;
  readonly taxRates: TaxRates | null;
}
