import { describe, expect, test } from "vitest";
import type { PaymentTerms, ProrationBasis } from "../../src/contract/configuration.ts";
import { parseSchedule } from "../../src/contract/parse-schedule.ts";
import { formatMinor } from "../../src/money/amounts.ts";
import { minorUnitDigits } from "../../src/money/currency.ts";
import { toScaledBigint } from "../../src/money/integer.ts";
import { divideRounded } from "../../src/money/rounding.ts";
import {
  type BillingPeriod,
  billingPeriod,
  billingPeriodAt,
  billingPeriods,
} from "../../src/period/billing-period.ts";
import { termsDateMs } from "../../src/period/due-date.ts";
import { prorationRatio } from "../../src/period/proration.ts";
import { formatInstant, parseInstant } from "../../src/time/instant.ts";
import { type Zone, zoneNamed } from "../../src/time/zone.ts";
import { usageClosingOf } from "../../src/usage/usage-closing.ts";
import periodRecords from "./periods.json" with { type: "json" };
import prorationRecords from "./proration.json" with { type: "json" };

interface VectorRecord {
  readonly id: string;
  readonly topic: string;
  readonly given: { readonly [name: string]: unknown };
  readonly expect: { readonly [name: string]: unknown };
}

const records = [...periodRecords, ...prorationRecords] as readonly VectorRecord[];
const ofTopic = (topic: string) => records.filter((record) => record.topic === topic);
const zone = (name: unknown): Zone => zoneNamed(String(name)) ?? expect.unreachable();
const written = (date: Date | null | undefined) => (date ? formatInstant(date.getTime()) : null);

test("every topic is there in full", () => {
  const counts = [
    "boundaries",
    "period_at",
    "local_to_instant",
    "due_date",
    "usage_closing",
    "proration",
  ].map((topic) => ofTopic(topic).length);
  expect(counts).toEqual([114, 418, 35, 16, 2, 165]);
});

describe("boundaries", () => {
  test.each(ofTopic("boundaries"))("$id", ({ given, expect: { starts } }) => {
    const schedule = parseSchedule(given);
    const expected = starts as string[];
    const periods = billingPeriods(schedule, { from: String(expected[0]), count: expected.length });
    expect(periods.map(({ index, start }) => [index, written(start)])).toEqual(
      expected.map((start, position) => [position + 1, start]),
    );
  });
});

describe("period_at", () => {
  test.each(ofTopic("period_at"))("$id", ({ given: { at, ...given }, expect: expected }) => {
    const period = billingPeriodAt(parseSchedule(given), String(at));
    const found = { index: period?.index, start: written(period?.start), end: written(period?.end) };
    expect(found).toMatchObject(expected);
  });
});

describe("local_to_instant", () => {
  test.each(ofTopic("local_to_instant"))("$id", ({ given: { local, time_zone }, expect: { instant } }) => {
    expect(formatInstant(zone(time_zone).instantOf(parseInstant(`${local}Z`)))).toBe(instant);
  });
});

describe("due_date", () => {
  test.each(ofTopic("due_date"))("$id", ({ given, expect: { due, due_date } }) => {
    const terms = given["payment_terms"] as PaymentTerms;
    const dueMs = termsDateMs(zone(given["time_zone"]), parseInstant(String(given["date"])), terms);
    expect(formatInstant(dueMs)).toBe(due ?? due_date);
  });
});

describe("usage_closing", () => {
  test.each(ofTopic("usage_closing"))("$id", ({ given: { period_end, policy }, expect: { closes_at } }) => {
    const schedule = parseSchedule({
      cycle: "hour",
      activation: formatInstant(parseInstant(String(period_end)) - 3_600_000),
      configuration: { usage_period_closing_policy: policy },
    });
    expect(written(usageClosingOf(schedule, billingPeriod(schedule, 1) as BillingPeriod))).toBe(closes_at);
  });
});

describe("proration", () => {
  test.each(ofTopic("proration"))("$id", ({ given, expect: expected }) => {
    const [serviceStart, serviceEnd, fullStart, fullEnd] = [given["service"], given["full"]]
      .flatMap((each) => each as string[])
      .map(parseInstant) as [number, number, number, number];
    const basis = given["basis"] as ProrationBasis;
    const ratio = prorationRatio(
      basis,
      zone(given["time_zone"]),
      serviceStart,
      serviceEnd,
      fullStart,
      fullEnd,
    );
    const digits = minorUnitDigits(String(given["currency"])) ?? expect.unreachable();
    const whole = toScaledBigint(String(given["amount"]), digits) * BigInt(ratio.numerator);
    const amount = formatMinor(divideRounded(whole, BigInt(ratio.denominator), "half_up"), digits);
    expect({ ...ratio, amount }).toMatchObject(expected);
  });
});
