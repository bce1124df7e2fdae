import { chargeFor, type Price, parsePrice } from "../src/index.ts";
import type { Case } from "./measure.ts";
import {
  assertAgree,
  type BenchTier,
  type ChargeOfUnits,
  withBareNumbers,
  withBig,
  withBigNumber,
  withDecimal,
  withDinero,
} from "./price-peers.ts";
import { randomNumbers } from "./random.ts";

const QUANTITIES = 256;
const FEATURES = 20;

const TIERS: readonly BenchTier[] = [
  { up_to: "1000", unit_price: "0.02" },
  { up_to: "10000", unit_price: "0.015" },
  { up_to: "100000", unit_price: "0.0105" },
  { up_to: "1000000", unit_price: "0.005" },
  { up_to: null, unit_price: "0.0025" },
];

const WIDE_TIERS: readonly BenchTier[] = [
  { up_to: "1000", unit_price: "1.123456789012" },
  { up_to: "1000000", unit_price: "0.987654321098" },
  { up_to: "1000000000", unit_price: "0.876543210987" },
  { up_to: "1000000000000", unit_price: "0.765432109876" },
  { up_to: null, unit_price: "0.654321098765" },
];

function documentOf(tiers: readonly BenchTier[]): object {
  return { currency: "usd", strategy_details: { pricing_strategy: "usage_tiered", tiers } };
}

const random = randomNumbers(1);

/** A quantity in each tier as often as in the others. */
function wholeUnits(): number {
  return Math.floor(10 ** (1 + 6 * random()));
}

function withDecimals(whole: number, places: number): string {
  const decimals = String(Math.floor(random() * 10 ** places))
    .padStart(places, "0")
    .replace(/0+$/, "");
  return decimals === "" ? String(whole) : `${whole}.${decimals}`;
}

const QUANTITIES_OF = {
  S: Array.from({ length: QUANTITIES }, () => String(wholeUnits())),
  R: Array.from({ length: QUANTITIES }, (_, index) => withDecimals(wholeUnits(), index % 7)),
  W: Array.from({ length: QUANTITIES }, () => withDecimals(Math.floor(10 ** 14 * (1 + 9 * random())), 12)),
};

function peersOf(tiers: readonly BenchTier[]): { readonly [name: string]: ChargeOfUnits } {
  return {
    "decimal.js": withDecimal(tiers),
    "big.js": withBig(tiers),
    "bignumber.js": withBigNumber(tiers),
    "dinero.js": withDinero(tiers),
  };
}

function forAll(charge: (units: string) => unknown, quantities: readonly string[]): () => unknown {
  return () => {
    let last: unknown;
    for (const units of quantities) last = charge(units);
    return last;
  };
}

function chargeCase(
  name: string,
  tiers: readonly BenchTier[],
  quantities: readonly string[],
  bareScale?: number,
): Case {
  const price = parsePrice(documentOf(tiers));
  const ours: ChargeOfUnits = (units) => chargeFor(price, units);
  const peers = peersOf(tiers);
  assertAgree(ours, peers, quantities);
  const bare =
    bareScale === undefined
      ? {}
      : { "bare numbers, cents only": forAll(withBareNumbers(tiers, bareScale), quantities) };
  return {
    name: `one charge, 5 graduated tiers: ${name}`,
    results: quantities.length,
    ours: forAll(ours, quantities),
    peers: {
      ...Object.fromEntries(
        Object.entries(peers).map(([peer, charge]) => [peer, forAll(charge, quantities)]),
      ),
      ...bare,
    },
  };
}

/** Twenty different prices, one quantity each: what a price preview does at every move of a slider. */
function previewCase(): Case {
  const tiersOf = (feature: number): BenchTier[] =>
    TIERS.map(({ up_to, unit_price }) => ({
      up_to,
      unit_price: (Number(unit_price) * (feature + 1)).toFixed(4),
    }));
  const features = Array.from({ length: FEATURES }, (_, index) => tiersOf(index));
  const prices = features.map((tiers): Price => parsePrice(documentOf(tiers)));
  const quantities = QUANTITIES_OF.S.slice(0, FEATURES);
  const ours = (): unknown => prices.map((price, index) => chargeFor(price, quantities[index]));
  const preparedPeers = features.map((tiers) => peersOf(tiers));
  for (const [index, peers] of preparedPeers.entries()) {
    assertAgree((units) => chargeFor(prices[index] as Price, units), peers, quantities);
  }
  const names = ["decimal.js", "big.js", "bignumber.js", "dinero.js"];
  const ofPeer = (name: string) => {
    const charges = preparedPeers.map((peers) => peers[name] as ChargeOfUnits);
    return (): unknown => charges.map((charge, index) => charge(quantities[index] as string));
  };
  const fromStrings = (): unknown =>
    features.map((tiers, index) => withDecimal(tiers)(quantities[index] as string));
  const bare = features.map((tiers) => withBareNumbers(tiers, 4));
  return {
    name: `preview of ${FEATURES} features x 5 tiers`,
    results: 1,
    ours,
    peers: {
      ...Object.fromEntries(names.map((name) => [name, ofPeer(name)])),
      "decimal.js, tiers from strings": fromStrings,
      "bare numbers, cents only": () => bare.map((charge, index) => charge(quantities[index] as string)),
    },
  };
}

/** From a document that was never seen to its first charge; ours validates it on the way, so that time is shown too. */
function coldCase(): Case {
  const document = documentOf(TIERS);
  const units = QUANTITIES_OF.S[0] as string;
  return {
    name: "parse, compile and one charge, 5 tiers, cold",
    results: 1,
    ours: () => chargeFor(parsePrice(document), units),
    peers: {
      "its parsing alone": () => parsePrice(document),
      "decimal.js, without validation": () => withDecimal(TIERS)(units),
    },
  };
}

/** The benches of prices. */
export function priceCases(): readonly Case[] {
  return [
    chargeCase("integer usage (S)", TIERS, QUANTITIES_OF.S, 4),
    chargeCase("mix of fractions (R)", TIERS, QUANTITIES_OF.R),
    chargeCase("15 digits x 12 decimals (W)", WIDE_TIERS, QUANTITIES_OF.W),
    previewCase(),
    coldCase(),
  ];
}
