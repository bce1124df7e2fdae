import { spawn } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addAmounts,
  amendContract,
  billingPeriodAt,
  type Contract,
  type ContractChange,
  chargesOf,
  compareContracts,
  isBillingError,
  parseContract,
  type Usage,
} from "../../src/index.ts";
import { buildIfStale, type CliRun, cliPath, runCli, temporaryFile } from "../built-cli.ts";
import { arbitraryContract } from "../laws/arbitrary-contract.ts";

const AT = "2026-02-26T12:00:00Z";
const EXAMPLE = "examples/portfolio.ndjson";
const CHANGE = "examples/price-change.json";

type Json = { readonly [name: string]: unknown };

interface Line extends Json {
  readonly id: string | null;
  readonly issues?: readonly {
    readonly code: string;
    readonly path: readonly unknown[];
    readonly message: string;
  }[];
}

/** A contract with a base fee and metered calls, as a line has it. */
function contract(id: string | undefined, { amount = "10", ...more }: Json = {}): Json {
  const calls = { pricing_strategy: "usage" };
  return {
    contract_summary: {
      id,
      customer: `Customer ${id}`,
      cycle: "month",
      currency: "eur",
      activation: "2026-01-01T00:00:00Z",
    },
    plan: {
      features: [
        { slug: "base", price: { amount, strategy_details: { pricing_strategy: "flat" } } },
        { slug: "calls", price: { amount: "0.5", strategy_details: calls } },
      ],
    },
    ...more,
  };
}

function ndjson(lines: readonly unknown[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join("");
}

function linesOf(stdout: string): Line[] {
  expect(stdout === "" || stdout.endsWith("\n")).toBe(true);
  return stdout
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}

function portfolio(
  args: readonly string[],
  input: string | Buffer = "",
): CliRun & { readonly lines: Line[] } {
  const run = runCli(["portfolio", ...args], { input });
  return { ...run, lines: linesOf(run.stdout) };
}

/** A run at AT over standard input without a word on stderr but about errors. */
function quietly(input: string | Buffer, ...args: string[]): CliRun & { readonly lines: Line[] } {
  return portfolio(["--at", AT, "--quiet", ...args], input);
}

/** What became of each line: its total, or the codes and places of what is wrong. */
function outcomes(lines: readonly Line[]): unknown[] {
  return lines.map(
    (line) => line["total"] ?? line.issues?.map(({ code, path }) => `${code} ${path.join(".")}`),
  );
}

describe("each line gets its answer, in order", () => {
  test("the total of the period that runs", () => {
    const input = ndjson([
      contract("a", { usage: { sums: { calls: "100" } } }),
      contract("b", { usage: null }),
      contract("c", { contract_summary: { id: "c", cycle: "month", currency: "jpy" } }),
    ]);
    const { code, stdout, stderr } = quietly(input);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toBe(
      '{"id":"a","currency":"eur","total":"60.00"}\n' +
        '{"id":"b","currency":"eur","total":"10.00"}\n' +
        '{"id":"c","currency":"jpy","total":null}\n',
    );
  });

  test("or of the periods that begin in a stretch", () => {
    const args = ["--from", "2026-01-01T00:00:00Z", "--to", "2026-04-01T00:00:00Z", "--quiet"];
    const input = ndjson([
      contract("a", { usage: { every_period: { calls: "100" } } }),
      contract("b", { contract_summary: { id: "b", cycle: "month", currency: "eur" } }),
    ]);
    expect(outcomes(portfolio(args, input).lines)).toEqual(["180.00", "0.00"]);
    const taxed = portfolio([...args, "--tax-rates", '{"default": "19"}'], input);
    expect(outcomes(taxed.lines)).toEqual(["214.20", "0.00"]);
  });

  test("nothing runs in a trial, nor outside all periods", () => {
    const summary = { cycle: "month", currency: "eur", activation: "2026-02-20T00:00:00Z" };
    const input = ndjson([
      contract("a", { contract_summary: { ...summary, free_trial_end: "2026-03-01T00:00:00Z" } }),
      contract("b", { contract_summary: { ...summary, expiration: "2026-02-25T00:00:00Z" } }),
      contract("c", { contract_summary: { ...summary, free_cycles: 2 } }),
    ]);
    expect(quietly(input).lines.map(({ total }) => total)).toEqual([null, null, "0.00"]);
  });

  test("ids are as they stand there, whatever they are", () => {
    const ids = ['a "quoted" \u2028 id', 17, undefined, { not: "an id" }];
    const input = ndjson(ids.map((id) => contract(id as string)));
    expect(quietly(input).lines.map(({ id }) => id)).toEqual([ids[0], 17, null, null]);
  });

  test("blank lines, CRLF, byte order marks and a missing last line end don't matter", () => {
    const [first, second] = [JSON.stringify(contract("ä")), JSON.stringify(contract("b"))];
    const { code, lines } = quietly(`\ufeff${first}\r\n\r\n  \n\ufeff${second}`);
    expect(code).toBe(0);
    expect(lines.map(({ id }) => id)).toEqual(["ä", "b"]);
  });

  test("of no line there is no answer", () => {
    for (const input of ["", "\n", "\r\n \n"]) {
      expect(quietly(input)).toMatchObject({ code: 0, stdout: "", stderr: "" });
    }
    expect(portfolio(["--at", AT], "").stderr).toBe(`0 contracts, period at ${AT}\n`);
  });

  test("a line may be long", () => {
    const events = Array.from({ length: 60_000 }, (_, index) => ({
      feature_slug: "calls",
      units: "1",
      timestamp: new Date(Date.UTC(2026, 1, 1) + index * 1000).toISOString(),
    }));
    const input = ndjson([contract("a"), contract("b", { usage: { events } }), contract("c")]);
    expect(input.length).toBeGreaterThan(4_000_000);
    expect(outcomes(quietly(input).lines)).toEqual(["10.00", "30010.00", "10.00"]);
  });

  test("from a file and from standard input alike", () => {
    const file = temporaryFile("contracts.ndjson", ndjson([contract("a"), contract("b")]));
    const expected = portfolio([file, "--at", AT, "--quiet"]).stdout;
    expect(expected).toContain('"b"');
    expect(quietly(readFileSync(file)).stdout).toBe(expected);
    expect(portfolio(["-", "--at", AT, "--quiet"], readFileSync(file)).stdout).toBe(expected);
  });

  test("at once, without waiting for the end of the input", async () => {
    buildIfStale();
    const child = spawn(process.execPath, [cliPath, "portfolio", "--at", AT, "--quiet"]);
    let answers = "";
    let heard = (): void => {};
    child.stdout.on("data", (chunk) => {
      answers += chunk;
      heard();
    });
    for (const id of ["a", "b", "c"]) {
      const answered = new Promise<void>((done) => {
        heard = done;
      });
      child.stdin.write(ndjson([contract(id)]));
      await answered;
      expect(linesOf(answers).at(-1)).toEqual({ id, currency: "eur", total: "10.00" });
    }
    child.stdin.end();
    expect(await new Promise((done) => child.on("close", done))).toBe(0);
  });
});

describe("usage in a file of its own", () => {
  const contracts = ndjson([contract("a"), contract("b"), contract("c")]);
  const withUsage = (usage: string, input = contracts) =>
    quietly(input, "--usage", temporaryFile("usage.ndjson", usage));

  test("stands in the order of the contracts, with or without their ids", () => {
    const usage = `{"sums": {"calls": "2"}}\r\n\n{"id": "b", "usage": {"sums": {"calls": "4"}}}\n{"id": "c", "usage": null}`;
    const { code, lines } = withUsage(usage);
    expect(code).toBe(0);
    expect(outcomes(lines)).toEqual(["11.00", "12.00", "10.00"]);
    expect(outcomes(withUsage("null\nnull\n{}").lines)).toEqual(["10.00", "10.00", "10.00"]);
  });

  test("may come on standard input", () => {
    const file = temporaryFile("contracts.ndjson", contracts);
    const args = [file, "--at", AT, "--quiet", "--usage", "-"];
    const usage = '{"sums": {"calls": "2"}}\nnull\nnull\n';
    expect(outcomes(portfolio(args, usage).lines)).toEqual(["11.00", "10.00", "10.00"]);
  });

  test("must be that of the contract", () => {
    const { code, lines } = withUsage(
      '{"id": "b", "usage": null}\n{"usage": {}, "note": 1}\n{"sums": {"seats": 1}}\n',
    );
    expect(code).toBe(1);
    expect(outcomes(lines)).toEqual([
      ["CONFLICT usage.id"],
      ["UNKNOWN_VALUE usage.note"],
      ["UNKNOWN_SLUG usage.sums.seats"],
    ]);
    expect(lines.map(({ id }) => id)).toEqual(["a", "b", "c"]);
  });

  test("is given once", () => {
    const input = ndjson([
      contract("a", { usage: {} }),
      contract("b", { usage: {} }),
      contract("c", { usage: null }),
    ]);
    const { lines } = withUsage('{"sums": {"calls": "2"}}\nnull\n{"sums": {"calls": "2"}}\n', input);
    expect(outcomes(lines)).toEqual([["CONFLICT usage"], "10.00", "11.00"]);
  });

  test("has as many lines, or it is an error after all that could be paired", () => {
    for (const [usage, count] of [
      ["null\nnull\n", 2],
      ["null\nnull\nnull\n\nnull\n", 4],
      ["", 0],
    ] as const) {
      const { code, lines, stderr } = withUsage(usage);
      expect(code).toBe(1);
      expect(lines.length).toBe(Math.min(3, count));
      expect(stderr).toMatch(
        new RegExp(
          `^standard input has 3 contracts, .*usage.ndjson has ${count} lines of usage; expected as many, .*\n$`,
        ),
      );
    }
  });
});

describe("lines that have no price", () => {
  const input = Buffer.concat([
    Buffer.from(ndjson([contract("a"), contract("b", { amount: "-1" })])),
    Buffer.from('\n{"contract_summary": {"id": "c"},}\n[]\n'),
    Buffer.from([0x7b, 0xff, 0x7d, 0x0a]),
    Buffer.from(ndjson([contract("e", { usage: { sums: { calls: "x", seats: "1" } } }), contract("f")])),
  ]);
  const places = [
    [2, "b", ["OUT_OF_RANGE plan.features.0.price.amount"]],
    [4, null, ["INVALID_TYPE "]],
    [5, null, ["INVALID_TYPE "]],
    [6, null, ["INVALID_TYPE "]],
    [7, "e", ["INVALID_DECIMAL usage.sums.calls", "UNKNOWN_SLUG usage.sums.seats"]],
  ];

  test("get their issues in their place, and the others their prices", () => {
    const { code, lines } = quietly(input);
    expect(code).toBe(1);
    expect(outcomes(lines)).toEqual(["10.00", ...places.map(([, , issues]) => issues), "10.00"]);
    expect(lines.map(({ id }) => id)).toEqual(["a", "b", null, null, null, "e", "f"]);
    expect(lines[2]?.issues?.[0]).toEqual({
      code: "INVALID_TYPE",
      path: [],
      message:
        'bad JSON at column 34: expected a name in double quotes, found "}"; allowed: one JSON document a line',
      found: '"{\\"contract_summary\\": {\\"id\\": \\"c\\"},}"',
    });
  });

  test("are written to a file with their numbers", () => {
    const errors = temporaryFile("errors.ndjson", "what was there before\n");
    const { stderr, lines } = quietly(input, "--errors", errors);
    expect(stderr).toBe("5 contracts have no price, of 7\n");
    const written = linesOf(readFileSync(errors, "utf8"));
    expect(
      written.map(({ line, id, issues }) => [line, id, ...outcomes([{ id, issues: issues ?? [] }])]),
    ).toEqual(places);
    const { line: _, ...first } = written[0] as Line;
    expect(first).toEqual(lines[1]);
  });

  test("are otherwise said, the first ten of them", () => {
    const { stderr } = quietly(input);
    const said = stderr.split("\n");
    expect(said.slice(0, 5).map((line) => line.slice(0, line.indexOf("(found")))).toEqual([
      expect.stringMatching(/^line 2: plan\.features\[0\]\.price\.amount: .*allowed: .* $/),
      expect.stringMatching(/^line 4: \(input\): bad JSON at column 34: /),
      expect.stringMatching(/^line 5: \(input\): the contract is not an object; /),
      "line 6: (input): it is not text in UTF-8; allowed: one JSON document a line ",
      expect.stringMatching(/^line 7: usage\.sums\.calls: /),
    ]);
    expect(said[4]).toMatch(/ \(and 1 more\)$/);
    expect(said.slice(5)).toEqual([
      "5 contracts have no price, of 7; --errors <file> lists what is wrong",
      "",
    ]);
    const many = quietly("x\n".repeat(30)).stderr.split("\n");
    expect(many.length).toBe(12);
    expect(many[10]).toMatch(/^30 contracts have no price, of 30/);
  });

  test("are counted in the summary", () => {
    const file = temporaryFile("summary.json", "");
    quietly(input, "--summary", file);
    expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ at: AT, contracts: 7, errors: 5 });
  });
});

describe("a patch", () => {
  const patchFile = (patch: unknown): string => temporaryFile("patch.json", JSON.stringify(patch));

  test("is priced beside what is paid today, with the same usage", () => {
    const input = ndjson([
      contract("a", { usage: { sums: { calls: "100" } } }),
      contract("b", { contract_summary: { id: "b", cycle: "month", currency: "eur" } }),
    ]);
    const { code, stdout } = quietly(
      input,
      "--patch",
      patchFile({ feature_configuration: { calls: { price: "0.45" } } }),
    );
    expect(code).toBe(0);
    expect(stdout).toBe(
      '{"id":"a","currency":"eur","before":"60.00","after":"55.00","difference":"-5.00"}\n' +
        '{"id":"b","currency":"eur","before":null,"after":null,"difference":null}\n',
    );
  });

  test("may begin or end what is charged", () => {
    const summary = { cycle: "month", currency: "eur", activation: "2026-01-01T00:00:00Z" };
    const input = ndjson([
      contract("a"),
      contract("b", { contract_summary: { ...summary, expiration: "2026-02-01T00:00:00Z" } }),
    ]);
    const amounts = (patch: unknown) =>
      quietly(input, "--patch", patchFile(patch)).lines.map(({ before, after, difference }) => [
        before,
        after,
        difference,
      ]);
    expect(amounts({ expiration: null })).toEqual([
      ["10.00", "10.00", "0.00"],
      [null, "10.00", "10.00"],
    ]);
    expect(amounts({ expiration: "2026-02-02T00:00:00Z" })).toEqual([
      ["10.00", null, "-10.00"],
      [null, null, null],
    ]);
  });

  test("that doesn't fit a contract is that line's error", () => {
    const other = {
      features: [{ slug: "seats", price: { amount: "3", strategy_details: { pricing_strategy: "flat" } } }],
    };
    const input = ndjson([contract("a", { plan: other }), contract("b")]);
    const { code, lines } = quietly(
      input,
      "--patch",
      patchFile({ feature_configuration: { base: { price: "12" } } }),
    );
    expect(code).toBe(1);
    expect(lines[0]?.issues?.map(({ code: issue, path }) => [issue, path])).toEqual([
      ["UNKNOWN_SLUG", ["patch", "feature_configuration", "base"]],
    ]);
    expect(lines[1]).toMatchObject({ before: "10.00", after: "12.00", difference: "2.00" });
  });

  test("that fits no contract is refused before any is read", () => {
    const refused = (patch: string): CliRun =>
      quietly("not read\n", "--patch", temporaryFile("patch.json", patch));
    for (const [patch, problem] of [
      ["{", /patch\.json:1:2: bad JSON: /],
      ["[]", /^patch: the change is not an object; /],
      ['{"discuont": null}', /^patch\.discuont: this is not read; .*did you mean discount\?/],
      [
        '{"feature_configuration": {"base": {"price": "1,5"}}}',
        /^patch\.feature_configuration\.base\.price: /,
      ],
      ['{"expiration": "2026-02-30T00:00:00Z"}', /^patch\.expiration: /],
    ] as const) {
      const { code, stdout, stderr } = refused(patch);
      expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
      expect(stderr).toMatch(problem);
      expect(stderr.split("\n").length).toBe(2);
    }
  });
});

describe("the summary", () => {
  const args = [EXAMPLE, "--at", AT, "--patch", CHANGE];

  test("says for people what the change makes of whom", () => {
    const { code, stderr } = portfolio(args);
    expect(code).toBe(0);
    expect(stderr).toMatchInlineSnapshot(`
      "6 contracts, period at 2026-02-26T12:00:00Z

      currency  contracts  not running   before    after  difference       %  less  same  more
      ────────  ─────────  ───────────  ───────  ───────  ──────────  ──────  ────  ────  ────
      eur               3                527.06   545.82      +18.76   +3.56     0     0     3
      gbp               1               1094.36  1209.26     +114.90  +10.50     0     0     1
      usd               2            1   259.43   280.63      +21.20   +8.17     0     0     1

      Change               contracts
      ───────────────────  ─────────  ──────────────────────────────
      more than 20 % less          0
      10 to 20 % less              0
      5 to 10 % less               0
      up to 5 % less               0
      the same                     0
      up to 5 % more               2  ██████████████████████████████
      5 to 10 % more               2  ██████████████████████████████
      10 to 20 % more              1  ███████████████
      more than 20 % more          0
      more than nothing            0

      Biggest movers                             customer               currency   before    after  difference
      ─────────────────────────────────────────  ─────────────────────  ────────  ───────  ───────  ──────────
      Cont_9b1c4d20-0000-4000-8000-000000000005  Bergström Konsult AB   eur        217.63   230.43      +12.80
      Cont_9b1c4d20-0000-4000-8000-000000000001  Nordlicht GmbH         eur        238.45   244.25       +5.80
      Cont_9b1c4d20-0000-4000-8000-000000000002  Atelier Duval SARL     eur         70.98    71.14       +0.16
      Cont_9b1c4d20-0000-4000-8000-000000000003  Kestrel Logistics Ltd  gbp       1094.36  1209.26     +114.90
      Cont_9b1c4d20-0000-4000-8000-000000000004  Hudson Freight Inc.    usd        259.43   280.63      +21.20
      "
    `);
    expect(portfolio([EXAMPLE, "--at", AT]).stderr).toMatchInlineSnapshot(`
      "6 contracts, period at 2026-02-26T12:00:00Z

      currency  contracts  not running    total
      ────────  ─────────  ───────────  ───────
      eur               3                527.06
      gbp               1               1094.36
      usd               2            1   259.43
      "
    `);
  });

  test("says for programs the same", () => {
    const file = temporaryFile("summary.json", "");
    const { lines } = portfolio([...args, "--summary", file, "--quiet"]);
    const { by_currency, ...rest } = JSON.parse(readFileSync(file, "utf8"));
    expect(rest).toEqual({ at: AT, contracts: 6, errors: 0 });
    const euros = lines.filter(({ currency }) => currency === "eur");
    const sum = (name: string): string =>
      addAmounts(
        euros.map((line) => String(line[name])),
        "eur",
      );
    expect(by_currency.map(({ currency }: Json) => currency)).toEqual(["eur", "gbp", "usd"]);
    expect(by_currency[0]).toEqual({
      currency: "eur",
      contracts: 3,
      not_running: 0,
      before: sum("before"),
      after: sum("after"),
      difference: sum("difference"),
      percent: "3.56",
      less: 0,
      same: 0,
      more: 3,
      changes: {
        less_over_20: 0,
        less_10_to_20: 0,
        less_5_to_10: 0,
        less_up_to_5: 0,
        same: 0,
        more_up_to_5: 2,
        more_5_to_10: 1,
        more_10_to_20: 0,
        more_over_20: 0,
        new_from_zero: 0,
      },
      biggest_increases: [
        {
          id: "Cont_9b1c4d20-0000-4000-8000-000000000005",
          customer: "Bergström Konsult AB",
          before: "217.63",
          after: "230.43",
          difference: "12.80",
        },
        expect.objectContaining({ customer: "Nordlicht GmbH", difference: "5.80" }),
        expect.objectContaining({ customer: "Atelier Duval SARL", difference: "0.16" }),
      ],
      biggest_decreases: [],
    });
    expect(by_currency[2]).toMatchObject({ contracts: 2, not_running: 1, more: 1, same: 0 });
    portfolio([EXAMPLE, "--at", AT, "--summary", file, "--quiet"]);
    expect(JSON.parse(readFileSync(file, "utf8")).by_currency[0]).toEqual({
      currency: "eur",
      contracts: 3,
      not_running: 0,
      total: sum("before"),
    });
  });

  test("names the five that move farthest, of those that move as far the first", () => {
    const input = ndjson(
      [3, 9, 1, 9, 4, 9, 2, 8].map((amount, index) => contract(`${index}`, { amount: `${amount}` })),
    );
    const [patch, file] = [temporaryFile("patch.json", "{}"), temporaryFile("summary.json", "")];
    const movers = (change: Json, name: string): string[] => {
      writeFileSync(patch, JSON.stringify(change));
      quietly(input, "--patch", patch, "--summary", file);
      const [{ [name]: found }] = JSON.parse(readFileSync(file, "utf8")).by_currency;
      return found.map(({ id, difference }: Json) => `${id} ${difference}`);
    };
    const discount = { discount_type: "percentage", amount: "100" };
    expect(movers({ discount }, "biggest_decreases")).toEqual([
      "1 -9.00",
      "3 -9.00",
      "5 -9.00",
      "7 -8.00",
      "4 -4.00",
    ]);
    expect(movers({ discount }, "biggest_increases")).toEqual([]);
    const price = { feature_configuration: { base: { price: "9" } } };
    expect(movers(price, "biggest_increases")).toEqual(["2 8.00", "6 7.00", "0 6.00", "4 5.00", "7 1.00"]);
  });
});

const RANGE = { from: "2024-03-25T00:00:00Z", to: "2024-05-01T00:00:00Z" };
const RANGE_ARGS = ["--from", RANGE.from, "--to", RANGE.to];
const MOMENT = "2024-04-10T00:00:00Z";
const DISCOUNT: ContractChange = {
  discounts: null,
  discount: { discount_type: "percentage", amount: "12.5" },
  free_cycles: 0,
};

/** Any contracts, with usage that may be wrong for them. */
const priceable = fc.sample(
  fc.record({
    document: arbitraryContract.map(({ document }) => document),
    usage: fc.constantFrom<unknown>(
      undefined,
      null,
      { every_period: { alpha: "12.5" } },
      { sums: { alpha: "1000" } },
      { every_period: { beta: "3", gamma: 7 } },
      { events: [{ feature_slug: "alpha", units: "20", timestamp: "2024-04-01T12:00:00Z" }] },
      { on_demand: [{ feature_slug: "alpha", at: "2024-04-02T00:00:00Z", unit_count: "2" }] },
    ),
  }),
  { numRuns: 150, seed: Number(process.env["FC_SEED"] ?? 1) },
);
const documents = priceable.map(({ document, usage }, index) => ({
  ...document,
  contract_summary: { ...document.contract_summary, id: `contract ${index}` },
  ...(usage !== undefined && { usage }),
}));

/** The line that single calls make of a document. */
function singly(document: Json, price: (contract: Contract, usage: Usage | null) => Json): Json {
  const { usage = null, ...rest } = JSON.parse(JSON.stringify(document));
  const { id, currency } = rest.contract_summary;
  try {
    return { id, currency, ...price(parseContract(rest), usage) };
  } catch (error) {
    if (!isBillingError(error)) throw error;
    return {
      id,
      issues: error.issues.map(({ code, path, message, found }) => ({ code, path, message, found })),
    };
  }
}

function overRange(contract: Contract, usage: Usage | null): Json {
  const amended = amendContract(contract, DISCOUNT);
  const { contracts, differences } = compareContracts(
    { before: contract, after: amended },
    { ...RANGE, usage },
  );
  return {
    before: contracts["before"]?.total_including_tax,
    after: contracts["after"]?.total_including_tax,
    difference: differences["after"]?.["before"],
  };
}

function atMoment(contract: Contract, usage: Usage | null): Json {
  const period = billingPeriodAt(contract, MOMENT);
  if (period === null || period.phase === "trial") {
    // Usage is read whether something runs or not.
    compareContracts({ contract }, { from: MOMENT, to: MOMENT, usage, at: MOMENT });
    return { total: null };
  }
  const lines = chargesOf(contract, period, { usage, at: MOMENT });
  const { currency } = contract.contract_summary;
  return {
    total: addAmounts(
      lines.map(({ total_including_tax: total }) => total),
      currency,
    ),
  };
}

describe("law: a portfolio equals single calls", () => {
  const patch = (): string => temporaryFile("patch.json", JSON.stringify(DISCOUNT));

  test("of compareContracts, before and after a change", () => {
    const { lines } = portfolio([...RANGE_ARGS, "--patch", patch(), "--quiet"], ndjson(documents));
    const expected = documents.map((document) => singly(document, overRange));
    expect(lines).toEqual(expected);
    expect(expected.filter(({ issues }) => issues !== undefined).length).toBeGreaterThan(5);
    expect(expected.filter(({ before, after }) => before !== after).length).toBeGreaterThan(20);
  });

  test("of chargesOf, at an instant", () => {
    const { lines } = portfolio(["--at", MOMENT, "--quiet"], ndjson(documents));
    const expected = documents.map((document) => singly(document, atMoment));
    expect(lines).toEqual(expected);
    expect(expected.filter(({ total }) => total === null).length).toBeGreaterThan(5);
    expect(expected.filter(({ total }) => typeof total === "string").length).toBeGreaterThan(20);
  });

  test("with any number of workers, on any split", () => {
    const args = [...RANGE_ARGS, "--patch", patch(), "--quiet"];
    const texts = documents.map((document) => ndjson([document]));
    const file = temporaryFile("contracts.ndjson", texts.join(""));
    const summary = temporaryFile("summary.json", "");
    const whole = portfolio([file, ...args, "--workers", "1", "--summary", summary]);
    const summed = readFileSync(summary, "utf8");
    for (const workers of ["2", "3"]) {
      const run = portfolio([...args, "--workers", workers, "--summary", summary], texts.join(""));
      expect(run.stdout).toBe(whole.stdout);
      expect(readFileSync(summary, "utf8")).toBe(summed);
    }
    const parts = [0, 1, 90, 91, 150].slice(1).map((end, index) => texts.slice([0, 1, 90, 91][index], end));
    expect(parts.map((part) => portfolio(args, part.join("")).stdout).join("")).toBe(whole.stdout);
  });

  test("with the usage in a file of its own", () => {
    const usage = ndjson(documents.map(({ usage: own = null }) => own));
    const contracts = ndjson(documents.map(({ usage: _, ...document }) => document));
    const args = [...RANGE_ARGS, "--quiet"];
    const file = temporaryFile("usage.ndjson", usage);
    expect(portfolio([...args, "--usage", file], contracts).stdout).toBe(
      portfolio(args, ndjson(documents)).stdout,
    );
  });
});

describe("what is wrong", () => {
  test("with files is said before anything is written", () => {
    const contracts = temporaryFile("contracts.ndjson", ndjson([contract("a")]));
    for (const [args, problem] of [
      [["no-such.ndjson"], /^no-such\.ndjson: cannot be read: there is no such file$/m],
      [["src"], /^src: cannot be read: it is a directory$/m],
      [[contracts, "--usage", "no-such.ndjson"], /^no-such\.ndjson: cannot be read: there is no such file$/m],
      [[contracts, "--patch", "no-such.json"], /^no-such\.json: cannot be read: there is no such file$/m],
      [[contracts, "--errors", "no-such/errors"], /^no-such\/errors: cannot be written: /],
      [[contracts, "--summary", "src"], /^src: cannot be written: /],
      [[contracts, "--errors", contracts], /contracts\.ndjson: it is read, and would be written over\n$/],
      [[contracts, "--tax-rates", '{"default": "x"}'], /^tax_rates\.default: /],
    ] as const) {
      const { code, stdout, stderr } = runCli(["portfolio", ...args, "--at", AT]);
      expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
      expect(stderr).toMatch(problem);
      expect(stderr.split("\n").length).toBe(2);
    }
    expect(readFileSync(contracts, "utf8")).not.toBe("");
  });

  test("with options is wrong use", () => {
    for (const [args, error] of [
      [[], "error: the time is missing: give --at, or --from and --to"],
      [["--from", AT], "error: the time is missing: give --at, or --from and --to"],
      [
        ["--at", AT, "--from", AT],
        "error: option '--from <instant>' cannot be used with option '--at <instant>'",
      ],
      [["--from", AT, "--to", "2025-01-01T00:00:00Z"], "error: to is before from; allowed: from or later"],
      [
        ["--at", "2026"],
        "error: option '--at <instant>' argument '2026' is invalid. An instant has an offset, such as 2026-01-31T09:30:00Z.",
      ],
      [
        ["--at", AT, "--workers", "0"],
        "error: option '--workers <number>' argument '0' is invalid. A whole number from 1 to 256 is allowed.",
      ],
      [["--at", AT, "--usage", "-"], "error: standard input holds one document: give the others as files"],
      [
        ["-", "--at", AT, "--patch", "-"],
        "error: standard input holds one document: give the others as files",
      ],
    ] as const) {
      const { code, stdout, stderr } = runCli(["portfolio", ...args]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toBe(`${error}\npure-billing portfolio --help shows how it is used\n`);
    }
  });

  test("with a thread ends the run, and doesn't hang it", () => {
    buildIfStale();
    const folder = dirname(temporaryFile("package.json", '{"version": "0.0.0", "type": "module"}'));
    mkdirSync(join(folder, "dist"));
    copyFileSync(cliPath, join(folder, "dist/cli.js"));
    symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
    const run = (worker: string): Promise<{ code: unknown; stderr: string }> => {
      writeFileSync(join(folder, "dist/portfolio-worker.js"), worker);
      const child = spawn(process.execPath, [join(folder, "dist/cli.js"), "portfolio", "--at", AT]);
      let stderr = "";
      child.stderr.on("data", (chunk) => {
        stderr += chunk;
      });
      // The input stays open: nothing but the thread can end the run.
      child.stdin.on("error", () => {});
      child.stdin.write(ndjson([contract("a")]));
      return new Promise((done) => child.on("close", (code) => done({ code, stderr })));
    };
    const ended = "error: this should not have happened: a worker thread ended: ";
    return (async () => {
      expect(await run("process.exit(3)")).toEqual({ code: 1, stderr: `${ended}its exit code is 3\n` });
      expect(await run("throw new Error('broken')")).toEqual({ code: 1, stderr: `${ended}broken\n` });
    })();
  });

  test("with the reader of the result ends the run quietly", async () => {
    const file = temporaryFile(
      "contracts.ndjson",
      ndjson(Array.from({ length: 20_000 }, (_, id) => contract(`${id}`))),
    );
    buildIfStale();
    const child = spawn(process.execPath, [cliPath, "portfolio", file, "--at", AT, "--quiet"]);
    let complaints = "";
    child.stderr.on("data", (chunk) => {
      complaints += chunk;
    });
    child.stdout.once("data", () => child.stdout.destroy());
    const code = await new Promise((done) => child.on("close", done));
    expect({ code, complaints }).toEqual({ code: 0, complaints: "" });
  });

  test.skipIf(!existsSync("/dev/full"))("with a full disk is an error", () => {
    const file = temporaryFile("contracts.ndjson", ndjson([contract("a", { amount: "x" })]));
    const { code, stderr } = runCli(["portfolio", file, "--at", AT, "--quiet", "--errors", "/dev/full"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^\/dev\/full: cannot be written: ENOSPC/);
  });
});

test("the help has every option and an example", () => {
  const { code, stdout } = runCli(["portfolio", "--help"]);
  expect(code).toBe(0);
  for (const option of "at from to usage patch tax-rates errors summary workers quiet".split(" ")) {
    expect(stdout).toMatch(new RegExp(`^  --${option}\\b.*\\w`, "m"));
  }
  expect(stdout).toContain("Examples:\n  $ pure-billing portfolio contracts.ndjson --at ");
});
