import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { runCli, temporaryFile } from "../built-cli.ts";

const EXAMPLES = ["team-monthly", "enterprise-yearly", "starter-plan-yen", "lifetime-once"];
const TEAM = "examples/team-monthly.json";
const SCHEDULE = '{"cycle": "month", "activation": "2026-01-31T00:00:00Z"}';

function periodsOf(args: readonly string[], input = ""): { index: number; start: string }[] {
  const { code, stdout, stderr } = runCli(["periods", ...args, "--json"], { input });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout);
}

describe("periods for programs", () => {
  test.each(EXAMPLES)("of %s are those of the ledger", (example) => {
    const ledger = JSON.parse(readFileSync(`test/ledgers/${example}.ledger.json`, "utf8"));
    const expected = ledger.periods.map(({ lines: _charged, ...period }: { lines: unknown }) => period);
    expect(periodsOf([`examples/${example}.json`, "--from", ledger.from, "--to", ledger.to])).toEqual(
      expected,
    );
  });

  test("have their fields in one order", () => {
    const [period] = periodsOf([TEAM, "--at", "2026-02-26T12:00:00Z", "--count", "1"]);
    expect(Object.entries(period ?? {})).toEqual([
      ["index", 1],
      ["phase", "paid"],
      ["start", "2026-01-31T09:30:00Z"],
      ["end", "2026-02-28T09:30:00Z"],
      ["stub", false],
      ["due_date", "2026-01-31T09:30:00Z"],
      ["usage_closes_at", "2026-02-28T10:30:00Z"],
    ]);
  });

  test("are twelve from the given instant, from now, or as many as are asked for", () => {
    const indexes = (...args: string[]): number[] => periodsOf([TEAM, ...args]).map(({ index }) => index);
    expect(indexes("--at", "2026-03-01T00:00:00Z")).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
    expect(indexes("--at", "2026-03-01T00:00:00Z", "--count", "2")).toEqual([2, 3]);
    expect(indexes("--from", "2026-03-01T00:00:00Z", "--count", "2")).toEqual([2, 3]);
    expect(indexes("--from", "2026-03-01T00:00:00Z")).toHaveLength(12);
    expect(indexes("--from", "2020-01-01T00:00:00Z", "--to", "2026-02-01T00:00:00Z")).toEqual([0, 1]);
    const now = new Date().toISOString();
    const running = periodsOf(["-"], `{"cycle": "hour", "activation": "${now}"}`);
    expect(running.map(({ index }) => index)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  test("are none after the end, before the start the first, and pending none", () => {
    const ended = SCHEDULE.replace("}", ', "expiration": "2026-05-01T00:00:00Z"}');
    expect(periodsOf(["-", "--at", "2026-05-01T00:00:00Z"], ended)).toEqual([]);
    expect(periodsOf(["-", "--at", "2026-04-30T00:00:00Z"], ended)).toHaveLength(1);
    expect(periodsOf(["-", "--at", "2025-01-01T00:00:00Z", "--count", "1"], ended)[0]?.index).toBe(1);
    expect(periodsOf(["-"], '{"cycle": "month"}')).toEqual([]);
  });

  test("need no prices, but take a contract document", () => {
    const inSummary = `{"contract_summary": ${SCHEDULE}, "plan": {"free_trial_days": 14}}`;
    const [trial, first] = periodsOf(["-", "--at", "2026-02-01T00:00:00Z", "--count", "2"], inSummary);
    expect([trial?.index, first?.start]).toEqual([0, "2026-02-14T00:00:00Z"]);
    expect(periodsOf(["-", "--at", "2026-02-01T00:00:00Z", "--count", "1"], SCHEDULE)[0]?.index).toBe(1);
  });
});

describe("periods for people", () => {
  test.each([
    { name: "team-monthly", args: ["--at", "2026-01-20T12:00:00Z"] },
    { name: "enterprise-yearly", args: ["--from", "2025-01-01T00:00:00Z", "--to", "2030-01-01T00:00:00Z"] },
    { name: "starter-plan-yen", args: ["--at", "2024-01-31T12:00:00Z", "--count", "4"] },
    { name: "lifetime-once", args: ["--at", "2026-05-15T12:00:00Z"] },
  ])("of $name are those of the golden file", async ({ name, args }) => {
    const { code, stdout, stderr } = runCli(["periods", `examples/${name}.json`, ...args]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    await expect(stdout).toMatchFileSnapshot(`../golden/periods-${name}.txt`);
  });

  test("tell both passes of a repeated hour apart", () => {
    const input = '{"cycle": "hour", "time_zone": "Europe/Berlin", "activation": "2026-01-01T00:00:00Z"}';
    const { stdout } = runCli(["periods", "-", "--at", "2026-10-25T00:00:00Z", "--count", "2"], { input });
    expect(stdout).toContain("2026-10-25 02:00 +02:00  2026-10-25 02:00 +01:00");
    expect(stdout).toContain("2026-10-25 02:00 +01:00  2026-10-25 03:00");
  });

  test("say in words that there are none", () => {
    const { code, stdout } = runCli(["periods", "-", "--at", "2026-02-01T00:00:00Z"], {
      input: '{"cycle": "month"}',
    });
    expect(code).toBe(0);
    expect(stdout).toBe(
      "Cycle      every month\nTime zone  UTC\n\nNo billing period runs or begins from 2026-02-01 00:00 on.\n",
    );
  });

  test("name what was not read, with what was probably meant", () => {
    const flat = '{"cycle": "month", "timezone": "Asia/Tokyo", "free_trial_days": 14}';
    const known = "timezone is not a known field and is not read; did you mean time_zone?";
    expect(runCli(["periods", "-"], { input: flat }).stderr).toBe(`warning: timezone: ${known}\n`);
    const document = temporaryFile(
      "contract.json",
      '{"contract_summary": {"cycle": "month", "timezone": "Asia/Tokyo"}}',
    );
    expect(runCli(["periods", document]).stderr).toBe(`warning: contract_summary.timezone: ${known}\n`);
  });
});
