import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { collectVariation } from "../../src/cli/variation.ts";
import { parseContract, sweep } from "../../src/index.ts";
import { runCli } from "../built-cli.ts";

const TEAM = "examples/team-monthly.json";
const RANGE = ["--from", "2026-01-01T00:00:00Z", "--to", "2026-07-01T00:00:00Z"];
const VARY = ["--vary", "units.seats=3..9:3", "--vary", "discount=none,10%,5"];

function linesOf(args: readonly string[]): string[] {
  const { code, stdout, stderr } = runCli(["sweep", TEAM, ...RANGE, ...args]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout.trimEnd().split("\n");
}

describe("sweep", () => {
  test("prints for programs what the function returns", () => {
    const points = JSON.parse(linesOf([...VARY, "--json"]).join("\n"));
    const contract = parseContract(JSON.parse(readFileSync(TEAM, "utf8")));
    const vary = {
      units: { seats: ["3", "6", "9"] },
      discount: [
        null,
        { discount_type: "percentage", amount: "10" },
        { discount_type: "flat", amount: "5" },
      ] as const,
    };
    expect(points).toEqual([
      ...sweep(contract, { vary, from: "2026-01-01T00:00:00Z", to: "2026-07-01T00:00:00Z" }),
    ]);
  });

  test("prints for people a line a point", () => {
    const [head, , first, ...rest] = linesOf(VARY);
    expect(head?.split(/ {2,}/)).toEqual([
      "units.seats",
      "discount",
      "subtotal",
      "discount",
      "total",
      "currency",
    ]);
    expect(first?.trim().split(/ {2,}/)).toEqual(["3", "none", "744.88", "0.00", "744.88", "eur"]);
    expect(rest).toHaveLength(8);
  });

  test("prints CSV for spreadsheets", () => {
    const lines = linesOf([
      "--vary",
      "usage.api-calls=0,20000.5",
      "--csv",
      "--tax-rates",
      '{"default": "19"}',
    ]);
    expect(lines).toEqual([
      "usage.api-calls,currency,subtotal,discount_amount,total_excluding_tax,tax_amount,total_including_tax",
      "0,eur,994.88,115.75,879.13,167.02,1046.15",
      "20000.5,eur,1042.88,120.55,922.33,175.24,1097.57",
    ]);
  });

  test("refuses what can't be varied so, as the contract says", () => {
    const run = (...args: string[]): [number | null, string | undefined] => {
      const { code, stderr } = runCli(["sweep", TEAM, ...RANGE, ...args]);
      return [code, stderr.split("\n")[0]];
    };
    expect(run("--vary", "units.seats=2")).toEqual([
      1,
      'vary.units.seats[0]: fewer units than can be bought; allowed: 3 to 50 (found "2")',
    ]);
    expect(run("--vary", "usage.seats=2")[1]).toMatch(
      /^vary\.usage\.seats: no price is charged by this usage/,
    );
    expect(run()).toEqual([2, "error: required option '--vary <what=values>' not specified"]);
    expect(run("--vary", "colour=red")[0]).toBe(2);
    expect(run(...VARY, "--csv", "--json")).toEqual([
      2,
      "error: option '--csv' cannot be used with option '--json'",
    ]);
  });
});

describe("--vary", () => {
  const valuesOf = (text: string): readonly string[] | undefined => collectVariation(text, [])[0]?.values;

  test("takes values and ranges, in exact decimals", () => {
    expect(valuesOf("usage.calls=1,2.50,0..0.3:0.1,7..8")).toEqual([
      "1",
      "2.50",
      "0",
      "0.1",
      "0.2",
      "0.3",
      "7",
      "8",
    ]);
    expect(valuesOf("price.calls=0..10:4")).toEqual(["0", "4", "8"]);
  });

  test("takes slugs with dots and equals signs", () => {
    expect(collectVariation("usage.a.b=c=1,2", [])).toEqual([
      { name: "usage", slug: "a.b=c", values: ["1", "2"] },
    ]);
  });

  test.each([
    "usage=1",
    "cycle.x=month",
    "usage.calls",
    "usage.calls=",
    "usage.calls=5..1",
    "usage.calls=0..1:0",
    "usage.calls=0..many",
    "usage.calls=0..1000000",
    "discount=ten%",
    "=1",
  ])("refuses %s", (text) => {
    expect(() => collectVariation(text, [])).toThrow();
  });

  test("refuses to vary one thing twice", () => {
    expect(() => collectVariation("cycle=year", collectVariation("cycle=month", []))).toThrow(/twice/);
  });
});
