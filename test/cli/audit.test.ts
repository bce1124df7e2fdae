import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { runCli } from "../built-cli.ts";

const AT = "2026-02-26T12:00:00Z";
const TEAM = "examples/team-monthly.json";

function computed(): { contract_summary: { amount: string } } {
  return JSON.parse(runCli(["details", TEAM, "--at", AT, "--json"]).stdout);
}

test("a document that agrees exits with 0", () => {
  const { code, stdout } = runCli(["audit", "-", "--at", AT], { input: JSON.stringify(computed()) });
  expect([code, stdout]).toEqual([0, "No computed field differs.\n"]);
});

test("differences are listed, and exit with 3", () => {
  const document = computed();
  document.contract_summary.amount = "138.37";
  const input = JSON.stringify(document);
  const { code, stdout } = runCli(["audit", "-", "--at", AT], { input });
  expect([code, stdout]).toEqual([
    3,
    `1 computed field differs.

field                    theirs  ours
───────────────────────  ──────  ──────
contract_summary.amount  138.37  138.73
`,
  ]);
  const json = runCli(["audit", "-", "--at", AT, "--json"], { input });
  expect([json.code, JSON.parse(json.stdout).differences]).toEqual([
    3,
    [{ path: ["contract_summary", "amount"], theirs: "138.37", ours: "138.73" }],
  ]);
});

test("a bad document exits with 1, wrong use with 2", () => {
  expect(runCli(["audit", "-"], { input: "{}" }).code).toBe(1);
  expect(runCli(["audit"]).code).toBe(2);
  expect(readFileSync(TEAM, "utf8")).not.toContain("cost_estimates");
});
