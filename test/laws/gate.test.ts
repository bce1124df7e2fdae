import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseContract, parsePrice, safeParseContract } from "../../src/contract/parse.ts";
import { parseSchedule } from "../../src/contract/parse-schedule.ts";
import { pricedItems } from "../../src/contract/priced-items.ts";
import { BillingError } from "../../src/error.ts";

const EXAMPLES = ["team-monthly", "enterprise-yearly", "starter-plan-yen", "lifetime-once"].map((name) =>
  readFileSync(`examples/${name}.json`, "utf8"),
);

type Container = { [key: string]: unknown };

/** Values that come close to what fields expect. */
const nearlyRight = fc.oneof(
  fc.constantFrom(
    null,
    true,
    "",
    "0",
    "-1",
    "1.5",
    "1e3",
    "month",
    "once",
    "eur",
    "usd",
    "flat",
    "usage_tiered",
  ),
  fc.constantFrom(
    "2026-01-31T09:30:00Z",
    "2026-02-30T09:30:00Z",
    "Europe/Berlin",
    "canceled",
    "plan",
    "group",
  ),
  fc.constantFrom<unknown>([], {}, [null], [{}], { up_to: null, unit_price: "1" }, 0, 1, -0, 1.5, 1e300),
  fc.jsonValue({ maxDepth: 2 }),
);

const nearlyKnown = fc.oneof(
  fc.constantFrom(
    "currency",
    "cycle",
    "cycle_start_offset",
    "time_zone",
    "price",
    "amount",
    "strategy_details",
    "tiers",
  ),
  fc.constantFrom(
    "by",
    "discounts",
    "rounding",
    "features",
    "groups",
    "feature_configuration",
    "free_trial_days",
  ),
  fc.constantFrom("__proto__", "constructor", "toString", ""),
  fc.string(),
);

interface Change {
  readonly steps: readonly number[];
  readonly kind: "replace" | "delete" | "insert";
  readonly key: string;
  readonly value: unknown;
}

const change: fc.Arbitrary<Change> = fc.record({
  steps: fc.array(fc.nat(30), { minLength: 1, maxLength: 7 }),
  kind: fc.constantFrom("replace", "delete", "insert"),
  key: nearlyKnown,
  value: nearlyRight,
});

/** An example contract with a few changes at random places. */
const mutated = fc
  .tuple(fc.constantFrom(...EXAMPLES), fc.array(change, { maxLength: 4 }))
  .map(([text, changes]) => {
    const document = JSON.parse(text);
    for (const each of changes) apply(document, each);
    return document;
  });

function apply(document: Container, { steps, kind, key, value }: Change): void {
  let parent = document;
  let last = Object.keys(parent)[0] ?? "";
  for (const step of steps) {
    const keys = Object.keys(parent);
    last = keys[step % keys.length] ?? "";
    const child = parent[last];
    if (typeof child !== "object" || child === null) break;
    if (step !== steps.at(-1)) parent = child as Container;
  }
  const own = structuredClone(value);
  if (kind === "delete") delete parent[last];
  else
    Object.defineProperty(parent, kind === "insert" && !Array.isArray(parent) ? key : last, {
      value: own,
      enumerable: true,
      writable: true,
      configurable: true,
    });
}

function isDeeplyFrozen(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return true;
  return Object.isFrozen(value) && Object.values(value).every(isDeeplyFrozen);
}

/** Whatever `parse` returns, or the BillingError that it throws; anything else fails the law. */
function outcome<Parsed>(parse: () => Parsed): Parsed | BillingError {
  try {
    return parse();
  } catch (error) {
    expect(error).toBeInstanceOf(BillingError);
    return error as BillingError;
  }
}

describe("the gate", () => {
  test("any JSON whatever gives a contract or a BillingError, never another exception", () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), mutated, fc.anything()), (input) => {
        for (const parse of [parseContract, parseSchedule, parsePrice]) outcome(() => parse(input));
        const result = safeParseContract(input);
        if (!result.ok) expect(result.error.issues.length).toBeGreaterThan(0);
      }),
    );
  });

  test("a contract's own JSON gives it again", () => {
    fc.assert(
      fc.property(mutated, (input) => {
        const contract = outcome(() => parseContract(input));
        if (contract instanceof BillingError) return;
        expect(parseContract(JSON.parse(JSON.stringify(contract)))).toStrictEqual(contract);
        expect(JSON.parse(JSON.stringify(contract))).toStrictEqual(contract);
      }),
    );
  });

  test("a schedule's own JSON gives it again", () => {
    fc.assert(
      fc.property(mutated, (input) => {
        const schedule = outcome(() => parseSchedule(input));
        if (schedule instanceof BillingError) return;
        expect(parseSchedule(JSON.parse(JSON.stringify(schedule)))).toStrictEqual(schedule);
      }),
    );
  });

  test("every contract is a schedule by itself too, and its items are priced", () => {
    fc.assert(
      fc.property(mutated, (input) => {
        const contract = outcome(() => parseContract(input));
        if (contract instanceof BillingError) return;
        expect(parseSchedule(input).contract_summary).toEqual(contract.contract_summary);
        for (const item of pricedItems(contract)) expect(parsePrice(item.price)).toEqual(item.price);
      }),
    );
  });

  test("the input is neither changed nor frozen, and the contract is frozen through and through", () => {
    fc.assert(
      fc.property(mutated, (input) => {
        const before = JSON.stringify(input);
        const contract = outcome(() => parseContract(input));
        expect(JSON.stringify(input)).toBe(before);
        expect(Object.isFrozen(input)).toBe(false);
        if (!(contract instanceof BillingError)) expect(isDeeplyFrozen(contract)).toBe(true);
      }),
    );
  });

  test("every issue is complete, and in the document's order", () => {
    fc.assert(
      fc.property(mutated, (input) => {
        const error = outcome(() => parseContract(input));
        if (!(error instanceof BillingError)) return;
        for (const issue of error.issues) {
          expect(issue.found.length).toBeLessThanOrEqual(100);
          expect(issue.allowed).not.toBe("");
          expect(issue.message.endsWith(`; allowed: ${issue.allowed}`)).toBe(true);
          expect(error.message).toContain(issue.message);
        }
      }),
    );
  });

  test("no problem is listed twice", () => {
    fc.assert(
      fc.property(mutated, (input) => {
        const error = outcome(() => parseContract(input));
        if (!(error instanceof BillingError)) return;
        const problems = error.issues.map((issue) => JSON.stringify([issue.code, issue.path, issue.message]));
        expect(new Set(problems).size).toBe(problems.length);
      }),
    );
  });
});
