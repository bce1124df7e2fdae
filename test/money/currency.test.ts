import { describe, expect, test } from "vitest";
import { currencyCodes, minorUnitDigits } from "../../src/money/currency.ts";

/** ICU follows CLDR: where the smallest coin is no longer in use it prints no decimals, though ISO 4217 has them. */
const FEWER_DIGITS_IN_ICU =
  "afn all cop huf idr iqd irr kpw lak lbp mga mmk pkr rsd sll sos syp tzs yer".split(" ");

describe("minorUnitDigits", () => {
  test("knows currencies of no, two, three and four digits", () => {
    for (const code of "bif clp djf gnf isk jpy kmf krw pyg rwf ugx uyi vnd vuv xaf xof xpf".split(" ")) {
      expect(minorUnitDigits(code), code).toBe(0);
    }
    for (const code of ["usd", "eur", "gbp", "brl", "ars", "huf", "mga", "mru", "uyu", "xcg", "zwg"]) {
      expect(minorUnitDigits(code), code).toBe(2);
    }
    for (const code of "bhd iqd jod kwd lyd omr tnd".split(" ")) expect(minorUnitDigits(code), code).toBe(3);
    for (const code of ["clf", "uyw"]) expect(minorUnitDigits(code), code).toBe(4);
  });

  test("does not know codes without minor units, upper case, inherited names or anything else", () => {
    for (const code of ["xdr", "xau", "xag", "xsu", "xua", "xba", "xts", "xxx"]) {
      expect(minorUnitDigits(code), code).toBeUndefined();
    }
    for (const code of ["USD", "us", "usdx", "", " usd", "constructor", "__proto__", "toString", "btc"]) {
      expect(minorUnitDigits(code), code).toBeUndefined();
    }
  });
});

/** Codes of funds and units of account, which ICU does not list, and currencies newer than some of its versions. */
const NOT_LISTED_BY_ICU = "bov che chw clf cou mxv usn uyi uyw sle ved xad xcg zwg".split(" ");

/** What ICU lists and has no minor unit in ISO 4217. */
const WITHOUT_MINOR_UNIT = ["xdr", "xsu", "xua"];

describe("against the platform's own list", () => {
  const platform = Intl.supportedValuesOf("currency").map((code) => code.toLowerCase());

  test("the two differ by funds, by newer codes and by what has no minor unit", () => {
    const surplus = currencyCodes().filter((code) => !platform.includes(code));
    expect(surplus.filter((code) => !NOT_LISTED_BY_ICU.includes(code))).toEqual([]);
    const missing = platform.filter((code) => minorUnitDigits(code) === undefined);
    expect(missing.filter((code) => !WITHOUT_MINOR_UNIT.includes(code))).toEqual([]);
  });

  test("digits differ only where CLDR says that the small coins are out of use", () => {
    const differing = currencyCodes().filter((code) => {
      const format = new Intl.NumberFormat("en", { style: "currency", currency: code.toUpperCase() });
      return format.resolvedOptions().maximumFractionDigits !== minorUnitDigits(code);
    });
    expect(differing.filter((code) => !FEWER_DIGITS_IN_ICU.includes(code))).toEqual([]);
  });
});
