import { readFileSync } from "node:fs";
import { BillingError, pathText } from "../../src/error.ts";

export type Json = { [name: string]: unknown };

export const EXAMPLES: readonly string[] = [
  "team-monthly",
  "enterprise-yearly",
  "starter-plan-yen",
  "lifetime-once",
];

/** A fresh copy of an example contract. */
export function example(name: string): Json {
  return JSON.parse(readFileSync(`examples/${name}.json`, "utf8"));
}

/** A price with these strategy details; an amount where the strategy has one. */
export function price(strategy_details: Json, more: Json = {}): Json {
  const hasAmount = ["flat", "per_unit", "usage"].includes(String(strategy_details["pricing_strategy"]));
  return { ...(hasAmount && { amount: "10" }), currency: "eur", strategy_details, ...more };
}

export function flat(amount: unknown = "10"): Json {
  return { amount, strategy_details: { pricing_strategy: "flat" } };
}

/** A small sound document; parts are merged into it. */
export function documentOf({ summary, plan, ...rest }: { summary?: Json; plan?: Json } & Json = {}): Json {
  return {
    contract_summary: { currency: "eur", cycle: "month", activation: "2026-01-31T09:30:00Z", ...summary },
    plan: { slug: "team", features: [{ slug: "seats", price: flat() }], ...plan },
    ...rest,
  };
}

/** A sound document whose only feature, `seats`, has this price. */
export function priced(value: unknown, rest: Json = {}): Json {
  return documentOf({ plan: { features: [{ slug: "seats", price: value }] }, ...rest });
}

/** The issues of whatever `run` throws, as "CODE path" each. */
export function issuesOf(run: () => unknown): string[] {
  return errorOf(run).issues.map((issue) => `${issue.code} ${pathText(issue.path)}`);
}

/** The BillingError that `run` throws. */
export function errorOf(run: () => unknown): BillingError {
  try {
    run();
  } catch (error) {
    if (error instanceof BillingError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}
