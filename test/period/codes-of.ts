import { isBillingError } from "../../src/error.ts";

/** The codes of the issues that a call is refused with. */
export function codesOf(call: () => unknown): string[] {
  try {
    call();
  } catch (error) {
    if (isBillingError(error)) return error.issues.map(({ code }) => code);
    throw error;
  }
  return [];
}
