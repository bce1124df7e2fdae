import { deepStrictEqual } from "node:assert";
import { readFileSync } from "node:fs";
import {
  type BillingPeriod,
  billingPeriodAt,
  type Contract,
  chargesOf,
  contractDetails,
  parseContract,
  projectInvoices,
  type UsageFunction,
} from "../src/index.ts";
import type { Case } from "./measure.ts";
import { type BenchDocument, monthlySums, randomDocuments, tieredDocument } from "./whole-documents.ts";
import { type PeerPeriod, type WholePeer, withDecimalAndTemporal } from "./whole-peers.ts";

const PEER = "decimal.js + Temporal";
/** The same with nothing prepared, as a program does that gets its documents from a store. */
const FROM_STRINGS = `${PEER}, from strings`;
const TAX = "19";
const MONTHS = 14;
const STREAM = 256;
const EXAMPLES = ["team-monthly", "enterprise-yearly", "starter-plan-yen", "lifetime-once"];

/** Instants around clock changes, in short months, at a boundary, and after the discount's last month. */
const INSTANTS = [
  "2025-12-31T09:30:00Z",
  "2026-02-14T12:00:00Z",
  "2026-03-29T00:30:00Z",
  "2026-04-30T08:29:59Z",
  "2026-04-30T08:30:00Z",
  "2026-10-31T09:29:59Z",
  "2027-01-31T23:59:59Z",
];
const AT = "2026-04-14T12:00:00Z";
const YEAR = { from: "2026-02-01T00:00:00Z", to: "2027-02-01T00:00:00Z" };

function periodOf(contract: Contract, at: string): BillingPeriod {
  return billingPeriodAt(contract, at) as BillingPeriod;
}

/** Nothing is timed before both agree. */
function assertAgree(contract: Contract, peer: WholePeer, document: BenchDocument): void {
  const sums = monthlySums(document, INSTANTS.length, 11);
  for (const [index, at] of INSTANTS.entries()) {
    const used = sums[index] ?? {};
    const options = { usage: { sums: used }, at };
    const tax_rates = { default: TAX };
    deepStrictEqual(contractDetails(contract, options), peer.details(used, at));
    deepStrictEqual(
      chargesOf(contract, periodOf(contract, at), { ...options, tax_rates }),
      peer.charges(peer.periodAt(at), used, TAX),
    );
  }
}

function ofTieredDocument(): Case[] {
  const document = tieredDocument();
  const contract = parseContract(document);
  const peer = withDecimalAndTemporal(document);
  const name = `${document.plan.features.length} features x 5 tiers`;
  assertAgree(contract, peer, document);

  const months = monthlySums(document, MONTHS, 12);
  const [sums = {}] = months;
  const period = periodOf(contract, AT);
  const peerPeriod: PeerPeriod = peer.periodAt(AT);
  const options = { usage: { sums }, at: AT };
  const charging = { ...options, tax_rates: { default: TAX } };

  const sumsOf = (index: number) => months[index] ?? {};
  const usage: UsageFunction = (slug, { index }) => sumsOf(index)[slug];
  const ourYear = () => [...projectInvoices(contract, { ...YEAR, usage })];
  const peerYear = () => peer.invoices(sumsOf, YEAR.from, YEAR.to);
  deepStrictEqual(ourYear(), peerYear());

  return [
    {
      name: `contractDetails of ${name}`,
      results: 1,
      ours: () => contractDetails(contract, options),
      peers: {
        [PEER]: () => peer.details(sums, AT),
        [FROM_STRINGS]: () => withDecimalAndTemporal(document).details(sums, AT),
      },
    },
    {
      name: `chargesOf ${name}`,
      results: 1,
      ours: () => chargesOf(contract, period, charging),
      peers: {
        [PEER]: () => peer.charges(peerPeriod, sums, TAX),
        [FROM_STRINGS]: () => withDecimalAndTemporal(document).charges(peerPeriod, sums, TAX),
      },
    },
    {
      name: `projectInvoices, a year of ${name}`,
      results: 1,
      ours: ourYear,
      peers: { [PEER]: peerYear },
    },
    parseCase(name, JSON.stringify(document)),
  ];
}

function parseCase(name: string, text: string): Case {
  const document: unknown = JSON.parse(text);
  return {
    name: `parse ${name}`,
    results: 1,
    ours: () => parseContract(document),
    peers: { "JSON.parse": () => JSON.parse(text) },
  };
}

function exampleCase(name: string): Case {
  const file = new URL(`../examples/${name}.json`, import.meta.url);
  // Without the white space between its fields.
  return parseCase(`examples/${name}.json`, JSON.stringify(JSON.parse(readFileSync(file, "utf8"))));
}

/** What a portfolio is: contracts that are read, priced once and forgotten. */
function streamCases(): Case[] {
  const lines = randomDocuments(STREAM, 13).map((document, index) => {
    const [sums = {}] = monthlySums(document, 1, index);
    return { text: JSON.stringify(document), sums };
  });
  const forAll =
    (answer: (document: BenchDocument, sums: (typeof lines)[number]["sums"]) => unknown) => () => {
      let last: unknown;
      for (const { text, sums } of lines) last = answer(JSON.parse(text), sums);
      return last;
    };
  for (const { text, sums } of lines) {
    const document: BenchDocument = JSON.parse(text);
    const contract = parseContract(document);
    const peer = withDecimalAndTemporal(document);
    const options = { usage: { sums }, at: AT };
    deepStrictEqual(contractDetails(contract, options), peer.details(sums, AT));
    deepStrictEqual(
      chargesOf(contract, periodOf(contract, AT), options),
      peer.charges(peer.periodAt(AT), sums, null),
    );
  }
  const json = forAll((document) => JSON.stringify(document));
  const parsing = forAll((document) => parseContract(document));
  return [
    {
      name: "one contract of a stream: JSON.parse, parseContract, chargesOf",
      results: STREAM,
      ours: forAll((document, sums) => {
        const contract = parseContract(document);
        return chargesOf(contract, periodOf(contract, AT), { usage: { sums }, at: AT });
      }),
      peers: {
        "JSON.parse + JSON.stringify": json,
        "its parsing alone": parsing,
        [`${PEER}, without validation`]: forAll((document, sums) => {
          const peer = withDecimalAndTemporal(document);
          return peer.charges(peer.periodAt(AT), sums, null);
        }),
      },
    },
    {
      name: "one contract of a stream: JSON.parse, parseContract, contractDetails",
      results: STREAM,
      ours: forAll((document, sums) => contractDetails(parseContract(document), { usage: { sums }, at: AT })),
      peers: {
        "JSON.parse + JSON.stringify": json,
        "its parsing alone": parsing,
        [`${PEER}, without validation`]: forAll((document, sums) =>
          withDecimalAndTemporal(document).details(sums, AT),
        ),
      },
    },
  ];
}

/** The benches of the whole path, from a document to its charges. */
export function wholeCases(): readonly Case[] {
  return [...ofTieredDocument(), ...EXAMPLES.map(exampleCase), ...streamCases()];
}
