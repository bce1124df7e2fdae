import { writeFile } from "node:fs/promises";
import { stripVTControlCharacters } from "node:util";
import { isInputFailure } from "../failure.ts";
import type { BlockResult } from "./block.ts";
import { type ByteSource, openBytes } from "./input.ts";
import type { PortfolioJob } from "./job.ts";
import { lineBlocks } from "./lines.ts";
import { type BlockMemory, blockMemory } from "./memory.ts";
import { inOrder } from "./order.ts";
import { assertApart, openedForWriting, saidLines, writeOut, written, writtenLines } from "./output.ts";
import { type ContractBlock, type LineSource, paired, unpaired } from "./pairs.ts";
import { workerPool } from "./pool.ts";
import { noProgress, progressOf } from "./progress.ts";
import { portfolioReport } from "./report.ts";
import { type PortfolioSummary, portfolioSummary } from "./summary.ts";
import { mergeTally, noTally } from "./tally.ts";

/** What a run over a portfolio reads and writes, and how. */
export interface PortfolioRun {
  readonly contracts: string;
  readonly usage: string | null;
  readonly errors: string | null;
  readonly summary: string | null;
  readonly workers: number;
  readonly isQuiet: boolean;
}

// One that a thread works on, one that it can go on with, one that waits for its turn to be written.
const BLOCKS_A_WORKER = 3;

/**
 * Prices a portfolio from its inputs to standard output, line by line in their order.
 *
 * @returns the summary, also where an input ended in a failure: `failure` is that one.
 * @throws what fails elsewhere, as a thread that ends.
 */
export async function runPortfolio(
  job: PortfolioJob,
  run: PortfolioRun,
): Promise<{ readonly summary: PortfolioSummary; readonly failure: Error | null }> {
  const { summary: summaryFile, isQuiet } = run;
  await assertApart([run.contracts, ...given(run.usage)], [...given(run.errors), ...given(summaryFile)]);
  const contracts = await openBytes(run.contracts);
  const usage = run.usage === null ? null : await openBytes(run.usage);
  // Emptied now, so that nobody learns in the end that it can't be written.
  if (summaryFile !== null) await (await openedForWriting(summaryFile)).close();
  const errors = run.errors === null ? null : await writtenLines(run.errors);
  // Where results scroll by on the same terminal, they say how far the run is.
  const progress = isQuiet || process.stdout.isTTY ? noProgress() : progressOf(contracts.size);
  const failed = errors ?? saidLines(progress.say);
  const pool = workerPool(run.workers, job);
  const tally = noTally();
  const memory = blockMemory();

  const closeInputs = async (): Promise<void> => {
    await Promise.all([contracts.close(), usage?.close()]);
  };
  const take = async (result: BlockResult): Promise<void> => {
    await writeOut(result.output);
    await failed.add(result.failed);
    mergeTally(tally, result.tally);
    progress.add(result.tally.lines, result.block.contracts.length);
    memory.give(result.block.contracts);
    if (result.block.usage !== null) memory.give(result.block.usage);
  };

  let failure: Error | null = null;
  try {
    await inOrder(blocksOf(contracts, usage, memory), {
      most: BLOCKS_A_WORKER * run.workers,
      work: pool.price,
      take,
      stop: closeInputs,
    });
  } catch (error) {
    if (!isInputFailure(error)) throw error;
    failure = error;
  } finally {
    progress.end();
    await Promise.all([closeInputs(), pool.close(), failed.close()]);
  }
  const summary = portfolioSummary(job, tally);
  if (summaryFile !== null) await writeSummary(summaryFile, summary);
  return { summary, failure };
}

function blocksOf(
  contracts: ByteSource,
  usage: ByteSource | null,
  memory: BlockMemory,
): AsyncIterable<ContractBlock> {
  const sourceOf = ({ name, chunks }: ByteSource): LineSource => ({
    name,
    blocks: lineBlocks(chunks, name, memory),
  });
  return usage === null
    ? unpaired(sourceOf(contracts))
    : paired(sourceOf(contracts), sourceOf(usage), memory);
}

function writeSummary(file: string, summary: PortfolioSummary): Promise<void> {
  return written(file, () => writeFile(file, `${JSON.stringify(summary, null, 2)}\n`));
}

function given(file: string | null): string[] {
  return file === null ? [] : [file];
}

/** The summary for people, without colours: those are chosen for standard output. */
export function reportText(summary: PortfolioSummary): string {
  return stripVTControlCharacters(portfolioReport(summary));
}
