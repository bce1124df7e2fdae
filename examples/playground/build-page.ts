import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

/** The page, made of one file: it runs from a disk as it does from a server. */
export interface BuiltPage {
  readonly file: string;
  readonly bytes: number;
}

/**
 * Bundles the playground against the built library into one HTML file, script and style in it.
 *
 * @param root the repository's root, in which `dist` has been built.
 */
export async function buildPage(root: string): Promise<BuiltPage> {
  const source = join(root, "examples/playground");
  const [script, style] = await Promise.all([
    bundled(join(source, "page.ts"), join(root, "dist/index.js")),
    bundled(join(source, "style.css"), null),
  ]);
  const html = replaced(readFileSync(join(source, "index.html"), "utf8"), {
    '<meta charset="utf-8">': `<meta charset="utf-8">\n${policy(script)}`,
    '<link rel="stylesheet" href="style.css">': `<style>${style}</style>`,
    '<script type="module" src="page.ts"></script>': `<script type="module">${script}</script>`,
  });
  const folder = join(root, ".playground");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "index.html");
  writeFileSync(file, html);
  return { file, bytes: Buffer.byteLength(html) };
}

async function bundled(entry: string, library: string | null): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    ...(library !== null && { alias: { "pure-billing": library } }),
    write: false,
    logLevel: "error",
  });
  const [output] = outputFiles;
  if (output === undefined) throw new Error(`${entry} has no output`);
  return output.text.trim();
}

function replaced(html: string, parts: Readonly<Record<string, string>>): string {
  return Object.entries(parts).reduce((text, [part, by]) => {
    if (!text.includes(part)) throw new Error(`index.html has no ${part}`);
    return text.replace(part, () => by);
  }, html);
}

/** Nothing may be loaded or sent: the one script is this one, and styles stand in the page. */
function policy(script: string): string {
  const hash = createHash("sha256").update(script).digest("base64");
  const directives = [
    "default-src 'none'",
    `script-src 'sha256-${hash}'`,
    "style-src 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return `<meta http-equiv="Content-Security-Policy" content="${directives.join("; ")}">`;
}
