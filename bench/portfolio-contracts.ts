// Synthetic customers: any number of distinct contracts, each the same in every run.
import { randomNumbers } from "./random.ts";

type Json = { readonly [name: string]: unknown };

const SEED = 20260226;
const DAY_MS = 86_400_000;
const FIRST_MS = Date.UTC(2019, 0, 1);
/** The instant that the contracts are made around: most of them are active then. */
const NOW_MS = Date.UTC(2026, 1, 26, 12);

const WORDS =
  "amber birch cedar delta ember fjord grove harbour island juniper kestrel linden meadow nordic".split(" ");
const FORMS = ["GmbH", "Ltd", "Inc.", "S.A.", "AB", "KK", "Oy", "B.V."];
const ZONES =
  "Europe/Berlin Europe/London Europe/Lisbon America/New_York America/Los_Angeles America/Sao_Paulo Asia/Tokyo " +
  "Asia/Kolkata Australia/Sydney UTC";
const UNITS = ["seat", "call", "GB", "message", "shipment", "hour", "report"];
const TRIGGERS = ["every_cycle", "every_cycle", "every_cycle", "every_cycle", "first_cycle", "month"];

/** Choices of one contract, each from its own numbers. */
interface Chance {
  /** Whole, from `least` to `most`. */
  readonly whole: (least: number, most: number) => number;
  readonly one: <Value>(values: readonly Value[]) => Value;
  readonly happens: (percent: number) => boolean;
  readonly id: (prefix: string) => string;
}

function chanceOf(index: number): Chance {
  const random = randomNumbers(Math.imul(index + 1, 0x9e3779b1) ^ SEED);
  // Neighbouring seeds begin alike.
  for (let skipped = 0; skipped < 8; skipped++) random();
  const whole = (least: number, most: number): number => least + Math.floor(random() * (most - least + 1));
  const hex = (digits: number): string =>
    Array.from({ length: digits }, () => whole(0, 15).toString(16)).join("");
  return {
    whole,
    one: (values) => values[whole(0, values.length - 1)] as (typeof values)[number],
    happens: (percent) => random() * 100 < percent,
    id: (prefix) => `${prefix}_${hex(8)}-${hex(4)}-4${hex(3)}-9${hex(3)}-${hex(12)}`,
  };
}

/** A decimal of so many places, as people write prices. */
function decimal(chance: Chance, most: number, places: number): string {
  return (chance.whole(1, most * 10 ** places) / 10 ** places).toFixed(places);
}

function instant(epochMs: number): string {
  return new Date(epochMs).toISOString().replace(".000Z", "Z");
}

function tiers(chance: Chance, most: number, places: number): Json[] {
  const limits = [100, 1_000, 10_000, 100_000].slice(0, chance.whole(1, 4)).map(String);
  return [...limits, null].map((up_to, index) => ({
    up_to,
    unit_price: decimal(chance, most, places),
    ...(index > 0 && chance.happens(20) && { flat_fee: String(chance.whole(1, 20)) }),
  }));
}

function details(chance: Chance, isYen: boolean): Json {
  const places = isYen ? 0 : 2;
  const fine = isYen ? 2 : 4;
  const unit_name = chance.one(UNITS);
  const batches = chance.happens(25) && { batch_size: "10", batch_rounding: chance.one(["up", "down"]) };
  switch (chance.whole(0, 9)) {
    case 0:
    case 1:
      return {
        amount: decimal(chance, isYen ? 20_000 : 200, places),
        strategy_details: { pricing_strategy: "flat" },
      };
    case 2:
    case 3: {
      const contracted_unit_count = String(chance.whole(1, 250));
      const limits = chance.happens(50) && { minimum_units: "1", maximum_units: "500" };
      const per_unit = { pricing_strategy: "per_unit", unit_name, contracted_unit_count, ...limits };
      return { amount: decimal(chance, isYen ? 2_000 : 30, places), strategy_details: per_unit };
    }
    case 4: {
      const contracted_unit_count = String(chance.whole(1, 2_000));
      const tier_mode = chance.one(["graduated", "volume"]);
      const tiered = { tier_mode, tiers: tiers(chance, isYen ? 3_000 : 30, places) };
      return {
        amount: "0",
        strategy_details: { pricing_strategy: "unit_tiered", unit_name, contracted_unit_count, ...tiered },
      };
    }
    case 5:
    case 6: {
      const included = chance.happens(50) && { included_units: String(chance.whole(1, 10) * 50) };
      const least = chance.happens(25) && { minimum_units: "100" };
      const fee = chance.happens(25) && { flat_fee: decimal(chance, isYen ? 5_000 : 50, places) };
      const strategy_details = {
        pricing_strategy: "usage",
        unit_name,
        ...included,
        ...least,
        ...batches,
        ...fee,
      };
      return { amount: decimal(chance, 1, fine), strategy_details };
    }
    case 7:
    case 8: {
      const tier_mode = chance.one(["graduated", "volume"]);
      const tiered = { tier_mode, tiers: tiers(chance, 1, fine) };
      return { amount: "0", strategy_details: { pricing_strategy: "usage_tiered", unit_name, ...tiered } };
    }
    default:
      return { strategy_details: { pricing_strategy: "percentage", rate: decimal(chance, 5, 2), unit_name } };
  }
}

const METERED = ["usage", "usage_tiered", "percentage"];

function feature(chance: Chance, currency: string, number: number): Json {
  const name = `${chance.one(WORDS)} ${chance.one(UNITS)}s`;
  const { amount, strategy_details } = details(chance, currency === "jpy") as {
    amount?: string;
    strategy_details: Json;
  };
  const charge_trigger = chance.one(TRIGGERS);
  const free_cycles = chance.happens(10) ? chance.whole(1, 3) : 0;
  return {
    id: chance.id("Feat"),
    name,
    slug: `${name.replaceAll(" ", "-").toLowerCase()}-${number}`,
    charge_trigger,
    price: { ...(amount !== undefined && { amount }), currency, free_cycles, strategy_details },
  };
}

/** What every customer pays, so that one patch touches all of them. */
function platform(chance: Chance, currency: string): Json {
  const amount = currency === "jpy" ? "7900" : chance.one(["49.00", "79.00", "199.00"]);
  const price = { amount, currency, free_cycles: 0, strategy_details: { pricing_strategy: "flat" } };
  return { id: chance.id("Feat"), name: "Platform", slug: "platform", charge_trigger: "every_cycle", price };
}

function discount(chance: Chance): Json {
  const isFlat = chance.happens(30);
  return {
    id: chance.id("Disc"),
    name: "Launch",
    slug: "launch",
    discount_type: isFlat ? "flat" : "percentage",
    amount: String(isFlat ? chance.whole(1, 50) : chance.whole(1, 40)),
    duration: chance.happens(50) ? null : chance.whole(1, 24),
  };
}

function usageOf(chance: Chance, features: readonly Json[]): Json | null {
  const metered = features.filter(({ price }) => {
    const { strategy_details } = price as { strategy_details: Json };
    return METERED.includes(String(strategy_details["pricing_strategy"]));
  });
  const slugs = metered.map(({ slug }) => String(slug));
  if (slugs.length === 0 || chance.happens(10)) return null;
  const units = (): string => decimal(chance, 5_000, chance.one([0, 0, 2]));
  if (chance.happens(75)) return { sums: Object.fromEntries(slugs.map((slug) => [slug, units()])) };
  const events = Array.from({ length: chance.whole(3, 15) }, () => ({
    feature_slug: chance.one(slugs),
    units: units(),
    timestamp: instant(NOW_MS - chance.whole(0, 60 * 86_400) * 1000),
  }));
  return { events };
}

/** A change that fits all of them. */
export const PRICE_CHANGE: object = { feature_configuration: { platform: { price: "59.00" } } };

/** A contract with its usage, as one line of NDJSON without its end. */
export function contractLine(index: number): string {
  const chance = chanceOf(index);
  const currency = chance.one(["eur", "eur", "eur", "usd", "usd", "jpy"]);
  const cycle = chance.one(["month", "month", "month", "month", "month", "month", "quarter", "year"]);
  const activationMs = FIRST_MS + chance.whole(0, (NOW_MS - FIRST_MS) / 60_000) * 60_000;
  const customer = `${chance.one(WORDS)} ${chance.one(WORDS)} ${index} ${chance.one(FORMS)}`;
  const [contract_id, plan_id] = [chance.id("Cont"), chance.id("Plan")];
  const further = Array.from({ length: chance.whole(2, 7) }, (_, number) =>
    feature(chance, currency, number),
  );
  const features = [platform(chance, currency), ...further];
  const ends = chance.happens(10) && { expiration: instant(NOW_MS + chance.whole(1, 900) * DAY_MS) };
  const contract_summary = {
    id: contract_id,
    customer,
    customer_id: chance.id("Cust"),
    currency,
    cycle,
    cycle_start_offset: chance.happens(25) ? chance.whole(0, 27) : null,
    free_cycles: chance.happens(5) ? chance.whole(1, 3) : 0,
    time_zone: chance.one(ZONES.split(" ")),
    created: instant(activationMs - DAY_MS),
    activation: instant(activationMs),
    ...ends,
    status: "active",
    strategy: "feature",
    plan: "Synthetic",
    plan_id,
    configuration: {
      automatic_payment: chance.happens(50),
      due_date_policy: chance.one(["start_of_period", "end_of_period"]),
      invoice_trigger: "immediate",
      usage_period_closing_policy: chance.one(["automatic", "1 hour", "1 day"]),
      ...(chance.happens(10) && { cycle_alignment: "calendar" }),
    },
  };
  const free_trial_days = chance.happens(20) ? chance.whole(7, 30) : 0;
  return JSON.stringify({
    contract_summary,
    plan: {
      id: plan_id,
      name: "Synthetic",
      slug: "synthetic",
      strategy: "feature",
      free_trial_days,
      features,
    },
    ...(chance.happens(40) && { discount: discount(chance) }),
    usage: usageOf(chance, features),
  });
}
