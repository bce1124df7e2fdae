import type { Contract } from "../../src/contract/contract.ts";
import type { ChargeTrigger, Feature } from "../../src/contract/plan.ts";
import type { Price } from "../../src/contract/price.ts";

/** One price that is charged, as the rules on strategies and R9 say. */
export interface NaiveItem {
  readonly key: string;
  readonly name: string;
  readonly feature_slug: string | null;
  readonly group_id: string | null;
  readonly price: Price;
  readonly trigger: ChargeTrigger;
}

export function naiveItems(contract: Contract): NaiveItem[] {
  const { contract_summary: summary, plan } = contract;
  const strategy = summary.strategy ?? plan.strategy ?? "feature";
  if (strategy === "plan") {
    const key = plan.slug ?? "plan";
    const common = { feature_slug: null, group_id: null, trigger: plan.charge_trigger ?? "every_cycle" };
    return plan.price ? [{ ...common, key, name: plan.name ?? key, price: plan.price }] : [];
  }
  const groups = strategy === "group" ? (plan.groups ?? []) : [];
  const grouped = groups.flatMap((group) => group.feature_ids);
  const items: NaiveItem[] = [];
  for (const group of groups) {
    const { id, price } = group;
    const trigger = group.charge_trigger ?? "every_cycle";
    if (price)
      items.push({ key: id, name: group.name ?? id, feature_slug: null, group_id: id, price, trigger });
  }
  for (const feature of plan.features ?? []) {
    if (!feature.price || grouped.includes(feature.id ?? feature.slug)) continue;
    items.push({
      key: feature.slug,
      name: feature.name ?? feature.slug,
      feature_slug: feature.slug,
      group_id: null,
      price: overridden(contract, feature, feature.price),
      trigger: feature.charge_trigger ?? "every_cycle",
    });
  }
  return items;
}

function overridden(contract: Contract, { slug }: Feature, price: Price): Price {
  const said = contract.feature_configuration?.[slug];
  const units = said?.units ?? contract.unit_count_configuration?.[slug];
  return {
    ...price,
    amount: said?.price ?? price.amount,
    strategy_details: {
      ...price.strategy_details,
      ...(units == null ? {} : { contracted_unit_count: units }),
      ...(said?.flat_fee == null ? {} : { flat_fee: said.flat_fee }),
    },
  } as Price;
}
