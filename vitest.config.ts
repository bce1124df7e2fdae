import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const alias = {
  "pure-billing/periods": fileURLToPath(new URL("./src/periods.ts", import.meta.url)),
  "pure-billing": fileURLToPath(new URL("./src/index.ts", import.meta.url)),
};

// Nothing may depend on the process time zone, so the whole suite runs under three of them.
const timeZones = ["UTC", "America/New_York", "Asia/Kolkata"];
// What starts processes, reads the built package or looks at the sources gains nothing from a second time zone.
const once = [
  "test/guard.test.ts",
  "test/rules.test.ts",
  "test/docs.test.ts",
  "test/cli/**",
  "test/package/**",
];
// Needs Chromium, which a fresh machine hasn't got: `npm test` leaves it out, `npm run test:browser` runs it.
const browser = ["test/browser/**"];

export default defineConfig({
  test: {
    projects: [
      ...timeZones.map((timeZone) => ({
        resolve: { alias },
        test: {
          name: timeZone === "UTC" ? "unit" : timeZone,
          env: { TZ: timeZone },
          // Longer property runs (FC_RUNS) take their time.
          testTimeout: process.env["FC_RUNS"] ? 600_000 : 30_000,
          setupFiles: "test/fast-check-from-environment.ts",
          include: ["test/**/*.test.ts"],
          exclude: [...once, ...browser],
        },
      })),
      {
        resolve: { alias },
        test: { name: "repository", include: once, testTimeout: 120_000, hookTimeout: 120_000 },
      },
      {
        resolve: { alias },
        test: {
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
