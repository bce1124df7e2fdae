/** Where a text stops being JSON, and why. */
export interface JsonProblem {
  /** Both count from 1. */
  readonly line: number;
  readonly column: number;
  readonly problem: string;
}

type Expected = "value" | "first value" | "name" | "first name" | "colon" | "next" | "end";

const WORDING: { readonly [expected in Expected]: string } = {
  value: "a value",
  "first value": 'a value or "]"',
  name: "a name in double quotes",
  "first name": 'a name in double quotes or "}"',
  colon: '":"',
  next: "",
  end: "nothing more",
};

const SPACE = /[ \t\n\r]*/y;
const SCALAR = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;

/** What is wrong at an offset of the text. */
interface Fault {
  readonly at: number;
  readonly problem: string;
}

/**
 * Finds where a text that `JSON.parse` refuses stops being JSON: its own messages differ between versions of Node,
 * and often don't say where.
 */
export function jsonProblem(text: string): JsonProblem {
  const { at, problem } = faultOf(text);
  const before = text.slice(0, at);
  const line = before.split("\n").length;
  return { line, column: at - before.lastIndexOf("\n"), problem };
}

function faultOf(text: string): Fault {
  const open: ("}" | "]")[] = [];
  let expected: Expected = "value";
  let at = 0;
  for (;;) {
    at = endOf(SPACE, text, at) ?? at;
    const found = text[at];
    const close = open.at(-1);
    if (expected === "end" && found === undefined) return { at, problem: "not JSON" };
    if (found === close && (expected === "next" || expected.startsWith("first"))) {
      open.pop();
      at++;
      expected = open.length === 0 ? "end" : "next";
    } else if (found === "," && expected === "next") {
      at++;
      expected = close === "}" ? "name" : "value";
    } else if (found === ":" && expected === "colon") {
      at++;
      expected = "value";
    } else if (expected.endsWith("name") && found === '"') {
      const end = stringEnd(text, at);
      if (typeof end !== "number") return end;
      at = end;
      expected = "colon";
    } else if (expected.endsWith("value")) {
      if (found === "{" || found === "[") {
        open.push(found === "{" ? "}" : "]");
        at++;
        expected = found === "{" ? "first name" : "first value";
        continue;
      }
      const end = found === '"' ? stringEnd(text, at) : endOf(SCALAR, text, at);
      if (end !== null && typeof end !== "number") return end;
      if (end === null) return unexpected(text, at, WORDING[expected]);
      at = end;
      expected = open.length === 0 ? "end" : "next";
    } else return unexpected(text, at, expected === "next" ? `"," or "${close}"` : WORDING[expected]);
  }
}

function unexpected(text: string, at: number, allowed: string): Fault {
  const [word = ""] = /^[\w.+-]{1,20}|^./su.exec(text.slice(at, at + 20)) ?? [];
  return { at, problem: `expected ${allowed}, found ${word === "" ? "the end" : JSON.stringify(word)}` };
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
      return { at, problem: `a string holds ${what}: its closing quote is missing, or it must be escaped` };
    }
  }
  return { at: start, problem: "a string has no closing quote" };
}

/** The offset after what a sticky pattern matches; null where it doesn't. */
function endOf(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : null;
}
