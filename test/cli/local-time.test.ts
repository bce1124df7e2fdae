import { expect, test } from "vitest";
import { localTime } from "../../src/cli/local-time.ts";
import { zoneNamed } from "../../src/time/zone.ts";

function shown(zone: string, instant: string): string {
  // The zones of these tests are known.
  return localTime(zoneNamed(zone)!, Date.parse(instant));
}

test("an instant is shown as the clocks of the zone do", () => {
  expect(shown("Europe/Berlin", "2026-01-31T09:30:00Z")).toBe("2026-01-31 10:30");
  expect(shown("America/New_York", "2026-01-01T04:59:00Z")).toBe("2025-12-31 23:59");
  expect(shown("Asia/Kathmandu", "2026-01-01T00:00:00Z")).toBe("2026-01-01 05:45");
});

test("seconds and milliseconds are shown where they aren't zero", () => {
  expect(shown("UTC", "2026-01-31T09:30:05Z")).toBe("2026-01-31 09:30:05");
  expect(shown("UTC", "2026-01-31T09:30:00.250Z")).toBe("2026-01-31 09:30:00.250");
});

test("both passes of a repeated hour carry their offset, and no others do", () => {
  expect(shown("Europe/Berlin", "2026-10-24T23:59:00Z")).toBe("2026-10-25 01:59");
  expect(shown("Europe/Berlin", "2026-10-25T00:00:00Z")).toBe("2026-10-25 02:00 +02:00");
  expect(shown("Europe/Berlin", "2026-10-25T01:00:00Z")).toBe("2026-10-25 02:00 +01:00");
  expect(shown("Europe/Berlin", "2026-10-25T02:00:00Z")).toBe("2026-10-25 03:00");
  expect(shown("America/New_York", "2026-11-01T06:30:00Z")).toBe("2026-11-01 01:30 -05:00");
  expect(shown("Australia/Lord_Howe", "2026-04-04T14:45:00Z")).toBe("2026-04-05 01:45 +11:00");
  expect(shown("Australia/Lord_Howe", "2026-04-04T15:15:00Z")).toBe("2026-04-05 01:45 +10:30");
});

test("a skipped hour leaves no mark", () => {
  expect(shown("Europe/Berlin", "2026-03-29T00:59:00Z")).toBe("2026-03-29 01:59");
  expect(shown("Europe/Berlin", "2026-03-29T01:00:00Z")).toBe("2026-03-29 03:00");
});
