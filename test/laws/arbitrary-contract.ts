import fc from "fast-check";
import { type Contract, parseContract } from "../../src/index.ts";
import { fraction, isLess } from "../oracle/fraction.ts";
import { trialEndOf } from "../oracle/naive-spans.ts";
import { arbitraryPrice, decimal } from "./arbitrary-price.ts";

type Json = { readonly [name: string]: unknown };

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const CYCLE_DAYS: { readonly [cycle: string]: number } = {
  once: 30,
  hour: 1 / 24,
  day: 1,
  week: 7,
  month: 31,
  quarter: 92,
  year: 366,
  constant: 60,
};

const LAST_OFFSET: { readonly [cycle: string]: number } = { week: 6, month: 30, quarter: 91, year: 365 };

/** Instants around which clocks change, months end or days are missing. */
const MOMENTS: readonly (readonly [zone: string, instant: string])[] = [
  ["Europe/Berlin", "2024-03-31T01:00:00Z"],
  ["Europe/Berlin", "2024-10-27T01:00:00Z"],
  ["America/New_York", "2026-03-08T07:00:00Z"],
  ["America/New_York", "2026-11-01T06:00:00Z"],
  ["Africa/Cairo", "2024-04-25T22:00:00Z"],
  ["Australia/Lord_Howe", "2024-04-06T15:00:00Z"],
  ["America/Sao_Paulo", "2018-11-04T03:00:00Z"],
  ["Asia/Kolkata", "2025-12-31T18:30:00Z"],
  ["America/St_Johns", "2024-02-29T03:30:00Z"],
  ["UTC", "2024-01-31T00:00:00Z"],
  ["UTC", "2024-02-29T12:00:00Z"],
  ["UTC", "2026-01-01T00:00:00Z"],
];

export function textOf(ms: number): string {
  return new Date(ms).toISOString();
}

/** A stretch that is whole days, whole hours, or neither. */
function stretch(mostDays: number): fc.Arbitrary<number> {
  const days = Math.max(1, Math.floor(mostDays));
  return fc.oneof(
    fc.integer({ min: 0, max: days }).map((count) => count * DAY_MS),
    fc.integer({ min: 0, max: days * 24 }).map((count) => count * HOUR_MS),
    fc.integer({ min: 0, max: days * DAY_MS }),
  );
}

/** Present once in `every` times. */
export function optional<Value>(arbitrary: fc.Arbitrary<Value>, every = 2): fc.Arbitrary<Value | undefined> {
  const absent = { weight: every - 1, arbitrary: fc.constant(undefined) };
  return fc.oneof(absent, { weight: 1, arbitrary });
}

/** Leaves out what is undefined, as JSON does. */
function withoutGaps(parts: Json): Json {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
}

const paymentTerms = fc.oneof(
  fc.record({ net_days: fc.integer({ min: 0, max: 60 }) }),
  fc.record({ end_of_month: fc.constant(true), plus_days: fc.integer({ min: 0, max: 31 }) }),
  fc.record({
    proximo: fc.record({
      cutoff_day: fc.integer({ min: 1, max: 31 }),
      months: fc.integer({ min: 0, max: 3 }),
      day: fc.integer({ min: 1, max: 31 }),
    }),
  }),
);

const duePolicy = optional(fc.constantFrom("start_of_period", "end_of_period"));

const configuration = fc
  .record({
    due_date_policy: duePolicy,
    flat_fee_due_date_policy: duePolicy,
    usage_period_closing_policy: optional(
      fc.constantFrom("automatic", "manual", "15 minutes", "1 hour", "1 day", {
        delay: { days: 2, hours: 3, minutes: 10 },
      }),
    ),
    rounding: optional(
      fc.constantFrom("half_up", "half_even", "half_down", "up", "down", "ceiling", "floor"),
    ),
    proration_basis: optional(fc.constantFrom("day", "second", "actual/360", "30/360")),
    stub_charges: optional(fc.constantFrom("prorated", "full", "free")),
    stub_limits: optional(fc.constantFrom("prorated", "full")),
    payment_terms: optional(paymentTerms),
  })
  .map(withoutGaps);

function alignment(cycle: string, startMs: number): fc.Arbitrary<Json> {
  const none = fc.constant({});
  if (cycle === "once" || cycle === "constant") return none;
  const days = CYCLE_DAYS[cycle] as number;
  const offset = fc.integer({ min: 0, max: LAST_OFFSET[cycle] ?? 0 });
  const anchor = fc
    .tuple(stretch(3 * days), fc.boolean())
    .map(([ms, isBefore]) => ({ cycle_anchor: textOf(startMs + (isBefore ? -ms : ms)) }));
  return fc.oneof(
    none,
    anchor,
    offset.map((cycle_start_offset) => ({ cycle_start_offset })),
    offset.map((cycle_start_offset) => ({ cycle_start_offset, cycle_alignment: "anniversary" })),
    fc.constant({ cycle_alignment: "calendar" }),
  );
}

const schedule = fc
  .record({
    cycle: fc.oneof(
      { weight: 5, arbitrary: fc.constant("month") },
      { weight: 4, arbitrary: fc.constantFrom("hour", "day", "week", "quarter", "year") },
      { weight: 1, arbitrary: fc.constantFrom("once", "constant") },
    ),
    moment: fc.constantFrom(...MOMENTS),
    shift: stretch(40),
  })
  .chain(({ cycle, moment: [time_zone, moment], shift }) => {
    const activation = Date.parse(moment) - 20 * DAY_MS + shift;
    const isEndless = cycle === "once" || cycle === "constant";
    const lengths = stretch(4 * (CYCLE_DAYS[cycle] as number));
    const later = lengths.map((ms) => textOf(activation + ms + 1));
    return fc
      .record({
        cycle: fc.constant(cycle),
        cycle_count: isEndless ? fc.constant(undefined) : optional(fc.integer({ min: 1, max: 3 })),
        activation: fc.constant(textOf(activation)),
        time_zone: fc.constant(time_zone),
        trial: fc.oneof(
          { weight: 3, arbitrary: fc.constant({}) },
          fc.constant({ free_trial_end: null }),
          stretch(20).map((ms) => ({ free_trial_end: textOf(activation + ms) })),
          fc.integer({ min: 0, max: 20 }).map((free_trial_days) => ({ free_trial_days })),
        ),
        aligned: alignment(cycle, activation),
        expiration: optional(later, 3),
        moved_at: optional(later, 4),
        free_cycles: optional(fc.integer({ min: 0, max: 2 }), 3),
        configuration,
      })
      .map(({ trial, aligned, configuration: options, ...rest }) => {
        const { free_trial_days, ...trialEnd } = trial as Json;
        const { cycle_alignment, ...grid } = aligned as Json;
        const summary = withoutGaps({
          ...rest,
          ...trialEnd,
          ...grid,
          configuration: withoutGaps({ ...options, cycle_alignment }),
        });
        return { summary, plan: withoutGaps({ free_trial_days }) };
      });
  });

const count = fc.oneof(fc.nat(500).map(String), decimal);
const small = fc
  .tuple(fc.nat(20_000), fc.integer({ min: 0, max: 3 }))
  .map(([digits, places]) => String(digits / 10 ** places));

const percentage = fc
  .record({
    rate: fc.constantFrom("0", "1.5", "2.9", "33.333", "100"),
    fixed_fee_per_event: optional(fc.constantFrom("0", "0.30", "0.015")),
    free_events: optional(fc.nat(3)),
    free_amount: optional(fc.constantFrom("0", "100", "33.333")),
    minimum_per_event: optional(fc.constantFrom("0", "0.5")),
    maximum_per_event: optional(fc.constantFrom("0.5", "20")),
    flat_fee: optional(fc.constantFrom("0", "9.99")),
  })
  .map((parts) => ({ pricing_strategy: "percentage", ...withoutGaps(parts) }));

/** What a part of a matrix costs: a metered strategy without a flat fee. */
const entry = fc.record({
  when: fc.constantFrom({ region: "eu" }, { region: "us" }, { region: "eu", premium: true }, { tier: 2 }),
  amount: fc.constantFrom("0.5", "1.25", null),
  strategy_details: fc.oneof(
    fc.constant(null),
    fc.constant({ pricing_strategy: "usage", included_units: "2" }),
    fc.constant({ pricing_strategy: "usage", maximum_units: "10" }),
    fc.constant({ pricing_strategy: "usage", minimum_units: "10", batch_size: "3" }),
    fc.constant({
      pricing_strategy: "usage_tiered",
      tiers: [
        { up_to: "5", unit_price: "1", flat_fee: "0.5" },
        { up_to: null, unit_price: "0.333" },
      ],
    }),
    percentage.map(({ ...details }) => ({ ...details, flat_fee: undefined })),
  ),
});

function withAmount(part: Json, isNeeded: boolean): Json {
  return {
    ...JSON.parse(JSON.stringify(part)),
    ...(isNeeded && part["amount"] === null && { amount: "0.75" }),
  };
}

const METERED = ["usage", "usage_tiered", "percentage"];

/** Numbers that can be followed by hand, so that failures can. */
const tier = fc.record({ unit_price: small, flat_fee: fc.option(small, { nil: null }) });
const tame = fc
  .record({
    strategy: fc.constantFrom("flat", "per_unit", "unit_tiered", "usage", "usage", "usage_tiered"),
    amount: small,
    flat_fee: optional(small),
    tiers: fc.tuple(tier, tier, tier),
    tier_mode: fc.constantFrom("graduated", "volume"),
    minimum_units: optional(fc.nat(40).map(String), 3),
    included_units: optional(fc.nat(40).map(String), 3),
    maximum_units: optional(fc.nat(200).map(String), 3),
    over_usage_price: optional(small),
    limits: fc.tuple(optional(fc.nat(900), 3), optional(fc.nat(900), 3)),
  })
  .map((parts) => {
    const { strategy, amount, flat_fee, tiers, tier_mode, minimum_units, included_units } = parts;
    const { maximum_units, over_usage_price } = parts;
    const [least, most] = parts.limits;
    const tiered = {
      tier_mode,
      tiers: ["10", "100", null].map((up_to, index) => ({ up_to, ...tiers[index] })),
    };
    const used = { minimum_units, included_units };
    const details = {
      flat: {},
      per_unit: { contracted_unit_count: "7", flat_fee },
      unit_tiered: { contracted_unit_count: "70", flat_fee, ...tiered },
      usage: { flat_fee, ...used, maximum_units, over_usage_price },
      usage_tiered: { flat_fee, ...used, ...tiered },
    }[strategy] as Json;
    const minimum = least ?? 0;
    const maximum = most === undefined ? undefined : Math.max(most, minimum, Number(flat_fee ?? 0));
    return {
      amount,
      strategy_details: withoutGaps({ pricing_strategy: strategy, ...details }),
      ...withoutGaps({
        minimum_charge: least === undefined ? undefined : String(minimum),
        maximum_charge: maximum === undefined ? undefined : String(maximum),
      }),
    };
  });

/** Any price, as a document has it, in a contract's currency. */
const price: fc.Arbitrary<Json> = fc
  .record({
    base: fc.oneof(
      { weight: 6, arbitrary: tame as fc.Arbitrary<object> },
      { weight: 3, arbitrary: arbitraryPrice },
      {
        weight: 1,
        arbitrary: percentage.map((strategy_details) => ({ strategy_details })),
      },
    ),
    simple: fc.boolean(),
    amount: small,
    contracted: count,
    used_unit_count: optional(small, 3),
    free_cycles: optional(fc.nat(2), 4),
    tax_code: optional(fc.constantFrom("standard", "reduced"), 4),
    by: optional(fc.array(entry, { minLength: 1, maxLength: 3 }), 4),
  })
  .map(({ base, simple, amount, contracted, used_unit_count, by, ...rest }) => {
    const { currency: _, ...own } = base as Json & { strategy_details: Json };
    const details = own.strategy_details as { pricing_strategy: string };
    const isMetered = METERED.includes(details.pricing_strategy);
    const isPercentage = details.pricing_strategy === "percentage";
    return withoutGaps({
      ...own,
      ...(!isPercentage && simple && { amount }),
      ...rest,
      strategy_details: withoutGaps({
        ...details,
        ...("contracted_unit_count" in details && { contracted_unit_count: contracted }),
        ...(isMetered && !isPercentage && { used_unit_count }),
      }),
      ...(isMetered && by && { by: by.map((part) => withAmount(part, isPercentage)) }),
    });
  });

function triggers(cycle: string, hasEnd: boolean): readonly string[] {
  const days = CYCLE_DAYS[cycle] as number;
  const isEndless = cycle === "once" || cycle === "constant";
  if (isEndless && !hasEnd) return ["every_cycle", "first_cycle"];
  const own = isEndless
    ? ["week", "month"]
    : ["year", "quarter", "month", ...(days <= 92 ? ["week"] : []), ...(days <= 31 ? ["day"] : [])];
  return ["every_cycle", "every_cycle", "every_cycle", "first_cycle", ...own];
}

function isMeteredPrice(value: Json): boolean {
  return METERED.includes((value["strategy_details"] as { pricing_strategy: string }).pricing_strategy);
}

/** A trigger that suits the price: what is demanded has a contracted price. */
function triggered(value: Json, among: readonly string[]): fc.Arbitrary<Json> {
  const triggers = isMeteredPrice(value) ? among : [...among, "on_demand", "on_demand"];
  return fc
    .constantFrom(undefined, ...triggers)
    .map((charge_trigger) => withoutGaps({ price: value, charge_trigger }));
}

const SLUGS = ["alpha", "beta", "gamma", "delta"];

function planOf(among: readonly string[]): fc.Arbitrary<Json> {
  const priced = price.chain((value) => triggered(value, among));
  const features = fc
    .array(fc.oneof({ weight: 9, arbitrary: priced }, fc.constant({})), { minLength: 1, maxLength: 4 })
    .map((each) => each.map((part, index) => ({ slug: SLUGS[index], ...part })));
  return fc.oneof(
    { weight: 6, arbitrary: features.map((all) => ({ features: all })) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(priced, features)
        .map(([own, all]) => ({ slug: "alpha", strategy: "plan", ...own, features: all })),
    },
    {
      weight: 2,
      arbitrary: fc.tuple(priced, features).map(([group, all]) => ({
        strategy: "group",
        features: all,
        groups: [
          { id: "bundle", name: "Bundle", feature_ids: all.slice(0, 2).map(({ slug }) => slug), ...group },
        ],
      })),
    },
  );
}

function discounts(digits: number): fc.Arbitrary<readonly Json[]> {
  const duration = fc.option(fc.nat(3), { nil: null });
  return fc.array(
    fc.oneof(
      fc.record({
        discount_type: fc.constant("percentage"),
        amount: fc.constantFrom("0", "10", "33.3333", "50", "100"),
        duration,
      }),
      fc.record({
        discount_type: fc.constant("flat"),
        amount: fc.nat(30_000).map((minor) => String(minor / 10 ** digits)),
        duration,
      }),
    ),
    { maxLength: 3 },
  );
}

const CURRENCIES = [
  ["eur", 2],
  ["jpy", 0],
  ["kwd", 3],
] as const;

/** What R9 can say about the prices of a plan. */
function overrides(plan: Json): fc.Arbitrary<Json> {
  const features = (plan["features"] ?? []) as readonly Json[];
  const entries = features.flatMap(({ slug, price: value }) => {
    if (value === undefined) return [];
    const { strategy_details, maximum_charge } = value as Json;
    const details = strategy_details as Json;
    const strategy = String(details["pricing_strategy"]);
    const most = maximum_charge as string | null | undefined;
    const mayCost = (fee: string): boolean => most == null || !isLess(fraction(most), fraction(fee));
    return [
      {
        slug: String(slug),
        configuration: fc.record({
          ...("contracted_unit_count" in details && { units: optional(count) }),
          ...(["flat", "per_unit", "usage"].includes(strategy) && { price: optional(small) }),
          ...(strategy !== "flat" && { flat_fee: optional(small.filter(mayCost)) }),
        }),
      },
    ];
  });
  const all = Object.fromEntries(entries.map(({ slug, configuration: each }) => [slug, optional(each)]));
  return optional(fc.record(all), 3).map((said) =>
    said === undefined
      ? {}
      : { feature_configuration: withoutGaps(JSON.parse(JSON.stringify(said))) as Json },
  );
}

export interface ArbitraryContract {
  readonly document: Contract;
  readonly contract: Contract;
  readonly digits: number;
}

/** Any contract that has a period after its trial: the document, and what the gate makes of it. */
export const arbitraryContract: fc.Arbitrary<ArbitraryContract> = schedule
  .chain(({ summary, plan: trial }) => {
    const among = triggers(summary["cycle"] as string, "expiration" in summary || "moved_at" in summary);
    return fc.tuple(fc.constant({ summary, trial }), planOf(among), fc.constantFrom(...CURRENCIES));
  })
  .chain(([{ summary, trial }, plan, [currency, digits]]) =>
    fc.tuple(discounts(digits), overrides(plan)).map(([given, said]) => {
      const contract_summary = { ...summary, currency };
      const rest = given.length === 1 ? { discount: given[0] } : { discounts: given };
      const document = { contract_summary, plan: { ...plan, ...trial }, ...rest, ...said };
      return { document: document as unknown as Contract, digits };
    }),
  )
  .filter(({ document }) => {
    const { activation, expiration, moved_at } = document.contract_summary;
    const start = trialEndOf(document) ?? Date.parse(activation as string);
    return [expiration, moved_at].every((end) => end == null || Date.parse(end) > start);
  })
  .map(({ document, digits }) => ({ document, digits, contract: parseContract(document) }));
