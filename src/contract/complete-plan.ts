import { brand } from "./brand.ts";
import type { MutableJson } from "./gate.ts";
import { entriesIn, isGiven, isObject, type JsonObject, objectIn } from "./read.ts";

/** Completes the prices of a plan that passed the gate. */
export function completePlan(plan: JsonObject, currency: unknown): void {
  completePrice(plan["price"], currency);
  for (const feature of entriesIn(plan["features"])) completePrice(objectIn(feature)["price"], currency);
  for (const group of entriesIn(plan["groups"])) completePrice(objectIn(group)["price"], currency);
}

/** Writes down the amount and the currency that a price has without saying so. */
export function completePrice(price: unknown, currency: unknown): void {
  if (!isObject(price)) return;
  const target = price as MutableJson;
  if (!isGiven(target["amount"])) target["amount"] = "0";
  if (!isGiven(target["currency"])) target["currency"] = currency;
  brand(target, "price");
}
