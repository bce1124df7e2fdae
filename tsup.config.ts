import { defineConfig } from "tsup";

export default defineConfig([
  {
    entry: { index: "src/index.ts", periods: "src/periods.ts" },
    format: ["esm", "cjs"],
    dts: true,
    splitting: true,
    treeshake: true,
    clean: true,
    platform: "neutral",
    target: "es2022",
  },
  {
    entry: { cli: "src/cli/main.ts" },
    format: ["esm"],
    platform: "node",
    target: "node20",
    noExternal: ["commander", "picocolors", "cli-table3", "csv-stringify"],
    banner: {
      js: '#!/usr/bin/env node\nimport { createRequire as __createRequire } from "node:module";\nconst require = __createRequire(import.meta.url);',
    },
  },
  {
    entry: { "portfolio-worker": "src/cli/portfolio/worker.ts" },
    format: ["esm"],
    platform: "node",
    target: "node20",
  },
]);
