import fc from "fast-check";
import { expect, test } from "vitest";
import {
  DAY_MS,
  dayInMonth,
  dayOfMonthClamped,
  daysInMonth,
  firstDayOfMonth,
  isCivilDate,
  monthIndexOfDay,
} from "../../src/time/civil.ts";

const monthIndex = (year: number, month: number) => year * 12 + month - 1;

test("days count from 1970-01-01", () => {
  expect(firstDayOfMonth(monthIndex(1970, 1))).toBe(0);
  expect(firstDayOfMonth(monthIndex(2000, 3))).toBe(11_017);
  expect(firstDayOfMonth(monthIndex(1, 1))).toBe(-719_162);
  expect(firstDayOfMonth(monthIndex(10_000, 1))).toBe(2_932_897);
});

test("days and months equal those of Date in UTC, from before the year 1 to after 9999", () => {
  fc.assert(
    fc.property(fc.integer({ min: -800_000, max: 3_100_000 }), (days) => {
      const date = new Date(days * DAY_MS);
      const month = monthIndexOfDay(days);
      expect(month).toBe(date.getUTCFullYear() * 12 + date.getUTCMonth());
      expect(dayInMonth(days, month)).toBe(date.getUTCDate());
      expect(firstDayOfMonth(month)).toBe(days - date.getUTCDate() + 1);
      expect(daysInMonth(month)).toBe(firstDayOfMonth(month + 1) - firstDayOfMonth(month));
    }),
  );
});

test("a day past the end of its month is the last one", () => {
  const february = monthIndex(2026, 2);
  expect(dayInMonth(dayOfMonthClamped(february, 31), february)).toBe(28);
  expect(dayInMonth(dayOfMonthClamped(february, 28), february)).toBe(28);
  expect(dayInMonth(dayOfMonthClamped(monthIndex(2028, 2), 31), monthIndex(2028, 2))).toBe(29);
  expect(dayInMonth(dayOfMonthClamped(monthIndex(2026, 4), 31), monthIndex(2026, 4))).toBe(30);
});

test("29 February exists in leap years only", () => {
  expect([2024, 2000].map((year) => isCivilDate(year, 2, 29))).toEqual([true, true]);
  expect([2023, 1900, 2100].map((year) => isCivilDate(year, 2, 29))).toEqual([false, false, false]);
  expect([isCivilDate(2026, 0, 1), isCivilDate(2026, 13, 1), isCivilDate(2026, 4, 31)]).toEqual([
    false,
    false,
    false,
  ]);
});
