import { EARLIEST_MS, LATEST_MS } from "./instant.ts";

/** A time zone. Local milliseconds are a civil time counted as if it were UTC. */
export interface Zone {
  readonly name: string;
  /** Local minus UTC at an instant, in milliseconds. */
  offsetMsAt(epochMs: number): number;
  /** The instant of a local time; in a gap it moves forward by its length, of two it is the first (P5). */
  instantOf(localMs: number): number;
}

/** The transitions of one stretch of time and of the margins around it, in order. */
interface Table {
  readonly bucket: number;
  /** The offset before the first transition. */
  readonly offset: number;
  /** Instants of transitions, each followed by the offset from then on. */
  readonly transitions: readonly number[];
}

// A power of two, so that dividing is exact and cheap: 398 days.
const BUCKET_MS = 2 ** 35;
// More than any offset (16 hours) and any jump (24 hours), so that one table answers a lookup.
const MARGIN_MS = 2 * 86_400_000;
// At 14 days transitions of Asia/Gaza and Asia/Hebron are missed.
const PROBE_MS = 6 * 86_400_000;

// Bounds of what is kept: a century of tables a zone, and more zones than any one portfolio has.
const SLOTS = 128;
const MOST_ZONES = 256;

const NO_TABLE: Table = { bucket: NaN, offset: 0, transitions: [] };

const zones = new Map<string, Zone>();

const UTC_NAMES = /^(?:etc\/)?(?:utc|gmt|gmt[+-]?0|uct|zulu|universal|greenwich)$/i;
const IANA_NAME = /^[a-z][\w+/-]{1,63}$/i;
// Names of ICU's own, some of them misleading: its BST is Dhaka, its IST Kolkata.
const ICU_NAME =
  /^(?:act|aet|agt|art|ast|bet|bst|cat|cnt|cst|ctt|eat|ect|iet|ist|jst|mit|net|nst|plt|pnt|prt|pst|sst|vst|systemv\/.*)$/i;

const UTC_ZONE: Zone = { name: "UTC", offsetMsAt: () => 0, instantOf: (localMs) => localMs };

/** A zone read from the platform: data of one shape with shared functions, as fast as can be. */
interface PlatformZone extends Zone {
  readonly clock: Intl.DateTimeFormat;
  readonly slots: (Table | undefined)[];
  last: Table;
}

/** The zone of an IANA name or link, whatever its case; undefined where the platform knows none. */
export function zoneNamed(name: string): Zone | undefined {
  const known = zones.get(name);
  if (known !== undefined) return known;
  if (UTC_NAMES.test(name)) return UTC_ZONE;
  // Newer platforms take offsets ("+01:00") for time zones, which have no calendar rules.
  if (!IANA_NAME.test(name) || ICU_NAME.test(name)) return undefined;
  const clock = localClock(name);
  if (clock === undefined) return undefined;
  if (zones.size >= MOST_ZONES) forgetOldestZone();
  const slots = new Array<Table | undefined>(SLOTS);
  const zone: PlatformZone = { name, clock, slots, last: NO_TABLE, offsetMsAt, instantOf };
  zones.set(name, zone);
  return zone;
}

function forgetOldestZone(): void {
  const oldest = zones.keys().next();
  if (!oldest.done) zones.delete(oldest.value);
}

function offsetMsAt(this: PlatformZone, epochMs: number): number {
  const { offset, transitions } = tableAt(this, epochMs);
  let current = offset;
  for (let at = 0; at < transitions.length; at += 2) {
    // The length is even, so `at` and `at + 1` are below it.
    if (epochMs < transitions[at]!) break;
    current = transitions[at + 1]!;
  }
  return current;
}

/** @rule P5 */
function instantOf(this: PlatformZone, localMs: number): number {
  const { offset, transitions } = tableAt(this, localMs);
  let current = offset;
  for (let at = 0; at < transitions.length; at += 2) {
    // The length is even, so `at` and `at + 1` are below it.
    const next = transitions[at + 1]!;
    // In a gap the offset before it moves a local time forward; in a repeated hour it is the first pass.
    if (localMs < transitions[at]! + Math.max(current, next)) break;
    current = next;
  }
  return localMs - current;
}

function tableAt(zone: PlatformZone, ms: number): Table {
  const bucket = Math.floor(ms / BUCKET_MS);
  if (zone.last.bucket === bucket) return zone.last;
  const slot = bucket & (SLOTS - 1);
  const kept = zone.slots[slot];
  const table = kept !== undefined && kept.bucket === bucket ? kept : readTable(zone.clock, bucket);
  zone.slots[slot] = table;
  zone.last = table;
  return table;
}

/** Reads the transitions of a bucket: probes, then bisects to the second, which transitions fall on. */
function readTable(clock: Intl.DateTimeFormat, bucket: number): Table {
  const from = wholeSecond(bucket * BUCKET_MS - MARGIN_MS);
  const to = wholeSecond((bucket + 1) * BUCKET_MS + MARGIN_MS);
  const offset = readOffset(clock, from);
  const transitions: number[] = [];
  let before = offset;
  for (let low = from; low < to; ) {
    const high = Math.min(low + PROBE_MS, to);
    const after = readOffset(clock, high);
    if (after === before) {
      low = high;
      continue;
    }
    let still = low;
    let changed = high;
    while (changed - still > 1000) {
      const middle = Math.floor((still + changed) / 2000) * 1000;
      if (readOffset(clock, middle) === before) still = middle;
      else changed = middle;
    }
    before = readOffset(clock, changed);
    transitions.push(changed, before);
    low = changed;
  }
  return { bucket, offset, transitions };
}

function wholeSecond(ms: number): number {
  return Math.floor(Math.min(Math.max(ms, EARLIEST_MS), LATEST_MS) / 1000) * 1000;
}

/** One formatter a zone: making one costs as much as sixty readings. Undefined for an unknown name. */
function localClock(name: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat("en-US", {
      timeZone: name,
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
      hourCycle: "h23",
    });
  } catch {
    return undefined;
  }
}

/** Local minus UTC as the platform shows it: the local day of the month and time beside the UTC ones. */
function readOffset(clock: Intl.DateTimeFormat, epochMs: number): number {
  const text = clock.format(epochMs);
  const shown = [0, 0, 0, 0];
  let field = 0;
  for (let at = 0; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit >= 0 && digit <= 9)
      shown[field] = shown[field]! * 10 + digit; // `field` is 0 to 3
    else if (at > 0 && isDigit(text, at - 1)) field++;
  }
  const [day = 0, hour = 0, minute = 0, second = 0] = shown;
  const utc = new Date(epochMs);
  const difference = day - utc.getUTCDate();
  // Around a month's end the days of the month are far apart, though the dates are neighbours.
  const days = difference > 1 ? -1 : difference < -1 ? 1 : difference;
  const seconds = hour * 3600 + minute * 60 + second;
  const utcSeconds = utc.getUTCHours() * 3600 + utc.getUTCMinutes() * 60 + utc.getUTCSeconds();
  return (days * 86_400 + seconds - utcSeconds) * 1000;
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
}
