import {
  type ChargeTrigger,
  type Contract,
  type FeatureConfiguration,
  isBillingError,
  type Price,
  parsePrice,
  priceSegments,
} from "pure-billing";

/** What decides a price's charge: nothing, a count that is bought, what was used, or its single events. */
export type QuantityKind = "none" | "contracted" | "metered" | "events";

/** One price that a contract charges, and what its usage is reported under. */
export interface PricedFeature {
  readonly key: string;
  readonly name: string;
  readonly level: "plan" | "group" | "feature";
  readonly trigger: ChargeTrigger;
  /** Overrides of the contract are in it. */
  readonly price: Price;
  readonly quantity: QuantityKind;
}

/** What a contract charges, in the document's order. */
export function pricedFeatures(contract: Contract): PricedFeature[] {
  const { contract_summary: summary, plan } = contract;
  const strategy = summary.strategy ?? plan.strategy ?? "feature";
  if (strategy === "plan") {
    const key = plan.slug ?? "plan";
    return priced("plan", key, plan.name ?? key, plan.charge_trigger, plan.price, {});
  }
  const groups = strategy === "group" ? (plan.groups ?? []) : [];
  const grouped = new Set(groups.flatMap(({ feature_ids }) => feature_ids));
  return [
    ...groups.flatMap((group) =>
      priced("group", group.id, group.name ?? group.id, group.charge_trigger, group.price, {}),
    ),
    ...(plan.features ?? [])
      .filter(({ id, slug }) => !grouped.has(id ?? slug))
      .flatMap(({ slug, name, charge_trigger, price }) =>
        priced("feature", slug, name ?? slug, charge_trigger, price, overrideOf(contract, slug)),
      ),
  ];
}

/** The units of a price: "calls", "seats", "GB". */
export function unitsName({ strategy_details: details }: Price): string {
  const name = ("unit_name" in details ? details.unit_name : null) ?? "unit";
  return /[A-Zs]$/.test(name) ? name : `${name}s`;
}

/** The units that a price's contract counts on: bought ones, or the used ones of the document. */
export function documentUnits({ strategy_details: details }: Price): string {
  if ("contracted_unit_count" in details) return details.contracted_unit_count;
  return ("used_unit_count" in details ? details.used_unit_count : null) ?? "0";
}

function priced(
  level: PricedFeature["level"],
  key: string,
  name: string,
  trigger: ChargeTrigger | null | undefined,
  price: Price | null | undefined,
  override: FeatureConfiguration,
): PricedFeature[] {
  if (price == null) return [];
  const own = overridden(price, override);
  return [{ level, key, name, trigger: trigger ?? "every_cycle", price: own, quantity: quantityOf(own) }];
}

function quantityOf(price: Price): QuantityKind {
  const strategy = price.strategy_details.pricing_strategy;
  if (strategy === "flat") return "none";
  if (strategy === "per_unit" || strategy === "unit_tiered") return "contracted";
  if (strategy === "percentage") return "events";
  try {
    priceSegments(price);
    return "metered";
  } catch (error) {
    if (isBillingError(error)) return "events";
    throw error;
  }
}

function overrideOf(contract: Contract, slug: string): FeatureConfiguration {
  const said = contract.feature_configuration?.[slug] ?? {};
  return { ...said, units: said.units ?? contract.unit_count_configuration?.[slug] ?? null };
}

function overridden(price: Price, { units, price: amount, flat_fee }: FeatureConfiguration): Price {
  if ((units ?? amount ?? flat_fee ?? null) === null) return price;
  return parsePrice({
    ...price,
    amount: amount ?? price.amount,
    strategy_details: {
      ...price.strategy_details,
      ...(units != null && { contracted_unit_count: units }),
      ...(flat_fee != null && { flat_fee }),
    },
  });
}
