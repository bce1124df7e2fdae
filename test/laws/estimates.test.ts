import fc from "fast-check";
import { expect, test } from "vitest";
import { type CostEstimate, contractAmount, costEstimates } from "../../src/index.ts";
import { type NaiveBucket, naiveEstimates } from "../oracle/naive-estimates.ts";
import { arbitraryContract } from "./arbitrary-contract.ts";
import { amountText } from "./lines-words.ts";

const NOTHING: NaiveBucket = { start: 0n, end: 0n, usage: 0n };

test("law: cost estimates equal the naive reference, and the amount is the sum of its bucket", () => {
  fc.assert(
    fc.property(arbitraryContract, ({ document, contract, digits }) => {
      const expected = naiveEstimates(document, digits);
      const bucket = (name: string): CostEstimate => {
        const { start, end, usage } = expected.get(name) ?? NOTHING;
        return {
          cycle_start_charges: amountText(start, digits),
          extra_cycle_end_charges: amountText(end, digits),
          minimum_usage: amountText(usage, digits),
        };
      };
      expect(costEstimates(contract)).toEqual({
        recurring_price: bucket("recurring"),
        one_time_price: bucket("one_time"),
        on_demand_price: bucket("on_demand"),
        custom_cycle_charges: {
          periodic_daily: bucket("day"),
          periodic_weekly: bucket("week"),
          periodic_monthly: bucket("month"),
          periodic_quarterly: bucket("quarter"),
          periodic_yearly: bucket("year"),
        },
      });
      const { cycle } = document.contract_summary;
      const isOnce = cycle === "once" || cycle === "constant";
      const { start, end, usage } = expected.get(isOnce ? "one_time" : "recurring") ?? NOTHING;
      expect(contractAmount(contract)).toBe(amountText(start + end + usage, digits));
    }),
  );
});
