// How the page writes instants and axis numbers. Amounts stay the library's strings.

const formats = new Map<string, Intl.DateTimeFormat>();

/** An instant as the clocks of a time zone show it: "28 Feb 2026, 10:30". */
export function instantText(instant: string | Date, timeZone: string): string {
  return formatOf(timeZone, { dateStyle: "medium", timeStyle: "short" }).format(new Date(instant));
}

/** The day alone: "28 Feb 2026". */
export function dayText(instant: string | Date, timeZone: string): string {
  return formatOf(timeZone, { dateStyle: "medium" }).format(new Date(instant));
}

/** An amount of the library with its currency: "240.80 EUR". */
export function amountText(amount: string, currency: string): string {
  return `${amount} ${currency.toUpperCase()}`;
}

const wide = new Intl.NumberFormat("en", { maximumFractionDigits: 6 });
const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 2 });

/** A number beside an axis, with separators; where there is little room, "300K". */
export function axisText(value: number, isNarrow: boolean): string {
  return (isNarrow ? compact : wide).format(value);
}

function formatOf(timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${timeZone} ${options.timeStyle}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-GB", { timeZone, ...options });
    formats.set(key, format);
  }
  return format;
}
