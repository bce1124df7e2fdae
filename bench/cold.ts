import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { timeText } from "./measure.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const OURS = fileURLToPath(new URL("../.bench/periods.js", import.meta.url));
const ZONE = "America/Santiago";
const PROCESSES = 7;
const NANOSECONDS = 1e6;

/** What a process of its own does: it imports a library, then answers the first period that it was ever asked for. */
interface ColdStart {
  readonly library: string;
  readonly first: string;
}

const STARTS: { readonly [name: string]: ColdStart } = {
  "pure-billing/periods": {
    library: OURS,
    first: `const schedule = library.parseSchedule({ cycle: "month", time_zone: zone, activation: anchor.toISOString() });
      return library.billingPeriodAt(schedule, at);`,
  },
  "temporal-polyfill": {
    library: "temporal-polyfill",
    first: `const zoned = (date) => library.Temporal.Instant.fromEpochMilliseconds(date.getTime()).toZonedDateTimeISO(zone);
      const [from, to] = [zoned(anchor), zoned(at)];
      const months = (to.year - from.year) * 12 + to.month - from.month;
      return [0, 1].map((more) => from.add({ months: months + more }).epochMilliseconds);`,
  },
  "Intl.DateTimeFormat alone": {
    library: "node:util",
    first: `return new Intl.DateTimeFormat("en-US", { timeZone: zone, hour: "numeric" }).format(at);`,
  },
  luxon: {
    library: "luxon",
    first: `const zoned = (date) => library.DateTime.fromJSDate(date, { zone });
      const [from, to] = [zoned(anchor), zoned(at)];
      const months = (to.year - from.year) * 12 + to.month - from.month;
      return [0, 1].map((more) => from.plus({ months: months + more }).toMillis());`,
  },
};

function program({ library, first }: ColdStart): string {
  return `const before = performance.now();
    const library = await import(${JSON.stringify(library)});
    const imported = performance.now();
    const zone = "${ZONE}", anchor = new Date("2024-01-31T12:00:00Z"), at = new Date("2026-03-15T00:00:00Z");
    (() => { ${first} })();
    console.log(JSON.stringify([imported - before, performance.now() - imported]));`;
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((first, second) => first - second)[Math.floor(numbers.length / 2)] as number;
}

/** Prints how long the first period in a time zone takes in a fresh process; not gated, since it depends on the disk. */
export async function reportColdStarts(): Promise<void> {
  const entryPoints = [`${root}src/periods.ts`];
  await build({ entryPoints, bundle: true, format: "esm", platform: "node", outfile: OURS });
  console.log(`\nfirst period in an unseen zone (${ZONE}) in a fresh process: import, then the period`);
  for (const [name, start] of Object.entries(STARTS)) {
    const runs = Array.from({ length: PROCESSES }, (): [number, number] => {
      const args = ["--input-type=module", "-e", program(start)];
      const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
      if (stdout === "") throw new Error(`${name}: ${stderr}`);
      return JSON.parse(stdout);
    });
    const [imported, first] = [0, 1].map((at) =>
      timeText(median(runs.map((run) => run[at] as number)) * NANOSECONDS),
    );
    console.log(`  ${name.padEnd(28)} ${String(imported).padStart(10)}  ${String(first).padStart(10)}`);
  }
}
