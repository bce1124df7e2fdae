import { assertParsed, compiledOnce } from "../contract/brand.ts";
import type { MatrixEntry, Price } from "../contract/price.ts";
import { formatMinor } from "../money/amounts.ts";
import { minorUnitDigits } from "../money/currency.ts";
import { quantityText } from "../usage/quantity.ts";
import { type CurveSource, EXACT, PLAIN, unitPlaces } from "./curve.ts";
import { curveSource } from "./curve-source.ts";
import type { MatrixPart } from "./matrix.ts";
import { type OverLimit, overLimitOf } from "./over-limit.ts";
import { type PlainPrice, packPlain } from "./plain-price.ts";
import { type PriceNumbers, priceNumbers } from "./price-numbers.ts";

/** A price made ready for evaluation: compiled once per frozen price, on first use, and further as it is needed. */
export interface CompiledPrice {
  readonly price: Price;
  readonly source: CurveSource;
  /** The parts of a matrix price (R7), the price itself last; none for others. */
  readonly matrix: readonly MatrixPart[];
  /** Whether the price depends on the events (R6, R7), and so is no function of one quantity. */
  readonly isSum: boolean;
  readonly currency: string;
  /** Decimals of the currency. */
  readonly digits: number;
  /** Zero in the currency's digits. */
  readonly zeroText: string;
  readonly hasFlatFee: boolean;
  /** Fixed prices are charged at the start of their period and prorated whole; metered ones by what was used. */
  readonly isFixed: boolean;
  /** Whether it is priced without a quantity. */
  readonly isFlat: boolean;
  /** The quantity of a fixed price; null for `flat` and metered prices. */
  readonly contractedUnits: string | null;
  readonly overLimit: OverLimit | null;
  /** What {@link plainPrice} and {@link exactNumbers} have compiled so far. */
  readonly plain: (PlainPrice | null | undefined)[];
  exact: PriceNumbers<bigint> | null;
}

const MOST_UNIT_PLACES = 12;
const NO_PARTS: readonly MatrixPart[] = Object.freeze([]);

/** The compiled form of a price, which is kept with it. */
export function compilePrice(price: Price): CompiledPrice {
  return compiledOnce(price, compile);
}

/**
 * The same of a price that a caller gave.
 *
 * @throws NOT_PARSED when it did not come through the gate.
 */
export function parsedPrice(price: Price): CompiledPrice {
  assertParsed(price, "price", "price");
  return compilePrice(price);
}

/**
 * A price on plain numbers, for quantities of so many decimals; null where it depends on events or can't be told
 * exactly.
 */
export function plainPrice(compiled: CompiledPrice, places: number): PlainPrice | null {
  const known = compiled.plain[places];
  return known === undefined ? compilePlain(compiled, places) : known;
}

function compilePlain(compiled: CompiledPrice, places: number): PlainPrice | null {
  const { price, source, digits, isSum } = compiled;
  const unitScale = Math.max(places, unitPlaces(source));
  const plain = isSum ? null : packPlain(priceNumbers(price, source, digits, unitScale, PLAIN));
  compiled.plain[places] = plain;
  return plain;
}

/** A price on bigints, for everything else: its quantities have all the decimals that there can be. */
export function exactNumbers(compiled: CompiledPrice): PriceNumbers<bigint> {
  const { price, source, digits } = compiled;
  compiled.exact ??= priceNumbers(price, source, digits, MOST_UNIT_PLACES, EXACT);
  return compiled.exact;
}

function compile(price: Price): CompiledPrice {
  const { currency, strategy_details: details } = price;
  const strategy = details.pricing_strategy;
  // The gate let only known currencies through.
  const digits = minorUnitDigits(currency) as number;
  const matrix = matrixParts(price);
  const contracted = "contracted_unit_count" in details ? details.contracted_unit_count : null;
  return {
    price,
    source: curveSource(price),
    matrix,
    isSum: matrix.length > 0 || strategy === "percentage",
    currency,
    digits,
    zeroText: formatMinor(0, digits),
    hasFlatFee: "flat_fee" in details && Number(details.flat_fee ?? 0) > 0,
    isFixed: contracted !== null || strategy === "flat",
    isFlat: strategy === "flat",
    contractedUnits: contracted === null ? null : quantityText(contracted, ["contracted_unit_count"]),
    overLimit: overLimitOf(details),
    plain: [],
    exact: null,
  };
}

/** The parts of a matrix price: what an entry leaves out is the price's own. */
function matrixParts(price: Price): readonly MatrixPart[] {
  if (price.by == null || price.by.length === 0) return NO_PARTS;
  const part = (when: MatrixPart["when"], entry: Partial<MatrixEntry>): MatrixPart => {
    const details = { ...(entry.strategy_details ?? price.strategy_details), flat_fee: null };
    const own = { amount: entry.amount ?? price.amount, currency: price.currency, strategy_details: details };
    return { when, price: own as Price };
  };
  return [...price.by.map((entry) => part(entry.when, entry)), part(null, {})];
}
