// Every public name of `pure-billing`, by what it is about.

export {
  type CancellationMode,
  type CancellationOptions,
  type CancellationPreview,
  previewCancellation,
} from "./change/cancellation.ts";
export type { ChangeOptions } from "./change/runs.ts";
export { previewUpgrade, type UpgradePreview } from "./change/upgrade.ts";
export type { UpgradeConfiguration, UpgradeRequest } from "./change/upgrade-request.ts";
export { type AppliedDiscounts, applyDiscounts, type DiscountOptions } from "./charge/apply-discounts.ts";
export type { ChargeLine, LineKind } from "./charge/charge-line.ts";
export type { ChargeOptions } from "./charge/charge-run.ts";
export { chargesOf } from "./charge/charges-of.ts";
export { explainLine, type LineExplanation } from "./charge/explain-line.ts";
export type { TaxRates } from "./charge/tax.ts";
export { amendContract, type ContractChange } from "./contract/amend.ts";
export type {
  Configuration,
  DuePolicy,
  InvoiceTrigger,
  PaymentTerms,
  UsageClosingPolicy,
} from "./contract/configuration.ts";
export type { Contract, ContractSummary, FeatureChange, FeatureConfiguration } from "./contract/contract.ts";
export type { OwnCycle } from "./contract/cycle.ts";
export type { Discount } from "./contract/discount.ts";
export {
  type ContractRequest,
  type DraftOptions,
  draftContract,
  type PaymentPreference,
  type RequestedParts,
} from "./contract/draft.ts";
export { type ParseResult, parseContract, parsePrice, safeParseContract } from "./contract/parse.ts";
export type { ChargeTrigger, Feature, Group, Plan } from "./contract/plan.ts";
export type {
  BatchRounding,
  FlatDetails,
  MatrixEntry,
  MeteredDetails,
  PercentageDetails,
  PerUnitDetails,
  Price,
  PricingStrategy,
  StrategyDetails,
  Tier,
  UnitTieredDetails,
  UsageDetails,
  UsageTieredDetails,
} from "./contract/price.ts";
export type { PlanStrategy } from "./contract/schedule.ts";
export type { BillingWarning } from "./contract/warnings.ts";
export { type Audit, type AuditDifference, auditContract } from "./document/audit.ts";
export { type ChargeEstimate, type PriceSelection, totalChargeEstimate } from "./document/charge-estimate.ts";
export {
  type BillingInformation,
  type ContractDetails,
  contractDetails,
  type DocumentEstimate,
} from "./document/contract-details.ts";
export {
  type CostEstimate,
  type CostEstimates,
  contractAmount,
  costEstimates,
} from "./document/cost-estimates.ts";
export type { IssuePath } from "./error.ts";
export { type CheckoutPreview, previewCheckout } from "./invoice/checkout.ts";
export type { SummedLines } from "./invoice/invoice.ts";
export { type InvoiceDateOptions, invoiceDates } from "./invoice/invoice-dates.ts";
export {
  type Invoice,
  type InvoiceRange,
  type ProjectionOptions,
  projectInvoices,
} from "./invoice/project-invoices.ts";
export { allocate } from "./money/allocate.ts";
export { addAmounts, compareAmounts, fromMinorUnits, roundAmount, toMinorUnits } from "./money/amounts.ts";
export type { ExactAmount, ExactRatio } from "./money/ratio.ts";
export type { Amount } from "./money/read-amount.ts";
export type { RoundingMode } from "./money/rounding.ts";
export { featurePeriodAt, featurePeriods } from "./period/feature-period.ts";
export { type Prorated, type Proration, prorate, type Stretch } from "./period/prorate.ts";
export * from "./periods.ts";
export { type Charge, chargeFor } from "./price/charge-for.ts";
export { type ChargeExplanation, type ChargeStep, explainCharge } from "./price/explain-charge.ts";
export { averagePrice, marginalPrice, type PriceSegment, priceSegments } from "./price/price-function.ts";
export type { StepKind, StepOperands } from "./price/unit-steps.ts";
export type { ChargeQuantity, Quantity, QuantityEvent } from "./usage/quantity.ts";
export { sumUsage, type UsageSum } from "./usage/sum-usage.ts";
export { type FeatureUsage, type SumOptions, sumUsageByFeature } from "./usage/sum-usage-by-feature.ts";
export type {
  OnDemandCharge,
  Usage,
  UsageEvent,
  UsageEvents,
  UsageFunction,
  UsagePeriods,
  UsageSums,
} from "./usage/usage.ts";
export {
  type BreakEven,
  type BreakEvenInterval,
  type BreakEvenRange,
  breakEven,
} from "./what-if/break-even.ts";
export { type BreakEvenUsageOptions, breakEvenUsage } from "./what-if/break-even-usage.ts";
export {
  type Comparison,
  type ComparisonOptions,
  type ContractCost,
  type CostBuckets,
  compareContracts,
  type PeriodCost,
} from "./what-if/compare.ts";
export type { CostTotals } from "./what-if/contract-cost.ts";
export {
  type SweepCost,
  type SweepOptions,
  type SweepPoint,
  sweep,
  type Variations,
} from "./what-if/sweep.ts";
