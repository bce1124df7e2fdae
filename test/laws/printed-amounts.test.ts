import fc from "fast-check";
import { expect, test } from "vitest";
import { decimalAmount } from "../../src/money/decimal-amount.ts";
import { readDecimal } from "../../src/money/decimal-text.ts";
import { plainDecimal } from "../../src/money/plain-decimal.ts";
import { printExact, printPlain } from "../../src/money/printed-amount.ts";
import { ratioAmount } from "../../src/money/ratio.ts";
import { ROUNDING_MODES } from "../../src/money/rounding.ts";
import { fraction, isSame, over, rounded } from "../oracle/fraction.ts";

const LARGEST = BigInt(Number.MAX_SAFE_INTEGER);
const mode = fc.constantFrom(...ROUNDING_MODES);

/** Values with many factors of 2, 5 and 10, and at the edge of plain numbers. */
const value = fc.oneof(
  fc.bigInt({ min: 0n, max: 10n ** 6n }),
  fc.bigInt({ min: 0n, max: LARGEST }),
  fc.nat(9).map((below) => LARGEST - BigInt(below)),
  fc.bigInt({ min: 0n, max: 10n ** 50n }),
  fc
    .tuple(fc.nat(40), fc.nat(25), fc.bigInt({ min: 1n, max: 10n ** 9n }))
    .map(([twos, fives, rest]) => 2n ** BigInt(twos) * 5n ** BigInt(fives) * rest),
);

test("law: an amount over a power of ten is printed as its ratio is", () => {
  fc.assert(
    fc.property(value, fc.nat(24), (whole, places) => {
      const expected = ratioAmount({ numerator: whole, denominator: 10n ** BigInt(places) });
      expect(decimalAmount(whole, places)).toEqual(expected);
      if (whole <= LARGEST) expect(decimalAmount(Number(whole), places)).toEqual(expected);
    }),
  );
});

test("ten twos in the last nine digits of a longer number say nothing of the digits before them", () => {
  expect(decimalAmount(15812181504000n, 13)).toEqual({
    exact: "1.5812181504",
    exact_ratio: { numerator: "30883167", denominator: "19531250" },
  });
});

test("law: plain numbers and bigints are printed alike, rounded and exactly, in every mode", () => {
  fc.assert(
    fc.property(value, fc.nat(15), fc.nat(4), mode, (whole, more, digits, rounding) => {
      const places = Math.min(15, digits + more);
      const exactly = over(fraction(whole), fraction(10n ** BigInt(places)));
      const printed = printExact(whole, places, 1n, digits, rounding);
      expect(printed.rounded).toBe(rounded(exactly, digits, rounding));
      if (whole > LARGEST) return;
      const minorDivisor = 10 ** (places - digits);
      expect(printPlain(Number(whole), places, 1n, minorDivisor, digits, rounding)).toEqual(printed);
    }),
  );
});

test("law: a decimal is read in plain numbers exactly where it is short and canonical", () => {
  const text = fc.oneof(
    fc.stringMatching(/^[0-9]{0,9}(\.[0-9]{0,8})?$/),
    fc.stringMatching(/^-?[0-9.]{0,17}$/),
    fc.string({ maxLength: 4 }),
  );
  fc.assert(
    fc.property(text, (given) => {
      const plain = plainDecimal(given);
      const isCanonical = !given.startsWith("-") && readDecimal(given) === given;
      expect(plain !== null).toBe(given.length <= 15 && isCanonical);
      if (plain === null) return;
      const read = over(fraction(plain.digits), fraction(10n ** BigInt(plain.places)));
      expect(isSame(read, fraction(given))).toBe(true);
    }),
  );
});
