import { expect, test } from "vitest";
import { runCli, temporaryFile } from "../built-cli.ts";

const AT = ["--at", "2026-02-10T12:00:00Z"];

function contract(calls: object, base: string, summary: object = {}): string {
  return JSON.stringify({
    contract_summary: { cycle: "month", currency: "eur", activation: "2026-01-01T00:00:00Z", ...summary },
    plan: {
      features: [
        { slug: "base", price: { amount: base, strategy_details: { pricing_strategy: "flat" } } },
        { slug: "calls", price: calls },
      ],
    },
  });
}

const usage = (amount: string, details: object = {}): object => ({
  amount,
  strategy_details: { pricing_strategy: "usage", ...details },
});

const TEAM = contract(usage("0.05"), "0");
const PRO = contract(usage("0.02"), "10");

test("the intervals of whole contracts", () => {
  const [team, pro] = [temporaryFile("team.json", TEAM), temporaryFile("pro.json", PRO)];
  const { code, stdout } = runCli(["break-even", team, pro, "--feature", "calls", ...AT]);
  expect(code).toBe(0);
  expect(stdout).toBe(`calls: team and pro, the contracts at 2026-02-10T12:00:00Z, in eur, not rounded

    units from              to  cheaper
──────────────  ──────────────  ─────────────
             0  below 333.333…  team
      333.333…        333.333…  both the same
above 333.333…             any  pro
`);
});

test("the prices alone, of a contract on standard input too, within a range", () => {
  const pro = temporaryFile("pro.json", contract(usage("0.02", { flat_fee: "0.30" }), "10"));
  const args = ["break-even", "-", pro, "--feature", "calls", "--price-alone", "--units", "5..40"];
  expect(
    runCli(args, { input: TEAM }).stdout,
  ).toBe(`calls: standard input and pro, the price alone, in eur, not rounded

units from        to  cheaper
──────────  ────────  ──────────────
         5  below 10  standard input
        10        10  both the same
  above 10        40  pro
`);
});

test("--json is what breakEvenUsage returns, with usage of the other features", () => {
  const [team, pro] = [temporaryFile("team.json", TEAM), temporaryFile("pro.json", PRO)];
  const given = temporaryFile("usage.json", JSON.stringify({ sums: { calls: "3" } }));
  const { stdout } = runCli([
    "break-even",
    team,
    pro,
    "--feature",
    "calls",
    "--usage",
    given,
    "--units",
    "..400",
    ...AT,
    "--json",
  ]);
  const answer = JSON.parse(stdout);
  expect([answer.currency, answer.rounding, answer.intervals.length]).toEqual(["eur", "none", 3]);
  expect(answer.intervals[1].from).toEqual({
    exact: null,
    exact_ratio: { numerator: "1000", denominator: "3" },
  });
  expect(answer.intervals[2].to.exact).toBe("400");
});

test("batches that cross without end ask for --units", () => {
  const batched = temporaryFile("batched.json", contract(usage("10", { batch_size: "1000" }), "0"));
  const straight = temporaryFile("straight.json", contract(usage("0.01"), "0"));
  const { code, stderr } = runCli(["break-even", batched, straight, "--feature", "calls", ...AT]);
  expect(code).toBe(2);
  expect(stderr).toContain("error: --units: without an end of the range");
});

test("names are paths where files are called alike", () => {
  const [team, pro] = [temporaryFile("plan.json", TEAM), temporaryFile("plan.json", PRO)];
  const { stdout } = runCli(["break-even", team, pro, "--feature", "calls", ...AT]);
  expect(stdout).toContain("pure-billing-");
});

test.each([
  ["no feature", [], "required option '--feature <slug>'"],
  ["an unknown feature", ["--feature", "call"], "--feature: contract_a has no such feature"],
  ["an unknown price", ["--feature", "call", "--price-alone"], "charges no such price; it has: base, calls"],
  [
    "units that are no range",
    ["--feature", "calls", "--units", "5"],
    "--units: not a range; allowed: FROM..TO",
  ],
  ["a range upside down", ["--feature", "calls", "--units", "5..4"], "--units: to is below from"],
  [
    "--at of prices alone",
    ["--feature", "calls", "--price-alone", ...AT],
    "depend neither on --at nor on --usage",
  ],
  ["an instant that is none", ["--feature", "calls", "--at", "today"], "An instant has an offset"],
])("wrong use: %s", (_, args, message) => {
  const [team, pro] = [temporaryFile("team.json", TEAM), temporaryFile("pro.json", PRO)];
  const { code, stdout, stderr } = runCli(["break-even", team, pro, ...args]);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(message);
});

test("two documents on standard input are wrong use", () => {
  const { code, stderr } = runCli(["break-even", "-", "-", "--feature", "calls"], { input: TEAM });
  expect([code, stderr.split("\n")[0]]).toEqual([
    2,
    "error: standard input holds one document: give the others as files",
  ]);
});

test.each([
  [
    "different cycles",
    contract(usage("1"), "0", { cycle: "year" }),
    "contract_b: the contracts have different cycles",
  ],
  [
    "different currencies",
    contract(usage("1"), "0", { currency: "usd" }),
    "contract_b: the two are not in the same currency",
  ],
  [
    "a trial",
    contract(usage("1"), "0", { free_trial_end: "2026-03-01T00:00:00Z" }),
    "at: contract_b is in its free trial",
  ],
])("bad input: %s", (_, other, message) => {
  const [team, pro] = [temporaryFile("team.json", TEAM), temporaryFile("pro.json", other)];
  const { code, stdout, stderr } = runCli(["break-even", team, pro, "--feature", "calls", ...AT]);
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toContain(message);
});
