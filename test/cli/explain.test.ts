import { expect, test } from "vitest";
import { runCli, temporaryFile } from "../built-cli.ts";

const TEAM = "examples/team-monthly.json";

test("graduated tiers as one would write them on paper", () => {
  const { code, stdout } = runCli(["explain", TEAM, "--feature", "api-calls", "--units", "145250"]);
  expect(code).toBe(0);
  // 90000 x 0.0008 = 72, 45250 x 0.0005 = 22.625, and 5: 99.625.
  expect(stdout).toBe(`API calls: 99.63 eur

step                calculation                           value  together
──────────────────  ───────────────────────────────────  ──────  ────────
tier 1              10000 x 0  (0 to 10000)
tier 2              90000 x 0.0008  (10000 to 100000)        72        72
tier 3              45250 x 0.0005  (100000 to 1000000)  22.625    94.625
flat fee of tier 3                                            5    99.625
rounding            99.625 to 2 decimals, half up         0.005     99.63
                                                                   ──────
                                                                    99.63
`);
});

test("included units, batches and a flat fee", () => {
  const { stdout } = runCli([
    "explain",
    TEAM,
    "--feature",
    "storage",
    "--units",
    "181.25",
    "--rounding",
    "up",
  ]);
  expect(stdout).toBe(`Storage: 2.33 eur

step            calculation                    value  together
──────────────  ─────────────────────────────  ─────  ────────
included units  181.25 - 50 included = 131.25
batch           131.25 / 10 = 14 (rounded up)
unit price      14 x 0.023                     0.322     0.322
flat fee                                           2     2.322
rounding        2.322 to 2 decimals, up        0.008      2.33
                                                         ─────
                                                          2.33
`);
});

test("contracted units are taken where none are given, and --json is what explainCharge returns", () => {
  const { stdout } = runCli(["explain", TEAM, "--feature", "seats", "--json"]);
  const { steps, subtotal } = JSON.parse(stdout);
  expect([steps[0].operands, subtotal]).toEqual([{ units: "7", unit_price: "12.50" }, "87.50"]);
});

test("events of a percentage price, each on its own line", () => {
  const details = {
    pricing_strategy: "percentage",
    rate: "1.3",
    fixed_fee_per_event: "2",
    free_amount: "100",
  };
  const contract = {
    contract_summary: { cycle: "month", currency: "usd" },
    plan: { features: [{ slug: "payments", name: "Payments", price: { strategy_details: details } }] },
  };
  const file = temporaryFile("contract.json", JSON.stringify(contract));
  const events = temporaryFile("events.json", JSON.stringify([{ amount: "80" }, { amount: "50" }]));
  const { stdout } = runCli(["explain", file, "--feature", "payments", "--events", events]);
  // 80 are free, and 20 of the 50: 1.3 % of 30 is 0.39, and the fee of 2.
  expect(stdout).toBe(`Payments: 2.39 usd

step     calculation                      value  together
───────  ───────────────────────────────  ─────  ────────
event 1  80 free
event 2  1.3 % of 30 + 2  (50 - 20 free)   2.39      2.39
                                                     ────
                                                     2.39
`);
});

test.each([
  ["no selection", [TEAM], "give one of --feature, --group and --plan"],
  ["two selections", [TEAM, "--feature", "seats", "--plan"], "give one of --feature, --group and --plan"],
  ["an unknown feature", [TEAM, "--feature", "seat"], "it has: --feature platform, --feature seats"],
  [
    "a quantity that is none",
    [TEAM, "--feature", "storage", "--units", "1e3"],
    "--units: not an exact decimal",
  ],
  ["a negative quantity", [TEAM, "--feature", "storage", "--units=-1"], "the quantity is negative"],
  ["units and events", [TEAM, "--feature", "storage", "--units", "1", "--events", "x"], "not both"],
  ["an unknown rounding mode", [TEAM, "--feature", "storage", "--rounding", "best"], "half_up"],
])("wrong use: %s", (_, args, message) => {
  const { code, stdout, stderr } = runCli(["explain", ...args]);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(message);
});
