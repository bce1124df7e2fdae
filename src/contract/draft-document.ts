import type { IssuePath } from "../error.ts";
import { formatInstant, isInstantMs } from "../time/instant.ts";
import { addLocalDays } from "../time/local-days.ts";
import { zoneNamed } from "../time/zone.ts";
import { epochMsOf } from "./field.ts";
import type { MutableJson } from "./gate.ts";
import { isGiven, isObject, type JsonObject, objectIn } from "./read.ts";
import { MOST_TRIAL_DAYS } from "./schedule.ts";

const OVERRIDES = ["feature_configuration", "unit_count_configuration"];

/** What of a request doesn't belong into `contract_summary`. */
export const REQUEST_NAMES: readonly string[] = [
  "automatic_payment",
  "free_trial_days",
  "invoice_trigger",
  ...OVERRIDES,
];

/** A document not yet checked, and where a part of it comes from. */
export interface DraftDocument {
  readonly document: JsonObject;
  readonly place: (path: IssuePath) => IssuePath;
}

/** The contract document that a request makes, with a plan, a discount and what holds for payments beside it. */
export function draftDocument(parts: JsonObject, atMs: number): DraftDocument {
  const request = objectIn(parts["request"]);
  const { free_trial_days: days } = request;
  const plan = isGiven(days) ? { ...objectIn(parts["plan"]), free_trial_days: days } : parts["plan"];
  const [automatic, automaticSource] = automaticPayment(parts);
  const discount = isGiven(parts["discount"]) ? { discount: parts["discount"] } : {};
  const overrides = OVERRIDES.filter((name) => isGiven(request[name])).map((name) => [name, request[name]]);
  const sources: readonly (readonly [of: IssuePath, from: IssuePath])[] = [
    [["contract_summary", "configuration", "automatic_payment"], automaticSource],
    [["contract_summary", "configuration", "invoice_trigger"], sourceOf(request, "invoice_trigger")],
    ...(isGiven(days)
      ? [
          [
            ["plan", "free_trial_days"],
            ["request", "free_trial_days"],
          ] as const,
        ]
      : []),
    [["contract_summary"], ["request"]],
    ...OVERRIDES.map((name) => [[name], ["request", name]] as const),
  ];
  return {
    document: {
      contract_summary: summaryOf(request, plan, automatic, atMs),
      plan,
      ...discount,
      ...Object.fromEntries(overrides),
    },
    place: (path) => {
      const source = sources.find(([of]) => of.every((step, index) => path[index] === step));
      return source === undefined ? path : [...source[1], ...path.slice(source[0].length)];
    },
  };
}

/** An option of the configuration, if it isn't in the request itself. */
function sourceOf(request: JsonObject, option: string): IssuePath {
  return isGiven(request[option]) ? ["request", option] : ["request", "configuration", option];
}

/** What is said of automatic payment, and where: the request comes before the customer, the vendor last. */
function automaticPayment(parts: JsonObject): [said: unknown, source: IssuePath] {
  const name = "automatic_payment";
  const places: IssuePath[] = [["request"], ["request", "configuration"], ["customer"], ["defaults"]];
  for (const path of places) {
    const said = path.reduce<unknown>((part, step) => objectIn(part)[step], parts);
    if (isGiven(objectIn(said)[name])) return [objectIn(said)[name], [...path, name]];
  }
  return [undefined, ["request", name]];
}

function summaryOf(request: JsonObject, plan: unknown, automatic: unknown, atMs: number): JsonObject {
  const summary: MutableJson = { ...request };
  for (const name of REQUEST_NAMES) delete summary[name];
  const { configuration, invoice_trigger: trigger, is_pending: isPending } = request;
  const options = {
    ...objectIn(configuration),
    ...(isGiven(trigger) && { invoice_trigger: trigger }),
    ...(isGiven(automatic) && { automatic_payment: automatic }),
  };
  const isSound = !isGiven(configuration) || isObject(configuration);
  if (isSound && Object.keys(options).length > 0) summary["configuration"] = options;
  // An empty text is how forms send nothing.
  const activation = isPending === true ? null : request["activation"] || formatInstant(atMs);
  const days = objectIn(plan)["free_trial_days"] || 0;
  const end = days === 0 ? null : trialEnd(activation, days, request["time_zone"]);
  return { ...summary, activation, ...(end !== undefined && { free_trial_end: end }) };
}

/** Days of the activation's local time; undefined while that isn't known, and where the gate refuses what it needs. */
function trialEnd(activation: unknown, days: unknown, timeZone: unknown): string | undefined {
  const activationMs = epochMsOf(activation);
  const zone = zoneNamed(typeof timeZone === "string" ? timeZone : "UTC");
  const isSound = typeof days === "number" && days >= 0 && days <= MOST_TRIAL_DAYS;
  if (activationMs === undefined || !isSound || zone === undefined) return undefined;
  const endMs = addLocalDays(zone, activationMs, days);
  return isInstantMs(endMs) ? formatInstant(endMs) : undefined;
}
