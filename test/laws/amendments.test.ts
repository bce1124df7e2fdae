import fc from "fast-check";
import { expect, test } from "vitest";
import { pricedItems } from "../../src/contract/priced-items.ts";
import {
  amendContract,
  type BillingError,
  type Contract,
  type ContractChange,
  draftContract,
  isBillingError,
  parseContract,
  previewCancellation,
  previewUpgrade,
} from "../../src/index.ts";
import { arbitraryContract } from "./arbitrary-contract.ts";

const WORDS = [
  "cycle",
  "cycle_count",
  "cycle_start_offset",
  "cycle_anchor",
  "expiration",
  "moved_at",
] as const;
const MORE = ["free_cycles", "free_trial_end", "configuration", "time_zone", "strategy"] as const;
const PARTS = ["plan", "discount", "discounts", "feature_configuration"] as const;

type Word = (typeof WORDS)[number] | (typeof MORE)[number] | (typeof PARTS)[number];

/** Some words of another contract, which may or may not suit this one. */
const amendments: fc.Arbitrary<readonly Word[]> = fc.uniqueArray(
  fc.constantFrom(...WORDS, ...MORE, ...PARTS),
  {
    maxLength: 4,
  },
);

function changeOf(document: Contract, words: readonly Word[]): ContractChange {
  const flat: { [word: string]: unknown } = { ...document, ...document.contract_summary };
  return Object.fromEntries(
    words.filter((word) => flat[word] !== undefined).map((word) => [word, flat[word]]),
  );
}

/** The document with the change written into it. */
function amendedDocument({ contract_summary, ...parts }: Contract, change: ContractChange): object {
  const { plan, discount, discounts, feature_configuration: said, ...summary } = change;
  const overrides: { [slug: string]: unknown } = { ...parts.feature_configuration };
  for (const [slug, own] of Object.entries(said ?? {})) {
    overrides[slug] = { ...(overrides[slug] as object | undefined), ...own };
  }
  const hasDiscount = discount !== undefined || discounts !== undefined;
  return {
    ...parts,
    contract_summary: { ...contract_summary, ...summary },
    ...(plan && { plan }),
    ...(hasDiscount && { discount, discounts }),
    ...(said && { feature_configuration: overrides }),
  };
}

function attempted<Result>(run: () => Result): Result | BillingError {
  try {
    return run();
  } catch (error) {
    if (isBillingError(error)) return error;
    throw error;
  }
}

function jsonOf(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

test("law: amending a contract is parsing the amended document, and sharing what didn't change", () => {
  fc.assert(
    fc.property(arbitraryContract, arbitraryContract, amendments, ({ document, contract }, other, words) => {
      const change = changeOf(other.document, words);
      const amended = attempted(() => amendContract(contract, change));
      const parsed = attempted(() => parseContract(amendedDocument(document, change)));
      expect(isBillingError(amended)).toBe(isBillingError(parsed));
      if (isBillingError(amended) || isBillingError(parsed)) {
        const codes = (error: unknown): string[] =>
          (error as BillingError).issues.map(({ code }) => code).sort();
        expect(codes(amended)).toEqual(codes(parsed));
        return;
      }
      expect(jsonOf(amended)).toEqual(jsonOf(parsed));
      expect(parseContract(jsonOf(amended))).toEqual(amended);
      expect(pricedItems(amended)).toEqual(pricedItems(parsed));
      if (change.plan === undefined) expect(amended.plan).toBe(contract.plan);
      const isSummaryKept = Object.keys(change).every((word) => (PARTS as readonly string[]).includes(word));
      if (isSummaryKept) expect(amended.contract_summary).toBe(contract.contract_summary);
    }),
  );
});

test("law: the JSON of a drafted contract is a contract, and the same one", () => {
  fc.assert(
    fc.property(arbitraryContract, fc.boolean(), fc.boolean(), ({ document }, is_pending, isAtOnce) => {
      const {
        moved_at: _,
        free_trial_end: __,
        expiration: ___,
        activation,
        ...request
      } = document.contract_summary;
      const { plan, feature_configuration } = document;
      const drafted = draftContract(
        {
          ...request,
          ...(feature_configuration && { feature_configuration }),
          activation: isAtOnce ? "" : (activation as string),
          is_pending,
        },
        { plan },
        { at: activation as string },
      );
      expect(parseContract(jsonOf(drafted))).toEqual(drafted);
      expect(drafted.contract_summary.activation === null).toBe(is_pending);
      const hasTrial = (plan.free_trial_days ?? 0) > 0;
      if (!is_pending || !hasTrial) expect(drafted.contract_summary).toHaveProperty("free_trial_end");
    }),
  );
});

/** What a wish is made of, rightly or not. */
const word = fc.constantFrom(
  ...[
    "cycle",
    "cycle_count",
    "currency",
    "plan",
    "discount",
    "discounts",
    "feature_configuration",
    "activation",
  ],
  ...[
    "unit_count_configuration",
    "unit_configuration",
    "upgrade_strategy",
    "upgrade_configuration",
    "anchor",
  ],
  ...[
    "free_trial_days",
    "downgrade_allowed",
    "continues",
    "is_pending",
    "discount_id",
    "configuration",
    "mode",
    "at",
  ],
);
const value = fc.oneof(
  fc.constantFrom<unknown>(
    "month",
    "once",
    "new_plan",
    "change_unit_count",
    "keep",
    "change",
    "eur",
    "usd",
    "now",
    "",
  ),
  fc.constantFrom<unknown>(
    "2024-05-01T00:00:00Z",
    "9999-12-31T23:59:59Z",
    { type: "next_cycle" },
    { alpha: { units: "3" } },
  ),
  fc.constantFrom<unknown>(
    { boundary: "0001-01-01T00:00:00Z" },
    { features: [] },
    { alpha: "2" },
    36_525,
    0,
    null,
    true,
  ),
  fc.jsonValue({ maxDepth: 2 }),
  fc.anything({ maxDepth: 1, withDate: true, withBigInt: true }),
);
const wish = fc.oneof(fc.dictionary(word, value, { maxKeys: 4 }), fc.anything({ maxDepth: 1 }));

test("law: whatever is asked for, the answer is a result or one BillingError", () => {
  fc.assert(
    fc.property(
      arbitraryContract,
      wish,
      wish,
      fc.boolean(),
      ({ contract, document }, asked, options, isAtStart) => {
        const { activation } = document.contract_summary;
        const given = isAtStart ? { ...(options as object), at: activation } : options;
        const units = { upgrade_strategy: "change_unit_count", ...(asked as object) };
        for (const run of [
          () => amendContract(contract, asked as never),
          () => draftContract(asked as never, { plan: document.plan }, given as never),
          () => previewUpgrade(contract, asked as never, given as never),
          () => previewUpgrade(contract, units as never, given as never),
          () => previewCancellation(contract, given as never),
        ]) {
          const result = attempted<unknown>(run);
          if (!isBillingError(result)) expect(jsonOf(result)).toEqual(result);
        }
      },
    ),
  );
});
