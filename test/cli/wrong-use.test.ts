import { spawn, spawnSync } from "node:child_process";
import { existsSync, openSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { showsColors } from "../../src/cli/terminal.ts";
import { buildIfStale, cliPath, runCli } from "../built-cli.ts";

const TEAM = "examples/team-monthly.json";
const AT = "2026-02-26T12:00:00Z";

describe("wrong use ends with exit code 2 and a hint at the help", () => {
  test.each([
    { args: ["detials", TEAM], error: "error: unknown command 'detials'\n(Did you mean details?)" },
    { args: ["--colour"], error: "error: unknown option '--colour'" },
    { args: ["details"], error: "error: missing required argument 'file'" },
    { args: ["periods"], error: "error: missing required argument 'file'" },
    {
      args: ["details", TEAM, TEAM],
      error: "error: too many arguments for 'details'. Expected 1 argument but got 2.",
    },
    { args: ["details", TEAM, "--when", AT], error: "error: unknown option '--when'" },
    { args: ["details", TEAM, "--at"], error: "error: option '--at <instant>' argument missing" },
    {
      args: ["details", TEAM, "--at", "2026-02-30T00:00:00Z"],
      error:
        "error: option '--at <instant>' argument '2026-02-30T00:00:00Z' is invalid. " +
        "An instant has an offset, such as 2026-01-31T09:30:00Z.",
    },
    {
      args: ["details", TEAM, "--at", "2026-02-26"],
      error:
        "error: option '--at <instant>' argument '2026-02-26' is invalid. " +
        "An instant has an offset, such as 2026-01-31T09:30:00Z.",
    },
    {
      args: ["details", "-", "--usage", "-"],
      error: "error: standard input holds one document: give the others as files",
    },
    {
      args: ["periods", TEAM, "--at", AT, "--from", AT],
      error: "error: option '--from <instant>' cannot be used with option '--at <instant>'",
    },
    {
      args: ["periods", TEAM, "--from", AT, "--to", AT, "--count", "3"],
      error: "error: option '--to <instant>' cannot be used with option '--count <number>'",
    },
    { args: ["periods", TEAM, "--to", AT], error: "error: option '--to' needs '--from'" },
    {
      args: ["periods", TEAM, "--from", AT, "--to", "2026-01-01T00:00:00Z"],
      error: "error: to is before from; allowed: from or later",
    },
    ...["0", "-1", "1.5", "1e3", "ten", "", "100001"].map((count) => ({
      args: ["periods", TEAM, `--count=${count}`],
      error:
        `error: option '--count <number>' argument '${count}' is invalid. ` +
        "A whole number from 1 to 100000 is allowed.",
    })),
  ])("$args", ({ args, error }) => {
    const { code, stdout, stderr } = runCli(args);
    const command = ["details", "periods"].includes(args[0] ?? "") ? ` ${args[0]}` : "";
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toBe(`${error}\npure-billing${command} --help shows how it is used\n`);
  });

  test("more periods than anybody can read are wrong use too", () => {
    const input = '{"cycle": "hour", "activation": "2026-01-01T00:00:00Z"}';
    const { code, stdout, stderr } = runCli(["periods", "-", "--from", AT, "--to", "2046-01-01T00:00:00Z"], {
      input,
    });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(
      /^error: the range has too many periods; allowed: at most 100000\npure-billing periods --help/,
    );
  });

  test("without arguments the help is the answer", () => {
    const { code, stdout, stderr } = runCli([]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toBe(runCli(["--help"]).stdout);
  });
});

describe("help and version", () => {
  test.each([["--help"], ["-h"], ["help"]])("%s lists the commands", (flag) => {
    const { code, stdout, stderr } = runCli([flag]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^ {2}details .*\n {2}periods /m);
    expect(stdout).toContain("Examples:\n  $ pure-billing details contract.json");
  });

  test.each(["details", "periods"])("%s has its own help, with every option and examples", (command) => {
    const { code, stdout, stderr } = runCli([command, "--help"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(runCli(["help", command]).stdout).toBe(stdout);
    const options = { details: ["at", "usage", "json"], periods: ["at", "from", "to", "count", "json"] }[
      command
    ];
    for (const option of options ?? []) expect(stdout).toMatch(new RegExp(`^  --${option}\\b.*\\w`, "m"));
    expect(stdout).toContain(`Examples:\n  $ pure-billing ${command} contract.json\n`);
  });

  test.each([["--version"], ["-V"]])("%s is the package's", (flag) => {
    const { version } = JSON.parse(readFileSync("package.json", "utf8"));
    expect(runCli([flag])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
  });
});

describe("colours", () => {
  test("are shown by a terminal only, unless NO_COLOR is set or it is dumb", () => {
    const terminal = { isTTY: true };
    expect(showsColors(terminal, {})).toBe(true);
    expect(showsColors(terminal, { NO_COLOR: "" })).toBe(true);
    expect(showsColors(terminal, { NO_COLOR: "1" })).toBe(false);
    expect(showsColors(terminal, { TERM: "dumb" })).toBe(false);
    expect(showsColors({}, { FORCE_COLOR: "1", CI: "true" })).toBe(false);
  });

  test("are not in what a program reads", () => {
    const args = ["details", TEAM, "--at", AT];
    const { stdout } = runCli(args, { env: { FORCE_COLOR: "1" } });
    expect(stdout).not.toContain("\u001b");
    expect(runCli(args, { env: { NO_COLOR: "1" } }).stdout).toBe(stdout);
  });
});

test("a reader that has seen enough ends the command quietly", async () => {
  buildIfStale();
  const child = spawn(process.execPath, [cliPath, "periods", TEAM, "--at", AT, "--count", "90000", "--json"]);
  let complaints = "";
  child.stderr.on("data", (chunk) => {
    complaints += chunk;
  });
  child.stdout.once("data", () => child.stdout.destroy());
  const code = await new Promise((resolve) => child.on("close", resolve));
  expect({ code, complaints }).toEqual({ code: 0, complaints: "" });
});

test("what is printed is whole, however long it is", () => {
  const { code, stdout } = runCli(["periods", TEAM, "--at", AT, "--count", "90000", "--json"]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toHaveLength(90_000);
});

test.skipIf(!existsSync("/dev/full"))("a result that can't be written is an error", () => {
  buildIfStale();
  const full = openSync("/dev/full", "w");
  const { status, stderr } = spawnSync(process.execPath, [cliPath, "details", TEAM, "--at", AT], {
    stdio: ["ignore", full, "pipe"],
    encoding: "utf8",
  });
  expect(status).toBe(1);
  expect(stderr).toMatch(/^the result cannot be written: .*\n$/);
});
