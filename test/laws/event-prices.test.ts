import fc from "fast-check";
import { expect, test } from "vitest";
import { chargeFor, explainCharge, type Price, parsePrice } from "../../src/index.ts";
import { ROUNDING_MODES } from "../../src/money/rounding.ts";
import { fraction, isSame, plus, rounded, ZERO } from "../oracle/fraction.ts";
import { meteredCharge } from "../oracle/naive-price.ts";
import { type NaiveEvent, sumOf } from "../oracle/naive-usage.ts";
import { DIGITS } from "./arbitrary-price.ts";

const small = fc
  .tuple(fc.nat(5000), fc.nat(3))
  .map(([digits, places]) => (digits / 10 ** places).toFixed(places));
const optional = (arbitrary: fc.Arbitrary<string>): fc.Arbitrary<string | null> =>
  fc.option(arbitrary, { freq: 2 });

const percentage = fc
  .record({
    rate: fc.constantFrom("0", "1.5", "2.9", "33.333", "100"),
    fixed_fee_per_event: optional(small),
    free_events: fc.option(fc.nat(3)),
    free_amount: optional(small),
    limits: fc.option(fc.tuple(small, small)),
  })
  .map(({ limits, ...details }) => {
    const [minimum, maximum] = (limits ?? []).sort((first, second) => Number(first) - Number(second));
    return {
      pricing_strategy: "percentage",
      ...details,
      minimum_per_event: minimum ?? null,
      maximum_per_event: maximum ?? null,
    };
  });

const usage = fc
  .record({
    included_units: optional(small),
    minimum_units: optional(small),
    batch: fc.option(fc.integer({ min: 1, max: 9 })),
  })
  .map(({ batch, ...details }) => ({
    pricing_strategy: "usage",
    ...details,
    ...(batch !== null && { batch_size: String(batch), batch_rounding: "none" }),
  }));

const entry = fc.record({
  when: fc.constantFrom({ region: "eu" }, { region: "us" }, { region: "eu", premium: true }),
  amount: small,
  strategy_details: fc.oneof(fc.constant(null), usage, percentage),
});

/** A percentage, or prices by the properties of the events. */
const price = fc
  .record({
    amount: small,
    currency: fc.constantFrom("jpy", "usd", "kwd"),
    details: fc.oneof(percentage, usage),
    flat_fee: optional(small),
    by: fc.array(entry, { maxLength: 3 }),
    maximum_charge: optional(fc.nat(10 ** 6).map((above) => String(5000 + above))),
  })
  .filter(({ details, by }) => details.pricing_strategy === "percentage" || by.length > 0)
  .map(
    ({ details, flat_fee, ...rest }) =>
      ({ ...rest, strategy_details: { ...details, flat_fee } }) as unknown as Price,
  );

const event = fc.record({
  units: small,
  properties: fc.option(
    fc.record({ region: fc.constantFrom("eu", "us", "asia"), premium: fc.boolean() }, { requiredKeys: [] }),
  ),
});

const events = fc.array(event, { maxLength: 8 });
const mode = fc.constantFrom(...ROUNDING_MODES);

test("law: prices of events equal the naive exact reference to the last digit, in every rounding mode", () => {
  fc.assert(
    fc.property(price, events, mode, (given, used, rounding) => {
      const charge = chargeFor(parsePrice(given), { events: used }, { rounding });
      const naive = used as unknown as NaiveEvent[];
      const one = { n: 1n, d: 1n };
      const shares = { fixed: one, minimum: one, maximum: one };
      const { whole, flat } = meteredCharge(
        given,
        { units: sumOf(naive), events: naive, assumed: false },
        shares,
      );
      const { numerator, denominator } = charge.exact_ratio;
      expect(isSame({ n: BigInt(numerator), d: BigInt(denominator) }, whole)).toBe(true);
      const digits = DIGITS[given.currency] as number;
      expect(charge.subtotal).toBe(rounded(whole, digits, rounding));
      expect(charge.flat_fee).toBe(rounded(flat, digits, rounding));
    }),
  );
});

test("law: the steps of their explanations add up to the charge exactly", () => {
  fc.assert(
    fc.property(price, events, mode, (given, used, rounding) => {
      const parsed = parsePrice(given);
      const { steps, exact_ratio, subtotal } = explainCharge(parsed, { events: used }, { rounding });
      const sum = steps.reduce(
        (total, { value_ratio: { numerator, denominator } }) =>
          plus(total, { n: BigInt(numerator), d: BigInt(denominator) }),
        ZERO,
      );
      const charge = chargeFor(parsed, { events: used }, { rounding });
      expect(isSame(sum, fraction(subtotal))).toBe(true);
      expect([subtotal, exact_ratio]).toEqual([charge.subtotal, charge.exact_ratio]);
    }),
  );
});
