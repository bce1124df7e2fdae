/** Zones whose clocks do what is rare elsewhere. */
export const HARD_ZONES: readonly string[] = [
  "Africa/Cairo", // midnight gaps
  "America/Sao_Paulo", // midnight gaps until 2018
  "America/Asuncion",
  "America/Santiago",
  "America/Havana", // midnight gaps, and 01:00 back to 00:00
  "Asia/Beirut",
  "Asia/Tehran", // gaps on the same local date each year
  "Asia/Amman",
  "Asia/Gaza", // transitions less than two weeks apart
  "Asia/Hebron",
  "Africa/Casablanca", // clock set back for Ramadan
  "Africa/El_Aaiun",
  "Australia/Lord_Howe", // half an hour of daylight saving
  "Antarctica/Troll", // two hours of it
  "Pacific/Apia", // 2011-12-30 never was
  "Pacific/Fakaofo",
  "Pacific/Kwajalein", // 1993-08-21 never was
  "Pacific/Kiritimati",
  "Asia/Manila", // 1844-12-31 never was
  "America/Juneau", // 1867-10-18 was twice
  "America/St_Johns", // seconds past midnight
  "Asia/Kathmandu",
  "Africa/Monrovia", // offset with seconds until 1972
  "Europe/Amsterdam",
  "Europe/Dublin",
  "Europe/Berlin",
  "America/New_York",
  "Asia/Kolkata",
  "Etc/GMT+8",
  "UTC",
];

/** Links that `Intl.supportedValuesOf` leaves out. */
export const LINKS: readonly string[] = [
  "UTC",
  "GMT",
  "Etc/UTC",
  "Etc/GMT-14",
  "US/Eastern",
  "US/Pacific",
  "Asia/Calcutta",
  "Asia/Katmandu",
  "Europe/Kyiv",
  "America/Buenos_Aires",
  "Australia/ACT",
  "Brazil/East",
  "Canada/Newfoundland",
  "Pacific/Samoa",
  "Singapore",
  "EST5EDT",
  "CET",
  "Zulu",
];

/** Every zone that the platform lists, and links. */
export function everyZone(): string[] {
  return [...new Set([...Intl.supportedValuesOf("timeZone"), ...LINKS])];
}
