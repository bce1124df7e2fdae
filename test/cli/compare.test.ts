import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Comparison, compareContracts, parseContract } from "../../src/index.ts";
import { runCli, temporaryFile } from "../built-cli.ts";

const TEAM = "examples/team-monthly.json";
const USAGE = "examples/team-monthly.usage.json";
const RANGE = ["--from", "2026-01-01T00:00:00Z", "--to", "2026-07-01T00:00:00Z"];

/** The team's contract with dearer base and cheaper seats, without storage. */
function proDocument(): { plan: { features: { slug: string; price: { amount: string } }[] } } {
  const document = JSON.parse(readFileSync(TEAM, "utf8"));
  const { features } = document.plan;
  features[0].price.amount = "149.00";
  features[1].price.amount = "9.00";
  document.plan.features = features.filter(({ slug }: { slug: string }) => slug !== "storage");
  return document;
}

function jsonOf(path: string): object {
  return JSON.parse(readFileSync(path, "utf8"));
}

describe("compare", () => {
  test("prints for programs what the function returns, by the names of the files", () => {
    const pro = temporaryFile("pro.json", JSON.stringify(proDocument()));
    const args = ["compare", TEAM, pro, ...RANGE, "--usage", USAGE, "--tax-rates", '{"default": "19"}'];
    const { code, stdout, stderr } = runCli([...args, "--json"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const comparison: Comparison = JSON.parse(stdout);
    const contracts = { "team-monthly": parseContract(jsonOf(TEAM)), pro: parseContract(proDocument()) };
    expect(comparison).toEqual(
      compareContracts(contracts, {
        from: "2026-01-01T00:00:00Z",
        to: "2026-07-01T00:00:00Z",
        usage: jsonOf(USAGE),
        tax_rates: { default: "19" },
      }),
    );
    expect(comparison.cheapest).toEqual(["team-monthly"]);
  });

  test("prints for people totals by bucket, the cheapest, and every period", async () => {
    const pro = temporaryFile("pro.json", JSON.stringify(proDocument()));
    const { code, stdout, stderr } = runCli(["compare", TEAM, pro, ...RANGE, "--usage", USAGE]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    await expect(stdout).toMatchFileSnapshot("../golden/compare-team-monthly.txt");
  });

  test("compares a contract with itself after a change", () => {
    const patch = temporaryFile("patch.json", '{"feature_configuration": {"seats": {"price": "10"}}}');
    const { contracts, differences } = JSON.parse(
      runCli(["compare", TEAM, ...RANGE, "--patch", patch, "--json"]).stdout,
    );
    expect(Object.keys(contracts)).toEqual(["team-monthly", "team-monthly, patched"]);
    expect(differences["team-monthly"]).toEqual({ "team-monthly, patched": "80.50" });
    const misfit = temporaryFile("patch.json", '{"feature_configuration": {"seat": {"price": "10"}}}');
    const { code, stderr } = runCli(["compare", TEAM, ...RANGE, "--patch", misfit]);
    expect([code, stderr]).toEqual([
      1,
      'feature_configuration.seat: no feature has this slug; allowed: the slug of a feature of the plan (found "seat")\n',
    ]);
  });

  test("tells contracts of the same file name apart by their paths", () => {
    const other = temporaryFile("team-monthly.json", readFileSync(TEAM));
    const { contracts, cheapest } = JSON.parse(
      runCli(["compare", TEAM, other, other, ...RANGE, "--json"]).stdout,
    );
    expect(Object.keys(contracts)).toEqual([TEAM, other, `${other} (3)`]);
    expect(cheapest).toHaveLength(3);
  });

  test("reads one of the contracts from standard input", () => {
    const { code, stdout } = runCli(["compare", TEAM, "-", ...RANGE, "--json"], {
      input: JSON.stringify(proDocument()),
    });
    expect(code).toBe(0);
    expect(Object.keys(JSON.parse(stdout).contracts)).toEqual(["team-monthly", "input"]);
    expect(runCli(["compare", "-", "-", ...RANGE]).stderr).toMatch(
      /^error: standard input holds one document/,
    );
  });

  test("needs two contracts, and a stretch that doesn't end before it begins", () => {
    const one = runCli(["compare", TEAM, ...RANGE]);
    expect([one.code, one.stderr.split("\n")[0]]).toEqual([
      2,
      "error: give two or more contracts, or a --patch",
    ]);
    const backwards = ["--from", "2026-01-01T00:00:00Z", "--to", "2025-01-01T00:00:00Z"];
    const { code, stderr } = runCli(["compare", TEAM, TEAM, ...backwards]);
    expect([code, stderr.split("\n")[0]]).toEqual([2, "error: to is before from; allowed: from or later"]);
  });

  test("says of several currencies which contract has which", () => {
    const { code, stderr } = runCli(["compare", TEAM, "examples/starter-plan-yen.json", ...RANGE]);
    expect([code, stderr]).toEqual([
      1,
      "starter-plan-yen.contract_summary.currency: the contracts have several currencies; allowed: eur " +
        '(found "jpy")\n',
    ]);
  });
});
