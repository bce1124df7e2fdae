// Builds the playground, and with --serve shows it: npm run playground -- --port 8123
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { buildPage } from "./build-page.ts";

const { values } = parseArgs({
  options: { serve: { type: "boolean", default: false }, port: { type: "string", default: "8123" } },
});

// This file runs bundled, from the folder that the page is written to.
const { file, bytes } = await buildPage(fileURLToPath(new URL("..", import.meta.url)));
console.log(`${file} (${Math.round(bytes / 1000)} KB)`);

if (values.serve) {
  const server = createServer((request, response) => {
    const isPage = request.url === "/" || request.url === "/index.html";
    response.writeHead(isPage ? 200 : 404, { "content-type": "text/html; charset=utf-8" });
    response.end(isPage ? readFileSync(file) : "There is only one page here: /");
  });
  server.on("error", (error) => {
    console.error(`The playground can't be served: ${error.message}`);
    process.exitCode = 1;
  });
  server.listen(Number(values.port), "localhost", () => {
    console.log(`The playground is at http://localhost:${values.port}/ (Ctrl+C ends it)`);
  });
}
