import { type ChargeOptions, type ChargeRun, chargeRun, runOver } from "../../charge/charge-run.ts";
import { amendContract, type Contract, isBillingError, parseContract, type Usage } from "../../index.ts";
import { periodMsAt } from "../../period/timeline.ts";
import { parseInstant } from "../../time/instant.ts";
import { costOf } from "../../what-if/contract-cost.ts";
import { type LineIssue, type LineText, placed, readContractLine, readUsageLine } from "./document.ts";
import type { PortfolioJob } from "./job.ts";

/** What one contract of a portfolio costs, in minor units; null where no charged period runs. */
export interface PricedContract {
  readonly currency: string;
  readonly digits: number;
  readonly before: bigint | null;
  /** undefined: nothing was to be changed. */
  readonly after: bigint | null | undefined;
}

/** What became of one line. */
export interface LineResult {
  /** As it stands in the line; null where it has none. */
  readonly id: string | number | null;
  readonly customer: string | null;
  readonly priced: PricedContract | null;
  /** Why it has no price; none where it has one. */
  readonly issues: readonly LineIssue[];
}

/** Prices one line: the contract's text, and that of its usage; null where it has no line of its own. */
export type LinePricer = (contract: LineText, usage: LineText | null) => LineResult;

/** Makes the function that prices one line. */
export function linePricer(job: PortfolioJob): LinePricer {
  const priceOf = contractPricer(job);
  return (contractText, usageText) => {
    let id: LineResult["id"] = null;
    let customer: LineResult["customer"] = null;
    try {
      const line = readContractLine(contractText);
      ({ id, customer } = line);
      const usage = usageText === null ? line.usage : readUsageLine(usageText, line);
      return { id, customer, priced: priceOf(parseContract(line.document), usage), issues: [] };
    } catch (error) {
      return { id, customer, priced: null, issues: issuesOf(error) };
    }
  };
}

/** One line that brings down a whole run helps nobody, whatever is wrong with it. */
function issuesOf(error: unknown): readonly LineIssue[] {
  if (isBillingError(error)) return error.issues;
  const problem = error instanceof Error ? error.message : String(error);
  return [{ code: "INTERNAL", path: [], message: `this should not have happened: ${problem}`, found: "" }];
}

function contractPricer({
  asked,
  patch,
  taxRates,
}: PortfolioJob): (contract: Contract, usage: Usage | null) => PricedContract {
  const cost = "at" in asked ? costAt : costOver(asked);
  const options: ChargeOptions = { ...("at" in asked && { at: asked.at }), tax_rates: taxRates };

  return (contract, usage) => {
    const amended = patch === null ? null : placed("patch", () => amendContract(contract, patch));
    const others = amended === null ? [] : [amended];
    const run = chargeRun(contract, { ...options, usage }, [], { contracts: others, periodsOf: "all" });
    return {
      currency: contract.contract_summary.currency,
      digits: run.digits,
      before: cost(run),
      // What was read as usage of both is usage of either.
      after: amended === null ? undefined : cost({ ...chargeRun(amended, options), book: run.book }),
    };
  };
}

/** What the billing period costs that runs at the instant up to which the run knows its usage. */
function costAt(run: ChargeRun): bigint | null {
  const period = run.atMs === null ? null : periodMsAt(run.timeline, run.atMs);
  if (period === null || period.phase === "trial") return null;
  return costOf(run, { fromMs: period.startMs, toMs: period.startMs + 1 }).including;
}

function costOver({ from, to }: { readonly from: string; readonly to: string }): (run: ChargeRun) => bigint {
  const stretch = { fromMs: parseInstant(from), toMs: parseInstant(to) };
  return (run) => costOf(runOver(run, stretch), stretch).including;
}
