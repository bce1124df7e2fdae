import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type Prorated, type Proration, prorate } from "../../src/index.ts";

interface Vector {
  readonly id: string;
  readonly topic: string;
  readonly given: Proration;
  readonly expect: Partial<Prorated>;
}

const vectors: readonly Vector[] = JSON.parse(
  readFileSync(new URL("./proration.json", import.meta.url), "utf8"),
);

const prorations = vectors.filter(({ topic }) => topic === "proration");

test("the file holds what it did", () => {
  expect(prorations.length).toBe(165);
});

test.each(prorations.map((vector) => [vector.id, vector] as const))(
  "prorate: %s",
  (_, { given, expect: expected }) => {
    expect(prorate(given)).toMatchObject(expected);
  },
);
