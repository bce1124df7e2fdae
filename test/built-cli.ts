// The command line as its users have it: built, and run as a process of its own.
import { execFileSync, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const lock = join(root, "node_modules/.building");
const LONGEST_BUILD_MS = 120_000;

/** The built entry of the command line. */
export const cliPath: string = join(root, "dist/cli.js");

/** What a run of the command line did. */
export interface CliRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command line in the repository's root. */
export function runCli(
  args: readonly string[],
  {
    input = "",
    env = {},
  }: { readonly input?: string | Buffer; readonly env?: Readonly<Record<string, string>> } = {},
): CliRun {
  buildIfStale();
  const { status, stdout, stderr } = spawnSync(process.execPath, [cliPath, ...args], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, ...env },
    input,
    maxBuffer: 2 ** 28,
  });
  return { code: status, stdout, stderr };
}

/** A file for a command to read, until the test ends. */
export function temporaryFile(name: string, content: string | Buffer): string {
  const folder = mkdtempSync(join(tmpdir(), "pure-billing-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

let isBuilt = false;

/**
 * Builds `dist` where a source is newer, at the first call; of several processes one does, the others wait for it.
 */
export function buildIfStale(): void {
  while (!isBuilt && isStale()) {
    if (!locked()) continue;
    try {
      if (isStale()) build();
    } finally {
      rmdirSync(lock);
    }
  }
  isBuilt = true;
}

function build(): void {
  execFileSync(process.execPath, [join(root, "node_modules/tsup/dist/cli-default.js"), "--silent"], {
    cwd: root,
    stdio: ["ignore", "ignore", "pipe"],
  });
}

function isStale(): boolean {
  if (!existsSync(cliPath)) return true;
  const sources = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join("src", name));
  const newest = [...sources, "package.json", "tsup.config.ts"].map(
    (name) => statSync(join(root, name)).mtimeMs,
  );
  return statSync(cliPath).mtimeMs < Math.max(...newest);
}

/** Takes the lock, or waits a little and says that it wasn't free. */
function locked(): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    // A process that was killed while it built leaves its lock behind.
    if (existsSync(lock) && Date.now() - statSync(lock).mtimeMs > LONGEST_BUILD_MS) rmdirSync(lock);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    return false;
  }
}
