import { Worker } from "node:worker_threads";
import type { BlockResult } from "./block.ts";
import type { PortfolioJob } from "./job.ts";
import { type ContractBlock, memoryOfBlock } from "./pairs.ts";

/** Threads that price blocks of lines. */
export interface WorkerPool {
  /** Takes the block's memory with it. */
  readonly price: (block: ContractBlock) => Promise<BlockResult>;
  readonly close: () => Promise<void>;
}

interface Task {
  readonly resolve: (result: BlockResult) => void;
  readonly reject: (error: Error) => void;
}

interface Thread {
  readonly worker: Worker;
  /** Tasks that it was given, the oldest first: it does them in this order. */
  readonly tasks: Task[];
}

/**
 * What a line leaves behind is dead before the next is read: little space for it stays in the processor's cache, and
 * keeps memory the same from the first lines on. It is enough for the longest line.
 */
const LIMITS = { maxYoungGenerationSizeMb: 12, maxOldGenerationSizeMb: 256 };

/** A pool of at most so many threads, each of which is started when all others have something to do. */
export function workerPool(most: number, job: PortfolioJob): WorkerPool {
  const threads: Thread[] = [];
  let isClosed = false;
  let broken: Error | null = null;

  function start(): Thread {
    const worker = new Worker(new URL("./portfolio-worker.js", import.meta.url), {
      workerData: job,
      resourceLimits: LIMITS,
    });
    const thread: Thread = { worker, tasks: [] };
    const fail = (reason: string): void => {
      if (isClosed) return;
      broken ??= new Error(`a worker thread ended: ${reason}`);
      for (const { reject } of thread.tasks.splice(0)) reject(broken);
    };
    worker.on("message", (result: BlockResult) => thread.tasks.shift()?.resolve(result));
    worker.on("messageerror", ({ message }) => fail(message));
    worker.on("error", ({ message }) => fail(message));
    worker.on("exit", (code) => fail(`its exit code is ${code}`));
    threads.push(thread);
    return thread;
  }

  /** The thread that has the least to do, a new one where that is still something. */
  function free(): Thread {
    const least = threads.reduce<Thread | null>(
      (best, thread) => (best === null || thread.tasks.length < best.tasks.length ? thread : best),
      null,
    );
    return least === null || (least.tasks.length > 0 && threads.length < most) ? start() : least;
  }

  return {
    price: (block) =>
      new Promise((resolve, reject) => {
        if (broken !== null) throw broken;
        const { worker, tasks } = free();
        tasks.push({ resolve, reject });
        worker.postMessage(block, memoryOfBlock(block));
      }),
    close: async () => {
      isClosed = true;
      await Promise.all(threads.map(({ worker }) => worker.terminate()));
    },
  };
}
