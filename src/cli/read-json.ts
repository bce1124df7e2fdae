import { readFile } from "node:fs/promises";
import { type InputFailure, inputFailure } from "./failure.ts";
import { jsonProblem } from "./json-problem.ts";
import { plainText } from "./plain-text.ts";

/** What stands for standard input where a file is asked for. */
export const STANDARD_INPUT = "-";

const REASONS: { readonly [code: string]: string } = {
  ENOENT: "there is no such file",
  ENOTDIR: "there is no such file",
  EISDIR: "it is a directory",
  EACCES: "permission is denied",
  EPERM: "permission is denied",
  ENAMETOOLONG: "its name is too long",
  ERR_INVALID_ARG_VALUE: "that is no file name",
};

/**
 * Reads JSON from a file, or from standard input for `-`.
 *
 * @throws InputFailure with the file's name and, where its text isn't JSON, the line and the column.
 */
export async function readJson(file: string): Promise<unknown> {
  const name = file === STANDARD_INPUT ? "standard input" : plainText(file);
  const text = textOf(await bytesOf(file, name), name);
  if (text.trim() === "") throw inputFailure(`${name}: it is empty; expected JSON`);
  const found = jsonProblem(text);
  if (found !== null) throw inputFailure(`${name}:${found.line}:${found.column}: bad JSON: ${found.problem}`);
  return JSON.parse(text);
}

async function bytesOf(file: string, name: string): Promise<Uint8Array> {
  try {
    if (file !== STANDARD_INPUT) return await readFile(file);
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk);
    return Buffer.concat(chunks);
  } catch (error) {
    throw unreadable(name, error);
  }
}

/** The failure of an input that the system doesn't give. */
export function unreadable(name: string, error: unknown): InputFailure {
  const { code = "", message } = error as NodeJS.ErrnoException;
  return inputFailure(`${name}: cannot be read: ${REASONS[code] ?? plainText(message)}`);
}

function textOf(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw inputFailure(`${name}: it is not text in UTF-8`);
  }
}
