import type { ContractChange } from "../contract/amend.ts";
import { dictionary } from "../contract/collection-field.ts";
import type { Contract, ContractSummary, FeatureChange } from "../contract/contract.ts";
import { currencyField, minorDigitsOf } from "../contract/currency-field.ts";
import type { Cycle } from "../contract/cycle.ts";
import { decimal } from "../contract/decimal-field.ts";
import type { Discount } from "../contract/discount.ts";
import { choice, chosen, type Field, flag, instant, optional, text } from "../contract/field.ts";
import { type Gate, pass } from "../contract/gate.ts";
import { checkNames } from "../contract/name-rules.ts";
import { object } from "../contract/object-field.ts";
import { ownJson } from "../contract/own-json.ts";
import { type Place, report } from "../contract/place.ts";
import { entriesIn, isGiven, isObject, type JsonObject, objectIn } from "../contract/read.ts";
import { freeTrialDaysField } from "../contract/schedule.ts";
import { attempt, type BillingIssue } from "../error.ts";

/** A change of contract, in the words of the API's upgrade configuration, and `anchor`, `cycle_count` and lists of ours. */
export interface UpgradeConfiguration {
  /** `new_plan` brings terms of its own; `change_unit_count` keeps them, and all that began with them goes on. */
  readonly upgrade_strategy: "new_plan" | "change_unit_count";
  /** When it takes effect: at the instant of the request, unless it says otherwise. */
  readonly activation?:
    | string
    | { readonly type: "next_cycle" }
    | { readonly type: "date"; readonly date: string }
    | null;
  /** The plan document of `new_plan`. */
  readonly plan?: object | null;
  readonly cycle?: Cycle | null;
  readonly cycle_count?: number | null;
  /** The contract's: another is an error. */
  readonly currency?: string | null;
  readonly feature_configuration?: { readonly [slug: string]: FeatureChange | null } | null;
  readonly unit_configuration?: { readonly [slug: string]: string | number | null } | null;
  readonly unit_count_configuration?: { readonly [slug: string]: string | number | null } | null;
  readonly discount?: Discount | null;
  readonly discounts?: readonly Discount[] | null;
  readonly free_trial_days?: number | null;
  readonly downgrade_allowed?: boolean | null;
  /** Whether the old boundaries stay: `keep` where cycle and count do, else `change`. */
  readonly anchor?: "keep" | "change" | null;
}

/** The same, or with the configuration in an object of its own, as the API nests it. */
export type UpgradeRequest =
  | UpgradeConfiguration
  | { readonly upgrade_configuration: UpgradeConfiguration; readonly downgrade_allowed?: boolean | null };

/** The words of a request after reading: what is null isn't there. */
export type UpgradeWords = {
  readonly [Word in keyof UpgradeConfiguration]?: NonNullable<UpgradeConfiguration[Word]>;
};

const unitCounts = optional(dictionary(optional(decimal("R9"))));
const nextCycle = object({ type: choice("M3", ["next_cycle", "date"]) });
const dated = object({ type: choice("M3", ["next_cycle", "date"]), date: instant });

const activation = chosen('an instant, {"type": "next_cycle"} or {"type": "date", "date": ...}', (value) => {
  // An empty text is how forms send nothing.
  if (value === "") return text;
  if (!isObject(value)) return instant;
  return value["type"] === "date" ? dated : nextCycle;
});

/** The words that say how to change; those that say to what are checked with the contract that they make. */
const ownFields: { readonly [name: string]: Field } = {
  upgrade_strategy: choice("M3", ["new_plan", "change_unit_count"]),
  activation: optional(activation),
  currency: optional(currencyField),
  unit_configuration: unitCounts,
  free_trial_days: freeTrialDaysField,
  downgrade_allowed: optional(flag),
  anchor: optional(choice("M3", ["keep", "change"])),
};

/** The words that say to what. */
const TERMS = [
  "plan",
  "cycle",
  "cycle_count",
  "feature_configuration",
  "unit_count_configuration",
  "discount",
  "discounts",
];

const NAMES = [...Object.keys(ownFields), ...TERMS];
const wordsField = object(ownFields);

/**
 * Reads the words of a change, flat and without those that are null; what is wrong with them is added to the issues, but
 * for the terms, which are checked with the contract that they make.
 */
export function readUpgrade(contract: Contract, change: unknown, issues: BillingIssue[]): UpgradeWords {
  const own = ownJson(change, issues);
  const { upgrade_configuration: nested, ...rest } = objectIn(own);
  if (isObject(nested)) checkNames(rest, ["downgrade_allowed"], { path: [], issues });
  const words = Object.entries({ ...objectIn(nested), ...rest }).filter(([, value]) => isGiven(value));
  const flat = Object.fromEntries(words);
  return attempt(issues, () => pass(isObject(own) ? flat : change, gateOf(contract))) ?? flat;
}

/** The terms of a change, in the words of `amendContract`. */
export function termsIn(words: UpgradeWords): ContractChange {
  const terms = Object.entries(words).filter(([name]) => TERMS.includes(name));
  const { unit_configuration: units, unit_count_configuration: counts } = words;
  const unitCounts = units ? { unit_count_configuration: { ...units, ...counts } } : {};
  return { ...Object.fromEntries(terms), ...unitCounts };
}

function gateOf({ contract_summary: summary }: Contract): Gate {
  return {
    name: "the change",
    field: () => wordsField,
    check: (words, place) => {
      checkNames(words, NAMES, place);
      const { currency } = words;
      if (minorDigitsOf(currency) !== undefined && currency !== summary.currency) {
        const problem = "a change of contract keeps the currency";
        report(place, ["currency"], "CURRENCY_MISMATCH", "A3", problem, currency, summary.currency);
      }
      if (words["upgrade_strategy"] === "change_unit_count") checkUnitCountChange(words, summary, place);
      if (words["upgrade_strategy"] === "new_plan" && !isGiven(words["plan"])) {
        report(place, ["plan"], "MISSING", "M3", "the new plan is missing", words["plan"], "a plan document");
      }
    },
  };
}

/** A change of unit counts keeps plan, cycle and discount durations. */
function checkUnitCountChange(words: JsonObject, summary: ContractSummary, place: Place): void {
  const kept = { plan: undefined, cycle: summary.cycle, cycle_count: summary.cycle_count ?? 1 };
  for (const [name, own] of Object.entries(kept)) {
    if (!isGiven(words[name]) || words[name] === own) continue;
    const problem = `change_unit_count keeps the ${name}`;
    report(place, [name], "CONFLICT", "M5", problem, words[name], `no ${name}, or new_plan`);
  }
  for (const discount of [words["discount"], ...entriesIn(words["discounts"])]) {
    const { duration } = objectIn(discount);
    if (!isGiven(duration)) continue;
    const problem = "durations go on counting from the start of the contract that is continued";
    report(place, ["discount", "duration"], "CONFLICT", "M5", problem, duration, "no duration, or new_plan");
  }
}
