import { type Command, InvalidArgumentError, Option } from "commander";
import { parseInstant } from "../time/instant.ts";
import { STANDARD_INPUT } from "./read-json.ts";

/** What `FILE` may be, for the help. */
export const FILE_HELP = "a contract document as JSON; - reads standard input";

/** An option that takes an instant. */
export function instantOption(flags: string, description: string): Option {
  return new Option(`${flags} <instant>`, description).argParser((text: string) => {
    if (!Number.isNaN(parseInstant(text))) return text;
    throw new InvalidArgumentError("An instant has an offset, such as 2026-01-31T09:30:00Z.");
  });
}

/** `--at`: the instant that is asked about. */
export function atOption(): Option {
  return instantOption("--at", "the instant that is asked about (default: now)");
}

/** `--usage`: what was used. */
export function usageOption(): Option {
  return new Option(
    "--usage <file>",
    'usage as JSON: {"sums": ...}, {"events": ...}, {"periods": ...} or {"every_period": ...}',
  );
}

/** `--tax-rates`: what tax is put on. */
export function taxRatesOption(): Option {
  return new Option("--tax-rates <file or JSON>", 'percent by tax code: {"standard": "19", "default": "19"}');
}

/** Refuses a second document on standard input. */
export function refuseSecondInput(files: readonly (string | undefined)[], command: Command): void {
  if (files.filter((file) => file === STANDARD_INPUT).length < 2) return;
  command.error("error: standard input holds one document: give the others as files");
}

/** `--json`: for programs. */
export function jsonOption(): Option {
  return new Option("--json", "print JSON, for programs");
}

/** The clock is read here and nowhere else: an instant that wasn't given is now. */
export function givenOrNow(at: string | undefined): string {
  return at ?? new Date().toISOString();
}

/** Examples at the end of a command's help. */
export function examplesHelp(examples: readonly string[]): string {
  return ["", "Examples:", ...examples.map((example) => `  $ ${example}`)].join("\n");
}
