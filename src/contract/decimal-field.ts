import { decimalPlaces, toScaledBigint } from "../money/integer.ts";
import { type Field, type Refusal, single } from "./field.ts";

const MOST_DIGITS = 26;
const MOST_DECIMALS = 12;
const ZERO = 48;
const NINE = 57;
const DOT = 46;
const MINUS = 45;

/**
 * Money or a quantity, as a decimal string; >= 0 and below 10^26, with up to 12 decimals.
 *
 * @rule T5 (documents)
 */
export function decimal(rule: string | null = "T5"): Field {
  return single(
    rule,
    "a decimal string or a safe integer, from 0 to below 10^26, with up to 12 decimals",
    readDecimal,
  );
}

/** A decimal above 0. */
export function positiveDecimal(rule: string): Field {
  return single(rule, "a decimal string or a safe integer above 0, with up to 12 decimals", (value) => {
    const text = readDecimal(value);
    return typeof text === "string" && isZero(text) ? { refused: "OUT_OF_RANGE" } : text;
  });
}

/** A percentage from 0 to 100. */
export function percentage(rule: string): Field {
  return single(rule, "a decimal string or a safe integer from 0 to 100", (value) => {
    const text = readDecimal(value);
    return typeof text === "string" && compareDecimals(text, "100") > 0 ? { refused: "OUT_OF_RANGE" } : text;
  });
}

/** The decimal that a value of a document holds, undefined where it holds none. */
export function decimalOf(value: unknown): string | undefined {
  const text = readDecimal(value);
  return typeof text === "string" ? text : undefined;
}

/** Negative, zero or positive as the first decimal is below, equal to or above the second. */
export function compareDecimals(first: string, second: string): number {
  // Rounding to binary keeps the order, so only equal numbers need their digits compared.
  const difference = Number(first) - Number(second);
  if (difference !== 0) return difference;
  const exact = toScaledBigint(first, MOST_DECIMALS) - toScaledBigint(second, MOST_DECIMALS);
  return exact < 0n ? -1 : exact > 0n ? 1 : 0;
}

/** Whether a decimal is a whole number of batches. */
export function isMultipleOf(text: string, batchSize: string): boolean {
  const scale = Math.max(decimalPlaces(text), decimalPlaces(batchSize));
  return toScaledBigint(text, scale) % toScaledBigint(batchSize, scale) === 0n;
}

/** Whether a decimal is zero, however it is written. */
export function isZero(text: string): boolean {
  return Number(text) === 0;
}

function readDecimal(value: unknown): string | Refusal {
  if (typeof value === "string") return readText(value);
  if (typeof value !== "number") return INVALID_TYPE;
  if (!Number.isSafeInteger(value)) return INVALID_DECIMAL;
  return value < 0 ? OUT_OF_RANGE : String(value);
}

function readText(text: string): string | Refusal {
  const start = text.charCodeAt(0) === MINUS ? 1 : 0;
  let dot = -1;
  for (let index = start; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === DOT && dot < 0 && index > start) dot = index;
    else if (code < ZERO || code > NINE) return INVALID_DECIMAL;
  }
  const end = dot < 0 ? text.length : dot;
  const decimals = dot < 0 ? 0 : text.length - dot - 1;
  if (end === start || (dot >= 0 && decimals === 0) || decimals > MOST_DECIMALS) return INVALID_DECIMAL;
  return start === 1 || end > MOST_DIGITS ? OUT_OF_RANGE : text;
}

const INVALID_TYPE: Refusal = { refused: "INVALID_TYPE" };
const INVALID_DECIMAL: Refusal = { refused: "INVALID_DECIMAL" };
const OUT_OF_RANGE: Refusal = { refused: "OUT_OF_RANGE" };
