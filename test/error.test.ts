import { describe, expect, test } from "vitest";
import { BillingError, fail, isBillingError, issue, pathText } from "../src/error.ts";

describe("an issue", () => {
  test("says what is wrong, then what is allowed", () => {
    expect(
      issue("OUT_OF_RANGE", "P3", ["cycle_start_offset"], "the offset leaves its cycle", 40, "0 to 30"),
    ).toEqual({
      code: "OUT_OF_RANGE",
      rule: "P3",
      path: ["cycle_start_offset"],
      message: "the offset leaves its cycle; allowed: 0 to 30",
      found: "40",
      allowed: "0 to 30",
    });
  });

  test("says no more than what is wrong where nothing in particular is allowed", () => {
    expect(issue("DUPLICATE", null, [], "twice", "a", "").message).toBe("twice");
  });

  test.each([
    [undefined, "nothing"],
    [null, "null"],
    ["5", '"5"'],
    [5, "5"],
    [Number.NaN, "NaN"],
    [12n, "12n"],
    [10n ** 1000n, "a huge bigint"],
    [[1, 2], "an array of 2"],
    [{}, "an object"],
    [new Date(Number.NaN), "a Date"],
    [() => 1, "a function"],
    [Symbol("s"), "a symbol"],
  ])("describes whatever was found, case %#", (found, described) => {
    expect(issue("INVALID_TYPE", null, [], "", found, "").found).toBe(described);
  });

  test("describes even what cannot be looked at", () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(issue("INVALID_TYPE", null, [], "", proxy, "").found).toBe("an unreadable object");
  });

  test("cuts what was found at 100 characters, however long it is", () => {
    const { found } = issue("INVALID_TYPE", null, [], "", "\u0000".repeat(10_000_000), "");
    expect(found.length).toBe(100);
    expect(found.endsWith('..."')).toBe(true);
  });
});

describe("a BillingError", () => {
  const issues = [
    issue("MISSING", "T1", ["plan", "features", 2, "price"], "price is missing", undefined, "a price"),
    issue("UNKNOWN_SLUG", "R9", ["feature_configuration", "a b"], "no such slug", "a b", "a slug"),
  ];

  test("lists every issue on a line of its own, path first", () => {
    expect(new BillingError(issues).message.split("\n")).toEqual([
      "plan.features[2].price: price is missing; allowed: a price (found nothing)",
      'feature_configuration["a b"]: no such slug; allowed: a slug (found "a b")',
    ]);
  });

  test("carries the issues as data", () => {
    expect(() => fail(...issues)).toThrow(BillingError);
    expect(new BillingError(issues).issues).toBe(issues);
  });

  test("stays readable with very many issues", () => {
    const many = Array.from({ length: 5000 }, (_, index) =>
      issue("MISSING", null, [index], "gone", undefined, ""),
    );
    expect(new BillingError(many).message.split("\n").at(-1)).toBe("... and 4800 more");
    expect(new BillingError(many).issues).toHaveLength(5000);
  });
});

test("a path reads as code would be written", () => {
  expect(pathText([])).toBe("(input)");
  expect(pathText([0, "up_to"])).toBe("[0].up_to");
  expect(pathText(["unit_count_configuration", "a.b"])).toBe('unit_count_configuration["a.b"]');
});

test("an error of another copy of the library is recognised, anything else isn't", () => {
  expect(isBillingError(new BillingError([]))).toBe(true);
  expect(isBillingError(Object.assign(new Error("x"), { name: "BillingError", issues: [] }))).toBe(true);
  expect(isBillingError(new Error("x"))).toBe(false);
  expect(isBillingError(null)).toBe(false);
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  expect(isBillingError(revoked.proxy)).toBe(false);
});
