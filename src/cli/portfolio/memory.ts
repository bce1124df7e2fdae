/** Memory of blocks that are done, for blocks to come: what threads free and take anew, piece by piece, only grows. */
export interface BlockMemory {
  /** So many bytes, which hold whatever they held before. */
  readonly take: (length: number) => Uint8Array;
  /** Takes back the memory of a block that nobody reads any more. */
  readonly give: (block: Uint8Array) => void;
}

const LEAST_BYTES = 2 ** 16;
/** What a line of megabytes took isn't kept for others. */
const MOST_KEPT_BYTES = 2 ** 20;

/** Memory that is used again; pieces come in powers of two, so that they fit what comes next. */
export function blockMemory(): BlockMemory {
  const spare: ArrayBuffer[] = [];
  return {
    take: (length) => {
      const last = spare.pop();
      if (last !== undefined && last.byteLength >= length) return new Uint8Array(last, 0, length);
      const capacity = 2 ** Math.ceil(Math.log2(Math.max(length, LEAST_BYTES)));
      return new Uint8Array(new ArrayBuffer(capacity), 0, length);
    },
    give: ({ buffer }) => {
      if (buffer.byteLength >= LEAST_BYTES && buffer.byteLength <= MOST_KEPT_BYTES) {
        spare.push(buffer as ArrayBuffer);
      }
    },
  };
}
