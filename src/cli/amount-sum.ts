import { formatMinor } from "../money/amounts.ts";
import { toScaledBigint } from "../money/integer.ts";

/** The sum of printed amounts of one currency; unlike what comes in, what goes out may have any length. */
export function amountSum(amounts: readonly string[], digits: number): string {
  return formatMinor(
    amounts.reduce((sum, amount) => sum + toScaledBigint(amount, digits), 0n),
    digits,
  );
}
