// Runs TypeScript of the documentation and compares what its `//=>` comments promise.
import { deepStrictEqual } from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

export interface Block {
  /** Path from the repository's root. */
  readonly file: string;
  /** The line of the file that holds the block's first line. */
  readonly line: number;
  readonly code: string;
}

/** Gives the module of a specifier that isn't a relative path. */
export type Importer = (specifier: string) => Promise<object>;

interface Check {
  /** What is checked, as it stands in the block. */
  readonly expression: string;
  /** The literal after `//=>`. */
  readonly literal: string;
  readonly line: number;
  /** Where the call that checks is inserted, and what of the block it replaces. */
  readonly start: number;
  readonly end: number;
}

const root = fileURLToPath(new URL("..", import.meta.url));
const MARK = "//=>";

/** The `@example` blocks of a source's docstrings. */
export function examplesOf(file: string, text: string): Block[] {
  const blocks: Block[] = [];
  for (const docstring of text.matchAll(/^[ \t]*\/\*\*[\s\S]*?\*\//gm)) {
    const firstLine = lineOf(text, docstring.index);
    const lines = docstring[0].split("\n").map((line) => line.replace(/^\s*(?:\/\*\*|\*\/|\* ?)/, ""));
    for (const [index, line] of lines.entries()) {
      if (line.trim() !== "@example") continue;
      const after = lines.slice(index + 1);
      const end = after.findIndex((each) => /^@[a-z]/.test(each));
      const body = (end < 0 ? after : after.slice(0, end)).map((each) =>
        /^```/.test(each.trim()) ? "" : each,
      );
      blocks.push({ file, line: firstLine + index + 1, code: body.join("\n").replace(/\*\/$/, "") });
    }
  }
  return blocks;
}

/** The fenced blocks of a Markdown text in one of the given languages. */
export function fencedBlocks(file: string, text: string, languages: readonly string[]): Block[] {
  return [...text.matchAll(/^```(\w+)[^\n]*\n([\s\S]*?)^```[ \t]*$/gm)]
    .filter(([, language]) => languages.includes(String(language)))
    .map((match) => ({ file, line: lineOf(text, match.index) + 1, code: String(match[2]) }));
}

/**
 * Runs a block and compares each expression that has a `//=>` comment, on its line or the next, with the comment's
 * literal, which may go on over lines of `//   ...`. Says how many there were.
 */
export async function runBlock(block: Block, importer: Importer): Promise<number> {
  const tree = ts.createSourceFile("block.ts", block.code, ts.ScriptTarget.ES2022, true);
  const checks = checksOf(block, tree);
  let code = block.code;
  for (const [index, { expression, start, end }] of [...checks.entries()].reverse()) {
    code = `${code.slice(0, start)}__check(${index}, (${expression}));${code.slice(end)}`;
  }
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      esModuleInterop: true,
    },
  });
  const modules = await importedModules(tree, importer);
  const check = (index: number, value: unknown): void => {
    const { expression, literal, line } = checks[index] as Check;
    deepStrictEqual(
      asJson(value),
      asJson(literalValue(literal, block, line)),
      new Error(
        `${block.file}:${line} ${expression}\n  is        ${printed(value)}\n  should be ${literal.replaceAll("\n", " ")}`,
      ),
    );
  };
  try {
    await new AsyncFunction("require", "exports", "__check", outputText)(
      (specifier: string) => modules.get(specifier),
      {},
      check,
    );
  } catch (error) {
    if (error instanceof Error && error.message.startsWith(block.file)) throw error;
    throw new Error(`${block.file}:${block.line} the block throws ${error}`, { cause: error });
  }
  return checks.length;
}

const AsyncFunction = (async () => {}).constructor as new (
  ...parametersAndBody: string[]
) => (...values: unknown[]) => Promise<void>;

function checksOf({ file, line: firstLine, code }: Block, tree: ts.SourceFile): Check[] {
  const checks: Check[] = [];
  const used = new Set<number>();
  const visit = (node: ts.Node): void => {
    ts.forEachChild(node, visit);
    const mark = ts.isStatement(node) ? markAfter(code, node.end) : null;
    const checked = mark === null || used.has(mark) ? null : checkedPart(node, tree);
    if (mark === null || checked === null) return;
    used.add(mark);
    const line = firstLine + lineOf(code, node.getStart(tree)) - 1;
    checks.push({ ...checked, literal: literalAt(code, mark), line });
  };
  visit(tree);
  for (let mark = code.indexOf(MARK); mark >= 0; mark = code.indexOf(MARK, mark + 1)) {
    if (used.has(mark)) continue;
    throw new Error(`${file}:${firstLine + lineOf(code, mark) - 1} this ${MARK} belongs to no expression`);
  }
  return checks.sort((first, second) => first.start - second.start);
}

/** Where the mark stands that follows a statement on its line or the next, else null. */
function markAfter(code: string, end: number): number | null {
  const gap = /^;?[ \t]*(?:\n[ \t]*)?(?=\/\/=>)/.exec(code.slice(end));
  return gap === null ? null : end + gap[0].length;
}

/** An expression is replaced by its check; the check of a constant is put behind its declaration. */
function checkedPart(node: ts.Node, tree: ts.SourceFile): Pick<Check, "expression" | "start" | "end"> | null {
  if (ts.isExpressionStatement(node)) {
    return { expression: node.expression.getText(tree), start: node.getStart(tree), end: node.end };
  }
  if (!ts.isVariableStatement(node)) return null;
  const [declaration, another] = node.declarationList.declarations;
  if (declaration === undefined || another !== undefined || !ts.isIdentifier(declaration.name)) return null;
  return { expression: declaration.name.text, start: node.end, end: node.end };
}

function literalAt(code: string, mark: number): string {
  const [first = "", ...following] = code.slice(mark + MARK.length).split("\n");
  const literal = [first];
  for (const line of following) {
    const more = /^\s*\/\/ {2,}(.*)$/.exec(line);
    if (more === null) break;
    literal.push(String(more[1]));
  }
  return literal.join("\n").trim();
}

function literalValue(literal: string, { file }: Block, line: number): unknown {
  try {
    return new Function(`"use strict"; return (${literal}\n);`)();
  } catch (error) {
    throw new Error(`${file}:${line} not a literal: ${literal} (${error})`);
  }
}

/** As JSON would have it, instants as documents print them; undefined and bigints stay what they are. */
function asJson(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString().replace(".000Z", "Z");
  if (Array.isArray(value)) return value.map((each) => (each === undefined ? null : asJson(each)));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== undefined && typeof each !== "function")
      .map(([key, each]) => [key, asJson(each)]),
  );
}

function printed(value: unknown): string {
  return (
    JSON.stringify(asJson(value), (_, each) => (typeof each === "bigint" ? `${each}n` : each)) ??
    String(value)
  );
}

async function importedModules(tree: ts.SourceFile, importer: Importer): Promise<Map<string, object>> {
  const modules = new Map<string, object>();
  for (const statement of tree.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const specifier = statement.moduleSpecifier.text;
    modules.set(specifier, specifier.startsWith(".") ? jsonModule(specifier) : await importer(specifier));
  }
  return modules;
}

/** A JSON file that a block imports is found from the repository's root. */
function jsonModule(specifier: string): object {
  const value = JSON.parse(readFileSync(join(root, specifier), "utf8"));
  return { __esModule: true, default: value };
}

function lineOf(text: string, position: number): number {
  return text.slice(0, position).split("\n").length;
}
