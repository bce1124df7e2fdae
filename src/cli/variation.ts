import { InvalidArgumentError } from "commander";
import type { Discount, SweepPoint, Variations } from "../index.ts";
import { readDecimal } from "../money/decimal-text.ts";
import { decimalPlaces, fromScaled, toScaledBigint } from "../money/integer.ts";

/** One `--vary`: what is varied and over which values, as they were written. */
export interface Variation {
  readonly name: keyof Variations;
  /** null where it has none. */
  readonly slug: string | null;
  readonly values: readonly string[];
}

const BY_SLUG = ["usage", "units", "price"];
const WHOLE = ["discount", "cycle"];
const MOST_VALUES = 1_000_000n;
const FORMS = "It is usage.SLUG, units.SLUG or price.SLUG, discount, or cycle, then = and values.";
const RANGE_FORM = "A range is FROM..TO or FROM..TO:STEP, such as 0..100:10.";

/** Reads one more `--vary`. */
export function collectVariation(text: string, before: readonly Variation[] | undefined): Variation[] {
  const others = before ?? [];
  // No value has an equals sign; a slug may.
  const at = text.lastIndexOf("=");
  const [, name = "", slug = null] = /^([a-z]+)(?:\.(.+))?$/s.exec(text.slice(0, Math.max(at, 0))) ?? [];
  const isKnown = slug === null ? WHOLE.includes(name) : BY_SLUG.includes(name);
  if (!isKnown || text.length === at + 1) throw new InvalidArgumentError(FORMS);
  if (others.some((other) => other.name === name && other.slug === slug)) {
    throw new InvalidArgumentError("It is varied twice.");
  }
  const written = text.slice(at + 1).split(",");
  const values = slug === null ? written : written.flatMap(valuesOf);
  if (name === "discount") values.forEach(discountOf);
  return [...others, { name: name as Variation["name"], slug, values }];
}

/** A value, or all of a range: exact decimals, however small the step. */
function valuesOf(text: string): string[] {
  const parts = /^(.*)\.\.([^:]*)(?::(.*))?$/.exec(text);
  if (parts === null) return [text];
  const [from, to, step] = [parts[1], parts[2], parts[3] ?? "1"].map((part) => readDecimal(part));
  if (typeof from !== "string" || typeof to !== "string" || typeof step !== "string") {
    throw new InvalidArgumentError(RANGE_FORM);
  }
  const scale = Math.max(...[from, to, step].map(decimalPlaces));
  const [first, last, by] = [from, to, step].map((part) => toScaledBigint(part, scale)) as [
    bigint,
    bigint,
    bigint,
  ];
  if (by <= 0n || last < first) throw new InvalidArgumentError(`${RANGE_FORM} It goes upwards.`);
  if ((last - first) / by >= MOST_VALUES) throw new InvalidArgumentError("The range has too many values.");
  const values: string[] = [];
  for (let value = first; value <= last; value += by) values.push(fromScaled(value, scale));
  return values;
}

/** `none`, `10%` or an amount of the contract's currency. */
function discountOf(text: string): Discount | null {
  if (text === "none") return null;
  const isPercentage = text.endsWith("%");
  const amount = isPercentage ? text.slice(0, -1) : text;
  if (typeof readDecimal(amount) !== "string") {
    throw new InvalidArgumentError("A discount is none, a percentage such as 10%, or an amount such as 5.");
  }
  return { discount_type: isPercentage ? "percentage" : "flat", amount };
}

/** The same as `sweep` takes it. */
export function variationsOf(variations: readonly Variation[]): Variations {
  const vary: { [name: string]: unknown } = {};
  for (const { name, slug, values } of variations) {
    if (slug !== null) vary[name] = { ...(vary[name] as object), [slug]: values };
    else vary[name] = name === "discount" ? values.map(discountOf) : values;
  }
  return vary as Variations;
}

/** What a variation is called in a heading. */
export function headingOf({ name, slug }: Variation): string {
  return slug === null ? name : `${name}.${slug}`;
}

/** The value of a variation at a point, as it would be written. */
export function valueAt(point: SweepPoint, { name, slug }: Variation): string {
  if (slug !== null) return String((point[name] as { readonly [slug: string]: unknown })[slug]);
  if (name !== "discount") return String(point[name]);
  const { discount } = point;
  if (discount == null) return "none";
  return discount.discount_type === "percentage" ? `${discount.amount}%` : discount.amount;
}
