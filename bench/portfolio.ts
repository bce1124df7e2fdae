// Runs a portfolio of synthetic contracts through the built command line: `npm run bench:portfolio [-- COUNT]`.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { contractLine, PRICE_CHANGE } from "./portfolio-contracts.ts";

const FEW = 10_000;
const DEFAULT_COUNT = 100_000;
/** At least so much of the rate of JSON alone, at most so much more memory for many contracts than for few. */
const LEAST_SHARE = 0.25;
const MOST_MEMORY = 1.2;

const AT = ["--at", "2026-02-26T12:00:00Z"];
const WRITTEN_AT_ONCE = 2 ** 20;
const CLI = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
const BARE = fileURLToPath(new URL("portfolio-bare.js", import.meta.url));

// Loaded into every process that is measured, and into its threads, which have nothing to say.
const METER = `data:text/javascript,
  import { writeFileSync } from "node:fs";
  import { isMainThread } from "node:worker_threads";
  if (isMainThread) process.on("exit", () => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    const measured = { megabytes: maxRSS / 1024, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6 };
    writeFileSync(process.env.METER_FILE, JSON.stringify(measured));
  });`;

/** What a process did: all its threads, from its start to its end. */
interface Run {
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** The most memory that it had at once. */
  readonly megabytes: number;
  /** Of what it printed. */
  readonly hash: string;
}

const count = Number(process.argv[2] ?? DEFAULT_COUNT);
if (!(Number.isSafeInteger(count) && count > 0)) throw new RangeError("the count is a whole number from 1");
const cores = availableParallelism();
const folder = mkdtempSync(join(tmpdir(), "pure-billing-portfolio-"));
try {
  report();
} finally {
  rmSync(folder, { recursive: true });
}

function report(): void {
  const few = generated("few.ndjson", Math.min(FEW, count));
  const many = generated("many.ndjson", count);
  const patch = join(folder, "patch.json");
  writeFileSync(patch, JSON.stringify(PRICE_CHANGE));

  const bareBefore = measured([BARE, many]);
  const one = measured(portfolio(many, 1));
  const all = measured(portfolio(many, cores));
  const patched = measured(portfolio(many, cores, ["--patch", patch]));
  const bareAfter = measured([BARE, many]);
  // The rate of JSON alone is the better of two: noise must not flatter us.
  const bare = bareBefore.cpuSeconds < bareAfter.cpuSeconds ? bareBefore : bareAfter;
  const fewOne = measured(portfolio(few, 1));
  const fewAll = measured(portfolio(few, cores));

  console.log(`${count} distinct contracts, ${cores} cores, Node ${process.version}\n`);
  print("JSON.parse and JSON.stringify", bare);
  print("portfolio, 1 worker", one);
  print(`portfolio, ${cores} workers`, all);
  print(`portfolio with a patch, ${cores} workers`, patched);

  const share = bare.cpuSeconds / one.cpuSeconds;
  const memory = Math.max(one.megabytes / fewOne.megabytes, all.megabytes / fewAll.megabytes);
  console.log(
    `\nof the rate of JSON alone, per core: ${(100 * share).toFixed(1)} %, at least ${100 * LEAST_SHARE} %`,
  );
  console.log(
    `memory for ${count}: ${memory.toFixed(2)} times that for ${FEW} ` +
      `(${fewOne.megabytes.toFixed(0)} MB, ${fewAll.megabytes.toFixed(0)} MB), at most ${MOST_MEMORY}`,
  );
  const isSame = one.hash === all.hash;
  console.log(`results of 1 and ${cores} workers: ${isSame ? "identical" : "DIFFERENT"}`);
  process.exitCode = isSame && share >= LEAST_SHARE && memory <= MOST_MEMORY ? 0 : 1;
}

function generated(name: string, length: number): string {
  const file = join(folder, name);
  const descriptor = openSync(file, "w");
  let text = "";
  for (let index = 0; index < length; index++) {
    text += `${contractLine(index)}\n`;
    if (text.length < WRITTEN_AT_ONCE && index < length - 1) continue;
    writeSync(descriptor, text);
    text = "";
  }
  closeSync(descriptor);
  return file;
}

function portfolio(file: string, workers: number, more: readonly string[] = []): string[] {
  return [CLI, "portfolio", file, ...AT, "--workers", String(workers), "--quiet", ...more];
}

function measured(args: readonly string[]): Run {
  const meterFile = join(folder, "meter.json");
  const outputFile = join(folder, "output");
  const output = openSync(outputFile, "w");
  const startedMs = performance.now();
  const { status } = spawnSync(process.execPath, ["--import", METER, ...args], {
    stdio: ["ignore", output, "inherit"],
    env: { ...process.env, METER_FILE: meterFile },
  });
  const seconds = (performance.now() - startedMs) / 1000;
  closeSync(output);
  if (status !== 0) throw new Error(`${args.join(" ")} ended with ${status}`);
  const hash = createHash("sha256").update(readFileSync(outputFile)).digest("hex");
  return { seconds, hash, ...JSON.parse(readFileSync(meterFile, "utf8")) };
}

function print(name: string, { seconds, cpuSeconds, megabytes }: Run): void {
  const rate = (perSeconds: number): string => String(Math.round(count / perSeconds)).padStart(7);
  console.log(
    `${name.padEnd(36)} ${rate(seconds)} /s  ${rate(cpuSeconds)} /s and core  ` +
      `${seconds.toFixed(1).padStart(7)} s  ${megabytes.toFixed(0).padStart(5)} MB`,
  );
}
