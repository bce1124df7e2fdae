import {
  amendContract,
  type Contract,
  type ContractChange,
  type Plan,
  type Price,
  priceSegments,
} from "pure-billing";
import { documentUnits, type PricedFeature } from "./priced-features.ts";

/** From where to where a slider goes and a curve is drawn. */
export interface QuantityRange {
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** Where the tiers go further than the range: up to where. */
  readonly widest: number;
}

const STEPS = 600;
const AROUND = 2;
const BEYOND = 1.25;
const BATCHES = 10;

/** The range of a quantity: all that can be bought; or around what was used, or over all tiers where that is wanted. */
export function quantityRange(
  { price, quantity }: PricedFeature,
  units: string,
  isWide: boolean,
): QuantityRange {
  const used = Number(units);
  const bounds = tierBounds(price).map(Number);
  const furthest = bounds.at(-1) ?? 0;
  const {
    minimum_units: least,
    maximum_units: most,
    batch_size: batch,
  } = price.strategy_details as {
    readonly minimum_units?: string | null;
    readonly maximum_units?: string | null;
    readonly batch_size?: string | null;
  };
  if (quantity === "contracted") {
    const max = Number(most ?? roundUp(Math.max(AROUND * used, BEYOND * furthest, 10)));
    return { min: Number(least ?? 0), max, step: 1, widest: max };
  }
  const unused = bounds[0] ?? BATCHES * Number(batch ?? "10");
  const near = roundUp(Math.max(AROUND * used, used === 0 ? AROUND * unused : 0, 1));
  const widest = Math.max(near, furthest === 0 ? 0 : roundUp(BEYOND * furthest));
  const max = isWide ? widest : near;
  return { min: 0, max, step: 10 ** Math.floor(Math.log10(max / STEPS)), widest };
}

/** The quantities at which what a price says of them changes, zero aside. */
function tierBounds(price: Price): string[] {
  return priceSegments(price).flatMap(({ to }) => (to === null ? [] : [to]));
}

/** A quantity of a slider as a decimal text: binary fractions are cut at the digits of its step. */
export function quantityText(value: number, step: number): string {
  const text = value.toFixed(Math.max(0, -Math.floor(Math.log10(step))));
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** The quantity of each price that has one: as moved, else as given. */
export function quantitiesOf(
  features: readonly PricedFeature[],
  running: { readonly [key: string]: string },
  moved: { readonly [key: string]: string },
): { readonly [key: string]: string } {
  const entries = features
    .filter(({ quantity }) => quantity === "contracted" || quantity === "metered")
    .map(({ key, price, quantity }): [string, string] => [
      key,
      moved[key] ?? (quantity === "metered" ? (running[key] ?? "0") : documentUnits(price)),
    ]);
  return Object.fromEntries(entries);
}

/**
 * A contract with other counts of what is bought; the same object where nothing was moved.
 *
 * @throws what `amendContract` does: counts that can't be bought are refused.
 */
export function withUnits(
  contract: Contract,
  features: readonly PricedFeature[],
  moved: { readonly [key: string]: string },
): Contract {
  const changed = features.filter(({ key, quantity }) => quantity === "contracted" && key in moved);
  if (changed.length === 0) return contract;
  const units = (key: string): string => moved[key] ?? "0";
  const bySlug = changed.filter(({ level }) => level === "feature");
  const others = changed.filter(({ level }) => level !== "feature");
  const change: ContractChange = {
    ...(bySlug.length > 0 && {
      feature_configuration: Object.fromEntries(bySlug.map(({ key }) => [key, { units: units(key) }])),
    }),
    ...(others.length > 0 && { plan: withPlanUnits(contract.plan, others, units) }),
  };
  return amendContract(contract, change);
}

/** Features have overrides of their own; the prices of the plan and its groups are changed in the plan. */
function withPlanUnits(
  plan: Plan,
  changed: readonly PricedFeature[],
  units: (key: string) => string,
): object {
  const counted = (price: Price | null | undefined, key: string): object => ({
    ...price,
    strategy_details: { ...price?.strategy_details, contracted_unit_count: units(key) },
  });
  const own = changed.find(({ level }) => level === "plan");
  const isChanged = (id: string): boolean =>
    changed.some(({ key, level }) => level === "group" && key === id);
  return {
    ...plan,
    ...(own && { price: counted(plan.price, own.key) }),
    ...(plan.groups && {
      groups: plan.groups.map((group) =>
        isChanged(group.id) ? { ...group, price: counted(group.price, group.id) } : group,
      ),
    }),
  };
}

/** The next number of at most two digits and zeros. */
function roundUp(value: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
  return Math.ceil(value / unit) * unit;
}
