import { describe, expect, test } from "vitest";
import { type CliRun, runCli, temporaryFile } from "../built-cli.ts";

const TEAM = "examples/team-monthly.json";
const AT = ["--at", "2026-02-26T12:00:00Z"];
const LONG = "x".repeat(10_000_000);

/** A run that failed: exit code 1, nothing on stdout, and the lines on stderr. */
function linesOf({ code, stdout, stderr }: CliRun): string[] {
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr.endsWith("\n")).toBe(true);
  return stderr.slice(0, -1).split("\n");
}

describe.each(["details", "periods"])("%s", (command) => {
  test("names a file that can't be read, and why", () => {
    expect(linesOf(runCli([command, "no-such.json"]))).toEqual([
      "no-such.json: cannot be read: there is no such file",
    ]);
    expect(linesOf(runCli([command, "src"]))).toEqual(["src: cannot be read: it is a directory"]);
    expect(linesOf(runCli([command, `${TEAM}/x`]))).toEqual([
      `${TEAM}/x: cannot be read: there is no such file`,
    ]);
  });

  test("names line and column of what isn't JSON", () => {
    const file = temporaryFile("broken.json", '{\n  "contract_summary": {\n    "cycle": "month",\n  }\n}\n');
    expect(linesOf(runCli([command, file]))).toEqual([
      `${file}:4:3: bad JSON: expected a name in double quotes, found "}"`,
    ]);
    expect(linesOf(runCli([command, "-"], { input: "{'a': 1}" }))).toEqual([
      `standard input:1:2: bad JSON: expected a name in double quotes or "}", found "'"`,
    ]);
  });

  test("refuses a name that stands twice in one object, of which one would be dropped silently", () => {
    const input = '{"contract_summary": {"cycle": "month", "cycle": "year"}}';
    expect(linesOf(runCli([command, "-"], { input }))).toEqual([
      'standard input:1:41: bad JSON: this object has the name "cycle" twice',
    ]);
  });

  test("says that there is nothing in the file, or no text", () => {
    const empty = temporaryFile("empty.json", " \n");
    expect(linesOf(runCli([command, empty]))).toEqual([`${empty}: it is empty; expected JSON`]);
    expect(linesOf(runCli([command, "-"]))).toEqual(["standard input: it is empty; expected JSON"]);
    const input = Buffer.from([0x7b, 0xff, 0xfe, 0x7d]);
    expect(linesOf(runCli([command, "-"], { input }))).toEqual(["standard input: it is not text in UTF-8"]);
  });

  test.each([["null"], ["[]"], ['"text"'], ["17"], ["true"]])(
    "refuses %s, which is JSON but no document",
    (input) => {
      const [line, ...more] = linesOf(runCli([command, "-"], { input }));
      expect(line).toMatch(/^\(input\): .* is not an object; allowed: /);
      expect(more).toEqual([]);
    },
  );

  test("lists every problem on its own line, its path first", () => {
    const contract_summary = {
      cycle: "fortnight",
      activation: "2026-02-30T00:00:00Z",
      time_zone: "Mars/Olympus",
    };
    const lines = linesOf(
      runCli([command, "-"], { input: JSON.stringify({ contract_summary, plan: { features: [] } }) }),
    );
    const paths = lines.map((line) => line.slice(0, line.indexOf(":")));
    expect(paths).toEqual(
      expect.arrayContaining([
        "contract_summary.cycle",
        "contract_summary.activation",
        "contract_summary.time_zone",
      ]),
    );
    expect(paths.every((path) => path.startsWith("contract_summary."))).toBe(true);
  });

  test("is quick and brief about ten megabytes, wherever they stand", () => {
    const inputs = [
      { contract_summary: { cycle: LONG, currency: "eur" }, plan: { features: [] } },
      { contract_summary: { cycle: "month", currency: "eur", [LONG]: 1 }, plan: { features: [] } },
      LONG,
    ];
    for (const input of inputs) {
      const started = Date.now();
      expect(linesOf(runCli([command, "-"], { input: JSON.stringify(input) })).join("").length).toBeLessThan(
        600,
      );
      expect(Date.now() - started).toBeLessThan(5000);
    }
    const [line = ""] = linesOf(runCli([command, "-"], { input: `{"a": "${LONG}` }));
    expect(line).toBe("standard input:1:7: bad JSON: a string has no closing quote");
  });

  test("ignores a byte order mark", () => {
    const input = '\ufeff{"cycle": "month"}';
    expect(runCli([command, "-"], { input }).stderr).not.toContain("JSON");
  });
});

describe("details", () => {
  test("says where in the document each problem is", () => {
    const input = JSON.stringify({
      contract_summary: { cycle: "month", currency: "eur" },
      plan: {
        features: [
          { slug: "a", price: { amount: 0.5, strategy_details: { pricing_strategy: "flat" } } },
          { slug: "b", price: { amount: "-1", strategy_details: { pricing_strategy: "flat" } } },
        ],
      },
    });
    const [first, second, ...more] = linesOf(runCli(["details", "-"], { input }));
    expect(first).toMatch(/^plan\.features\[0\]\.price\.amount: .* \(found 0\.5\)$/);
    expect(second).toMatch(/^plan\.features\[1\]\.price\.amount: /);
    expect(more).toEqual([]);
  });

  test("takes fields of a document that nothing reads for what they are, and warns of what was probably meant", () => {
    const input = JSON.stringify({
      contract_summary: { cycle: "month", currency: "eur", timezone: "Asia/Tokyo" },
      plan: {
        strategy: "plan",
        price: { amount: "5", strategy_details: { pricing_strategy: "flat" } },
        colour: 1,
      },
    });
    const { code, stderr } = runCli(["details", "-", ...AT, "--json"], { input });
    expect(code).toBe(0);
    expect(stderr.split("\n")).toEqual([
      "warning: contract_summary.timezone: timezone is not a known field and is not read; did you mean time_zone?",
      expect.stringMatching(/^warning: plan\.colour: colour is not a known field and is not read/),
      "",
    ]);
  });

  test("lists every problem of the usage", () => {
    const file = temporaryFile("usage.json", '{"sums": {"api-calls": -1, "storag": "1", "storage": "1e3"}}');
    const paths = linesOf(runCli(["details", TEAM, ...AT, "--usage", file])).map(
      (line) => line.split(": ")[0],
    );
    expect(paths).toEqual(["usage.sums.api-calls", "usage.sums.storag", "usage.sums.storage"]);
  });

  test("refuses usage that is none", () => {
    const usage = (text: string): string[] =>
      linesOf(runCli(["details", TEAM, ...AT, "--usage", "-"], { input: text }));
    expect(usage("null")).toEqual(["usage: not usage; allowed: an object (found null)"]);
    expect(usage("[]")[0]).toMatch(/^usage: /);
    expect(usage('{"event": []}')[0]).toMatch(/^usage\.event: /);
    expect(usage("{")).toEqual([
      'standard input:1:2: bad JSON: expected a name in double quotes or "}", found the end',
    ]);
    expect(usage("")).toEqual(["standard input: it is empty; expected JSON"]);
  });
});
