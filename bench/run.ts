// Runs the benches: all of them, or those whose names are given; `--check` fails where a ratio falls below its floor.
import { readFileSync } from "node:fs";
import { reportColdStarts } from "./cold.ts";
import { type Case, fastestPeer, type Measured, measure, ratioTo, timeText } from "./measure.ts";
import { priceCases } from "./price.bench.ts";
import { sizesAboveLimit } from "./size.ts";
import { timeCases } from "./time.bench.ts";
import { usageCases } from "./usage.bench.ts";
import { wholeCases } from "./whole.bench.ts";

const SUITES: { readonly [suite: string]: () => readonly Case[] } = {
  price: priceCases,
  time: timeCases,
  usage: usageCases,
  whole: wholeCases,
};

/** Suites that are reported, and have no floors. */
const REPORTED = ["usage"];

/** The least ratio of a peer's time to ours, by case; without a peer it is the fastest of those that answer right. */
type Floors = { readonly [name: string]: { readonly peer?: string; readonly ratio: number } };

// A busy machine can slow one run; a real loss is there in all of them.
const ATTEMPTS = 3;
// Head-room for noise: what fails is a loss, not a neighbour on the same machine.
const HEAD_ROOM = 0.8;

const floors: Floors = JSON.parse(readFileSync(new URL("../bench/floors.json", import.meta.url), "utf8"));
const isCheck = process.argv.includes("--check");
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));

/** Whether a suite was asked for: all are, unless some are named. */
function isWanted(suite: string): boolean {
  if (isCheck && REPORTED.includes(suite)) return false;
  return wanted.length === 0 || wanted.includes(suite);
}

/** The peer that a case's floor is against; undefined where it has none. */
function floorPeer(measured: Measured): string | undefined {
  const floor = floors[measured.name];
  return floor === undefined ? undefined : (floor.peer ?? fastestPeer(measured));
}

function print(measured: Measured): void {
  const { name, ours, peers, wrong } = measured;
  const against = floorPeer(measured);
  console.log(`\n${name}`);
  console.log(`  ${"pure-billing".padEnd(28)} ${timeText(ours).padStart(10)}`);
  for (const [peer, time] of Object.entries(peers)) {
    const gate = peer === against ? `  floor ${floors[name]?.ratio}` : "";
    const mark = wrong[peer] === undefined ? "" : `  ${wrong[peer]}`;
    console.log(
      `  ${peer.padEnd(28)} ${timeText(time).padStart(10)}  ${(time / ours).toFixed(2).padStart(7)} x${gate}${mark}`,
    );
  }
}

let passed = 0;
const failed: string[] = [];
for (const [suite, cases] of Object.entries(SUITES)) {
  if (!isWanted(suite)) continue;
  for (const each of cases()) {
    const floor = floors[each.name];
    if (isCheck && floor === undefined) continue;
    let ratio = 0;
    let against = "";
    for (let attempt = 1; attempt <= (isCheck ? ATTEMPTS : 1); attempt++) {
      const measured = await measure(each);
      print(measured);
      if (floor === undefined) break;
      against = floorPeer(measured) as string;
      ratio = ratioTo(measured, against);
      if (ratio >= floor.ratio * HEAD_ROOM) break;
    }
    if (floor === undefined || ratio >= floor.ratio * HEAD_ROOM) passed++;
    else failed.push(`${each.name}: ${ratio.toFixed(2)} x ${against}, floor ${floor.ratio}`);
  }
}
if (!isCheck && isWanted("time")) await reportColdStarts();
if (isWanted("size")) {
  const above = await sizesAboveLimit();
  if (above.length === 0) passed++;
  failed.push(...above);
}
if (isCheck) {
  for (const each of failed) console.error(`not within its limit: ${each}`);
  console.log(`\n${passed} passed, ${failed.length} failed`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}
