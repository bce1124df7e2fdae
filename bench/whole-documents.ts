// Contracts as the API returns them, for benches of the whole path.
import { randomNumbers } from "./random.ts";

interface Tier {
  readonly up_to: string | null;
  readonly unit_price: string;
}

/** `strategy_details` as far as the documents here use it. */
export interface BenchDetails {
  readonly pricing_strategy: "flat" | "per_unit" | "usage" | "usage_tiered";
  readonly unit_name?: string;
  readonly contracted_unit_count?: string;
  readonly flat_fee?: string;
  readonly included_units?: string;
  readonly tier_mode?: "graduated";
  readonly tiers?: readonly Tier[];
}

export interface BenchFeature {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly charge_trigger: "every_cycle";
  readonly price: {
    readonly amount: string;
    readonly currency: "eur";
    readonly free_cycles: 0;
    readonly strategy_details: BenchDetails;
  };
}

/** A monthly contract in Europe/Berlin with a percentage discount; instants in UTC, so that parsing changes nothing. */
export interface BenchDocument {
  readonly contract_summary: {
    readonly [name: string]: unknown;
    readonly activation: string;
    readonly time_zone: "Europe/Berlin";
  };
  readonly plan: { readonly [name: string]: unknown; readonly features: readonly BenchFeature[] };
  readonly discount: {
    readonly [name: string]: unknown;
    readonly discount_type: "percentage";
    readonly amount: string;
    readonly duration: number;
  };
}

/** What was used of each feature in a month, by slug. */
export type BenchSums = { readonly [slug: string]: string };

/** How long after its date an amount of these contracts falls due, and after its period usage closes. */
export const NET_DAYS = 14;
export const CLOSING_HOURS = 1;

const UP_TO = ["1000", "10000", "100000", "1000000", null];
const UNIT_PRICES = [0.02, 0.015, 0.0105, 0.005, 0.0025];

function contractDocument(
  number: number,
  activation: string,
  percentage: string,
  features: readonly BenchFeature[],
): BenchDocument {
  return {
    contract_summary: {
      id: `Cont_${number}`,
      customer: `Customer ${number}`,
      customer_id: `Cust_${number}`,
      status: "active",
      cycle: "month",
      time_zone: "Europe/Berlin",
      strategy: "feature",
      currency: "eur",
      created: "2025-11-20T09:00:00Z",
      activation,
      expiration: null,
      plan: "Scale",
      plan_id: "Plan_7",
      free_cycles: 0,
      configuration: {
        automatic_payment: true,
        due_date_policy: "start_of_period",
        invoice_trigger: "immediate",
        usage_period_closing_policy: "1 hour",
        payment_terms: { net_days: NET_DAYS },
      },
    },
    plan: { id: "Plan_7", name: "Scale", slug: "scale", strategy: "feature", features },
    discount: {
      id: `Disc_${number}`,
      name: "Launch",
      discount_type: "percentage",
      amount: percentage,
      duration: 12,
    },
  };
}

function feature(index: number, name: string, amount: string, strategy_details: BenchDetails): BenchFeature {
  return {
    id: `Feat_${index}`,
    name,
    slug: `feature-${index}`,
    charge_trigger: "every_cycle",
    price: { amount, currency: "eur", free_cycles: 0, strategy_details },
  };
}

function tiers(factor: number): Tier[] {
  return UP_TO.map((up_to, tier) => ({
    up_to,
    unit_price: ((UNIT_PRICES[tier] as number) * factor).toFixed(4),
  }));
}

/** Twenty metered features of five tiers, every fourth with a flat fee: the document that previews show. */
export function tieredDocument(features = 20): BenchDocument {
  const all = Array.from({ length: features }, (_, index) =>
    feature(index, `API calls ${index}`, "0", {
      pricing_strategy: "usage_tiered",
      unit_name: "call",
      ...(index % 4 === 0 ? { flat_fee: "9.90" } : {}),
      tier_mode: "graduated",
      tiers: tiers(index + 1),
    }),
  );
  return contractDocument(1, "2025-12-31T09:30:00Z", "12.5", all);
}

/** What was used in so many months: of most features, and none of the rest. */
export function monthlySums({ plan }: BenchDocument, months: number, seed: number): BenchSums[] {
  const random = randomNumbers(seed);
  return Array.from({ length: months }, () => {
    const used = plan.features.filter(
      ({ price }) => price.strategy_details.contracted_unit_count === undefined,
    );
    const sums = used
      .filter(({ price }) => price.strategy_details.pricing_strategy !== "flat")
      .filter(() => random() < 0.9)
      .map(({ slug }, index) => [slug, (10 ** (1 + 6 * random())).toFixed(index % 3).replace(/\.?0+$/, "")]);
    return Object.fromEntries(sums);
  });
}

/** Distinct contracts of two to nine features of four strategies. */
export function randomDocuments(count: number, seed: number): BenchDocument[] {
  const random = randomNumbers(seed);
  const below = (limit: number): number => Math.floor(limit * random());
  const price = (): string => (0.01 + random() * 50).toFixed(2);
  const details = (): BenchDetails => {
    const kind = below(5);
    if (kind === 0) return { pricing_strategy: "flat" };
    if (kind === 1) {
      return {
        pricing_strategy: "per_unit",
        unit_name: "seat",
        contracted_unit_count: String(1 + below(40)),
      };
    }
    const metered = { unit_name: "call", ...(below(3) === 0 ? { flat_fee: price() } : {}) };
    if (kind === 2) return { pricing_strategy: "usage", ...metered, included_units: String(100 * below(9)) };
    return {
      pricing_strategy: "usage_tiered",
      ...metered,
      tier_mode: "graduated",
      tiers: tiers(1 + below(30)),
    };
  };
  return Array.from({ length: count }, (_, number) => {
    const features = Array.from({ length: 2 + below(8) }, (_, index) => {
      const own = details();
      const amount = own.pricing_strategy === "usage_tiered" ? "0" : price();
      return feature(index, `Feature ${index}`, amount, own);
    });
    // Days of all months up to the 31st, and any hour.
    const activation = new Date(Date.UTC(2025, below(12), 1 + below(31), below(24), below(60)));
    const text = `${activation.toISOString().slice(0, 16)}:00Z`;
    return contractDocument(number, text, String(1 + below(50)), features);
  });
}
