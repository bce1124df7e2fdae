import "../fast-check-from-environment.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allocate, allocateMinor } from "../../src/money/allocate.ts";
import {
  addAmounts,
  compareAmounts,
  formatMinor,
  fromMinorUnits,
  roundAmount,
  toMinorUnits,
} from "../../src/money/amounts.ts";
import { currencyCodes, minorUnitDigits } from "../../src/money/currency.ts";
import { decimalPlaces, fromScaled, toScaledBigint, toScaledNumber } from "../../src/money/integer.ts";
import { addMinor, shareOfMinor, subtractMinor } from "../../src/money/minor.ts";
import { divideRounded, divideRoundedNumber, dropDigits, ROUNDING_MODES } from "../../src/money/rounding.ts";
import { decimalText, toDecimal } from "../oracle/decimal.ts";

const mode = fc.constantFrom(...ROUNDING_MODES);
const currency = fc.constantFrom("jpy", "usd", "kwd", "clf");
const places = fc.integer({ min: 0, max: 12 });
const integer = fc.oneof(
  fc.bigInt({ min: -1000n, max: 1000n }),
  fc.bigInt({ min: -(2n ** 53n) - 9n, max: 2n ** 53n + 9n }),
  fc.bigInt({ min: 2n ** 53n - 9n, max: 2n ** 53n + 9n }),
  fc.bigInt({ min: -(10n ** 26n) + 1n, max: 10n ** 26n - 1n }),
);
/** A decimal text as the gate lets it pass, with as many digits behind the point as the scale says. */
const decimal = fc.tuple(integer, places).map(([value, scale]) => fromScaled(value, scale));
const safe = fc.oneof(
  fc.maxSafeInteger(),
  fc.integer({ min: -10_000, max: 10_000 }),
  fc.integer({ min: 0, max: 50 }).map((below) => Number.MAX_SAFE_INTEGER - below),
);

const abs = (value: bigint): bigint => (value < 0n ? -value : value);

describe("scaled integers", () => {
  test("reading and printing are inverse, and agree with decimal.js", () => {
    fc.assert(
      fc.property(integer, places, fc.integer({ min: 0, max: 24 }), (value, scale, more) => {
        const text = fromScaled(value, scale);
        expect(text).toBe(decimalText(toDecimal(value.toString()).times(`1e-${scale}`)));
        expect(toScaledBigint(text, scale + more)).toBe(value * 10n ** BigInt(more));
        expect(decimalPlaces(text)).toBeLessThanOrEqual(scale);
      }),
    );
  });

  test("the number path gives the bigint's answer or says that it can't", () => {
    fc.assert(
      fc.property(integer, places, fc.integer({ min: 0, max: 24 }), (value, scale, more) => {
        const text = fromScaled(value, scale);
        const exact = toScaledBigint(text, scale + more);
        const plain = toScaledNumber(text, scale + more);
        if (abs(exact) < 2n ** 53n) {
          expect(Object.is(plain, Number(exact))).toBe(true);
          expect(fromScaled(plain, scale + more)).toBe(text);
        } else expect(plain).toBeNaN();
      }),
    );
  });
});

describe("rounding", () => {
  test("numbers and bigints round alike in every mode", () => {
    fc.assert(
      fc.property(safe, safe, mode, (first, second, by) => {
        const numerator = Math.abs(first);
        const denominator = Math.abs(second) || 1;
        const exact = divideRounded(BigInt(numerator), BigInt(denominator), by);
        expect(Object.is(divideRoundedNumber(numerator, denominator, by), Number(exact))).toBe(true);
      }),
    );
  });

  test("dropping digits is dividing by a power of ten", () => {
    // Ties and nines are rare among random digits.
    const digits = fc.oneof(
      integer.map(abs),
      fc
        .tuple(fc.nat(100), fc.constantFrom(5n, 50n, 500n, 99n, 995n), fc.nat(6))
        .map(([head, tail, zeros]) => BigInt(head) * 1000n + tail * 10n ** BigInt(zeros)),
    );
    fc.assert(
      fc.property(digits, fc.nat(30), mode, (value, dropped, by) => {
        const expected = divideRounded(value, 10n ** BigInt(dropped), by);
        expect(dropDigits(value.toString(), dropped, by)).toBe(expected.toString());
      }),
    );
  });

  test("lands within one unit, within half a one for the half modes, on the side that the mode names", () => {
    fc.assert(
      fc.property(integer, integer, mode, (numerator, divisor, by) => {
        const denominator = abs(divisor) || 1n;
        const distance = divideRounded(numerator, denominator, by) * denominator - numerator;
        expect(abs(distance)).toBeLessThan(denominator);
        if (by.startsWith("half")) expect(2n * abs(distance)).toBeLessThanOrEqual(denominator);
        if (by === "ceiling" || (by === "up" && numerator > 0n) || (by === "down" && numerator < 0n)) {
          expect(distance).toBeGreaterThanOrEqual(0n);
        }
        if (by === "floor" || (by === "up" && numerator < 0n) || (by === "down" && numerator > 0n)) {
          expect(distance).toBeLessThanOrEqual(0n);
        }
      }),
    );
  });

  test("modes that don't look at the sign mirror, ceiling mirrors floor", () => {
    fc.assert(
      fc.property(integer, integer, mode, (numerator, divisor, by) => {
        const denominator = abs(divisor) || 1n;
        const mirrored = by === "ceiling" ? "floor" : by === "floor" ? "ceiling" : by;
        expect(divideRounded(-numerator, denominator, by)).toBe(
          -divideRounded(numerator, denominator, mirrored),
        );
      }),
    );
  });
});

describe("amounts", () => {
  test("rounding a rounded amount changes nothing", () => {
    fc.assert(
      fc.property(decimal, currency, mode, mode, (amount, code, first, second) => {
        fc.pre(Math.abs(Number(amount)) < 1e25);
        const once = roundAmount(amount, code, first);
        expect(roundAmount(once, code, second)).toBe(once);
      }),
    );
  });

  test("a printed amount has the currency's digits, no exponent and no negative zero", () => {
    fc.assert(
      fc.property(decimal, currency, mode, (amount, code, by) => {
        const digits = minorUnitDigits(code) as number;
        const printed = roundAmount(amount, code, by);
        expect(printed).toMatch(digits === 0 ? /^-?\d+$/ : new RegExp(`^-?\\d+\\.\\d{${digits}}$`));
        expect(printed).not.toMatch(/^-[0.]*$/);
      }),
    );
  });

  test("minor units go to and fro in every currency", () => {
    fc.assert(
      fc.property(integer, fc.constantFrom(...currencyCodes()), (value, code) => {
        const minor = value / 10n;
        expect(toMinorUnits(fromMinorUnits(minor, code), code)).toBe(minor);
      }),
    );
  });

  test("a sum doesn't depend on the order and equals the sum of the rounded amounts", () => {
    fc.assert(
      fc.property(fc.array(decimal), currency, mode, (amounts, code, by) => {
        const rounded = amounts.map((amount) => toMinorUnitsOfSum(roundAmount(amount, code, by)));
        const sum = rounded.reduce((total, minor) => total + minor, 0n);
        const printed = addAmounts(amounts, code, by);
        expect(printed).toBe(formatMinor(sum, minorUnitDigits(code) as number));
        expect(addAmounts([...amounts].reverse(), code, by)).toBe(printed);
      }),
    );
  });

  test("comparing agrees with decimal.js and is antisymmetric", () => {
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        expect(compareAmounts(a, b)).toBe(toDecimal(a).comparedTo(b));
        expect(compareAmounts(a, b) + compareAmounts(b, a)).toBe(0);
        expect(compareAmounts(a, a)).toBe(0);
      }),
    );
  });
});

describe("allocation", () => {
  const weights = fc.array(
    fc.oneof(fc.bigInt({ min: 0n, max: 20n }), fc.bigInt({ min: 0n, max: 10n ** 28n })),
    {
      minLength: 1,
      maxLength: 12,
    },
  );

  test("parts sum to the total, each within one unit of its exact share", () => {
    fc.assert(
      fc.property(integer, weights, (total, shares) => {
        const sum = shares.reduce((all, share) => all + share, 0n);
        fc.pre(sum > 0n);
        const parts = allocateMinor(total, shares).map(BigInt);
        expect(parts.reduce((all, part) => all + part, 0n)).toBe(total);
        for (const [index, share] of shares.entries()) {
          expect(abs((parts[index] as bigint) * sum - total * share)).toBeLessThan(sum);
        }
      }),
    );
  });

  test("plain numbers are shared out as bigints are, whatever their size", () => {
    const plain = fc.oneof(fc.nat({ max: 1000 }), fc.nat({ max: 1_000_000_000 }), fc.maxSafeNat());
    fc.assert(
      fc.property(plain, fc.array(plain, { minLength: 1, maxLength: 12 }), (total, shares) => {
        fc.pre(total === 0 || shares.some((share) => share > 0));
        const exact = allocateMinor(BigInt(total), shares.map(BigInt));
        expect(allocateMinor(total, shares).map(BigInt)).toEqual(exact.map(BigInt));
      }),
    );
  });

  test("no part exceeds its weight where the total doesn't exceed their sum", () => {
    fc.assert(
      fc.property(weights, fc.nat({ max: 1_000_000 }), (shares, millionths) => {
        const sum = shares.reduce((all, share) => all + share, 0n);
        const total = (sum * BigInt(millionths)) / 1_000_000n;
        for (const [index, part] of allocateMinor(total, shares).entries()) {
          expect(part).toBeGreaterThanOrEqual(0n);
          expect(part).toBeLessThanOrEqual(shares[index] as bigint);
        }
      }),
    );
  });

  test("of equal weights an earlier one never gets less", () => {
    fc.assert(
      fc.property(integer, weights, (total, shares) => {
        fc.pre(shares.some((share) => share > 0n));
        const parts = allocateMinor(abs(total), shares);
        for (const [later, share] of shares.entries()) {
          const earlier = shares.indexOf(share);
          expect(parts[earlier] as bigint).toBeGreaterThanOrEqual(parts[later] as bigint);
        }
      }),
    );
  });

  test("amounts allocate as their minor units do", () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.array(fc.nat(), { minLength: 1, maxLength: 6 }),
        currency,
        (total, shares, code) => {
          fc.pre(shares.some((share) => share > 0));
          const parts = allocateMinor(BigInt(total), shares.map(BigInt));
          expect(allocate(fromMinorUnits(total, code), shares, code)).toEqual(
            parts.map((part) => fromMinorUnits(part, code)),
          );
        },
      ),
    );
  });
});

/** Sums may exceed the limit of one amount, so they aren't read through it. */
function toMinorUnitsOfSum(printed: string): bigint {
  return BigInt(printed.replace(".", ""));
}

describe("minor units", () => {
  const minor = fc.oneof(safe, fc.integer({ min: -1000, max: 1000 }));
  const ratio = fc.oneof(fc.nat({ max: 10_000 }), fc.maxSafeNat()).map(BigInt);

  test("plain numbers add, subtract and are shared as bigints are", () => {
    fc.assert(
      fc.property(minor, minor, ratio, ratio, mode, (a, b, numerator, denominator, rounding) => {
        expect(BigInt(addMinor(a, b))).toBe(BigInt(a) + BigInt(b));
        expect(BigInt(subtractMinor(a, b))).toBe(BigInt(a) - BigInt(b));
        const [amount, divisor] = [Math.abs(a), denominator + 1n];
        const share = divideRounded(BigInt(amount) * numerator, divisor, rounding);
        expect(BigInt(shareOfMinor(amount, numerator, divisor, rounding))).toBe(share);
      }),
    );
  });
});
