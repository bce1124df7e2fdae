/** Where a text stops being JSON that can be relied on, and why. */
export interface JsonProblem {
  /** Both count from 1. */
  readonly line: number;
  readonly column: number;
  readonly problem: string;
}

type Expected = "value" | "first value" | "name" | "first name" | "colon" | "next" | "end";

/** What is wrong at an offset of the text. */
interface Fault {
  readonly at: number;
  readonly problem: string;
}

/** An array or an object that has begun. */
interface Open {
  readonly close: "]" | "}";
  readonly names: Set<string>;
}

const WORDING: { readonly [expected in Exclude<Expected, "next">]: string } = {
  value: "a value",
  "first value": 'a value or "]"',
  name: "a name in double quotes",
  "first name": 'a name in double quotes or "}"',
  colon: '":"',
  end: "nothing more",
};

const SPACE = /[ \t\n\r]*/y;
const SCALAR = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;
const WORD = /[\w.+-]{1,20}|./suy;

/**
 * Finds where a text stops being JSON: the messages of `JSON.parse` differ between versions of Node, and often don't
 * say where. A name that an object has twice is a problem too, since `JSON.parse` would drop the first silently.
 *
 * @returns null where there is none.
 */
export function jsonProblem(text: string): JsonProblem | null {
  const fault = faultOf(text);
  if (fault === null) return null;
  const before = text.slice(0, fault.at);
  return {
    line: before.split("\n").length,
    column: fault.at - before.lastIndexOf("\n"),
    problem: fault.problem,
  };
}

function faultOf(text: string): Fault | null {
  const open: Open[] = [];
  let expected: Expected = "value";
  let at = 0;
  for (;;) {
    at = endOf(SPACE, text, at) ?? at;
    const found = text[at];
    const inner = open.at(-1);
    if (expected === "end") return found === undefined ? null : unexpected(text, at, WORDING.end);
    if (found === inner?.close && (expected === "next" || expected.startsWith("first"))) {
      open.pop();
      at++;
      expected = open.length === 0 ? "end" : "next";
    } else if (expected === "next") {
      if (found !== ",") return unexpected(text, at, `"," or "${inner?.close}"`);
      at++;
      expected = inner?.close === "}" ? "name" : "value";
    } else if (expected === "colon") {
      if (found !== ":") return unexpected(text, at, WORDING.colon);
      at++;
      expected = "value";
    } else if (expected.endsWith("name")) {
      if (found !== '"') return unexpected(text, at, WORDING[expected]);
      const end = stringEnd(text, at);
      if (typeof end !== "number") return end;
      const name: string = JSON.parse(text.slice(at, end));
      if (inner?.names.has(name)) return { at, problem: `this object has the name ${shortened(name)} twice` };
      inner?.names.add(name);
      at = end;
      expected = "colon";
    } else if (found === "{" || found === "[") {
      open.push({ close: found === "{" ? "}" : "]", names: new Set() });
      at++;
      expected = found === "{" ? "first name" : "first value";
    } else {
      const end = found === '"' ? stringEnd(text, at) : endOf(SCALAR, text, at);
      if (end === null) return unexpected(text, at, WORDING[expected]);
      if (typeof end !== "number") return end;
      at = end;
      expected = open.length === 0 ? "end" : "next";
    }
  }
}

function unexpected(text: string, at: number, allowed: string): Fault {
  const end = endOf(WORD, text, at);
  const found = end === null ? "the end" : JSON.stringify(text.slice(at, end));
  return { at, problem: `expected ${allowed}, found ${found}` };
}

function shortened(name: string): string {
  return JSON.stringify(name.length <= 40 ? name : `${name.slice(0, 39)}…`);
}

/** The offset after a string's closing quote, or what is wrong with the string. */
function stringEnd(text: string, start: number): number | Fault {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 34) return at + 1;
    if (code === 92) {
      const end = endOf(ESCAPE, text, at);
      if (end === null) return { at, problem: "a string holds a backslash that begins no escape" };
      at = end - 1;
    } else if (code < 32) {
      const what = code === 10 || code === 13 ? "a line break" : "a control character";
      return {
        at,
        problem: `a string holds ${what}: its closing quote is missing, or it must be escaped`,
      };
    }
  }
  return { at: start, problem: "a string has no closing quote" };
}

/** The offset after what a sticky pattern matches; null where it doesn't. */
function endOf(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : null;
}
