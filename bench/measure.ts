import { Bench } from "tinybench";

/** One thing that is measured: ours and its peers do the same work over the same inputs. */
export interface Case {
  readonly name: string;
  /** How many results one call of a task makes. */
  readonly results: number;
  readonly ours: () => unknown;
  readonly peers: { readonly [name: string]: () => unknown };
}

/** Nanoseconds per result, by task. */
export interface Measured {
  readonly name: string;
  readonly ours: number;
  readonly peers: { readonly [name: string]: number };
}

const OURS = "pure-billing";
const TIME_MS = 400;
const WARM_UP_MS = 200;
const NANOSECONDS = 1e6;

/** Measures a case: all of its tasks in this one run, the median of each. */
export async function measure({ name, results, ours, peers }: Case): Promise<Measured> {
  const bench = new Bench({ time: TIME_MS, warmupTime: WARM_UP_MS });
  bench.add(OURS, () => void ours());
  for (const [peer, run] of Object.entries(peers)) bench.add(peer, () => void run());
  await bench.run();
  const perResult = new Map(
    bench.tasks.map((task) => {
      const { result } = task;
      if (!("latency" in result)) throw new Error(`${name}: ${task.name} failed: ${JSON.stringify(result)}`);
      return [task.name, (result.latency.p50 * NANOSECONDS) / results];
    }),
  );
  return {
    name,
    ours: perResult.get(OURS) as number,
    peers: Object.fromEntries(Object.keys(peers).map((peer) => [peer, perResult.get(peer) as number])),
  };
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
