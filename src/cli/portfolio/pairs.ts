import { inputFailure } from "../failure.ts";
import { type LineAt, lineCount, linesIn } from "./lines.ts";
import { type BlockMemory, blockMemory } from "./memory.ts";

/** Lines of contracts, and as many of usage where that stands in a file of its own. */
export interface ContractBlock {
  /** The number of the first line in its file, from 1. */
  readonly firstLine: number;
  readonly contracts: Uint8Array;
  readonly usage: Uint8Array | null;
}

/** The memory of a block, to be handed to another thread with it. */
export function memoryOfBlock({ contracts, usage }: ContractBlock): ArrayBuffer[] {
  return [contracts, usage].flatMap((bytes) => (bytes === null ? [] : [bytes.buffer as ArrayBuffer]));
}

/** An input that blocks of whole lines come from. */
export interface LineSource {
  readonly name: string;
  readonly blocks: AsyncIterable<Uint8Array>;
}

/** Contracts whose usage stands in their lines. */
export async function* unpaired({ blocks }: LineSource): AsyncGenerator<ContractBlock, void, undefined> {
  let firstLine = 1;
  for await (const contracts of blocks) {
    const count = lineCount(contracts);
    yield { firstLine, contracts, usage: null };
    firstLine += count;
  }
}

/**
 * Brings the lines of two inputs together, the first with the first: as many as have come of both.
 *
 * @throws InputFailure after the last pair where one input has more lines than the other.
 */
export async function* paired(
  contracts: LineSource,
  usage: LineSource,
  memory: BlockMemory = blockMemory(),
): AsyncGenerator<ContractBlock, void, undefined> {
  const first = pendingOf(contracts, memory);
  const second = pendingOf(usage, memory);
  while ((await hasLines(first)) && (await hasLines(second))) {
    const count = Math.min(first.lines.length, second.lines.length);
    const { firstLine, bytes } = taken(first, count);
    yield { firstLine, contracts: bytes, usage: taken(second, count).bytes };
  }
  for (const each of [first, second]) while (await hasLines(each)) each.lines = [];
  if (first.count === second.count) return;
  throw inputFailure(
    `${contracts.name} has ${first.count} contracts, ${usage.name} has ${second.count} lines of usage; ` +
      "expected as many, in the same order",
  );
}

/** What has come of an input. */
interface Pending {
  readonly memory: BlockMemory;
  readonly next: AsyncIterator<Uint8Array>;
  block: Uint8Array;
  /** How many lines of the file came before the block, blank ones included. */
  linesBefore: number;
  /** The lines of the block that aren't paired yet. */
  lines: readonly LineAt[];
  /** How many lines there were up to now, without the blank ones. */
  count: number;
}

function pendingOf({ blocks }: LineSource, memory: BlockMemory): Pending {
  const next = blocks[Symbol.asyncIterator]();
  return { memory, next, block: new Uint8Array(0), linesBefore: 0, lines: [], count: 0 };
}

/** Whether a line is left, after reading on if need be. */
async function hasLines(pending: Pending): Promise<boolean> {
  while (pending.lines.length === 0) {
    const { done, value } = await pending.next.next();
    if (done) return false;
    pending.linesBefore += lineCount(pending.block);
    pending.memory.give(pending.block);
    pending.block = value;
    pending.lines = [...linesIn(value)];
    pending.count += pending.lines.length;
  }
  return true;
}

/** The next lines, with the blank ones between them. */
function taken(pending: Pending, count: number): { readonly firstLine: number; readonly bytes: Uint8Array } {
  const { block, lines, linesBefore } = pending;
  const [first, last] = [lines[0], lines[count - 1]];
  if (first === undefined || last === undefined) throw new RangeError("there are not so many lines");
  pending.lines = lines.slice(count);
  const bytes = pending.memory.take(last.end - first.start);
  bytes.set(block.subarray(first.start, last.end));
  return { firstLine: linesBefore + first.number + 1, bytes };
}
