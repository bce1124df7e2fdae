import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
/** What is imported from where: whole entries, and what a page needs of one. */
const IMPORTS: { readonly [name: string]: string } = {
  "pure-billing/periods": 'export * from "./src/periods.ts"',
  "a checkout page": 'export { amendContract, parseContract, previewCheckout } from "./src/index.ts"',
  "pure-billing": 'export * from "./src/index.ts"',
};
const BYTES = 1000;

/** By import: the size that it mustn't pass, and the one that is aimed at. */
type Sizes = { readonly [name: string]: { readonly limit_kb: number; readonly target_kb?: number } };

/** What a page downloads for one import: everything that it needs, minified and compressed. */
async function bundledKilobytes(name: string, contents: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    write: false,
  });
  const [output] = outputFiles;
  if (output === undefined) throw new Error(`${name} has no output`);
  return gzipSync(output.contents, { level: 9 }).length / BYTES;
}

/** Prints the sizes of imports with their dependencies, and gives those that are above their limit. */
export async function sizesAboveLimit(): Promise<string[]> {
  const sizes: Sizes = JSON.parse(readFileSync(new URL("../bench/sizes.json", import.meta.url), "utf8"));
  const above: string[] = [];
  console.log("\nsize of a bundle, minified and compressed (gzip -9)");
  for (const [name, contents] of Object.entries(IMPORTS)) {
    const { limit_kb: limit, target_kb: target } = sizes[name] as Sizes[string];
    const kilobytes = await bundledKilobytes(name, contents);
    console.log(
      `  ${name.padEnd(28)} ${kilobytes.toFixed(1)} KB, limit ${limit}${target === undefined ? "" : `, target ${target}`}`,
    );
    if (kilobytes > limit) above.push(`${name}: ${kilobytes.toFixed(2)} KB, limit ${limit}`);
  }
  return above;
}
