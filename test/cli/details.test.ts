import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { contractDetails, parseContract } from "../../src/index.ts";
import { type CliRun, runCli, temporaryFile } from "../built-cli.ts";

interface Question {
  /** The example, its ledger, and the golden file but for `moment`. */
  readonly example: string;
  readonly moment: string;
  readonly hasUsage: boolean;
  readonly at: string;
}

const QUESTIONS: readonly Question[] = [
  { example: "team-monthly", moment: "paid", hasUsage: true, at: "2026-02-26T12:00:00Z" },
  { example: "team-monthly", moment: "trial", hasUsage: true, at: "2026-01-20T12:00:00Z" },
  { example: "enterprise-yearly", moment: "stub", hasUsage: true, at: "2025-11-15T12:00:00Z" },
  { example: "enterprise-yearly", moment: "paid", hasUsage: true, at: "2026-06-20T12:00:00Z" },
  { example: "starter-plan-yen", moment: "free", hasUsage: false, at: "2024-02-15T12:00:00Z" },
  { example: "starter-plan-yen", moment: "paid", hasUsage: false, at: "2024-05-15T12:00:00Z" },
  { example: "lifetime-once", moment: "paid", hasUsage: false, at: "2026-05-15T12:00:00Z" },
];

/** What the independent calculation says of a line of a period. */
interface LedgerLine {
  readonly feature_slug: string | null;
  readonly kind: string;
  readonly period: { readonly start: string; readonly end: string | null };
  readonly unit_count: string | null;
  readonly subtotal: string;
  readonly discount_amount: string;
  readonly total_excluding_tax: string;
}

function argumentsOf({ example, hasUsage, at }: Question): string[] {
  const usage = hasUsage ? ["--usage", `examples/${example}.usage.json`] : [];
  return ["details", `examples/${example}.json`, "--at", at, ...usage];
}

const answers = new Map<string, CliRun>();

/** The command's answer, which several tests look at. */
function answer(question: Question, ...options: string[]): CliRun {
  const args = [...argumentsOf(question), ...options];
  const key = args.join(" ");
  const known = answers.get(key) ?? runCli(args);
  answers.set(key, known);
  return known;
}

function readJson<Value>(file: string): Value {
  return JSON.parse(readFileSync(file, "utf8"));
}

describe("details for people", () => {
  test.each(QUESTIONS)("of $example, $moment, are those of the golden file", async (question) => {
    const { code, stdout, stderr } = answer(question);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    await expect(stdout).toMatchFileSnapshot(`../golden/details-${question.example}-${question.moment}.txt`);
  });

  test.each(QUESTIONS)("of $example, $moment, show the lines of the ledger", (question) => {
    const { periods } = readJson<{ periods: { lines: readonly LedgerLine[] }[] }>(
      `test/ledgers/${question.example}.ledger.json`,
    );
    const expected = periods
      .flatMap(({ lines }) => lines)
      .filter(({ period: { start, end } }) => start <= question.at && (end === null || question.at < end))
      .map((line) => [
        line.kind === "flat_fee" ? "flat fee" : "",
        line.unit_count ?? "",
        line.subtotal,
        line.discount_amount,
        line.total_excluding_tax,
      ]);
    expect(chargeRows(answer(question).stdout)).toEqual(expected);
  });

  test("say in words why nothing is charged", () => {
    const reason = (summary: object, at: string): string | undefined => {
      const input = JSON.stringify({
        contract_summary: { cycle: "month", currency: "eur", ...summary },
        plan: { price: PRICE, strategy: "plan" },
      });
      return /^Nothing is charged now: (.*)\.$/m.exec(
        runCli(["details", "-", "--at", at], { input }).stdout,
      )?.[1];
    };
    const activation = "2026-01-01T00:00:00Z";
    const expiration = "2026-03-01T00:00:00Z";
    const time_zone = "Asia/Tokyo";
    expect(reason({}, activation)).toBe("the contract is not activated");
    expect(reason({ activation, is_pending: true }, activation)).toBe("the contract is not activated");
    expect(reason({ activation, time_zone }, "2025-12-01T00:00:00Z")).toBe(
      "the contract begins on 2026-01-01 09:00",
    );
    expect(reason({ activation, expiration, time_zone }, expiration)).toBe(
      "the contract ended on 2026-03-01 09:00",
    );
    expect(reason({ activation, moved_at: expiration }, expiration)).toBe(
      "the contract moved on 2026-03-01 00:00",
    );
  });

  test("mark what is peculiar, and explain the marks that occur", () => {
    const { code, stdout } = runCli(peculiarArguments());
    expect(code).toBe(0);
    expect(stdout.slice(stdout.indexOf("Current period"), stdout.indexOf("\nPrices"))).toBe(
      `
Current period, so far  charged                  units  unit  subtotal  discount  total  note
──────────────────────  ───────────────────────  ─────  ────  ────────  ────────  ─────  ───────────────────────────────
支払い                  every cycle, percentage                      -         -      -  no estimate
calls                   every cycle, flat fee                     5.16      0.00   5.16  stub 16/31
calls                   every cycle, usage         500            5.00      0.00   5.00  assumed, over limit, stub 16/31
seats                   every cycle, per unit        2  seat      0.00      0.00   0.00  waived
                                                                 ─────      ────  ─────
total                                                            10.16      0.00  10.16
stub         this part of a whole cycle; fixed charges, flat fees and limits are prorated, usage is not
assumed      no usage was given: used_unit_count of the document, else zero
over limit   usage above maximum_units; without an over_usage_price all of it has the usual price
waived       in its free cycles
no estimate  plan.features[0].price.quantity: this price depends on the properties of the events, not on their sum; allowed: { events: [...] }
`.trimStart(),
    );
  });

  test("never steer the terminal", () => {
    const price = {
      ...PRICE,
      strategy_details: { pricing_strategy: "per_unit", contracted_unit_count: 1, unit_name: "\n" },
    };
    const input = JSON.stringify({
      contract_summary: { cycle: "once", currency: "eur", customer: "\u001b[31mA\u0007", id: "\u202eB" },
      plan: { name: "x".repeat(500), features: [{ slug: "a\tb", name: "c\r\nd", price }] },
    });
    const { stdout } = runCli(["details", "-"], { input });
    expect(stdout.split("\n")[0]).toBe(`�[31mA� — ${"x".repeat(39)}…  �B`);
    expect(stdout).toContain("c��d  5 per �");
  });
});

describe("details for programs", () => {
  test.each(QUESTIONS)("of $example, $moment, are contractDetails and nothing else", (question) => {
    const { at, example, hasUsage } = question;
    const usage = hasUsage ? readJson<never>(`examples/${example}.usage.json`) : null;
    const contract = parseContract(readJson(`examples/${example}.json`));
    const { code, stdout, stderr } = answer(question, "--json");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toBe(`${JSON.stringify(contractDetails(contract, { at, usage }), null, 2)}\n`);
  });

  test.each(QUESTIONS)("of $example, $moment, have the ledger's estimates", (question) => {
    const ledger = readJson<{ amount: string; cost_estimates: object }>(
      `test/ledgers/${question.example}.ledger.json`,
    );
    const { contract_summary } = JSON.parse(answer(question, "--json").stdout);
    const { amount, cost_estimates } = contract_summary;
    expect({ amount, cost_estimates }).toEqual({
      amount: ledger.amount,
      cost_estimates: ledger.cost_estimates,
    });
  });

  test.each(QUESTIONS)("of $example, $moment, add up to the total that people see", (question) => {
    const { plan } = JSON.parse(answer(question, "--json").stdout);
    const estimates = [plan, ...plan.features].map((each) => each.price?.total_charge_estimate ?? null);
    const sum = estimates.reduce(
      (cents, estimate) => cents + Math.round(100 * Number(estimate?.total ?? 0)),
      0,
    );
    const shown = /^total .* (\S+)$/m.exec(answer(question).stdout)?.[1] ?? "0";
    expect(sum).toBe(Math.round(100 * Number(shown)));
  });

  test("are of now where no instant is given", () => {
    const before = new Date().toISOString();
    const input = JSON.stringify({
      contract_summary: { cycle: "hour", currency: "eur", activation: before },
      plan: { price: PRICE, strategy: "plan" },
    });
    const { billing_information } = JSON.parse(runCli(["details", "-", "--json"], { input }).stdout);
    expect(billing_information.current_period_idx).toBe(1);
  });

  test("hold the reason where a price has no estimate", () => {
    const { code, stdout } = runCli([...peculiarArguments(), "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).plan.features[0].price.total_charge_estimate.issues[0].code).toBe(
      "NEEDS_EVENTS",
    );
  });
});

const PRICE = { amount: "5", strategy_details: { pricing_strategy: "flat" } };

/** Under calendar alignment, from the 16th on: a stub of 16 days of 31. */
const PECULIAR = JSON.stringify({
  contract_summary: {
    cycle: "month",
    cycle_start_offset: 0,
    currency: "eur",
    activation: "2026-01-16T00:00:00Z",
  },
  plan: {
    features: [
      {
        slug: "payments",
        name: "支払い",
        price: {
          strategy_details: { pricing_strategy: "percentage", rate: "2.5" },
          by: [{ when: { region: "eu" }, strategy_details: { pricing_strategy: "percentage", rate: "1" } }],
        },
      },
      {
        slug: "calls",
        price: {
          amount: "0.01",
          strategy_details: {
            pricing_strategy: "usage",
            flat_fee: "10",
            used_unit_count: "500",
            maximum_units: "100",
          },
        },
      },
      {
        slug: "seats",
        price: {
          amount: "9",
          free_cycles: 1,
          strategy_details: { pricing_strategy: "per_unit", unit_name: "seat", contracted_unit_count: "2" },
        },
      },
    ],
  },
});

function peculiarArguments(): string[] {
  const contract = temporaryFile("contract.json", PECULIAR);
  const usage = temporaryFile("usage.json", '{"sums": {"payments": "100"}}');
  return ["details", contract, "--usage", usage, "--at", "2026-01-20T00:00:00Z"];
}

/** Of each charge in the table: whether it is a flat fee, its units, subtotal, discount and total. */
function chargeRows(stdout: string): string[][] {
  const [, table = ""] = /^Current period, so far.*\n.*\n([\s\S]*?)^ +─/m.exec(stdout) ?? [];
  return table
    .trimEnd()
    .split("\n")
    .map((row) => row.split(/ {2,}/))
    .filter((cells) => cells.length > 1 && !cells.includes("-"))
    .map(([, charged = "", ...cells]) => {
      const amounts = cells.filter((cell) => /^\d+(?:\.\d+)?$/.test(cell));
      const units = amounts.length > 3 ? String(amounts[0]) : "";
      return [charged.endsWith("flat fee") ? "flat fee" : "", units, ...amounts.slice(-3)];
    });
}
