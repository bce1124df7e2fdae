import type { Command } from "commander";
import { pathText } from "../error.ts";
import { type Audit, auditContract } from "../index.ts";
import {
  atOption,
  examplesHelp,
  FILE_HELP,
  givenOrNow,
  jsonOption,
  refuseSecondInput,
  usageOption,
} from "./options.ts";
import { plainText } from "./plain-text.ts";
import { readUsageFile } from "./read-contract.ts";
import { readJson } from "./read-json.ts";
import { table } from "./table.ts";
import { print } from "./terminal.ts";

/** There are differences: apart from bad input and wrong use, so that a nightly run can tell them. */
const DIFFERENCES = 3;

const COLUMNS = [{ head: "field" }, { head: "theirs" }, { head: "ours" }];

interface AuditOptions {
  readonly at?: string;
  readonly usage?: string;
  readonly json?: true;
}

/** Adds `audit`: a received document's computed fields against ours. */
export function addAudit(program: Command): void {
  program
    .command("audit")
    .summary("computed fields of a received document against ours")
    .description(
      "Compares every computed field of a document as it was received (amount, billing information, cost estimates, " +
        "estimates of prices) with what the rules give at --at. Exits with 0 when they agree, with 3 when they don't.",
    )
    .argument("<file>", FILE_HELP)
    .addOption(atOption())
    .addOption(usageOption())
    .addOption(jsonOption())
    .addHelpText(
      "after",
      examplesHelp([
        "pure-billing audit received.json --at 2026-02-26T12:00:00Z --usage usage.json",
        "curl -s https://example.com/contract | pure-billing audit - --json",
      ]),
    )
    .action(showAudit);
}

async function showAudit(file: string, options: AuditOptions, command: Command): Promise<void> {
  refuseSecondInput([file, options.usage], command);
  const document = await readJson(file);
  const usage = options.usage === undefined ? null : await readUsageFile(options.usage);
  const audit = auditContract(document, { at: givenOrNow(options.at), usage });
  print(options.json ? JSON.stringify(audit, null, 2) : auditReport(audit));
  if (audit.differences.length > 0) process.exitCode = DIFFERENCES;
}

function auditReport({
  differences,
  fitting_alignment: alignment,
  not_compared: notCompared,
}: Audit): string {
  const parts: string[] = [];
  if (differences.length === 0) parts.push("No computed field differs.");
  else {
    const rows = differences.map(({ path, theirs, ours }) => [pathText(path), shown(theirs), shown(ours)]);
    parts.push(
      differences.length === 1
        ? "1 computed field differs."
        : `${differences.length} computed fields differ.`,
      table(COLUMNS, rows),
    );
  }
  if (alignment !== null) {
    parts.push(`The current period received would fit the other alignment: cycle_alignment "${alignment}".`);
  }
  for (const path of notCompared) {
    parts.push(`${pathText(path)} is not compared: its price depends on events that were not given.`);
  }
  return parts.join("\n\n");
}

function shown(value: unknown): string {
  return plainText(typeof value === "string" ? value : JSON.stringify(value));
}
