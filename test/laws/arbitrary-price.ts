import fc from "fast-check";
import type { Price } from "../../src/contract/price.ts";
import { fraction, isLess } from "../oracle/fraction.ts";

/** Currencies of every number of digits. */
export const DIGITS: { readonly [currency: string]: number } = { jpy: 0, usd: 2, kwd: 3, clf: 4 };

/** Decimals of a few digits mostly, of up to 26 before and 12 behind the point sometimes. */
export const decimal: fc.Arbitrary<string> = fc
  .oneof(
    { weight: 6, arbitrary: fc.tuple(fc.nat(5000), fc.integer({ min: 0, max: 4 })) },
    { weight: 2, arbitrary: fc.tuple(fc.nat(2 ** 31 - 1), fc.integer({ min: 0, max: 12 })) },
    // Around the edge where plain numbers stop being exact.
    {
      weight: 1,
      arbitrary: fc.tuple(fc.bigInt({ min: 2n ** 52n, max: 2n ** 54n }), fc.integer({ min: 0, max: 12 })),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 26n - 1n }), fc.integer({ min: 0, max: 12 })),
    },
  )
  .map(([digits, places]) => scaled(digits, places));

const optional = (arbitrary: fc.Arbitrary<string>): fc.Arbitrary<string | null> =>
  fc.option(arbitrary, { freq: 2 });

const MOST_BOUNDS = 4;

/** Up to five tiers whose bounds are multiples of `size`. */
function tiersOf(size: number): fc.Arbitrary<readonly object[]> {
  const bounds = fc.uniqueArray(fc.integer({ min: 1, max: 400 }), { maxLength: MOST_BOUNDS });
  const prices = fc.array(fc.record({ unit_price: decimal, flat_fee: optional(decimal) }), {
    minLength: MOST_BOUNDS + 1,
    maxLength: MOST_BOUNDS + 1,
  });
  return fc.tuple(bounds, prices).map(([steps, each]) => {
    const upper = steps.sort((a, b) => a - b).map((step) => String(step * size));
    return [...upper, null].map((up_to, index) => ({ up_to, ...each[index] }));
  });
}

const batches = fc.option(
  fc.record({
    batch_size: fc.integer({ min: 1, max: 12 }).map(String),
    batch_rounding: fc.constantFrom("up", "down", "none", null),
  }),
  { nil: { batch_size: null, batch_rounding: null } },
);

const tieredParts = batches.chain((batch) =>
  fc.record({
    batch_size: fc.constant(batch.batch_size),
    batch_rounding: fc.constant(batch.batch_rounding),
    tier_mode: fc.constantFrom("graduated", "volume", null),
    tiers: tiersOf(Number(batch.batch_size ?? 1)),
    flat_fee: optional(decimal),
  }),
);

const unitTiered = tieredParts.map((parts) => ({
  pricing_strategy: "unit_tiered",
  contracted_unit_count: "1",
  ...parts,
}));

const usageTiered = fc
  .tuple(tieredParts, optional(decimal), optional(decimal))
  .map(([parts, included_units, minimum_units]) => ({
    pricing_strategy: "usage_tiered",
    included_units,
    minimum_units,
    ...parts,
  }));

const usage = fc
  .tuple(
    batches,
    fc.record({
      included_units: optional(decimal),
      minimum_units: optional(decimal),
      maximum_units: optional(decimal),
      over_usage_price: optional(decimal),
      over_usage_charge_strategy: fc.constantFrom("extra_usage_overcharge", "all_usage_overcharge", null),
      flat_fee: optional(decimal),
    }),
  )
  .map(([batch, parts]) => ({ pricing_strategy: "usage", ...batch, ...parts }));

const perUnit = fc.tuple(decimal, optional(decimal)).map(([contracted_unit_count, flat_fee]) => ({
  pricing_strategy: "per_unit",
  contracted_unit_count,
  flat_fee,
}));

/** Graduated tiers without fees, batches and limits. */
export const arbitraryGraduated: fc.Arbitrary<Price> = fc.tuple(tiersOf(1)).map(([tiers]) => {
  const strategy_details = {
    pricing_strategy: "usage_tiered",
    tiers: tiers.map((tier) => ({ ...tier, flat_fee: null })),
  };
  return { amount: "0", currency: "usd", strategy_details } as unknown as Price;
});

/** Any valid price over one quantity, as a document has it. */
export const arbitraryPrice: fc.Arbitrary<Price> = fc
  .record({
    amount: decimal,
    currency: fc.constantFrom(...Object.keys(DIGITS)),
    strategy_details: fc.oneof(
      usage,
      usageTiered,
      unitTiered,
      perUnit,
      fc.constant({ pricing_strategy: "flat" }),
    ),
    limits: fc.tuple(optional(decimal), optional(decimal)),
  })
  .map(({ limits: [least, most], ...price }) => {
    const fee = (price.strategy_details as { flat_fee?: string | null }).flat_fee ?? "0";
    const maximum = most !== null && isLess(fraction(most), fraction(fee)) ? fee : most;
    const minimum =
      least !== null && maximum !== null && isLess(fraction(maximum), fraction(least)) ? maximum : least;
    return { ...price, minimum_charge: minimum, maximum_charge: maximum } as Price;
  });

/** A price and a quantity whose charge is next to 2^53 in its smallest unit: there plain numbers end. */
export const atTheGuard: fc.Arbitrary<readonly [Price, string]> = fc
  .record({
    currency: fc.constantFrom("jpy", "usd", "kwd"),
    rate: fc.integer({ min: 10, max: 10 ** 6 }),
    pricePlaces: fc.nat(4),
    unitPlaces: fc.nat(3),
    steps: fc.integer({ min: -3, max: 3 }),
    flatFee: fc.option(fc.nat(999)),
    upTo: fc.option(fc.integer({ min: 1, max: 10 ** 6 })),
  })
  .map(({ currency, rate, pricePlaces, unitPlaces, steps, flatFee, upTo }) => {
    const unitPrice = scaled(rate, pricePlaces);
    const strategy_details = {
      pricing_strategy: "usage_tiered",
      flat_fee: flatFee === null ? null : String(flatFee),
      tiers: [
        ...(upTo === null ? [] : [{ up_to: String(upTo), unit_price: unitPrice }]),
        { up_to: null, unit_price: unitPrice },
      ],
    };
    // The charge is a whole number of 10^-(decimals of the price, at least the currency's, and of the quantity).
    const amountPlaces = Math.max(pricePlaces, DIGITS[currency] as number);
    const perStep = BigInt(rate) * 10n ** BigInt(amountPlaces - pricePlaces);
    const fee = BigInt(flatFee ?? 0) * 10n ** BigInt(amountPlaces + unitPlaces);
    const units = (2n ** 53n - fee) / perStep + BigInt(steps);
    return [{ amount: "0", currency, strategy_details } as unknown as Price, scaled(units, unitPlaces)];
  });

function scaled(digits: number | bigint, places: number): string {
  const text = String(digits).padStart(places + 1, "0");
  return places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`;
}
