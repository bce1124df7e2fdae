/** An exact fraction, kept as naive as can be: the reference that results are compared with. */
export interface Fraction {
  readonly n: bigint;
  readonly d: bigint;
}

export function fraction(text: string | number | bigint): Fraction {
  const [whole = "0", decimals = ""] = String(text).split(".");
  return { n: BigInt(whole + decimals), d: 10n ** BigInt(decimals.length) };
}

export const ZERO: Fraction = { n: 0n, d: 1n };

export function plus(a: Fraction, b: Fraction): Fraction {
  return { n: a.n * b.d + b.n * a.d, d: a.d * b.d };
}

export function minus(a: Fraction, b: Fraction): Fraction {
  return plus(a, { n: -b.n, d: b.d });
}

export function times(a: Fraction, b: Fraction): Fraction {
  return { n: a.n * b.n, d: a.d * b.d };
}

export function over(a: Fraction, b: Fraction): Fraction {
  return { n: a.n * b.d, d: a.d * b.n };
}

export function isLess(a: Fraction, b: Fraction): boolean {
  return a.n * b.d < b.n * a.d;
}

export function isSame(a: Fraction, b: Fraction): boolean {
  return a.n * b.d === b.n * a.d;
}

export function least(a: Fraction, b: Fraction): Fraction {
  return isLess(b, a) ? b : a;
}

export function most(a: Fraction, b: Fraction): Fraction {
  return isLess(a, b) ? b : a;
}

export function floorOf(a: Fraction): bigint {
  const quotient = a.n / a.d;
  return a.n < 0n && quotient * a.d !== a.n ? quotient - 1n : quotient;
}

export function ceilingOf(a: Fraction): bigint {
  return -floorOf({ n: -a.n, d: a.d });
}

/** Rounds to `digits` decimals as A1 says, by comparing the two neighbours. */
export function rounded(a: Fraction, digits: number, mode: string): string {
  const scaled = times(a, fraction(10n ** BigInt(digits)));
  const below = floorOf(scaled);
  const above = ceilingOf(scaled);
  return printed(below === above ? below : chosen(scaled, below, above, mode), digits);
}

function chosen(value: Fraction, below: bigint, above: bigint, mode: string): bigint {
  const negative = value.n < 0n;
  const outer = negative ? below : above;
  const inner = negative ? above : below;
  const toBelow = minus(value, fraction(below));
  const toAbove = minus(fraction(above), value);
  if (mode === "ceiling") return above;
  if (mode === "floor") return below;
  if (mode === "up") return outer;
  if (mode === "down") return inner;
  if (isLess(toBelow, toAbove)) return below;
  if (isLess(toAbove, toBelow)) return above;
  if (mode === "half_up") return outer;
  if (mode === "half_down") return inner;
  return below % 2n === 0n ? below : above;
}

function printed(minor: bigint, digits: number): string {
  const text = String(minor < 0n ? -minor : minor).padStart(digits + 1, "0");
  const sign = minor < 0n ? "-" : "";
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
