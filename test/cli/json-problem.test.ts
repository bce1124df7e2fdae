import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jsonProblem } from "../../src/cli/json-problem.ts";

describe("what isn't JSON is told with its line and column", () => {
  test.each([
    ["", 1, 1, "expected a value, found the end"],
    ["  \n ", 2, 2, "expected a value, found the end"],
    ['{"a": 1,}', 1, 9, 'expected a name in double quotes, found "}"'],
    ["[1, 2,]", 1, 7, 'expected a value, found "]"'],
    ['{\n  "a": 1\n  "b": 2\n}', 3, 3, 'expected "," or "}", found "\\""'],
    ["{\r\n'a': 1}", 2, 1, 'expected a name in double quotes or "}", found "\'"'],
    ['{"a" 1}', 1, 6, 'expected ":", found "1"'],
    ['{"a": undefined}', 1, 7, 'expected a value, found "undefined"'],
    ['{"a": 01}', 1, 7, 'expected a value, found "01"'],
    ['{"a": .5}', 1, 7, 'expected a value, found ".5"'],
    ['{"a": NaN}', 1, 7, 'expected a value, found "NaN"'],
    ["[tru]", 1, 2, 'expected a value or "]", found "tru"'],
    ['{"a": 1} // one', 1, 10, 'expected nothing more, found "/"'],
    ['{"a": [1, 2}', 1, 12, 'expected "," or "]", found "}"'],
    ['{"a": {"b": 1}', 1, 15, 'expected "," or "}", found the end'],
    ['{"a": "b', 1, 7, "a string has no closing quote"],
    [
      '{"a": "b\nc"}',
      1,
      9,
      "a string holds a line break: its closing quote is missing, or it must be escaped",
    ],
    [
      '{"a": "b\tc"}',
      1,
      9,
      "a string holds a control character: its closing quote is missing, or it must be escaped",
    ],
    ['"\\x"', 1, 2, "a string holds a backslash that begins no escape"],
    ['["\\u12G4"]', 1, 3, "a string holds a backslash that begins no escape"],
  ])("%j at %i:%i", (text, line, column, problem) => {
    expect(() => JSON.parse(text)).toThrow();
    expect(jsonProblem(text)).toEqual({ line, column, problem });
  });
});

describe("a name that an object has twice is found", () => {
  test.each([
    ['{"a": 1, "a": 2}', 1, 10, "a"],
    ['{"a": {"b": 1},\n "c": [{"d": 1, "\\u0064": 2}]}', 2, 17, "d"],
    ['{"__proto__": 1, "__proto__": 2}', 1, 18, "__proto__"],
  ])("%j at %i:%i", (text, line, column, name) => {
    expect(jsonProblem(text)).toEqual({ line, column, problem: `this object has the name "${name}" twice` });
  });

  test("but not in different objects", () => {
    expect(jsonProblem('{"a": {"a": [{"a": 1}, {"a": 2}]}, "b": {"a": 3}}')).toBeNull();
  });
});

test("there is a problem exactly where JSON.parse finds one, or drops a name", () => {
  const damages = fc.constantFrom("", ",", '"', "]", "}", ":", "x", "\n", "\\", "0");
  fc.assert(
    fc.property(fc.json(), fc.nat(), damages, (text, place, damage) => {
      const at = place % text.length;
      const damaged = text.slice(0, at) + damage + text.slice(at + 1);
      const problem = jsonProblem(damaged)?.problem ?? null;
      fc.pre(problem === null || !problem.endsWith("twice"));
      let isJson = true;
      try {
        JSON.parse(damaged);
      } catch {
        isJson = false;
      }
      expect(problem === null).toBe(isJson);
    }),
    { numRuns: 2000 },
  );
});

test("depth and length don't matter", () => {
  expect(jsonProblem("[".repeat(1_000_000))?.column).toBe(1_000_001);
  expect(jsonProblem(`{"a": "${"x".repeat(10_000_000)}", b}`)?.column).toBe(10_000_011);
});
