import type { MatrixEntry, Price } from "../contract/price.ts";
import { fail, issue } from "../error.ts";
import { sumOfEvents, type UsedEvent, type UsedQuantity } from "../usage/quantity.ts";

/** One way of pricing: the usage that matches `when` (null: all that matches nothing else), and what it costs. */
export interface MatrixPart {
  readonly when: MatrixEntry["when"] | null;
  /** Without flat fee and limits, which are the whole price's. */
  readonly price: Price;
}

/** The usage of one part. */
export interface MatrixShare {
  readonly part: MatrixPart;
  readonly used: UsedQuantity;
}

/**
 * Splits usage by the properties of its events: the first part that matches takes an event, the last takes the rest.
 * Parts without usage are left out; no usage at all is the last part's, the price itself.
 *
 * @rule R7
 * @throws NEEDS_EVENTS when there is usage but no events.
 */
export function splitByProperties(parts: readonly MatrixPart[], used: UsedQuantity): readonly MatrixShare[] {
  // The last part is the price itself; there always is one.
  const own = parts[parts.length - 1] as MatrixPart;
  if (used.units === "0" && (used.events === null || used.events.length === 0)) return [{ part: own, used }];
  if (used.events === null) {
    const problem = "this price depends on the properties of the events, not on their sum";
    fail(issue("NEEDS_EVENTS", "R7", ["quantity"], problem, used.units, "{ events: [...] }"));
  }
  const taken = parts.map((): UsedEvent[] => []);
  for (const event of used.events) {
    const index = parts.findIndex((part) => part.when === null || matches(part.when, event));
    taken[index]?.push(event);
  }
  const shares: MatrixShare[] = [];
  for (const [index, events] of taken.entries()) {
    const units = sumOfEvents(events);
    const part = parts[index];
    if (units !== "0" && part) shares.push({ part, used: { units, event_count: events.length, events } });
  }
  return shares.length > 0 ? shares : [{ part: own, used: { units: "0", event_count: 0, events: [] } }];
}

function matches(when: MatrixEntry["when"], event: UsedEvent): boolean {
  if (event.properties === null) return false;
  for (const [name, value] of Object.entries(when)) {
    if (!Object.hasOwn(event.properties, name) || event.properties[name] !== value) return false;
  }
  return true;
}
