// What a line costs at least: its JSON is read and written, and nothing is done with it.
import { openBytes } from "../src/cli/portfolio/input.ts";
import { lineBlocks, linesIn } from "../src/cli/portfolio/lines.ts";

const [file = "-"] = process.argv.slice(2);
const { name, chunks } = await openBytes(file);
let length = 0;
for await (const block of lineBlocks(chunks, name)) {
  const bytes = Buffer.from(block.buffer, block.byteOffset, block.length);
  for (const { start, end } of linesIn(block)) {
    length += JSON.stringify(JSON.parse(bytes.toString("utf8", start, end))).length;
  }
}
console.log(length);
