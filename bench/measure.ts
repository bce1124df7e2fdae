import { Bench } from "tinybench";

/** What is timed: a call, which makes as many results as ours unless it says otherwise. */
export type Task = (() => unknown) | { readonly results: number; readonly run: () => unknown };

/** One thing that is measured: ours and its peers do the same work over the same inputs. */
export interface Case {
  readonly name: string;
  /** How many results one call of a task makes. */
  readonly results: number;
  readonly ours: () => unknown;
  readonly peers: { readonly [name: string]: Task };
  /** Peers that don't answer what ours does, and what is wrong: they are timed, but nothing is measured by them. */
  readonly wrong?: { readonly [peer: string]: string };
}

/** Nanoseconds per result, by task. */
export interface Measured {
  readonly name: string;
  readonly ours: number;
  readonly peers: { readonly [name: string]: number };
  readonly wrong: { readonly [peer: string]: string };
}

const OURS = "pure-billing";
// In turns: a neighbour on the same machine slows some rounds of all tasks, instead of all rounds of one.
const ROUNDS = 5;
const TIME_MS = 100;
const WARM_UP_MS = 200;
// Tasks of a second each are not run for minutes.
const LEAST_RUNS = 4;
const NANOSECONDS = 1e6;

/** Measures a case: all of its tasks in this one run, of each the median of its fastest round. */
export async function measure(measured: Case): Promise<Measured> {
  const rounds: Measured[] = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await measureOnce(measured, round === 0));
  const [first] = rounds as [Measured];
  const fastest = (timeOf: (round: Measured) => number): number => Math.min(...rounds.map(timeOf));
  return {
    ...first,
    ours: fastest((round) => round.ours),
    peers: Object.fromEntries(
      Object.keys(first.peers).map((peer) => [peer, fastest(({ peers }) => peers[peer] as number)]),
    ),
  };
}

async function measureOnce(
  { name, results, ours, peers, wrong = {} }: Case,
  isFirst: boolean,
): Promise<Measured> {
  const bench = new Bench({
    time: TIME_MS,
    warmup: isFirst,
    warmupTime: WARM_UP_MS,
    iterations: LEAST_RUNS,
    warmupIterations: LEAST_RUNS / 4,
  });
  const resultsOf = new Map([[OURS, results]]);
  bench.add(OURS, () => void ours());
  for (const [peer, task] of Object.entries(peers)) {
    const run = typeof task === "function" ? task : task.run;
    resultsOf.set(peer, typeof task === "function" ? results : task.results);
    bench.add(peer, () => void run());
  }
  await bench.run();
  const perResult = new Map(
    bench.tasks.map((task) => {
      const { result } = task;
      if (!("latency" in result)) throw new Error(`${name}: ${task.name} failed: ${JSON.stringify(result)}`);
      return [task.name, (result.latency.p50 * NANOSECONDS) / (resultsOf.get(task.name) as number)];
    }),
  );
  return {
    name,
    ours: perResult.get(OURS) as number,
    peers: Object.fromEntries(Object.keys(peers).map((peer) => [peer, perResult.get(peer) as number])),
    wrong,
  };
}

/** The fastest peer of those that answer right. */
export function fastestPeer({ name, peers, wrong }: Measured): string {
  const [fastest] = Object.entries(peers)
    .filter(([peer]) => wrong[peer] === undefined)
    .sort(([, first], [, second]) => first - second);
  if (fastest === undefined) throw new Error(`${name} has no peer that answers right`);
  return fastest[0];
}

/** How many times a peer takes what ours takes. */
export function ratioTo(measured: Measured, peer: string): number {
  const time = measured.peers[peer];
  if (time === undefined) throw new Error(`${measured.name} has no peer ${peer}`);
  return time / measured.ours;
}

/** A time as people read it. */
export function timeText(nanoseconds: number): string {
  if (nanoseconds < 1e3) return `${nanoseconds.toFixed(0)} ns`;
  if (nanoseconds < 1e6) return `${(nanoseconds / 1e3).toFixed(2)} us`;
  return `${(nanoseconds / 1e6).toFixed(2)} ms`;
}
