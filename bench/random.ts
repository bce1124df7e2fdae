const MODULUS = 2 ** 32;

/** Numbers in [0, 1) that are the same for the same seed (a linear congruential generator). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / MODULUS;
  };
}
