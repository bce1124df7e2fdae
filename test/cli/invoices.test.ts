import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Invoice } from "../../src/index.ts";
import { runCli, temporaryFile } from "../built-cli.ts";

const TEAM = "examples/team-monthly.json";
const RANGE = ["--from", "2026-01-01T00:00:00Z", "--to", "2026-04-01T00:00:00Z"];

/** Examples with the stretch that is shown of them. */
const SHOWN = [
  { example: "team-monthly", hasUsage: true, from: "2026-01-10T00:00:00Z", to: "2026-07-01T00:00:00Z" },
  { example: "enterprise-yearly", hasUsage: true, from: "2025-10-01T00:00:00Z", to: "2027-02-01T00:00:00Z" },
  { example: "starter-plan-yen", hasUsage: false, from: "2024-01-01T00:00:00Z", to: "2024-07-01T00:00:00Z" },
  { example: "lifetime-once", hasUsage: false, from: "2026-01-01T00:00:00Z", to: "2027-01-01T00:00:00Z" },
];

function argumentsOf(example: string, hasUsage: boolean, from: string, to: string): string[] {
  const usage = hasUsage ? ["--usage", `examples/${example}.usage.json`] : [];
  return ["invoices", `examples/${example}.json`, "--from", from, "--to", to, ...usage];
}

function invoicesOf(args: readonly string[], input = ""): Invoice[] {
  const { code, stdout, stderr } = runCli(["invoices", ...args, "--json"], { input });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout);
}

describe("invoices for programs", () => {
  test.each(SHOWN)("of $example are those of the ledger", ({ example, hasUsage }) => {
    const ledger = JSON.parse(readFileSync(`test/ledgers/${example}.ledger.json`, "utf8"));
    const [, ...args] = argumentsOf(example, hasUsage, ledger.from, ledger.to);
    const found = invoicesOf(args).map(
      ({ lines, tax_amount: _, total_including_tax: __, currency: ___, ...invoice }) => ({
        ...invoice,
        lines: lines.length,
      }),
    );
    expect(found).toEqual(ledger.invoices);
  });

  test("take tax rates from the command line or from a file", () => {
    const rates = '{"default": "19"}';
    const [first] = invoicesOf([TEAM, ...RANGE, "--tax-rates", rates]);
    expect(first).toMatchObject({
      total_excluding_tax: "240.80",
      tax_amount: "45.75",
      total_including_tax: "286.55",
    });
    const file = temporaryFile("rates.json", rates);
    expect(invoicesOf([TEAM, ...RANGE, "--tax-rates", file])[0]).toEqual(first);
    expect(invoicesOf([TEAM, ...RANGE, "--tax-rates", "-"], rates)[0]).toEqual(first);
    expect(invoicesOf([TEAM, ...RANGE])[0]?.tax_amount).toBe(null);
  });

  test("read the contract from standard input", () => {
    expect(invoicesOf(["-", ...RANGE], readFileSync(TEAM, "utf8"))).toEqual(invoicesOf([TEAM, ...RANGE]));
  });

  test("take sums for the period that runs at the beginning", () => {
    const usage = temporaryFile("usage.json", '{"sums": {"api-calls": "20000"}}');
    const args = [TEAM, "--from", "2026-02-26T12:00:00Z", "--to", "2026-04-01T00:00:00Z", "--usage", usage];
    const counts = invoicesOf(args).flatMap(({ lines }) =>
      lines.filter(({ feature_slug }) => feature_slug === "api-calls").map(({ unit_count }) => unit_count),
    );
    expect(counts).toEqual(["20000", "0"]);
  });

  test("are none under manual, nor where nothing is charged", () => {
    expect(invoicesOf([TEAM, "--from", "2020-01-01T00:00:00Z", "--to", "2021-01-01T00:00:00Z"])).toEqual([]);
    const document = JSON.parse(readFileSync(TEAM, "utf8"));
    document.contract_summary.configuration.invoice_trigger = "manual";
    expect(invoicesOf(["-", ...RANGE], JSON.stringify(document))).toEqual([]);
  });
});

describe("invoices for people", () => {
  test.each(SHOWN)("of $example are those of the golden file", async ({ example, hasUsage, from, to }) => {
    const { code, stdout, stderr } = runCli(argumentsOf(example, hasUsage, from, to));
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    await expect(stdout).toMatchFileSnapshot(`../golden/invoices-${example}.txt`);
  });

  test("add up to the running total and the sums at the foot", () => {
    const rates = ["--tax-rates", '{"default": "19"}'];
    const { stdout } = runCli(["invoices", TEAM, ...RANGE, ...rates]);
    const totals = invoicesOf([TEAM, ...RANGE, ...rates]).map(
      ({ total_including_tax }) => total_including_tax,
    );
    const sum = totals.reduce((cents, total) => cents + Number(total.replace(".", "")), 0);
    const shown = stdout.split("\n").filter((line) => /^(2026-|total)/.test(line));
    const amount = (cents: number): string => (cents / 100).toFixed(2);
    expect(shown.at(-1)?.endsWith(` ${amount(sum)}`)).toBe(true);
    let running = 0;
    for (const [index, total] of totals.entries()) {
      running += Number(total.replace(".", ""));
      expect(shown[index]).toMatch(new RegExp(` ${total} +${amount(running)}$`));
    }
  });

  test("leave the column of taxes out where there are none", () => {
    expect(runCli(["invoices", TEAM, ...RANGE]).stdout).not.toMatch(/ tax /);
  });

  test("name the stretch and the way of invoicing where there is no invoice", () => {
    const args = ["--from", "2020-01-01T00:00:00Z", "--to", "2021-01-01T00:00:00Z"];
    expect(runCli(["invoices", TEAM, ...args]).stdout).toBe(
      "Nordlicht GmbH — Team  Cont_5a0f2c1e-7c1b-4a7e-9a53-0d2f6f1f7a01\n\n" +
        "Invoiced   as charges are made\nTime zone  Europe/Berlin\nCurrency   eur\n\n" +
        "No invoice is dated from 2020-01-01 01:00 to 2021-01-01 01:00.\n",
    );
  });
});

describe("what is wrong", () => {
  test("with the stretch is wrong use", () => {
    const use = (...args: string[]) => {
      const { code, stdout, stderr } = runCli(["invoices", TEAM, ...args]);
      return { code, stdout, error: stderr.split("\n")[0] };
    };
    const from = ["--from", "2026-01-01T00:00:00Z"];
    expect(use()).toEqual({
      code: 2,
      stdout: "",
      error: "error: required option '--from <instant>' not specified",
    });
    expect(use(...from).error).toBe("error: required option '--to <instant>' not specified");
    expect(use(...from, "--to", "2025-01-01T00:00:00Z")).toEqual({
      code: 2,
      stdout: "",
      error: "error: to is before from; allowed: from or later",
    });
    expect(use(...from, "--to", "2026").error).toMatch(
      /^error: option '--to <instant>' argument '2026' is invalid/,
    );
  });

  test("with standard input asked for twice is wrong use", () => {
    for (const option of ["--usage", "--tax-rates"]) {
      const { code, stderr } = runCli(["invoices", "-", ...RANGE, option, "-"]);
      expect(code).toBe(2);
      expect(stderr).toMatch(/^error: standard input holds one document: give the others as files\n/);
    }
  });

  test("with rates and usage is listed together, each on its line", () => {
    const usage = temporaryFile("usage.json", '{"sums": {"seat": "1"}}');
    const args = ["--usage", usage, "--tax-rates", '{"default": "-1", "reduced": 7.5}'];
    const { code, stdout, stderr } = runCli(["invoices", TEAM, ...RANGE, ...args]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr.split("\n").map((line) => line.slice(0, line.indexOf(":")))).toEqual([
      "usage.sums.seat",
      "tax_rates.default",
      "tax_rates.reduced",
      "",
    ]);
  });

  test("with the JSON of rates is shown where it is", () => {
    const { code, stderr } = runCli(["invoices", TEAM, ...RANGE, "--tax-rates", "{default: 19}"]);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'tax rates:1:2: bad JSON: expected a name in double quotes or "}", found "default"\n',
    });
    expect(runCli(["invoices", TEAM, ...RANGE, "--tax-rates", "19"]).stderr).toBe(
      "19: cannot be read: there is no such file\n",
    );
  });
});

test("the help has every option and an example", () => {
  const { code, stdout } = runCli(["invoices", "--help"]);
  expect(code).toBe(0);
  for (const option of ["from", "to", "usage", "tax-rates", "json"]) {
    expect(stdout).toMatch(new RegExp(`^  --${option}\\b.*\\w`, "m"));
  }
  expect(stdout).toContain("Examples:\n  $ pure-billing invoices contract.json --from ");
});
