import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { buildIfStale } from "./built-cli.ts";
import { type Block, examplesOf, fencedBlocks, runBlock } from "./executed-block.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const readme = existsSync(join(root, "README.md")) ? readFileSync(join(root, "README.md"), "utf8") : "";
const sources = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => `src/${name.replaceAll("\\", "/")}`)
  .sort();

const ENTRIES: Readonly<Record<string, string>> = {
  "pure-billing": "src/index.ts",
  "pure-billing/periods": "src/periods.ts",
};

async function imported(specifier: string): Promise<object> {
  const entry = ENTRIES[specifier];
  return await import(/* @vite-ignore */ entry === undefined ? specifier : join(root, entry));
}

const examples = sources.flatMap((file) => examplesOf(file, readFileSync(join(root, file), "utf8")));

describe.skipIf(!existsSync(join(root, "src/index.ts")))("examples in docstrings", () => {
  test.each(examples.map((block) => ({ name: `${block.file}:${block.line}`, block })))(
    "$name",
    async ({ block }) => {
      expect(await runBlock(block, imported), `${block.file}:${block.line} checks nothing`).toBeGreaterThan(
        0,
      );
    },
  );

  test("every public function has one", async () => {
    const functions = Object.entries(await imported("pure-billing"))
      .filter(([, value]) => typeof value === "function" && !/^class\b/.test(String(value)))
      .map(([name]) => name);
    const declared = sources.map((file) => readFileSync(join(root, file), "utf8")).join("\n");
    const without = functions.filter((name) => !docstringOf(declared, name).includes("@example"));
    expect(without).toEqual([]);
  });
});

describe.skipIf(readme === "")("the README", () => {
  const typescript = fencedBlocks("README.md", readme, ["ts", "typescript"]);
  test.each(typescript.map((block) => ({ name: `line ${block.line}`, block })))(
    "$name runs",
    async ({ block }) => {
      await runBlock(block, imported);
    },
  );

  const shell = fencedBlocks("README.md", readme, ["sh", "bash", "console"]).flatMap(commandsOf);
  test.each(shell)("line $line prints what it shows: $command", ({ command, output }) => {
    expect(run(command)).toBe(output);
  });
});

describe("the checker itself", () => {
  const block = (code: string): Block => ({ file: "some.ts", line: 10, code });
  const modules = (specifier: string): Promise<object> =>
    Promise.resolve(specifier === "pure-billing" ? { double: (value: number) => 2 * value } : {});
  const outcome = (code: string): Promise<number | string> =>
    runBlock(block(code), modules).catch((error: Error) => error.message);

  test("compares each marked expression", async () => {
    expect(
      await outcome('import { double } from "pure-billing";\n\ndouble(2); //=> 4\ndouble(3) //=> 6'),
    ).toBe(2);
  });

  test("names file, line, value and promise where they differ", async () => {
    expect(
      await outcome('import { double } from "pure-billing";\ndouble(1); //=> 2\ndouble(2); //=> 5'),
    ).toBe("some.ts:12 double(2)\n  is        4\n  should be 5");
  });

  test("reads the promise from the following lines too", async () => {
    expect(await outcome('const found = { a: [1, "x"] };\nfound;\n//=> {\n//     a: [1, "x"],\n//   }')).toBe(
      1,
    );
    expect(await outcome("const found = [1, 2]; //=> [1, 2]")).toBe(1);
    expect(await outcome("[1,\n  2]; //=> [1,\n//   3]")).toContain("some.ts:10");
  });

  test("prints instants as documents do, and tells undefined from null", async () => {
    expect(await outcome('new Date(0); //=> "1970-01-01T00:00:00Z"')).toBe(1);
    expect(await outcome('({ at: new Date(5) }); //=> { at: "1970-01-01T00:00:00.005Z" }')).toBe(1);
    expect(await outcome("undefined; //=> undefined")).toBe(1);
    expect(await outcome("undefined; //=> null")).toContain("should be null");
    expect(await outcome("5425n; //=> 5425n")).toBe(1);
    expect(await outcome("5425n; //=> 5425")).toContain('is        "5425n"');
  });

  test("checks inside loops and branches, and awaits", async () => {
    expect(await outcome("for (const one of [1, 1]) {\n  one; //=> 1\n}")).toBe(1);
    expect(await outcome("await Promise.resolve(3); //=> 3")).toBe(1);
  });

  test("refuses a promise that belongs to nothing, a promise that can't be read, and a block that throws", async () => {
    expect(await outcome("const a = 1;\n\n\n//=> 1")).toBe("some.ts:13 this //=> belongs to no expression");
    expect(await outcome("1; //=> one of many")).toContain("some.ts:10 not a literal");
    expect(await outcome('throw new Error("no");')).toBe("some.ts:10 the block throws Error: no");
  });

  test("finds the examples of a source, with their lines", () => {
    const source =
      "/** One. */\n\n/**\n * Two.\n *\n * @example\n * two(); //=> 2\n * @throws X when not\n */\n";
    expect(examplesOf("a.ts", source)).toEqual([{ file: "a.ts", line: 7, code: "two(); //=> 2" }]);
  });

  test("finds commands and what they print", () => {
    const [first, second] = commandsOf({
      file: "README.md",
      line: 5,
      code: "$ npm install\nadded\n$ npx pure-billing periods a.json | head -2\n1 a\n2 b\n$ cat b | pure-billing details -\n",
    });
    expect(first).toEqual({
      command: "node dist/cli.js periods a.json | head -2",
      output: "1 a\n2 b\n",
      line: 7,
    });
    expect(second).toEqual({ command: "cat b | node dist/cli.js details -", output: "", line: 10 });
    expect(commandsOf({ file: "README.md", line: 5, code: "npx pure-billing x\n" })).toEqual([]);
  });
});

interface Command {
  readonly command: string;
  readonly output: string;
  readonly line: number;
}

/** The commands of ours in a block that begins with a prompt; others (npm, git) aren't run. */
function commandsOf({ line, code }: Block): Command[] {
  if (!code.startsWith("$ ")) return [];
  const lines = code.replace(/\n$/, "").split("\n");
  const prompts = lines.flatMap((text, index) => (text.startsWith("$ ") ? [index] : []));
  return prompts.flatMap((prompt, at) => {
    const shown = String(lines[prompt]).slice(2);
    const command = shown.replaceAll(/(^|[|&;] *)(?:npx )?pure-billing(?= |$)/g, "$1node dist/cli.js");
    if (command === shown) return [];
    const output = lines.slice(prompt + 1, prompts[at + 1]);
    return [{ command, output: output.map((text) => `${text}\n`).join(""), line: line + prompt }];
  });
}

/** What a command prints; where it fails, its errors too. */
function run(command: string): string {
  buildIfStale();
  const { status, stdout, stderr } = spawnSync("sh", ["-c", command], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
  });
  return status === 0 ? stdout : stdout + stderr;
}

/** The docstring right before an exported declaration of a name. */
function docstringOf(text: string, name: string): string {
  const declaration = new RegExp(`^export (?:async )?(?:function\\*? |const )${name}\\b`, "m").exec(text);
  if (declaration === null) return "";
  const before = text.slice(0, declaration.index).trimEnd();
  return before.endsWith("*/") ? before.slice(before.lastIndexOf("/**")) : "";
}
