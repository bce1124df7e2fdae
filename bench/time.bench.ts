import { isDeepStrictEqual } from "node:util";
import { type BillingPeriod, billingPeriodAt, billingPeriods, parseSchedule } from "../src/periods.ts";
import type { Case, Task } from "./measure.ts";
import { randomNumbers } from "./random.ts";
import {
  type MonthlyPeriods,
  type MonthlyPeriodsOf,
  withDateFnsTz,
  withLuxon,
  withRRule,
  withTemporal,
  withTZDate,
} from "./time-peers.ts";

const PEERS: { readonly [name: string]: MonthlyPeriodsOf } = {
  "temporal-polyfill": withTemporal,
  "date-fns + date-fns-tz": withDateFnsTz,
  "@date-fns/tz": withTZDate,
  luxon: withLuxon,
  rrule: withRRule,
};
/** Walks from the first cycle: asked about one contract only, so that an old one doesn't take minutes. */
const SLOW = "rrule";

const ZONES = ["Europe/Berlin", "UTC"];
const AGES = [1, 24, 240, 1200];
const CONTRACTS = 16;
const DAY_MS = 86_400_000;
const MONTH_MS = 365.2425 * (DAY_MS / 12);

/** Anchors of other times of day, all on the 31st. */
const ANCHORS = Array.from(
  { length: CONTRACTS },
  (_, index) => new Date(Date.UTC(2024, 0, 31, 1, index * 77)),
);

/** Where the clocks of Europe/Berlin skip or repeat 02:30 on a 31st, the instants around that. */
const HARD_ANCHORS = ["2024-01-31T01:30:00Z", "2027-01-31T01:30:00Z"].map((text) => new Date(text));
const HARD_INSTANTS = [
  "2024-03-31T00:45:00Z",
  "2024-03-31T12:00:00Z",
  "2027-10-31T00:45:00Z",
  "2027-10-31T12:00:00Z",
];

const random = randomNumbers(3);

function ours(anchor: Date, timeZone: string): MonthlyPeriods {
  const schedule = parseSchedule({ cycle: "month", time_zone: timeZone, activation: anchor.toISOString() });
  return {
    at: (instant) => billingPeriodAt(schedule, instant) as BillingPeriod,
    first: (count) => billingPeriods(schedule, { from: anchor, count }),
  };
}

/** The answers of ours or of a peer over the first so many contracts. */
type Answers = (of: MonthlyPeriodsOf, contracts: number) => BillingPeriod[];

/** What is asked where the clocks are changed. */
function hardAnswers(of: MonthlyPeriodsOf, zone: string): BillingPeriod[] {
  return HARD_ANCHORS.flatMap((anchor) => {
    const contract = of(anchor, zone);
    return HARD_INSTANTS.map((text) => new Date(text))
      .filter((instant) => instant > anchor)
      .map(contract.at);
  });
}

/** What peers answer wrong, as the printed table says it; ours is what Temporal says, or the bench ends here. */
function wrongOnes(zone: string, answers: Answers): { [peer: string]: string } {
  const wrong: { [peer: string]: string } = {};
  for (const [peer, of] of Object.entries(PEERS)) {
    const contracts = peer === SLOW ? 1 : CONTRACTS;
    const [right, theirs] = [ours, of].map((each) => [
      ...answers(each, contracts),
      ...hardAnswers(each, zone),
    ]) as [BillingPeriod[], BillingPeriod[]];
    const count = right.filter((each, index) => !isDeepStrictEqual(each, theirs[index])).length;
    if (count > 0) wrong[peer] = `wrong in ${count} of ${right.length}`;
  }
  if (wrong["temporal-polyfill"] !== undefined) throw new Error(`${zone}: not what Temporal answers`);
  return wrong;
}

interface Question {
  readonly contract: number;
  readonly instant: Date;
}

/** Two instants a contract, in different periods: what was found last is no help. */
function questionsAt(age: number): Question[] {
  const asked = [0, 1].map((later) =>
    ANCHORS.map((anchor, contract) => ({
      contract,
      // Days after the boundary, and before the next one.
      instant: new Date(
        Math.floor(anchor.getTime() + (age + later) * MONTH_MS + (3 + random() * 20) * DAY_MS),
      ),
    })),
  );
  return asked.flat();
}

function asking(of: MonthlyPeriodsOf, zone: string, questions: readonly Question[]): () => unknown {
  const contracts = ANCHORS.map((anchor) => of(anchor, zone));
  return () => {
    let last: unknown;
    for (const { contract, instant } of questions) last = (contracts[contract] as MonthlyPeriods).at(instant);
    return last;
  };
}

function ageCase(zone: string, age: number): Case {
  const questions = questionsAt(age);
  const few = questions.slice(0, 1);
  const peers = Object.entries(PEERS).map(([peer, of]): [string, Task] =>
    peer === SLOW
      ? [peer, { results: few.length, run: asking(of, zone, few) }]
      : [peer, asking(of, zone, questions)],
  );
  return {
    name: `period of an instant, ${age} ${age === 1 ? "month" : "months"} in, ${zone}`,
    results: questions.length,
    ours: asking(ours, zone, questions),
    peers: Object.fromEntries(peers),
    wrong: wrongOnes(zone, (of, contracts) =>
      questions
        .filter(({ contract }) => contract < contracts)
        .map(({ contract, instant }) => of(ANCHORS[contract] as Date, zone).at(instant)),
    ),
  };
}

/** The same work at both ages, so that their ratio is one of the same run. */
function growthCase(zone: string): Case {
  return {
    name: `period of an instant, 1200 months in against 1 month in, ${zone}`,
    results: 2 * CONTRACTS,
    ours: asking(ours, zone, questionsAt(1200)),
    peers: { "pure-billing, 1 month in": asking(ours, zone, questionsAt(1)) },
  };
}

function row(of: MonthlyPeriodsOf, zone: string, count: number, anchors: readonly Date[]): () => unknown {
  const contracts = anchors.map((anchor) => of(anchor, zone));
  return () => {
    let last: unknown;
    for (const contract of contracts) last = contract.first(count);
    return last;
  };
}

function rowCase(zone: string, count: number): Case {
  const anchors = count > 100 ? ANCHORS.slice(0, 1) : ANCHORS;
  const few = ANCHORS.slice(0, 1);
  const peers = Object.entries(PEERS).map(([peer, of]): [string, Task] =>
    peer === SLOW
      ? [peer, { results: few.length, run: row(of, zone, count, few) }]
      : [peer, row(of, zone, count, anchors)],
  );
  return {
    name: `${count} monthly periods, ${zone}`,
    results: anchors.length,
    ours: row(ours, zone, count, anchors),
    peers: Object.fromEntries(peers),
    wrong: wrongOnes(zone, (of, contracts) =>
      anchors.slice(0, contracts).flatMap((anchor) => of(anchor, zone).first(count)),
    ),
  };
}

/** The benches of time. */
export function timeCases(): readonly Case[] {
  // Some peers read the time zone of the process: this is the one in which they are right most often.
  process.env.TZ = "UTC";
  return ZONES.flatMap((zone) => [
    ...AGES.map((age) => ageCase(zone, age)),
    growthCase(zone),
    rowCase(zone, 12),
    rowCase(zone, 1200),
  ]);
}
