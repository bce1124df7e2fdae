import { type IssuePath, pathText } from "../error.ts";
import { decimalOf, isZero } from "./decimal-field.ts";
import { KNOWN_NAMES, type KnownNames } from "./known-names.ts";
import { nearestName } from "./nearest-name.ts";
import { entriesIn, isGiven, isObject, type JsonObject, objectIn } from "./read.ts";
import { PRICED_STRATEGIES } from "./strategy.ts";

/** Something in a valid document that has no effect; `suggestion` is the name that was probably meant. */
export interface BillingWarning {
  readonly path: IssuePath;
  readonly message: string;
  readonly suggestion: string | null;
}

/**
 * What of a valid contract document has no effect: names that aren't known, and fields that others make idle.
 */
export function warningsOf(document: JsonObject): BillingWarning[] {
  const warnings: BillingWarning[] = [];

  function idle(path: IssuePath, message: string): void {
    warnings.push({ path, message, suggestion: null });
  }

  function checkNames(value: unknown, names: KnownNames, path: IssuePath): void {
    if (!isObject(value)) return;
    for (const name of Object.keys(value)) {
      if (names.read.includes(name) || names.unread.includes(name)) continue;
      const suggestion = homeOf(name) ?? nearestName(name, names.read);
      const hint = suggestion === null ? "" : `; did you mean ${suggestion}?`;
      const at = [...path, name];
      warnings.push({
        path: at,
        message: `${pathText([name])} is not a known field and is not read${hint}`,
        suggestion,
      });
    }
  }

  function checkEach(
    value: unknown,
    path: IssuePath,
    check: (entry: JsonObject, path: IssuePath) => void,
  ): void {
    for (const [index, entry] of entriesIn(value).entries()) check(objectIn(entry), [...path, index]);
  }

  function checkDetails(details: JsonObject, path: IssuePath): void {
    checkNames(details, KNOWN_NAMES.strategy_details, path);
    checkEach(details["tiers"], [...path, "tiers"], (tier, at) => checkNames(tier, KNOWN_NAMES.tier, at));
    if (isGiven(details["over_usage_price"]) && !isGiven(details["maximum_units"])) {
      idle([...path, "over_usage_price"], "over_usage_price never applies without maximum_units");
    }
    if (isGiven(details["batch_rounding"]) && !isGiven(details["batch_size"])) {
      idle([...path, "batch_rounding"], "batch_rounding has no effect without batch_size");
    }
  }

  /** A matrix entry is a price as far as this goes. */
  function checkAmount(amount: unknown, strategy: unknown, path: IssuePath): void {
    const text = decimalOf(amount);
    if (text === undefined || isZero(text) || PRICED_STRATEGIES.includes(strategy as string)) return;
    idle([...path, "amount"], `amount has no effect for the strategy ${strategy}`);
  }

  function checkPrice(value: unknown, path: IssuePath): void {
    if (!isObject(value)) return;
    const details = objectIn(value["strategy_details"]);
    const strategy = details["pricing_strategy"];
    const entries = entriesIn(value["by"]);
    checkNames(value, KNOWN_NAMES.price, path);
    checkDetails(details, [...path, "strategy_details"]);
    const inherited = entries.some((entry) => strategyOfEntry(entry, strategy) === "usage");
    if (!inherited) checkAmount(value["amount"], strategy, path);
    checkEach(entries, [...path, "by"], (entry, at) => {
      checkNames(entry, KNOWN_NAMES.matrix_entry, at);
      if (isGiven(entry["strategy_details"])) {
        checkDetails(objectIn(entry["strategy_details"]), [...at, "strategy_details"]);
      }
      checkAmount(entry["amount"], strategyOfEntry(entry, strategy), at);
    });
  }

  function checkPart(value: JsonObject, names: KnownNames, path: IssuePath): void {
    checkNames(value, names, path);
    checkPrice(value["price"], [...path, "price"]);
  }

  const summary = objectIn(document["contract_summary"]);
  const plan = objectIn(document["plan"]);
  checkNames(document, KNOWN_NAMES.document, []);
  checkNames(summary, KNOWN_NAMES.contract_summary, ["contract_summary"]);
  checkNames(summary["configuration"], KNOWN_NAMES.configuration, ["contract_summary", "configuration"]);
  checkNames(summary["continues"], KNOWN_NAMES.continues, ["contract_summary", "continues"]);
  checkPart(plan, KNOWN_NAMES.plan, ["plan"]);
  checkEach(plan["features"], ["plan", "features"], (each, at) => checkPart(each, KNOWN_NAMES.feature, at));
  checkEach(plan["groups"], ["plan", "groups"], (each, at) => checkPart(each, KNOWN_NAMES.group, at));
  checkNames(document["discount"], KNOWN_NAMES.discount, ["discount"]);
  checkEach(document["discounts"], ["discounts"], (each, at) => checkNames(each, KNOWN_NAMES.discount, at));
  const overrides = objectIn(document["feature_configuration"]);
  for (const slug of Object.keys(overrides)) {
    checkNames(overrides[slug], KNOWN_NAMES.override, ["feature_configuration", slug]);
  }
  return warnings;
}

function strategyOfEntry(entry: unknown, strategy: unknown): unknown {
  return objectIn(objectIn(entry)["strategy_details"])["pricing_strategy"] ?? strategy;
}

/** Where a field of the API belongs that stands in another object under its own name. */
function homeOf(name: string): string | null {
  if (KNOWN_NAMES.configuration.read.includes(name)) return `contract_summary.configuration.${name}`;
  if (KNOWN_NAMES.contract_summary.read.includes(name)) return `contract_summary.${name}`;
  return name === "free_trial_days" ? "plan.free_trial_days" : null;
}
