import { describe, expect, test } from "vitest";
import {
  divideRounded,
  divideRoundedNumber,
  dropDigits,
  ROUNDING_MODES,
  type RoundingMode,
} from "../../src/money/rounding.ts";

/** Tenths, and what each mode makes of them. */
const TABLE: Record<RoundingMode, readonly (readonly [tenths: number, whole: number])[]> = {
  half_up: [
    [4, 0],
    [5, 1],
    [15, 2],
    [25, 3],
    [26, 3],
    [-4, 0],
    [-5, -1],
    [-15, -2],
    [-25, -3],
    [-26, -3],
  ],
  half_even: [
    [4, 0],
    [5, 0],
    [15, 2],
    [25, 2],
    [26, 3],
    [-5, 0],
    [-15, -2],
    [-25, -2],
    [-26, -3],
  ],
  half_down: [
    [4, 0],
    [5, 0],
    [15, 1],
    [16, 2],
    [25, 2],
    [-5, 0],
    [-15, -1],
    [-16, -2],
    [-25, -2],
  ],
  up: [
    [1, 1],
    [9, 1],
    [11, 2],
    [20, 2],
    [-1, -1],
    [-11, -2],
    [-20, -2],
  ],
  down: [
    [1, 0],
    [9, 0],
    [19, 1],
    [20, 2],
    [-1, 0],
    [-19, -1],
    [-20, -2],
  ],
  ceiling: [
    [1, 1],
    [10, 1],
    [11, 2],
    [-1, 0],
    [-10, -1],
    [-11, -1],
    [-19, -1],
  ],
  floor: [
    [1, 0],
    [10, 1],
    [19, 1],
    [-1, -1],
    [-10, -1],
    [-11, -2],
    [-19, -2],
  ],
};

describe.each(ROUNDING_MODES)("%s", (mode) => {
  test("rounds tenths as its name says, in numbers and bigints alike", () => {
    for (const [tenths, whole] of TABLE[mode]) {
      if (tenths >= 0) {
        expect(divideRoundedNumber(tenths, 10, mode), `${tenths} tenths`).toBe(whole);
        expect(dropDigits(String(tenths), 1, mode), `${tenths} tenths`).toBe(String(whole));
      }
      expect(divideRounded(BigInt(tenths), 10n, mode), `${tenths} tenths`).toBe(BigInt(whole));
    }
  });

  test("leaves whole quotients alone", () => {
    for (const numerator of [0, 7, Number.MAX_SAFE_INTEGER]) {
      expect(divideRoundedNumber(numerator, 1, mode)).toBe(numerator);
      expect(divideRounded(BigInt(-numerator) * 1000n, 1000n, mode)).toBe(BigInt(-numerator));
      expect(dropDigits(String(BigInt(numerator) * 1000n), 3, mode)).toBe(String(numerator));
    }
  });

  test("is exact next to a whole quotient at the edge of safe integers", () => {
    for (const denominator of [2, 3, 7, 10, 94906265, 94906266, 94906267, 2 ** 40 + 1, 2 ** 52 + 1]) {
      const quotient = Math.floor(Number.MAX_SAFE_INTEGER / denominator);
      for (const distance of [-1, 0, 1]) {
        const numerator = quotient * denominator + distance;
        if (!Number.isSafeInteger(numerator)) continue;
        expect(divideRoundedNumber(numerator, denominator, mode)).toBe(
          Number(divideRounded(BigInt(numerator), BigInt(denominator), mode)),
        );
      }
    }
  });
});

describe("dropDigits", () => {
  test("keeps one digit where it drops more than there are", () => {
    expect(dropDigits("5", 1, "half_up")).toBe("1");
    expect(dropDigits("5", 2, "half_up")).toBe("0");
    expect(dropDigits("5", 20, "up")).toBe("1");
    expect(dropDigits("0", 20, "up")).toBe("0");
  });

  test("carries through nines", () => {
    expect(dropDigits("1995", 1, "half_up")).toBe("200");
    expect(dropDigits("9999", 2, "half_up")).toBe("100");
  });

  test("tells a tie from what is just above it", () => {
    expect(dropDigits("25000", 4, "half_even")).toBe("2");
    expect(dropDigits("25001", 4, "half_even")).toBe("3");
  });
});
