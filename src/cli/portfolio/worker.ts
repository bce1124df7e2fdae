// The entry of a worker thread: blocks of lines come in, what became of them goes out.
import { parentPort, workerData } from "node:worker_threads";
import { pricedBlock } from "./block.ts";
import type { ContractBlock } from "./pairs.ts";
import { linePricer } from "./price.ts";

const price = linePricer(workerData);

parentPort?.on("message", (block: ContractBlock) => {
  const result = pricedBlock(block, price);
  parentPort?.postMessage(result, [result.output.buffer as ArrayBuffer]);
});
