// The entry of a worker thread: blocks of lines come in, what became of them goes out.
import { parentPort, workerData } from "node:worker_threads";
import { pricedBlock } from "./block.ts";
import { type ContractBlock, memoryOfBlock } from "./pairs.ts";
import { linePricer } from "./price.ts";

const price = linePricer(workerData);

parentPort?.on("message", (block: ContractBlock) => {
  const result = pricedBlock(block, price);
  const memory = new Set([result.output.buffer as ArrayBuffer, ...memoryOfBlock(block)]);
  parentPort?.postMessage(result, [...memory]);
});
