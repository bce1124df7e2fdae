// The proleptic Gregorian calendar of the years -400 to 99,999 as integers:
// days count from 1970-01-01, months from January of the year 0.

export const DAY_MS = 86_400_000;

/** Day number of the first of a month; `monthIndex` = year * 12 + (month - 1). */
export function firstDayOfMonth(monthIndex: number): number {
  // Years begin in March here, so that the leap day is the last one of its year; four centuries
  // more keep the numbers positive, where `| 0` divides as whole numbers do.
  const fromMarch = monthIndex - 2 + 4_800;
  const year = (fromMarch / 12) | 0;
  const month = fromMarch - year * 12;
  const days = 365 * year + (year >> 2) - ((year / 100) | 0) + ((year / 400) | 0);
  return days + (((153 * month + 2) / 5) | 0) - (719_468 + 146_097);
}

/** Number of days of a month. */
export function daysInMonth(monthIndex: number): number {
  const month = monthIndex - Math.floor(monthIndex / 12) * 12;
  if (month === 1) return isLeapYear(Math.floor(monthIndex / 12)) ? 29 : 28;
  return month === 3 || month === 5 || month === 8 || month === 10 ? 30 : 31;
}

/** Day number of a day of a month, clamped to the month's last day. */
export function dayOfMonthClamped(monthIndex: number, day: number): number {
  return firstDayOfMonth(monthIndex) + (day <= 28 ? day : Math.min(day, daysInMonth(monthIndex))) - 1;
}

/** Index of the month that a day is in. */
export function monthIndexOfDay(days: number): number {
  const shifted = days + 719_468 + 146_097;
  const era = (shifted / 146_097) | 0;
  const day = shifted - era * 146_097;
  const year = ((day - ((day / 1_460) | 0) + ((day / 36_524) | 0) - ((day / 146_096) | 0)) / 365) | 0;
  const dayOfYear = day - (365 * year + (year >> 2) - ((year / 100) | 0));
  return (era * 400 + year - 400) * 12 + (((5 * dayOfYear + 2) / 153) | 0) + 2;
}

/** Day of the month, 1 to 31, of a day in the month given. */
export function dayInMonth(days: number, monthIndex: number): number {
  return days - firstDayOfMonth(monthIndex) + 1;
}

/** Tells whether a date exists. */
export function isCivilDate(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year * 12 + month - 1);
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}
