import { inputFailure } from "../failure.ts";
import { type BlockMemory, blockMemory } from "./memory.ts";

/** The longest line: what is longer is hardly one contract. */
const LONGEST_LINE = 32 * 2 ** 20;

const TAB = 9;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;

/** Where a line lies in a block, without the white space at its end; its number counts from 0. */
export interface LineAt {
  readonly number: number;
  readonly start: number;
  readonly end: number;
}

/**
 * Cuts bytes, however they come, into blocks of whole lines: as many as have come, so that nobody waits for more.
 *
 * @param chunks may be used again once the next is asked for: blocks are copies.
 * @param name what the failure calls the input.
 * @param memory what blocks are put in.
 * @throws InputFailure for a line that is too long.
 */
export async function* lineBlocks(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
  memory: BlockMemory = blockMemory(),
  longest: number = LONGEST_LINE,
): AsyncGenerator<Uint8Array, void, undefined> {
  let held: Uint8Array[] = [];
  let heldLength = 0;
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(LINE_FEED) + 1;
    if (end > 0) {
      yield joined([...held, chunk.subarray(0, end)], memory);
      held = [];
      heldLength = 0;
    }
    if (end < chunk.length) held.push(new Uint8Array(chunk.subarray(end)));
    heldLength += chunk.length - end;
    if (heldLength > longest) {
      throw inputFailure(
        `${name}: a line is longer than ${longest} bytes; expected one JSON document a line`,
      );
    }
  }
  if (heldLength > 0) yield joined(held, memory);
}

/** The lines of a block that aren't blank. */
export function* linesIn(block: Uint8Array): Generator<LineAt, undefined, undefined> {
  let start = 0;
  for (let number = 0; start < block.length; number++) {
    const next = nextLine(block, start);
    const end = textEnd(block, start, next);
    if (end > start) yield { number, start, end };
    start = next;
  }
}

/** How many lines a block has, blank ones included. */
export function lineCount(block: Uint8Array): number {
  let count = 0;
  for (let start = 0; start < block.length; start = nextLine(block, start)) count++;
  return count;
}

/** The offset of the line after the one that begins at an offset. */
function nextLine(block: Uint8Array, start: number): number {
  const at = block.indexOf(LINE_FEED, start);
  return at < 0 ? block.length : at + 1;
}

/** The offset after the last byte of a line that isn't white space; its start where there is none. */
function textEnd(block: Uint8Array, start: number, next: number): number {
  let end = next;
  for (; end > start; end--) {
    const byte = block[end - 1];
    if (byte !== LINE_FEED && byte !== CARRIAGE_RETURN && byte !== SPACE && byte !== TAB) return end;
  }
  return end;
}

/** One piece of memory for itself, that can be handed to a thread. */
function joined(parts: readonly Uint8Array[], memory: BlockMemory): Uint8Array {
  const whole = memory.take(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
