import { BillingError, type BillingIssue } from "../../error.ts";
import { amendContract, type ContractChange, isBillingError, parseContract } from "../../index.ts";
import { placed } from "./document.ts";

/** What is wrong with a change whatever contract it is made to; the rest is seen contract by contract. */
const ALWAYS_WRONG: readonly BillingIssue["code"][] = [
  "INVALID_TYPE",
  "INVALID_DECIMAL",
  "INVALID_INSTANT",
  "UNKNOWN_VALUE",
];

/**
 * Checks a patch before a million contracts are.
 *
 * @throws BillingError with what is wrong for every contract.
 */
export function checkPatch(patch: unknown): ContractChange {
  const plain = parseContract({
    contract_summary: { cycle: "month", currency: "eur" },
    plan: { features: [] },
  });
  try {
    placed("patch", () => amendContract(plain, patch as ContractChange));
  } catch (error) {
    if (!isBillingError(error)) throw error;
    const issues = error.issues.filter(({ code }) => ALWAYS_WRONG.includes(code));
    if (issues.length > 0) throw new BillingError(issues);
  }
  return patch as ContractChange;
}
