import { describe, expect, test } from "vitest";
import { assertParsed } from "../../src/contract/brand.ts";
import { parseContract } from "../../src/contract/parse.ts";
import { parseSchedule } from "../../src/contract/parse-schedule.ts";
import { documentOf, EXAMPLES, example, issuesOf, type Json } from "./documents.ts";

const summary = { cycle: "month", activation: "2026-01-31T10:30:00+01:00", time_zone: "Europe/Berlin" };

function refusal(input: unknown): string[] {
  return issuesOf(() => parseSchedule(input));
}

test("the document's form and the flat form are the same schedule", () => {
  const flat = parseSchedule({ ...summary, free_trial_days: 14 });
  const document = parseSchedule({ contract_summary: summary, plan: { free_trial_days: 14, features: [] } });
  expect(flat).toEqual(document);
  expect(flat).toEqual({
    contract_summary: { ...summary, activation: "2026-01-31T09:30:00Z" },
    plan: { free_trial_days: 14 },
  });
});

test("without trial days there is no plan", () => {
  expect(parseSchedule(summary)).not.toHaveProperty("plan");
  expect(parseSchedule({ contract_summary: summary })).not.toHaveProperty("plan");
  expect(parseSchedule({ contract_summary: summary, plan: null })).not.toHaveProperty("plan");
  expect(parseSchedule({ contract_summary: summary, plan: {} })).not.toHaveProperty("plan");
  expect(parseSchedule({ ...summary, free_trial_days: null }).plan).toEqual({ free_trial_days: null });
});

test("a flat form may be the API's contract_summary itself, whose plan is a name", () => {
  const schedule = parseSchedule(example("team-monthly")["contract_summary"]);
  expect(schedule.contract_summary).toMatchObject({ plan: "Team", cycle: "month" });
  expect(schedule).not.toHaveProperty("plan");
});

test.each(EXAMPLES)("%s: the schedule has what the contract has", (name) => {
  const schedule = parseSchedule(example(name));
  const contract = parseContract(example(name));
  expect(schedule.contract_summary).toEqual(contract.contract_summary);
  expect(schedule.plan?.free_trial_days).toBe(contract.plan.free_trial_days);
  expect(parseSchedule(JSON.parse(JSON.stringify(schedule)))).toEqual(schedule);
});

test("is frozen, of its own, and parsed", () => {
  const input = { ...summary, configuration: { payment_terms: { net_days: 5 } } };
  const schedule = parseSchedule(input);
  expect(Object.isFrozen(schedule.contract_summary.configuration?.payment_terms)).toBe(true);
  expect(Object.isFrozen(input.configuration)).toBe(false);
  expect(() => assertParsed(schedule, "schedule", "schedule")).not.toThrow();
});

test("prices and currencies are not read", () => {
  const plan = { features: "?", price: { amount: 1.5 } };
  expect(() => parseSchedule({ contract_summary: { ...summary, currency: "???" }, plan })).not.toThrow();
});

describe("refused with the paths of the input's own form", () => {
  const broken: Json = {
    cycle: "month",
    activation: "2026-02-30T00:00:00Z",
    cycle_start_offset: 31,
    status: "canceled",
    rounding: "up",
    configuration: { time_zone: "UTC", payment_terms: {} },
  };
  const paths = [
    "INVALID_INSTANT …activation",
    "OUT_OF_RANGE …cycle_start_offset",
    "CONFLICT …status",
    "MISPLACED_FIELD …rounding",
    "MISPLACED_FIELD …configuration.time_zone",
    "MISSING …configuration.payment_terms",
  ];

  test("flat", () => {
    expect(refusal({ ...broken, free_trial_days: 1.5 })).toEqual([
      ...paths.map((line) => line.replace("…", "")),
      "INVALID_TYPE free_trial_days",
    ]);
  });

  test("as a document", () => {
    expect(refusal({ contract_summary: broken, plan: { free_trial_days: -1, moved_at: 1 }, by: 1 })).toEqual([
      ...paths.map((line) => line.replace("…", "contract_summary.")),
      "OUT_OF_RANGE plan.free_trial_days",
      "MISPLACED_FIELD plan.moved_at",
      "MISPLACED_FIELD by",
    ]);
  });

  test("without a cycle", () => {
    expect(refusal({})).toEqual(["MISSING cycle"]);
    expect(refusal({ contract_summary: {} })).toEqual(["MISSING contract_summary.cycle"]);
    expect(refusal({ contract_summary: null })).toEqual(["INVALID_TYPE contract_summary"]);
  });

  test("what is no object", () => {
    for (const input of [null, undefined, "{}", [], 5])
      expect(refusal(input)).toEqual(["INVALID_TYPE (input)"]);
    expect(refusal({ contract_summary: summary, plan: [] })).toEqual(["INVALID_TYPE plan"]);
  });
});

test("a contract is a schedule, a schedule is no contract, and a lookalike is neither", () => {
  const contract = parseContract(documentOf());
  expect(() => assertParsed(contract, "schedule", "contract")).not.toThrow();
  expect(() => assertParsed(contract, "contract", "contract")).not.toThrow();
  expect(() => assertParsed(contract.plan.features?.[0]?.price, "price", "price")).not.toThrow();
  expect(issuesOf(() => assertParsed(parseSchedule(summary), "contract", "contract"))).toEqual([
    "NOT_PARSED contract",
  ]);
  expect(issuesOf(() => assertParsed(contract, "price", "price"))).toEqual(["NOT_PARSED price"]);
  for (const value of [{ ...contract }, JSON.parse(JSON.stringify(contract)), null, undefined, "x", 5]) {
    expect(issuesOf(() => assertParsed(value, "contract", "contract"))).toEqual(["NOT_PARSED contract"]);
  }
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  expect(issuesOf(() => assertParsed(proxy, "schedule", "schedule"))).toEqual(["NOT_PARSED schedule"]);
});
