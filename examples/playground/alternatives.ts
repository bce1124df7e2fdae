// Offers to compare a contract with: the example's own document with some of its prices changed.

/** A contract to compare with. */
export interface Alternative {
  readonly name: string;
  readonly document: unknown;
}

type Json = { readonly [name: string]: unknown };
interface Document {
  readonly contract_summary: Json;
  readonly plan: Json & { readonly features: readonly Json[] };
}

/** The document under another plan name, with other summary fields and, by slug, other fields of its features. */
function variant(
  base: unknown,
  name: string,
  { summary = {}, plan = {}, features = {} }: VariantParts,
): Alternative {
  const { contract_summary, plan: own, ...others } = base as Document;
  const document = {
    ...others,
    contract_summary: { ...contract_summary, plan: name, ...summary },
    plan: {
      ...own,
      name,
      ...plan,
      features: own.features.map((feature) => ({ ...feature, ...features[String(feature["slug"])] })),
    },
  };
  return { name, document };
}

interface VariantParts {
  readonly summary?: Json;
  readonly plan?: Json;
  readonly features?: { readonly [slug: string]: Json };
}

function flat(currency: string, amount: string): Json {
  return { price: { amount, currency, strategy_details: { pricing_strategy: "flat" } } };
}

function perUnit(currency: string, amount: string, details: Json): Json {
  return { price: { amount, currency, strategy_details: { pricing_strategy: "per_unit", ...details } } };
}

function usage(currency: string, amount: string, details: Json): Json {
  return { price: { amount, currency, strategy_details: { pricing_strategy: "usage", ...details } } };
}

const seats = { unit_name: "seat", contracted_unit_count: "7", minimum_units: "3", maximum_units: "50" };

/** Other offers for a team that pays by the month. */
export function teamAlternatives(base: unknown): Alternative[] {
  return [
    variant(base, "One price per call", {
      features: {
        "api-calls": usage("eur", "0.0006", { unit_name: "call" }),
        storage: usage("eur", "0.012", { unit_name: "GB" }),
      },
    }),
    variant(base, "More base, cheaper seats", {
      features: {
        platform: flat("eur", "99.00"),
        seats: perUnit("eur", "7.50", seats),
      },
    }),
    variant(base, "Paid by the year", {
      summary: { cycle: "year" },
      features: {
        platform: flat("eur", "490.00"),
        seats: perUnit("eur", "125.00", seats),
        "api-calls": { charge_trigger: "month" },
        storage: { charge_trigger: "month" },
      },
    }),
  ];
}

/** Other offers for an enterprise that pays by the year. */
export function enterpriseAlternatives(base: unknown): Alternative[] {
  return [
    variant(base, "Graduated users, no commitment", {
      features: {
        users: perUnit("usd", "25.00", { unit_name: "user", contracted_unit_count: "340" }),
        shipments: usage("usd", "0.055", { unit_name: "shipment" }),
      },
    }),
  ];
}

/** A starter plan by the year. */
export function starterAlternatives(base: unknown): Alternative[] {
  return [
    variant(base, "Starter by the year", {
      summary: { cycle: "year", free_cycles: 0 },
      plan: flat("jpy", "14800"),
    }),
  ];
}

/** A subscription in place of a purchase. */
export function lifetimeAlternatives(base: unknown): Alternative[] {
  return [variant(base, "By the month", { summary: { cycle: "month" }, plan: flat("gbp", "29.00") })];
}
