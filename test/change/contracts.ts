import { type ChargeLine, type Contract, type Invoice, parseContract } from "../../src/index.ts";

export type Json = { readonly [name: string]: unknown };

export function flat(amount: string, more: Json = {}): Json {
  return { amount, strategy_details: { pricing_strategy: "flat" }, ...more };
}

export function seats(count: string, amount: string, details: Json = {}): Json {
  return {
    amount,
    strategy_details: { pricing_strategy: "per_unit", contracted_unit_count: count, ...details },
  };
}

export function metered(amount: string, details: Json = {}): Json {
  return { amount, strategy_details: { pricing_strategy: "usage", ...details } };
}

export function feature(slug: string, price: Json, charge_trigger?: string): Json {
  return { slug, price, ...(charge_trigger && { charge_trigger }) };
}

/** A monthly contract in euros from 2026-01-01 on, in UTC. */
export function contractOf(features: readonly Json[], summary: Json = {}, rest: Json = {}): Contract {
  return parseContract({
    contract_summary: { currency: "eur", cycle: "month", activation: "2026-01-01T00:00:00Z", ...summary },
    plan: { features },
    ...rest,
  });
}

/** Lines as "slug kind subtotal", to be read at a glance. */
export function briefly(lines: readonly ChargeLine[]): string[] {
  return lines.map(({ feature_slug, kind, subtotal }) => `${feature_slug} ${kind} ${subtotal}`);
}

/** Invoices as their dates and lines. */
export function invoicesOf(invoices: readonly Invoice[]): [string, ...string[]][] {
  return invoices.map(({ date, lines }) => [date, ...briefly(lines)]);
}
