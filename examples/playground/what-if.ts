import {
  type BillingIssue,
  type BillingPeriod,
  billingPeriodAt,
  type ChargeLine,
  type CheckoutPreview,
  type Contract,
  chargesOf,
  type OnDemandCharge,
  previewCheckout,
  type UsageEvent,
} from "pure-billing";
import { assumedUsage } from "./given-usage.ts";
import { quantitiesOf, withUnits } from "./quantities.ts";
import { issuesOf, type Subject } from "./read-inputs.ts";

/** What the sliders ask: a contract with these counts, and usage with these sums. */
export interface Asked {
  readonly contract: Contract;
  readonly quantities: { readonly [key: string]: string };
  readonly usage: { readonly events: readonly UsageEvent[]; readonly on_demand: readonly OnDemandCharge[] };
}

/** What the library answers. */
export interface Answer extends Asked {
  readonly preview: CheckoutPreview;
  /** The billing period that contains the instant; null where none does. */
  readonly period: BillingPeriod | null;
  /** The charges of that period that have begun by the instant. */
  readonly lines: readonly ChargeLine[];
  /** How many more begin later in it. */
  readonly later: number;
}

/** The answer, or why there is none. */
export type Outcome =
  | { readonly ok: true; readonly answer: Answer }
  | { readonly ok: false; readonly issues: readonly BillingIssue[] };

/** Asks the library what the subject costs with the quantities of the sliders. */
export function askWhatIf(subject: Subject, moved: { readonly [key: string]: string }, until: Date): Outcome {
  const { at, features } = subject;
  try {
    const contract = withUnits(subject.contract, features, moved);
    const quantities = quantitiesOf(features, subject.usage.running, moved);
    const usage = assumedUsage({ contract, features }, subject.usage, { quantities, at, until });
    const preview = previewCheckout(contract, { at, usage });
    const period = billingPeriodAt(contract, at);
    const charged = period === null ? [] : chargesOf(contract, period, { at, usage });
    const atMs = new Date(at).getTime();
    const lines = charged.filter((line) => new Date(line.period.start).getTime() <= atMs);
    const later = charged.length - lines.length;
    return { ok: true, answer: { contract, quantities, usage, preview, period, lines, later } };
  } catch (error) {
    return { ok: false, issues: issuesOf(error) };
  }
}
