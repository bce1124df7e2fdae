import { servedShare } from "../charge/stub-shares.ts";
import { isOwnCycle } from "../contract/cycle.ts";
import { type PricedItem, pricedItems } from "../contract/priced-items.ts";
import type { ChargeLine, Contract } from "../index.ts";
import { ownTimelineOf } from "../period/own-cycle.ts";
import { periodMsAt, type Timeline, timelineOf } from "../period/timeline.ts";
import { parseInstant } from "../time/instant.ts";
import type { CurrentCharge } from "./current-charges.ts";

/** The charge that a line of an invoice is, for what is peculiar about it. */
export function chargeOfLine(contract: Contract, line: ChargeLine): CurrentCharge {
  const contractTimeline = timelineOf(contract);
  const item = itemOf(contract, line);
  const timeline = timelineOfItem(contractTimeline, item);
  const period = periodMsAt(timeline, parseInstant(line.period.start));
  if (period === null) throw new Error(`no period of ${item.name} begins at ${line.period.start}`);
  const share = servedShare(timeline, period, contract.contract_summary.configuration ?? {});
  return { item, period, lines: [line], issues: [], share };
}

function itemOf(contract: Contract, { feature_slug, group_id, name }: ChargeLine): PricedItem {
  const item = pricedItems(contract).find(
    (each) => each.feature_slug === feature_slug && each.group_id === (group_id ?? null),
  );
  if (item === undefined) throw new Error(`the contract charges no ${name}`);
  return item;
}

function timelineOfItem(contract: Timeline, { charge_trigger: trigger }: PricedItem): Timeline {
  return isOwnCycle(trigger) ? ownTimelineOf(contract, trigger) : contract;
}
