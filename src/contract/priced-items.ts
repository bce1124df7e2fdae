import type { IssuePath } from "../error.ts";
import { brand, compiledOnce } from "./brand.ts";
import type { Contract, FeatureConfiguration } from "./contract.ts";
import { strategyOf } from "./contract-rules.ts";
import { featureId } from "./group-rules.ts";
import type { ChargeTrigger, Feature } from "./plan.ts";
import type { Price, StrategyDetails } from "./price.ts";

/** One price that a contract charges. */
export interface PricedItem {
  readonly kind: "plan" | "group" | "feature";
  /** What its usage is reported under: the feature's slug, the group's id or the plan's slug ("plan" without one). */
  readonly key: string;
  readonly name: string;
  readonly feature_slug: string | null;
  readonly group_id: string | null;
  /** Overrides of the contract are in it. */
  readonly price: Price;
  readonly charge_trigger: ChargeTrigger;
  /** Where the price is in the document. */
  readonly path: IssuePath;
}

/**
 * What a contract charges, in the document's order: the plan's price, or groups and then features.
 *
 * A feature of a group has its price in the group's; entitlements without a price are left out.
 */
export function pricedItems(contract: Contract): readonly PricedItem[] {
  return compiledOnce(contract, compiled).items;
}

/** The slugs that a contract's usage may stand under: also those of features that have no price, or whose group has. */
export function slugsOf(contract: Contract): ReadonlySet<string> {
  const charged = compiledOnce(contract, compiled);
  charged.slugs ??= usageSlugs(contract, charged.items);
  return charged.slugs;
}

/** What is compiled of a contract's plan. */
interface Charged {
  readonly items: readonly PricedItem[];
  /** null: nobody has asked. */
  slugs: ReadonlySet<string> | null;
}

function compiled(contract: Contract): Charged {
  return { items: chargedItems(contract), slugs: null };
}

function usageSlugs({ plan }: Contract, items: readonly PricedItem[]): ReadonlySet<string> {
  const slugs = new Set<string>();
  if (plan.slug != null) slugs.add(plan.slug);
  for (const group of plan.groups ?? []) slugs.add(group.id);
  for (const feature of plan.features ?? []) slugs.add(feature.slug);
  // What is charged may be called otherwise: a plan without a slug.
  for (const { key } of items) slugs.add(key);
  return slugs;
}

function chargedItems(contract: Contract): PricedItem[] {
  const { contract_summary: summary, plan } = contract;
  const strategy = strategyOf(summary, plan);
  if (strategy === "plan") return planItem(contract);
  const items: PricedItem[] = [];
  const grouped = new Set<unknown>();
  for (const [index, group] of (strategy === "group" ? (plan.groups ?? []) : []).entries()) {
    for (const id of group.feature_ids) grouped.add(id);
    if (!group.price) continue;
    items.push({
      kind: "group",
      key: group.id,
      name: group.name ?? group.id,
      feature_slug: null,
      group_id: group.id,
      price: group.price,
      charge_trigger: group.charge_trigger ?? "every_cycle",
      path: ["plan", "groups", index, "price"],
    });
  }
  for (const [index, feature] of (plan.features ?? []).entries()) {
    if (!feature.price || grouped.has(featureId(feature))) continue;
    items.push({
      kind: "feature",
      key: feature.slug,
      name: feature.name ?? feature.slug,
      feature_slug: feature.slug,
      group_id: null,
      price: overridden(feature.price, overrideOf(contract, feature)),
      charge_trigger: feature.charge_trigger ?? "every_cycle",
      path: ["plan", "features", index, "price"],
    });
  }
  return items;
}

function planItem({ plan }: Contract): PricedItem[] {
  if (!plan.price) return [];
  const key = plan.slug ?? "plan";
  return [
    {
      kind: "plan",
      key,
      name: plan.name ?? key,
      feature_slug: null,
      group_id: null,
      price: plan.price,
      charge_trigger: plan.charge_trigger ?? "every_cycle",
      path: ["plan", "price"],
    },
  ];
}

function overrideOf(contract: Contract, { slug }: Feature): FeatureConfiguration {
  const units = ownValue(contract.unit_count_configuration, slug);
  const configuration = ownValue(contract.feature_configuration, slug);
  return { ...configuration, units: configuration?.units ?? units ?? null };
}

function ownValue<Value>(
  values: { readonly [slug: string]: Value } | null | undefined,
  slug: string,
): Value | undefined {
  return values && Object.hasOwn(values, slug) ? values[slug] : undefined;
}

/** What was last made of a price: contracts that are amended one from another share it. */
const lastOverridden = new WeakMap<Price, { readonly said: FeatureConfiguration; readonly price: Price }>();

/**
 * The price with what the contract says instead; the same object where it says nothing.
 *
 * @rule R9 (overridden prices)
 */
function overridden(price: Price, said: FeatureConfiguration): Price {
  const { units, price: amount, flat_fee } = said;
  if ((units ?? amount ?? flat_fee ?? null) === null) return price;
  const last = lastOverridden.get(price);
  if (last !== undefined && isSame(last.said, said)) return last.price;
  const details = {
    ...price.strategy_details,
    ...((units ?? null) !== null && { contracted_unit_count: units }),
    ...((flat_fee ?? null) !== null && { flat_fee }),
  } as StrategyDetails;
  const changed = { ...price, amount: amount ?? price.amount, strategy_details: Object.freeze(details) };
  const made = Object.freeze(brand(changed, "price"));
  lastOverridden.set(price, { said, price: made });
  return made;
}

function isSame(first: FeatureConfiguration, second: FeatureConfiguration): boolean {
  return first.units === second.units && first.price === second.price && first.flat_fee === second.flat_fee;
}
