import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const ENTRIES: { readonly [name: string]: string } = {
  "pure-billing/periods": "src/periods.ts",
  "pure-billing": "src/index.ts",
};
const BYTES = 1000;

/** By entry: the size that it mustn't pass, and the one that is aimed at. */
type Sizes = { readonly [entry: string]: { readonly limit_kb: number; readonly target_kb: number } };

/** What a page downloads for one import: everything that it needs, minified and compressed. */
async function bundledKilobytes(entry: string): Promise<number> {
  const { outputFiles } = await build({
    entryPoints: [root + entry],
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    write: false,
  });
  const [output] = outputFiles;
  if (output === undefined) throw new Error(`${entry} has no output`);
  return gzipSync(output.contents, { level: 9 }).length / BYTES;
}

/** Prints the sizes of both entries with their dependencies, and gives those that are above their limit. */
export async function sizesAboveLimit(): Promise<string[]> {
  const sizes: Sizes = JSON.parse(readFileSync(new URL("../bench/sizes.json", import.meta.url), "utf8"));
  const above: string[] = [];
  console.log("\nsize of a bundle, minified and compressed (gzip -9)");
  for (const [name, entry] of Object.entries(ENTRIES)) {
    const { limit_kb: limit, target_kb: target } = sizes[name] as Sizes[string];
    const kilobytes = await bundledKilobytes(entry);
    console.log(`  ${name.padEnd(28)} ${kilobytes.toFixed(1)} KB, limit ${limit}, target ${target}`);
    if (kilobytes > limit) above.push(`${name}: ${kilobytes.toFixed(2)} KB, limit ${limit}`);
  }
  return above;
}
