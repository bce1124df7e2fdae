import type { Contract } from "../contract/contract.ts";
import { slugsOf } from "../contract/priced-items.ts";
import { type BillingIssue, collect, fail, type IssuePath, issue, refuse } from "../error.ts";
import type { BillingPeriod } from "../period/billing-period.ts";
import { featureTimeline } from "../period/feature-period.ts";
import { periodMsAt } from "../period/timeline.ts";
import { type InstantLike, readInstant } from "../time/instant.ts";
import { type Quantity, readQuantity, readSignedQuantity } from "./quantity.ts";

/** A usage event of the API: units used at an instant; negative units correct earlier ones (U3, U4). */
export interface UsageEvent {
  readonly feature_slug: string;
  readonly units: Quantity;
  readonly timestamp: InstantLike;
  /** Replaces what was reported for the period so far (U4). */
  readonly is_absolute?: boolean | null;
  /** When the event arrived; late where that is at or after the closing of its period (U3). */
  readonly reported_at?: InstantLike | null;
  readonly properties?: { readonly [name: string]: string | number | boolean | null } | null;
}

/** A charge that somebody asked for (W1). */
export interface OnDemandCharge {
  readonly feature_slug: string;
  readonly at: InstantLike;
  /** Replaces the contracted count. */
  readonly unit_count?: Quantity | null;
}

/** What stands beside any form of usage. */
interface BesideForms {
  readonly on_demand?: readonly OnDemandCharge[] | null;
  /** The same in every period, by slug: what plans and forecasts assume. */
  readonly every_period?: { readonly [slug: string]: Quantity } | null;
}

/** Sums of the running period, by slug. */
export interface UsageSums extends BesideForms {
  readonly sums: { readonly [slug: string]: Quantity };
}

/** Every event; each period takes its own. */
export interface UsageEvents extends BesideForms {
  readonly events: readonly UsageEvent[];
}

/** Sums of any periods, by slug and the period's start. */
export interface UsagePeriods extends BesideForms {
  readonly periods: readonly {
    readonly feature_slug: string;
    readonly start: InstantLike;
    readonly units: Quantity;
  }[];
}

/** What was used in a period, asked when it is needed; undefined where it isn't known. */
export type UsageFunction = ((slug: string, period: BillingPeriod) => Quantity | undefined) & BesideForms;

/**
 * What was used: the one type of every function that takes usage.
 *
 * Usage of a metered plan price is reported under the plan's slug, that of a group's price under the group's id.
 *
 * @rule U6 (forms)
 */
export type Usage = UsageSums | UsageEvents | UsagePeriods | UsageFunction | BesideForms;

/** An event as sums are made from it. */
export interface ReadEvent {
  readonly atMs: number;
  /** null: in time. */
  readonly reportedMs: number | null;
  readonly isAbsolute: boolean;
  /** Canonical decimal, may be negative. */
  readonly units: string;
  readonly properties: { readonly [name: string]: unknown } | null;
}

/** An on-demand charge after reading. */
export interface ReadDemand {
  readonly atMs: number;
  /** Canonical decimal; null: the contracted count. */
  readonly units: string | null;
}

/** Usage after reading: validated once, by slug. */
export interface UsageBook {
  readonly form: "none" | "sums" | "events" | "periods" | "function";
  readonly sums: ReadonlyMap<string, string>;
  readonly events: ReadonlyMap<string, readonly ReadEvent[]>;
  /** Units by slug, then by the start of the period in epoch milliseconds. */
  readonly periods: ReadonlyMap<string, ReadonlyMap<number, string>>;
  readonly ask: UsageFunction | null;
  readonly demands: ReadonlyMap<string, readonly ReadDemand[]>;
  /** Units of every period, by slug: they come before any form. */
  readonly everyPeriod: ReadonlyMap<string, string>;
}

const NO_USAGE: UsageBook = Object.freeze({
  form: "none",
  sums: new Map(),
  events: new Map(),
  periods: new Map(),
  ask: null,
  demands: new Map(),
  everyPeriod: new Map(),
});

const FORMS = ["sums", "events", "periods"] as const;
const BESIDE_FORMS = ["on_demand", "every_period"];
const ALLOWED_FORMS = "{ sums }, { events }, { periods } or a function (slug, period) => units";

/** Contracts that the usage may be of beside the one that is asked about. */
export interface OtherContracts {
  readonly contracts: readonly Contract[];
  /** Whether a period that usage names is one of them all, or one of any of them. */
  readonly periodsOf: "all" | "any";
}

const NO_OTHERS: OtherContracts = Object.freeze({ contracts: [], periodsOf: "any" });

/** What reading needs: whose usage it may be, the slugs that it may name, and the problems found so far. */
interface Reading {
  readonly contracts: readonly Contract[];
  readonly periodsOf: OtherContracts["periodsOf"];
  readonly slugs: ReadonlySet<string>;
  readonly issues: BillingIssue[];
}

/**
 * Reads usage of any form; every problem of it is in one error.
 *
 * @rule U6 (reading)
 * @throws INVALID_TYPE or CONFLICT when it is none of the forms, or several; UNKNOWN_SLUG for a slug that the contract
 * doesn't have; UNKNOWN_PERIOD for a start at which none of the slug's periods begins; INVALID_DECIMAL or OUT_OF_RANGE
 * for units; INVALID_INSTANT for times; DUPLICATE for a period named twice.
 */
export function readUsage(
  contract: Contract,
  usage: Usage | null | undefined,
  others: OtherContracts = NO_OTHERS,
): UsageBook {
  if (usage === undefined || usage === null) return NO_USAGE;
  const isFunction = typeof usage === "function";
  if (!isFunction && (typeof usage !== "object" || Array.isArray(usage))) {
    fail(issue("INVALID_TYPE", "U6", ["usage"], "not usage", usage, ALLOWED_FORMS));
  }
  const contracts = [contract, ...others.contracts];
  const slugs =
    contracts.length === 1 ? slugsOf(contract) : new Set(contracts.flatMap((each) => [...slugsOf(each)]));
  const reading: Reading = { contracts, periodsOf: others.periodsOf, slugs, issues: [] };
  const given = usage as { readonly [form: string]: unknown };
  const forms = FORMS.filter((form) => given[form] !== undefined && given[form] !== null);
  if (forms.length + (isFunction ? 1 : 0) > 1) {
    const problem = `usage has the forms ${forms.join(" and ")} at once`;
    reading.issues.push(issue("CONFLICT", "U6", ["usage"], problem, usage, ALLOWED_FORMS));
  }
  if (!isFunction) refuseUnknownForms(reading, given);
  const book: UsageBook = {
    form: isFunction ? "function" : (forms[0] ?? "none"),
    sums: readSums(reading, "sums", given["sums"]),
    events: readEvents(reading, given["events"]),
    periods: readPeriods(reading, given["periods"]),
    ask: isFunction ? (usage as UsageFunction) : null,
    demands: readDemands(reading, given["on_demand"]),
    everyPeriod: readSums(reading, "every_period", given["every_period"]),
  };
  refuseGivenTwice(reading, book);
  refuse(reading.issues);
  return book;
}

/** A misspelt form would be usage silently left out. */
function refuseUnknownForms(reading: Reading, given: { readonly [form: string]: unknown }): void {
  for (const name of Object.keys(given)) {
    if (BESIDE_FORMS.includes(name) || FORMS.includes(name as (typeof FORMS)[number])) continue;
    reading.issues.push(
      issue("INVALID_TYPE", "U6", ["usage", name], "not a form of usage", given[name], ALLOWED_FORMS),
    );
  }
}

/** What is the same in every period can't be something else in one of them. */
function refuseGivenTwice({ issues }: Reading, { everyPeriod, sums, events, periods }: UsageBook): void {
  for (const slug of everyPeriod.keys()) {
    if (![sums, events, periods].some((form) => form.has(slug))) continue;
    const problem = `the usage of ${slug} is given for every period, and once more`;
    issues.push(
      issue(
        "CONFLICT",
        "U6",
        ["usage", "every_period", slug],
        problem,
        everyPeriod.get(slug),
        "one of the two",
      ),
    );
  }
}

function readSums(reading: Reading, form: "sums" | "every_period", sums: unknown): UsageBook["sums"] {
  if (sums == null) return NO_USAGE.sums;
  const result = new Map<string, string>();
  if (typeof sums !== "object" || Array.isArray(sums)) {
    reading.issues.push(issue("INVALID_TYPE", "U6", ["usage", form], "not sums by slug", sums, "an object"));
    return result;
  }
  for (const slug of Object.keys(sums)) {
    const units = (sums as { readonly [slug: string]: unknown })[slug];
    const text = collect(reading.issues, readQuantity(units, ["usage", form, slug]), "0");
    if (reading.slugs.has(slug) || isKnown(reading, slug, ["usage", form, slug])) result.set(slug, text);
  }
  return result;
}

function readEvents(reading: Reading, events: unknown): UsageBook["events"] {
  if (events == null) return NO_USAGE.events;
  const result = new Map<string, ReadEvent[]>();
  for (const [index, entry] of entriesOf(reading, "events", events)) {
    const path = ["usage", "events", index];
    const slug = slugOf(reading, entry, path);
    // Paths are written out: of a million events, spreading takes longer than reading.
    const units = collect(
      reading.issues,
      readSignedQuantity(entry["units"], ["usage", "events", index, "units"]),
      "0",
    );
    const atMs = collect(
      reading.issues,
      readInstant(entry["timestamp"], ["usage", "events", index, "timestamp"]),
      0,
    );
    const reportedAt = entry["reported_at"] ?? null;
    const reportedMs =
      reportedAt === null
        ? null
        : collect(reading.issues, readInstant(reportedAt, ["usage", "events", index, "reported_at"]), 0);
    const isAbsolute = entry["is_absolute"] ?? false;
    if (typeof isAbsolute !== "boolean") {
      const place = [...path, "is_absolute"];
      reading.issues.push(issue("INVALID_TYPE", "U4", place, "not true or false", isAbsolute, "true, false"));
    }
    const properties = (entry["properties"] ?? null) as ReadEvent["properties"];
    if (typeof properties !== "object") {
      const place = [...path, "properties"];
      reading.issues.push(
        issue("INVALID_TYPE", "R7", place, "not properties by name", properties, "an object"),
      );
    }
    if (slug !== null)
      listOf(result, slug).push({ atMs, reportedMs, isAbsolute: isAbsolute === true, units, properties });
  }
  return result;
}

function readPeriods(reading: Reading, periods: unknown): UsageBook["periods"] {
  if (periods == null) return NO_USAGE.periods;
  const result = new Map<string, Map<number, string>>();
  for (const [index, entry] of entriesOf(reading, "periods", periods)) {
    const path = ["usage", "periods", index];
    const slug = slugOf(reading, entry, path);
    const startMs = collect(reading.issues, readInstant(entry["start"], [...path, "start"]), Number.NaN);
    const units = collect(reading.issues, readQuantity(entry["units"], [...path, "units"]), "0");
    if (slug === null || Number.isNaN(startMs)) continue;
    if (!isPeriodStart(reading, slug, startMs)) {
      const of = reading.periodsOf === "all" ? " of all of the contracts" : "";
      const problem = `no usage period of ${slug}${of} starts then`;
      reading.issues.push(
        issue("UNKNOWN_PERIOD", "U5", [...path, "start"], problem, entry["start"], "the start of one"),
      );
    }
    const bySlug = result.get(slug) ?? new Map<number, string>();
    if (bySlug.has(startMs)) {
      const problem = `the usage of ${slug} in this period is given twice`;
      reading.issues.push(
        issue("DUPLICATE", "U6", [...path, "start"], problem, entry["start"], "one entry a period"),
      );
    }
    result.set(slug, bySlug.set(startMs, units));
  }
  return result;
}

function isPeriodStart({ contracts, periodsOf }: Reading, slug: string, startMs: number): boolean {
  const isStart = (contract: Contract): boolean =>
    periodMsAt(featureTimeline(contract, slug), startMs)?.startMs === startMs;
  const known = contracts.filter((contract) => slugsOf(contract).has(slug));
  return periodsOf === "all" ? known.every(isStart) : known.some(isStart);
}

function readDemands(reading: Reading, demands: unknown): UsageBook["demands"] {
  if (demands == null) return NO_USAGE.demands;
  const result = new Map<string, ReadDemand[]>();
  for (const [index, entry] of entriesOf(reading, "on_demand", demands)) {
    const path = ["usage", "on_demand", index];
    const slug = slugOf(reading, entry, path);
    const atMs = collect(reading.issues, readInstant(entry["at"], [...path, "at"]), 0);
    const count = entry["unit_count"] ?? null;
    const units =
      count === null ? null : collect(reading.issues, readQuantity(count, [...path, "unit_count"]), "0");
    if (slug !== null) listOf(result, slug).push({ atMs, units });
  }
  return result;
}

type Entry = { readonly [name: string]: unknown };

function* entriesOf(reading: Reading, form: string, list: unknown): Generator<[number, Entry]> {
  if (list === undefined || list === null) return;
  if (!Array.isArray(list)) {
    reading.issues.push(
      issue("INVALID_TYPE", "U6", ["usage", form], `${form} is not a list`, list, "an array"),
    );
    return;
  }
  for (const [index, entry] of list.entries()) {
    if (typeof entry === "object" && entry !== null) yield [index, entry];
    else
      reading.issues.push(
        issue("INVALID_TYPE", "U6", ["usage", form, index], "not an entry", entry, "an object"),
      );
  }
}

function slugOf(reading: Reading, entry: Entry, path: IssuePath): string | null {
  const slug = entry["feature_slug"];
  if (typeof slug === "string" && reading.slugs.has(slug)) return slug;
  return isKnown(reading, slug, [...path, "feature_slug"]) ? slug : null;
}

function isKnown(reading: Reading, slug: unknown, path: IssuePath): slug is string {
  if (typeof slug === "string" && reading.slugs.has(slug)) return true;
  const allowed = [...reading.slugs].join(", ");
  reading.issues.push(issue("UNKNOWN_SLUG", "U6", path, "the contract has no such slug", slug, allowed));
  return false;
}

function listOf<Item>(lists: Map<string, Item[]>, slug: string): Item[] {
  const known = lists.get(slug);
  if (known !== undefined) return known;
  const list: Item[] = [];
  lists.set(slug, list);
  return list;
}
