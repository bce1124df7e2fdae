import { describe, expect, test } from "vitest";
import { amendContract, compareContracts, type SweepOptions, sweep } from "../../src/index.ts";
import { contractOf, feature, flat, metered, seats } from "../change/contracts.ts";
import { issuesOf } from "../contract/documents.ts";

const MONTH = { from: "2026-01-01T00:00:00Z", to: "2026-02-01T00:00:00Z" };

const contract = contractOf([
  feature("base", flat("10")),
  feature("seats", seats("5", "12", { maximum_units: "50" })),
  feature("calls", metered("0.01")),
]);

function totals(vary: SweepOptions["vary"], options: object = {}): [object, string][] {
  return [...sweep(contract, { vary, ...MONTH, ...options })].map(({ point, total_including_tax: total }) => [
    point,
    total,
  ]);
}

describe("sweep", () => {
  test("has a point for every combination, the last varied fastest", () => {
    expect(totals({ units: { seats: [1, 2] }, usage: { calls: ["0", "100"] } })).toEqual([
      [{ units: { seats: 1 }, usage: { calls: "0" } }, "22.00"],
      [{ units: { seats: 1 }, usage: { calls: "100" } }, "23.00"],
      [{ units: { seats: 2 }, usage: { calls: "0" } }, "34.00"],
      [{ units: { seats: 2 }, usage: { calls: "100" } }, "35.00"],
    ]);
  });

  test("varies prices, several of one feature's terms together", () => {
    expect(totals({ units: { seats: [2] }, price: { seats: ["10", "12.5"], base: ["0"] } })).toEqual([
      [{ units: { seats: 2 }, price: { seats: "10", base: "0" } }, "20.00"],
      [{ units: { seats: 2 }, price: { seats: "12.5", base: "0" } }, "25.00"],
    ]);
  });

  test("varies the discount, null being none", () => {
    const half = { discount_type: "percentage", amount: "50" } as const;
    expect(totals({ discount: [null, half] })).toEqual([
      [{ discount: null }, "70.00"],
      [{ discount: half }, "35.00"],
    ]);
  });

  test("varies the cycle: another one doesn't come with the contract's count", () => {
    const everyTwo = amendContract(contract, { cycle_count: 2 });
    const year = { from: "2026-01-01T00:00:00Z", to: "2027-01-01T00:00:00Z" };
    const points = [...sweep(everyTwo, { vary: { cycle: ["month", "quarter", "year"] }, ...year })];
    expect(points.map(({ total_including_tax: total }) => total)).toEqual(["420.00", "280.00", "70.00"]);
  });

  test("puts varied usage in the place of what is given of its slug, and keeps the rest", () => {
    const two = contractOf([feature("calls", metered("1")), feature("mails", metered("1"))]);
    const usage = {
      events: ["calls", "mails"].map((feature_slug) => ({
        feature_slug,
        units: "7",
        timestamp: "2026-01-05T00:00:00Z",
      })),
    };
    const points = [...sweep(two, { vary: { usage: { calls: [1, 2] } }, usage, ...MONTH })];
    expect(points.map(({ total_including_tax: total }) => total)).toEqual(["8.00", "9.00"]);
  });

  test("works points out as they are asked for", () => {
    const asked: string[] = [];
    const usage = (slug: string): string => {
      asked.push(slug);
      return "1";
    };
    const points = sweep(contract, { vary: { units: { seats: [1, 2, 3] } }, usage, ...MONTH });
    expect(asked).toEqual([]);
    expect(points.next().value).toMatchObject({ point: { units: { seats: 1 } }, currency: "eur" });
    expect(asked).toEqual(["calls"]);
  });

  test("is what comparing the amended contract says", () => {
    const [point] = sweep(contract, {
      vary: { units: { seats: [9] } },
      tax_rates: { default: "19" },
      ...MONTH,
    });
    const amended = amendContract(contract, { feature_configuration: { seats: { units: "9" } } });
    const { contracts } = compareContracts({ amended }, { tax_rates: { default: "19" }, ...MONTH });
    expect(contracts["amended"]).toMatchObject({
      subtotal: point?.subtotal,
      tax_amount: point?.tax_amount,
      total_including_tax: point?.total_including_tax,
    });
    expect(point?.total_including_tax).toBe("140.42");
  });

  test("refuses every value that the contract can't have before the first point", () => {
    const vary = {
      units: { seats: [5, 51], calls: [1] },
      usage: { calls: ["-1", 2], seats: [1] },
      price: { base: ["1,5"], none: ["1"] },
      discount: [{ discount_type: "percentage", amount: "120" }],
      cycle: ["fortnight"],
      colour: ["red"],
      at: [],
    };
    expect(issuesOf(() => sweep(contract, { vary: vary as never, ...MONTH, from: "soon" }))).toEqual([
      "INVALID_INSTANT from",
      "UNKNOWN_VALUE vary.colour",
      "UNKNOWN_VALUE vary.at",
      "OUT_OF_RANGE vary.units.seats[1]",
      "CONFLICT vary.units.calls[0]",
      "OUT_OF_RANGE vary.usage.calls[0]",
      "UNKNOWN_SLUG vary.usage.seats",
      "INVALID_DECIMAL vary.price.base[0]",
      "UNKNOWN_SLUG vary.price.none[0]",
      "OUT_OF_RANGE vary.discount[0]",
      "UNKNOWN_VALUE vary.cycle[0]",
    ]);
  });

  test("refuses lists without values, values without a list and nothing to vary", () => {
    expect(issuesOf(() => totals({ cycle: [], units: { seats: 3 } } as never))).toEqual([
      "MISSING vary.cycle",
      "INVALID_TYPE vary.units.seats",
    ]);
    expect(issuesOf(() => totals({}))).toEqual(["MISSING vary"]);
    expect(issuesOf(() => sweep(contract, MONTH as never))).toEqual(["MISSING vary"]);
    expect(issuesOf(() => sweep({} as never, MONTH as never))).toEqual(["NOT_PARSED contract"]);
  });

  test("refuses usage by period that isn't one of every cycle", () => {
    const usage = {
      periods: [{ feature_slug: "calls", start: "2026-02-01T00:00:00Z", units: "1" }],
    };
    expect(issuesOf(() => totals({ cycle: ["month", "year"] }, { usage }))).toEqual([
      "UNKNOWN_PERIOD usage.periods[0].start",
    ]);
  });
});
