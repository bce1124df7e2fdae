import { describe, expect, test } from "vitest";
import { ownJson } from "../../src/contract/own-json.ts";
import { type BillingIssue, pathText } from "../../src/error.ts";

function copied(input: unknown): { copy: unknown; issues: string[] } {
  const issues: BillingIssue[] = [];
  const copy = ownJson(input, issues);
  return { copy, issues: issues.map((issue) => `${issue.code} ${pathText(issue.path)}`) };
}

test("plain JSON is copied, down to the last object", () => {
  const input = { a: [1, { b: null }], c: "x", d: true };
  const { copy, issues } = copied(input);
  expect(copy).toEqual(input);
  expect(issues).toEqual([]);
  expect(copy).not.toBe(input);
  expect((copy as typeof input).a[1]).not.toBe(input.a[1]);
});

test("a property that is undefined is as absent", () => {
  expect(Object.keys(copied({ a: undefined, b: 1 }).copy as object)).toEqual(["b"]);
});

test("properties that are symbols or not enumerable are not JSON's", () => {
  const input = Object.defineProperty({ a: 1, [Symbol("s")]: {} }, "hidden", { value: 1 });
  expect(Reflect.ownKeys(copied(input).copy as object)).toEqual(["a"]);
});

test("minus zero is zero, as in JSON text", () => {
  expect(Object.is((copied({ a: -0 }).copy as { a: number }).a, 0)).toBe(true);
});

test("objects without a prototype are plain", () => {
  expect(copied(Object.assign(Object.create(null), { a: 1 }))).toEqual({ copy: { a: 1 }, issues: [] });
});

describe("what isn't JSON is reported where it is", () => {
  class Money {
    amount = 1;
  }
  test.each([
    ["a function", () => 1],
    ["a symbol", Symbol("s")],
    ["a bigint", 1n],
    ["NaN", Number.NaN],
    ["Infinity", Number.POSITIVE_INFINITY],
    ["a Date", new Date(0)],
    ["a Map", new Map()],
    ["a class instance", new Money()],
    ["a boxed string", new String("x")],
  ])("%s", (_, value) => {
    expect(copied({ a: [0, { b: value }] }).issues).toEqual(["INVALID_TYPE a[1].b"]);
  });

  test("a hole in an array", () => {
    expect(copied({ a: new Array(2) }).issues).toEqual(["INVALID_TYPE a[0]", "INVALID_TYPE a[1]"]);
  });

  test("keys that reach for prototypes", () => {
    const input = JSON.parse(
      '{"__proto__": {"polluted": 1}, "a": {"constructor": 1, "prototype": 2}, "b": 1}',
    );
    const { copy, issues } = copied(input);
    expect(issues).toEqual([
      "INVALID_TYPE __proto__",
      "INVALID_TYPE a.constructor",
      "INVALID_TYPE a.prototype",
    ]);
    expect(copy).toEqual({ a: {}, b: 1 });
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  test("an object that contains itself", () => {
    const input: { self?: unknown } = {};
    input.self = [input];
    expect(copied(input).issues).toEqual(["INVALID_TYPE self[0]"]);
  });

  test("one object in two places is no cycle", () => {
    const shared = { a: 1 };
    expect(copied([shared, shared])).toEqual({ copy: [{ a: 1 }, { a: 1 }], issues: [] });
  });

  test("objects that multiply without end", () => {
    let input: unknown = {};
    for (let level = 0; level < 60; level++) input = [input, input];
    expect(copied(input).issues[0]).toMatch(/^TOO_MANY/);
  });

  test("more than 64 levels", () => {
    let input: unknown = 1;
    for (let level = 0; level < 10_000; level++) input = { a: input };
    expect(copied(input).issues).toEqual([`INVALID_TYPE ${Array(64).fill("a").join(".")}`]);
  });

  test("arrays and objects above 100,000 entries", () => {
    const sparse: unknown[] = [];
    sparse.length = 4_000_000_000;
    expect(copied({ a: sparse }).issues).toEqual(["TOO_MANY a"]);
    const wide = Object.fromEntries(Array.from({ length: 100_001 }, (_, index) => [`k${index}`, 1]));
    expect(copied(wide).issues).toEqual(["TOO_MANY (input)"]);
  });

  test("strings and keys of 10 MB", () => {
    const long = "x".repeat(10_000_000);
    expect(copied({ a: long }).issues).toEqual(["OUT_OF_RANGE a"]);
    expect(copied({ [long]: 1 }).issues).toHaveLength(1);
  });
});

describe("objects that misbehave", () => {
  test("a getter runs once", () => {
    let runs = 0;
    const input = {
      get a() {
        runs += 1;
        return runs === 1 ? "1" : () => 1;
      },
    };
    expect(copied(input)).toEqual({ copy: { a: "1" }, issues: [] });
    expect(runs).toBe(1);
  });

  test("a getter that throws makes its object unreadable", () => {
    const input = {
      good: 1,
      bad: {
        get a() {
          throw new Error("no");
        },
      },
    };
    expect(copied(input)).toEqual({ copy: { good: 1 }, issues: ["INVALID_TYPE bad"] });
  });

  test("proxies that throw, lie or are revoked", () => {
    const revoked = Proxy.revocable([], {});
    revoked.revoke();
    const thrower = new Proxy(
      {},
      {
        ownKeys() {
          throw "not even an error";
        },
      },
    );
    const endless: object = new Proxy([], { get: (_, key) => (key === "length" ? 3 : endless) });
    expect(copied([revoked.proxy, thrower]).issues).toEqual(["INVALID_TYPE [0]", "INVALID_TYPE [1]"]);
    expect(copied(endless).issues).toEqual(["INVALID_TYPE [0]", "INVALID_TYPE [1]", "INVALID_TYPE [2]"]);
  });
});
