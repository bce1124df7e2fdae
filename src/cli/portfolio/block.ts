import { isUtf8 } from "node:buffer";
import { formatMinor } from "../../money/amounts.ts";
import type { LineIssue, LineText } from "./document.ts";
import { linesIn } from "./lines.ts";
import type { ContractBlock } from "./pairs.ts";
import type { LinePricer, LineResult, PricedContract } from "./price.ts";
import { addToTally, noTally, type Tally } from "./tally.ts";

/** A line that has no price. */
export interface FailedLine {
  /** Its number in the file, from 1. */
  readonly line: number;
  readonly id: LineResult["id"];
  readonly issues: readonly LineIssue[];
}

/** What became of a block of lines. */
export interface BlockResult {
  /** A line of JSON for each that came in: in the memory of those, where it is large enough. */
  readonly output: Uint8Array;
  readonly failed: readonly FailedLine[];
  readonly tally: Tally;
  /** What came in, to be used again. */
  readonly block: ContractBlock;
}

const MARK = "\ufeff";

/** Prices the lines of a block. */
export function pricedBlock(block: ContractBlock, price: LinePricer): BlockResult {
  const { firstLine, contracts, usage } = block;
  const usages = usage === null ? null : textsIn(usage);
  const tally = noTally();
  const failed: FailedLine[] = [];
  let output = "";
  for (const { number, text } of textsIn(contracts)) {
    const result = price(text, usages === null ? null : usages.next().value?.text);
    const { id, priced } = result;
    addToTally(tally, result);
    if (priced === null) {
      const issues = result.issues.map(printedIssue);
      failed.push({ line: firstLine + number, id, issues });
      output += `${JSON.stringify({ id, issues })}\n`;
    } else output += pricedLine(id, priced);
  }
  return { output: encoded(output, contracts.buffer), failed, tally, block };
}

const encoder = new TextEncoder();

function encoded(text: string, memory: ArrayBufferLike): Uint8Array {
  const bytes = new Uint8Array(memory);
  const { read, written } = encoder.encodeInto(text, bytes);
  return read === text.length ? bytes.subarray(0, written) : encoder.encode(text);
}

/** The lines of a block that aren't blank, as text. */
function* textsIn(
  block: Uint8Array,
): Generator<{ readonly number: number; readonly text: LineText }, undefined> {
  const bytes = Buffer.from(block.buffer, block.byteOffset, block.length);
  const isText = isUtf8(bytes);
  for (const { number, start, end } of linesIn(block)) {
    const own = isText || isUtf8(bytes.subarray(start, end)) ? bytes.toString("utf8", start, end) : undefined;
    yield { number, text: own?.startsWith(MARK) ? own.slice(1) : own };
  }
}

function printedIssue({ code, path, message, found }: LineIssue): LineIssue {
  return { code, path, message, found };
}

function pricedLine(id: LineResult["id"], { currency, digits, before, after }: PricedContract): string {
  const head = `{"id":${JSON.stringify(id)},"currency":"${currency}"`;
  if (after === undefined) return `${head},"total":${printed(before, digits)}}\n`;
  const difference = before === null && after === null ? null : (after ?? 0n) - (before ?? 0n);
  return `${head},"before":${printed(before, digits)},"after":${printed(after, digits)},"difference":${printed(difference, digits)}}\n`;
}

function printed(minor: bigint | null, digits: number): string {
  return minor === null ? "null" : `"${formatMinor(minor, digits)}"`;
}
