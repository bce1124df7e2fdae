import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parsePrice } from "../../src/contract/parse.ts";
import { type Charge, chargeFor } from "../../src/price/charge-for.ts";
import { explainCharge } from "../../src/price/explain-charge.ts";
import type { ChargeQuantity } from "../../src/usage/quantity.ts";
import { fraction, isSame, plus, ZERO } from "../oracle/fraction.ts";

interface Vector {
  readonly id: string;
  readonly source: string;
  readonly topic: string;
  readonly given: {
    readonly price: unknown;
    readonly rounding: "half_up";
    readonly units?: string;
    readonly event_count?: number;
    readonly events?: readonly { readonly amount?: string; readonly units?: string }[];
  };
  readonly expect: { readonly exact?: string; readonly subtotal?: string; readonly minimum_usage?: string };
}

const vectors: readonly Vector[] = JSON.parse(
  readFileSync(new URL("./prices.json", import.meta.url), "utf8"),
);

function quantityOf({ units, events, event_count }: Vector["given"]): ChargeQuantity | undefined {
  if (events !== undefined) return { events };
  if (units !== undefined && event_count !== undefined) return { units, event_count };
  return units;
}

function chargeOf(vector: Vector): Charge {
  const { price, rounding } = vector.given;
  return chargeFor(parsePrice(price), quantityOf(vector.given), { rounding });
}

const charges = vectors.filter(({ topic }) => topic === "charge");
const minimums = vectors.filter(({ topic }) => topic === "minimum_usage");

test("the file holds what it did", () => {
  expect([charges.length, minimums.length]).toEqual([221, 15]);
});

test.each(charges.map((vector) => [vector.id, vector] as const))("charge: %s", (_, vector) => {
  const charge = chargeOf(vector);
  if (vector.expect.exact !== undefined) expect(charge.exact).toBe(vector.expect.exact);
  expect(charge.subtotal).toBe(vector.expect.subtotal);
});

test.each(charges.map((vector) => [vector.id, vector] as const))("explained: %s", (_, vector) => {
  const { price, rounding } = vector.given;
  const { steps, subtotal } = explainCharge(parsePrice(price), quantityOf(vector.given), { rounding });
  const sum = steps.reduce(
    (total, { value_ratio: { numerator, denominator } }) =>
      plus(total, { n: BigInt(numerator), d: BigInt(denominator) }),
    ZERO,
  );
  expect(subtotal).toBe(vector.expect.subtotal);
  expect(isSame(sum, fraction(subtotal))).toBe(true);
});

test.each(minimums.map((vector) => [vector.id, vector] as const))("minimum usage: %s", (_, vector) => {
  const { subtotal, flat_fee } = chargeOf(vector);
  expect(flat_fee).toMatch(/^0(\.0+)?$/);
  expect(subtotal).toBe(vector.expect.minimum_usage);
});
