import {
  type BillingIssue,
  type BreakEven,
  breakEvenUsage,
  type Comparison,
  compareContracts,
  isBillingError,
} from "pure-billing";
import type { PricedFeature } from "./priced-features.ts";
import { withUnits } from "./quantities.ts";
import { issuesOf, type ReadContract, type Subject } from "./read-inputs.ts";
import type { Controls } from "./state.ts";
import type { Answer } from "./what-if.ts";

/** Where a whole contract becomes the cheaper one, in the quantity of one feature. */
export interface FeatureBreakEven {
  readonly feature: PricedFeature;
  readonly breakEven: BreakEven;
}

/** Both contracts beside each other; or why they can't be compared. */
export type ComparisonOutcome =
  | {
      readonly ok: true;
      readonly comparison: Comparison;
      readonly from: Date;
      readonly to: Date;
      readonly breakEvens: readonly FeatureBreakEven[];
    }
  | { readonly ok: false; readonly issues: readonly BillingIssue[] };

/** The names of both in a comparison. */
export const NAMES = { own: "A", other: "B" } as const;

/** A year of both contracts, with the same usage in every period and the same counts of what both sell. */
export function comparisonOf(
  subject: Subject,
  other: ReadContract,
  answer: Answer,
  { moved, compareFrom }: Controls,
): ComparisonOutcome {
  const { activation } = subject.contract.contract_summary;
  const from = new Date(compareFrom === "activation" ? (activation ?? subject.at) : subject.at);
  const to = new Date(from);
  to.setUTCFullYear(from.getUTCFullYear() + 1);
  const metered = subject.features.filter(({ quantity }) => quantity === "metered");
  const every_period = Object.fromEntries(metered.map(({ key }) => [key, answer.quantities[key] ?? "0"]));
  const isMetered = new Set(metered.map(({ key }) => key));
  const events = subject.usage.events.filter(({ feature_slug }) => !isMetered.has(feature_slug));
  const usage = { every_period, events };
  try {
    const contract = withUnits(other.contract, other.features, moved);
    const comparison = compareContracts(
      { [NAMES.own]: answer.contract, [NAMES.other]: contract },
      { from, to, usage },
    );
    const breakEvens = subject.features.flatMap((feature): FeatureBreakEven[] => {
      if (feature.quantity !== "metered" && feature.quantity !== "contracted") return [];
      try {
        const found = breakEvenUsage(answer.contract, contract, feature.key, { at: subject.at, usage });
        return [{ feature, breakEven: found }];
      } catch (error) {
        // Of different cycles, without an end, or not in both: the year's totals stand for themselves.
        if (isBillingError(error)) return [];
        throw error;
      }
    });
    return { ok: true, comparison, from, to, breakEvens };
  } catch (error) {
    return { ok: false, issues: issuesOf(error) };
  }
}
