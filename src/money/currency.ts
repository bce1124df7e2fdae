// Source: ISO 4217 list one, published by SIX (maintenance agency), with amendments up to 180.
// Codes for which the list gives no minor unit (metals, XDR, XSU, XUA, XBA to XBD, XTS, XXX) are left out: no amount can
// be printed in them, so they are unknown here. Codes withdrawn since 2021 stay, since older contracts carry them.

const CODES_BY_DIGITS: readonly (readonly [digits: number, codes: string])[] = [
  [0, "bif clp djf gnf isk jpy kmf krw pyg rwf ugx uyi vnd vuv xaf xof xpf"],
  [3, "bhd iqd jod kwd lyd omr tnd"],
  [4, "clf uyw"],
  [
    2,
    "aed afn all amd aoa ars aud awg azn bam bbd bdt bmd bnd bob bov brl bsd btn bwp byn bzd cad cdf che chf chw cny " +
      "cop cou crc cup cve czk dkk dop dzd egp ern etb eur fjd fkp gbp gel ghs gip gmd gtq gyd hkd hnl htg huf idr " +
      "ils inr irr jmd kes kgs khr kpw kyd kzt lak lbp lkr lrd lsl mad mdl mga mkd mmk mnt mop mru mur mvr mwk mxn " +
      "mxv myr mzn nad ngn nio nok npr nzd pab pen pgk php pkr pln qar ron rsd rub sar sbd scr sdg sek sgd shp sle " +
      "sos srd ssp stn svc syp szl thb tjs tmt top try ttd twd tzs uah usd usn uyu uzs ved ves wst xad xcd xcg yer " +
      "zar zmw zwg",
  ],
  [2, "ang bgn cuc hrk sll zwl"],
];

const DIGITS_OF_CODE: ReadonlyMap<string, number> = new Map(
  CODES_BY_DIGITS.flatMap(([digits, codes]) => codes.split(" ").map((code) => [code, digits] as const)),
);

/** The currency codes that are known, lower-case, in alphabetical order. */
export function currencyCodes(): string[] {
  return [...DIGITS_OF_CODE.keys()].sort();
}

/**
 * The digits after the point of a currency's amounts, undefined for a code that is not known.
 *
 * @rule A3 (currencies)
 */
export function minorUnitDigits(currency: string): number | undefined {
  return DIGITS_OF_CODE.get(currency);
}
