import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { buildIfStale } from "../built-cli.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const require = createRequire(import.meta.url);

type Library = typeof import("../../src/index.ts");
type Periods = typeof import("../../src/periods.ts");

const document = JSON.parse(readFileSync(`${root}examples/team-monthly.json`, "utf8"));
const at = "2026-02-26T12:00:00Z";

beforeAll(() => buildIfStale());

async function moduleOf(path: string): Promise<unknown> {
  return import(/* @vite-ignore */ `${root}${path}`);
}

test("ESM and CommonJS hold the same names, and take one another's contracts", async () => {
  const esm = (await moduleOf("dist/index.js")) as Library;
  const cjs = require(`${root}dist/index.cjs`) as Library;
  expect(Object.keys(cjs).sort()).toEqual(Object.keys(esm).sort());
  const contract = esm.parseContract(document);
  expect(cjs.contractDetails(contract, { at })).toEqual(esm.contractDetails(contract, { at }));
});

test("the entry for periods takes contracts of the main one", async () => {
  const esm = (await moduleOf("dist/index.js")) as Library;
  const periods = require(`${root}dist/periods.cjs`) as Periods;
  const period = periods.billingPeriodAt(esm.parseContract(document), at);
  expect(period?.start.toISOString()).toBe("2026-01-31T09:30:00.000Z");
});

test("a user installs valibot and date-fns, nothing else", () => {
  const { dependencies, exports, engines } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
  expect(Object.keys(dependencies)).toEqual(["date-fns", "valibot"]);
  expect(Object.keys(exports)).toEqual([".", "./periods", "./package.json"]);
  expect(engines).toEqual({ node: ">=20" });
});

test("the tarball holds the build, the rules and what npm always adds", () => {
  const printed = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [{ files }] = JSON.parse(printed) as [{ files: { path: string }[] }];
  const outside = files.map(({ path }) => path).filter((path) => !path.startsWith("dist/"));
  expect(outside.sort()).toEqual(["LICENSE", "README.md", "docs/rules.md", "package.json"]);
});

test("the library runs where there is no Node: nothing of it is imported by the bundles", () => {
  for (const file of ["dist/index.js", "dist/periods.js"]) {
    const code = readFileSync(`${root}${file}`, "utf8");
    expect(code).not.toMatch(/from\s*["']node:|require\(/);
  }
});
