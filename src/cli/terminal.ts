import { once } from "node:events";
import picocolors from "picocolors";

/** Whether a stream shows colours: only a terminal does, and only where nobody asked for none. */
export function showsColors(
  stream: { readonly isTTY?: boolean },
  environment: { readonly [name: string]: string | undefined },
): boolean {
  return stream.isTTY === true && !environment["NO_COLOR"] && environment["TERM"] !== "dumb";
}

type Styled = (text: string) => string;

const { bold, dim, green, yellow } = picocolors.createColors(showsColors(process.stdout, process.env));

/** Styles of standard output; without colours they leave text as it is. */
export const style: { readonly [name in "bold" | "dim" | "green" | "yellow"]: Styled } = {
  bold,
  dim,
  green,
  yellow,
};

/** Prints a result. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

const BLOCK = 65_536;

/** Writes a long result block by block, no faster than it is read. */
export async function write(parts: Iterable<string>): Promise<void> {
  let block = "";
  for (const part of parts) {
    block += part;
    if (block.length < BLOCK) continue;
    if (!process.stdout.write(block)) await once(process.stdout, "drain");
    block = "";
  }
  process.stdout.write(block);
}

/** Prints what is wrong. */
export function complain(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** A reader that has seen enough, as `head` has, is no error; a full disk is. */
export function endWhenNobodyReads(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") process.exit();
      if (stream === process.stdout) complain(`the result cannot be written: ${error.message}`);
      process.exit(1);
    });
  }
}
