import { type FileHandle, open, stat } from "node:fs/promises";
import { inputFailure, placeLine } from "../failure.ts";
import { plainText } from "../plain-text.ts";
import { STANDARD_INPUT } from "../read-json.ts";
import type { FailedLine } from "./block.ts";

/** Writes to standard output, until the bytes may be written over; what fails there ends the process. */
export function writeOut(bytes: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.write(bytes, () => resolve());
  });
}

/** Where the lines go that have no price. */
export interface FailedLines {
  readonly add: (failed: readonly FailedLine[]) => Promise<void>;
  readonly close: () => Promise<void>;
}

const MOST_SAID = 10;

/** Says what is wrong with the first lines that have no price. */
export function saidLines(say: (text: string) => void): FailedLines {
  let said = 0;
  return {
    add: async (failed) => {
      for (const each of failed.slice(0, MOST_SAID - said)) say(failedText(each));
      said = Math.min(MOST_SAID, said + failed.length);
    },
    close: async () => {},
  };
}

function failedText({ line, issues: [first, ...more] }: FailedLine): string {
  if (first === undefined) return `line ${line}`;
  const { path, message, found } = first;
  const others = more.length === 0 ? "" : ` (and ${more.length} more)`;
  return `line ${line}: ${placeLine(path, `${message} (found ${found})`)}${others}`;
}

/** Writes the lines that have no price to a file, as NDJSON. */
export async function writtenLines(file: string): Promise<FailedLines> {
  const handle = await openedForWriting(file);
  return {
    add: async (failed) => {
      if (failed.length === 0) return;
      const lines = failed.map((each) => `${JSON.stringify(each)}\n`).join("");
      await written(file, () => handle.appendFile(lines));
    },
    close: () => handle.close(),
  };
}

/** Opens a file for writing, and empties it. */
export function openedForWriting(file: string): Promise<FileHandle> {
  return written(file, () => open(file, "w"));
}

/**
 * What writing to a file gives.
 *
 * @throws InputFailure where it can't be written.
 */
export async function written<Value>(file: string, write: () => Promise<Value>): Promise<Value> {
  try {
    return await write();
  } catch (error) {
    throw inputFailure(`${plainText(file)}: cannot be written: ${plainText((error as Error).message)}`);
  }
}

/**
 * Refuses to write over what is read.
 *
 * @throws InputFailure where an output is one of the inputs, by whatever name.
 */
export async function assertApart(inputs: readonly string[], outputs: readonly string[]): Promise<void> {
  const read = new Set(await Promise.all(inputs.map(identityOf)));
  for (const output of outputs) {
    const identity = await identityOf(output);
    if (identity !== null && read.has(identity)) {
      throw inputFailure(`${plainText(output)}: it is read, and would be written over`);
    }
  }
}

/** The file that a name stands for; null where it is no file that could be lost. */
async function identityOf(file: string): Promise<string | null> {
  if (file === STANDARD_INPUT) return null;
  try {
    const found = await stat(file);
    return found.isFile() ? `${found.dev}:${found.ino}` : null;
  } catch {
    return null;
  }
}
