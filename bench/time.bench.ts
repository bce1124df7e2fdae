import { isDeepStrictEqual } from "node:util";
import { type BillingPeriod, billingPeriodAt, billingPeriods, parseSchedule } from "../src/periods.ts";
import type { Case } from "./measure.ts";
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
/** Walks from the first cycle: asked less often, so that an old contract doesn't take minutes. */
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

/** What peers answer wrong, as the printed table says it; ours is what Temporal says, or the bench ends here. */
function wrongOnes(
  zone: string,
  answer: (of: MonthlyPeriodsOf) => BillingPeriod[],
): { [peer: string]: string } {
  const right = answer(ours);
  const hard = (of: MonthlyPeriodsOf): BillingPeriod[] =>
    HARD_ANCHORS.flatMap((anchor) => {
      const contract = of(anchor, zone);
      return HARD_INSTANTS.map((text) => new Date(text))
        .filter((instant) => instant > anchor)
        .map(contract.at);
    });
  const allRight = [...right, ...hard(ours)];
  const wrong: { [peer: string]: string } = {};
  for (const [peer, of] of Object.entries(PEERS)) {
    const answers = [...answer(of), ...hard(of)];
    const count = allRight.filter((each, index) => !isDeepStrictEqual(each, answers[index])).length;
    if (count > 0) wrong[peer] = `wrong in ${count} of ${allRight.length}`;
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

function answers(
  contracts: readonly MonthlyPeriods[],
  questions: readonly Question[],
): () => BillingPeriod | null {
  return () => {
    let last: BillingPeriod | null = null;
    for (const { contract, instant } of questions) last = (contracts[contract] as MonthlyPeriods).at(instant);
    return last;
  };
}

function atAge(of: MonthlyPeriodsOf, zone: string, age: number, questions = questionsAt(age)): () => unknown {
  return answers(
    ANCHORS.map((anchor) => of(anchor, zone)),
    questions,
  );
}

function ageCase(zone: string, age: number): Case {
  const questions = questionsAt(age);
  const few = questions.slice(0, 1);
  return {
    name: `period of an instant, ${age} months in, ${zone}`,
    results: questions.length,
    ours: atAge(ours, zone, age, questions),
    peers: Object.fromEntries(
      Object.entries(PEERS).map(([peer, of]) =>
        peer === SLOW
          ? [peer, { results: few.length, run: atAge(of, zone, age, few) }]
          : [peer, atAge(of, zone, age, questions)],
      ),
    ),
    wrong: wrongOnes(zone, (of) => {
      const contracts = ANCHORS.map((anchor) => of(anchor, zone));
      return questions.map(({ contract, instant }) => (contracts[contract] as MonthlyPeriods).at(instant));
    }),
  };
}

/** The same work at both ages, so that their ratio is one of the same run. */
function growthCase(zone: string): Case {
  return {
    name: `period of an instant, 1200 months in against 1 month in, ${zone}`,
    results: 2 * CONTRACTS,
    ours: atAge(ours, zone, 1200),
    peers: { "pure-billing, 1 month in": atAge(ours, zone, 1) },
  };
}

function rowCase(zone: string, count: number): Case {
  const contracts = count > 100 ? ANCHORS.slice(0, 1) : ANCHORS;
  const rows = (of: MonthlyPeriodsOf, anchors = contracts): (() => unknown) => {
    const each = anchors.map((anchor) => of(anchor, zone));
    return () => {
      let last: unknown;
      for (const contract of each) last = contract.first(count);
      return last;
    };
  };
  return {
    name: `${count} monthly periods, ${zone}`,
    results: contracts.length,
    ours: rows(ours),
    peers: Object.fromEntries(
      Object.entries(PEERS).map(([peer, of]) =>
        peer === SLOW ? [peer, { results: 1, run: rows(of, ANCHORS.slice(0, 1)) }] : [peer, rows(of)],
      ),
    ),
    wrong: wrongOnes(zone, (of) => contracts.flatMap((anchor) => of(anchor, zone).first(count))),
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
