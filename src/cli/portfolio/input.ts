import { type FileHandle, open } from "node:fs/promises";
import { plainText } from "../plain-text.ts";
import { STANDARD_INPUT, unreadable } from "../read-json.ts";

/** Bytes that come piece by piece. */
export interface ByteSource {
  readonly name: string;
  /** null: nobody knows how many will come. */
  readonly size: number | null;
  /** Pieces, each of which may be overwritten by the next. */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Ends reading, also of a piece that is waited for. */
  readonly close: () => Promise<void>;
}

// Large enough that handing it to a thread costs nothing beside its contracts, small enough for the processor's cache.
const CHUNK_BYTES = 2 ** 18;

/**
 * Opens a file, or standard input for `-`.
 *
 * @throws InputFailure where it cannot be read.
 */
export async function openBytes(file: string): Promise<ByteSource> {
  if (file === STANDARD_INPUT) return standardInput();
  const name = plainText(file);
  try {
    const handle = await open(file);
    const stat = await handle.stat();
    if (stat.isDirectory()) {
      await handle.close();
      throw new Error("it is a directory");
    }
    const size = stat.isFile() ? stat.size : null;
    return { name, size, chunks: chunksOf(handle, name), close: () => handle.close() };
  } catch (error) {
    throw unreadable(name, error);
  }
}

function standardInput(): ByteSource {
  const name = "standard input";
  const close = async (): Promise<void> => {
    process.stdin.destroy();
  };
  return { name, size: null, chunks: chunksOfStream(process.stdin, name), close };
}

async function* chunksOf(handle: FileHandle, name: string): AsyncGenerator<Uint8Array, void, undefined> {
  const chunk = new Uint8Array(CHUNK_BYTES);
  for (;;) {
    const length = await lengthRead(handle, chunk, name);
    if (length === 0) return;
    yield chunk.subarray(0, length);
  }
}

async function lengthRead(handle: FileHandle, chunk: Uint8Array, name: string): Promise<number> {
  try {
    return (await handle.read(chunk)).bytesRead;
  } catch (error) {
    throw unreadable(name, error);
  }
}

async function* chunksOfStream(
  stream: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* stream;
  } catch (error) {
    throw unreadable(name, error);
  }
}
