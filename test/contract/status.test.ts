import { expect, test } from "vitest";
import { parseSchedule } from "../../src/contract/parse-schedule.ts";
import type { Schedule } from "../../src/contract/schedule.ts";
import { contractStatus } from "../../src/contract/status.ts";

const dates = { activation: "2026-01-01T00:00:00Z", expiration: "2026-07-01T00:00:00Z" };
const statusOf = (fields: object, at: string) =>
  contractStatus(parseSchedule({ cycle: "month", ...fields }), at);

test("a contract without an activation is pending, and so is one that says so", () => {
  expect(statusOf({}, "2026-01-01T00:00:00Z")).toBe("pending");
  expect(statusOf({ activation: null }, "2026-01-01T00:00:00Z")).toBe("pending");
  expect(statusOf({ ...dates, is_pending: true }, "2026-02-01T00:00:00Z")).toBe("pending");
});

test("a contract is scheduled before its activation and active from then on", () => {
  expect(statusOf(dates, "2025-12-31T23:59:59.999Z")).toBe("scheduled");
  expect(statusOf(dates, "2026-01-01T00:00:00Z")).toBe("active");
});

test("a contract is canceled from its expiration on", () => {
  expect(statusOf(dates, "2026-06-30T23:59:59.999Z")).toBe("active");
  expect(statusOf(dates, "2026-07-01T00:00:00Z")).toBe("canceled");
});

test("a contract is moved from `moved_at` on, unless it had expired before", () => {
  expect(statusOf({ ...dates, moved_at: "2026-03-10T00:00:00Z" }, "2026-03-09T23:59:59Z")).toBe("active");
  expect(statusOf({ ...dates, moved_at: "2026-03-10T00:00:00Z" }, "2026-03-10T00:00:00Z")).toBe("moved");
  expect(statusOf({ ...dates, moved_at: "2026-03-10T00:00:00Z" }, "2026-08-01T00:00:00Z")).toBe("moved");
  expect(statusOf({ ...dates, moved_at: "2026-09-01T00:00:00Z" }, "2026-10-01T00:00:00Z")).toBe("canceled");
});

test("the document's own status counts only where it is `not_ready`", () => {
  expect(statusOf({ ...dates, status: "canceled" }, "2026-02-01T00:00:00Z")).toBe("active");
  expect(statusOf({ ...dates, status: "not_ready" }, "2026-02-01T00:00:00Z")).toBe("not_ready");
});

test("what did not come through the gate is refused", () => {
  const raw = { contract_summary: { cycle: "month", ...dates } } as unknown as Schedule;
  expect(() => contractStatus(raw, "2026-01-01T00:00:00Z")).toThrow("did not come through the gate");
});
