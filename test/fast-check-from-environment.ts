import fc from "fast-check";

// FC_SEED repeats a run, FC_RUNS lengthens one.
const { FC_SEED, FC_RUNS } = process.env;
fc.configureGlobal({
  ...(FC_SEED === undefined ? {} : { seed: Number(FC_SEED) }),
  ...(FC_RUNS === undefined ? {} : { numRuns: Number(FC_RUNS) }),
});
