import { CommanderError } from "commander";
import { isBillingError } from "../index.ts";
import { isInputFailure, problemLine } from "./failure.ts";
import { createProgram } from "./program.ts";
import { complain, endWhenNobodyReads } from "./terminal.ts";

const BAD_INPUT = 1;
const WRONG_USE = 2;

endWhenNobodyReads();
try {
  await createProgram().parseAsync();
} catch (error) {
  process.exitCode = exitCodeAfter(error);
}

/** Says what went wrong, unless it has been said, and how the process ends. */
function exitCodeAfter(error: unknown): number {
  // Its message is printed when it is thrown; help and version come this way too.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : WRONG_USE;
  if (isBillingError(error)) for (const issue of error.issues) complain(problemLine(issue));
  else if (isInputFailure(error)) complain(error.message);
  else complain(`error: this should not have happened: ${error instanceof Error ? error.message : error}`);
  return BAD_INPUT;
}
