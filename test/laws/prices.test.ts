import fc from "fast-check";
import { expect, test } from "vitest";
import { parsePrice } from "../../src/contract/parse.ts";
import { ROUNDING_MODES } from "../../src/money/rounding.ts";
import { chargeFor, settleExact, settlePlain } from "../../src/price/charge-for.ts";
import { compilePrice } from "../../src/price/compile-price.ts";
import { explainCharge } from "../../src/price/explain-charge.ts";
import { fraction, isSame, over, plus, rounded, ZERO } from "../oracle/fraction.ts";
import { naiveCharge } from "../oracle/naive-charge.ts";
import { arbitraryGraduated, arbitraryPrice, DIGITS, decimal } from "./arbitrary-price.ts";

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
  fc.assert(
    fc.property(arbitraryPrice, decimal, mode, (given, units, rounding) => {
      const price = parsePrice(given);
      const plain = settlePlain(compilePrice(price), units, rounding);
      if (plain === null) return;
      const exact = settleExact(price, { units, event_count: null, events: null }, rounding, null);
      expect([BigInt(plain.flatMinor), BigInt(plain.wholeMinor)]).toEqual([
        exact.flatMinor,
        exact.wholeMinor,
      ]);
      const [plainWhole, exactWhole] = [plain, exact].map(({ whole, scale, divisor }) => ({
        n: BigInt(whole),
        d: 10n ** BigInt(scale) * divisor,
      }));
      expect(plainWhole && exactWhole && isSame(plainWhole, exactWhole)).toBe(true);
    }),
  );
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
