import fc from "fast-check";
import { expect, test } from "vitest";
import { parsePrice } from "../../src/contract/parse.ts";
import type { Price } from "../../src/contract/price.ts";
import { printExact, printPlain } from "../../src/money/printed-amount.ts";
import { ROUNDING_MODES, type RoundingMode } from "../../src/money/rounding.ts";
import { chargeFor } from "../../src/price/charge-for.ts";
import { compilePrice } from "../../src/price/compile-price.ts";
import { exactCharge } from "../../src/price/exact-charge.ts";
import { explainCharge } from "../../src/price/explain-charge.ts";
import { plainCharge } from "../../src/price/plain-charge.ts";
import { fraction, isSame, over, plus, rounded, ZERO } from "../oracle/fraction.ts";
import { naiveCharge } from "../oracle/naive-charge.ts";
import { arbitraryGraduated, arbitraryPrice, atTheGuard, DIGITS, decimal } from "./arbitrary-price.ts";

const mode = fc.constantFrom(...ROUNDING_MODES);

test("law: a charge equals the naive exact reference to the last digit, in every rounding mode and currency", () => {
  fc.assert(
    fc.property(arbitraryPrice, decimal, mode, (given, units, rounding) => {
      const charge = chargeFor(parsePrice(given), units, { rounding });
      const expected = naiveCharge(given, units);
      const ratio = over(fraction(charge.exact_ratio.numerator), fraction(charge.exact_ratio.denominator));
      expect(isSame(ratio, expected)).toBe(true);
      expect(charge.exact === null || isSame(fraction(charge.exact), expected)).toBe(true);
      expect(charge.subtotal).toBe(rounded(expected, DIGITS[given.currency] as number, rounding));
    }),
  );
});

test("law: plain numbers and bigints give one answer", () => {
  const priced = fc.oneof(fc.tuple(arbitraryPrice, decimal), atTheGuard);
  fc.assert(fc.property(priced, mode, ([given, units], rounding) => isOneAnswer(given, units, rounding)));
});

/** Drives both paths with the same inputs. */
function isOneAnswer(given: Price, units: string, rounding: RoundingMode): void {
  const price = compilePrice(parsePrice(given));
  const result = plainCharge(price, units);
  if (result === null) return;
  const { plain, whole, overLimit } = result;
  const exact = exactCharge(price, { units, event_count: null, events: null }, null);
  const ofPlain = 10n ** BigInt(plain.amountScale) * plain.divisor;
  const ofExact = 10n ** BigInt(exact.scale) * exact.divisor;
  expect(isSame({ n: BigInt(whole), d: ofPlain }, { n: exact.whole, d: ofExact })).toBe(true);
  expect(isSame({ n: BigInt(plain.flatFee), d: ofPlain }, { n: exact.flat, d: ofExact })).toBe(true);
  expect(overLimit).toBe(exact.overLimit);
  const { amountScale, divisor, minorDivisor } = plain;
  expect(printPlain(whole, amountScale, divisor, minorDivisor, price.digits, rounding)).toEqual(
    printExact(exact.whole, exact.scale, exact.divisor, price.digits, rounding),
  );
}

test("law: around 2^53, where plain numbers end, a charge equals the naive exact reference on both sides", () => {
  let below = 0;
  let beyond = 0;
  fc.assert(
    fc.property(atTheGuard, mode, ([given, units], rounding) => {
      const price = parsePrice(given);
      const plain = plainCharge(compilePrice(price), units);
      if (plain === null) beyond += 1;
      else if (plain.whole > 2 ** 52) below += 1;
      const expected = naiveCharge(given, units);
      const charge = chargeFor(price, units, { rounding });
      expect(charge.subtotal).toBe(rounded(expected, DIGITS[given.currency] as number, rounding));
      expect(isSame(fraction(charge.exact as string), expected)).toBe(true);
    }),
  );
  // The edge itself is met, and not only in theory.
  expect([below > 10, beyond > 10]).toEqual([true, true]);
});

test("law: an exact ratio is in lowest terms, and its decimal is null exactly where it doesn't terminate", () => {
  fc.assert(
    fc.property(arbitraryPrice, decimal, (given, units) => {
      const { exact, exact_ratio } = chargeFor(parsePrice(given), units);
      const denominator = BigInt(exact_ratio.denominator);
      let [a, b] = [BigInt(exact_ratio.numerator), denominator];
      while (b !== 0n) [a, b] = [b, a % b];
      expect(a).toBe(1n);
      expect(exact !== null).toBe(10n ** 200n % denominator === 0n);
    }),
  );
});

test("law: graduated charges without fees and batches never fall as units grow, and don't jump", () => {
  fc.assert(
    fc.property(arbitraryGraduated, fc.nat(500), fc.nat(500), (given, units, more) => {
      const price = parsePrice(given);
      const at = (quantity: string): { n: bigint; d: bigint } =>
        fraction(chargeFor(price, quantity).exact as string);
      const [low, high] = [at(String(units)), at(String(units + more))];
      expect(low.n * high.d <= high.n * low.d).toBe(true);
      // A millionth of a millionth of a unit costs at most that part of the dearest unit price.
      const details = given.strategy_details as { tiers: readonly { unit_price: string }[] };
      const dearest = details.tiers.reduce((most, tier) => {
        const rate = fraction(tier.unit_price);
        return rate.n * most.d > most.n * rate.d ? rate : most;
      }, fraction("0"));
      const next = at(`${units}.000000000001`);
      expect((next.n * low.d - low.n * next.d) * dearest.d * 10n ** 12n <= dearest.n * next.d * low.d).toBe(
        true,
      );
    }),
  );
});

test("law: batches rounded up never charge less than exact ones, rounded down never more", () => {
  const batched = arbitraryPrice.filter(
    ({ strategy_details: details }) => "batch_size" in details && details.batch_size != null,
  );
  fc.assert(
    fc.property(batched, decimal, (given, units) => {
      const charged = (batch_rounding: "up" | "down" | "none"): { n: bigint; d: bigint } => {
        const strategy_details = { ...given.strategy_details, batch_rounding };
        const { numerator, denominator } = chargeFor(
          parsePrice({ ...given, strategy_details }),
          units,
        ).exact_ratio;
        return { n: BigInt(numerator), d: BigInt(denominator) };
      };
      const [up, none, down] = [charged("up"), charged("none"), charged("down")];
      expect(up.n * none.d >= none.n * up.d).toBe(true);
      expect(none.n * down.d >= down.n * none.d).toBe(true);
    }),
  );
});

test("law: the steps of an explanation add up to the charge exactly", () => {
  fc.assert(
    fc.property(arbitraryPrice, decimal, mode, (given, units, rounding) => {
      const price = parsePrice(given);
      const { steps, exact_ratio, subtotal } = explainCharge(price, units, { rounding });
      const sum = steps.reduce(
        (total, { value_ratio }) =>
          plus(total, { n: BigInt(value_ratio.numerator), d: BigInt(value_ratio.denominator) }),
        ZERO,
      );
      const charge = chargeFor(price, units, { rounding });
      expect(isSame(sum, fraction(subtotal))).toBe(true);
      expect([subtotal, exact_ratio]).toEqual([charge.subtotal, charge.exact_ratio]);
    }),
  );
});
