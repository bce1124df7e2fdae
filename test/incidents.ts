/** Something that went wrong with dates in another billing system, where that can be read, and what we answer. */
export interface Incident {
  readonly system: string;
  /** The public issue or pull request, as the README's table shows it. */
  readonly reference: string;
  readonly link: string;
  readonly wrong: string;
  readonly answer: string;
}

/** What a test calls an incident. */
export type IncidentName =
  | "polar"
  | "autumn"
  | "flexprice"
  | "lagoTiling"
  | "lagoInAdvance"
  | "killbillUsage"
  | "killbillLoop"
  | "killbillTrial"
  | "killbillStop"
  | "twenty";

function github(system: string, path: string, wrong: string, answer: string): Incident {
  const [repository, kind, number] = path.split(/\/(issues|pull)\//);
  const reference = `${repository} ${kind === "pull" ? "PR " : ""}#${number}`;
  return { system, reference, link: `https://github.com/${path}`, wrong, answer };
}

/** An incident as a row of the README's table. */
export function rowOf({ system, reference, link, wrong, answer }: Incident): string {
  return `| ${system}, [${reference}](${link}) | ${wrong} | ${answer} |`;
}

/** The incidents in the order of the README's table. */
export const INCIDENTS: Readonly<Record<IncidentName, Incident>> = {
  polar: github(
    "Polar",
    "polarsource/polar/issues/10664",
    "Each renewal was a month after the last one: an anchor on the 31st became the 28th or 29th in February and stayed there.",
    "Every boundary is counted from the anchor: 31 January, 28 February, 31 March, 30 April.",
  ),
  autumn: github(
    "Autumn",
    "useautumn/autumn/pull/2115",
    "The anchor's day 31 was set in a month that has 30 days: what began on 31 May ended on 1 July.",
    "The day is clamped to the month: 30 June.",
  ),
  flexprice: github(
    "Flexprice",
    "flexprice/flexprice/pull/1432",
    "The first period of a calendar quarter was three months from its start's month: from 22 March to 1 June.",
    "A stub to the quarter's end: 22 March to 1 April.",
  ),
  lagoTiling: github(
    "Lago",
    "getlago/lago-api/pull/6173",
    "Yearly periods from 29 February and quarterly ones from the 29th on overlapped or left gaps, and depended on when they were asked for.",
    "Periods tile, and an instant has the same period however it is reached.",
  ),
  lagoInAdvance: github(
    "Lago",
    "getlago/lago-api/pull/1840",
    "On 29 February a subscription from 30 January was billed for the period that had just ended.",
    "An instant on a boundary is in the later period: 29 February to 30 March.",
  ),
  killbillUsage: github(
    "Kill Bill",
    "killbill/killbill/issues/1934",
    "Local dates took the offset of the day on which the account was made: the same usage was billed differently before and after a clock change.",
    "A boundary has the offset of its own day: both contracts end March at the same instant.",
  ),
  killbillLoop: github(
    "Kill Bill",
    "killbill/killbill/issues/445",
    "After the clocks went back, the instant of billing fell on the day before the billing date: invoicing looped for ever.",
    "Every period ends after it starts, and contains the instant that was asked for.",
  ),
  killbillTrial: github(
    "Kill Bill",
    "killbill/killbill/issues/743",
    "A trial of 30 days over a clock change made the 1st the billing day, not the 31st.",
    "Trials are local days at the same local time: it ends on 31 March, and the billing day is the 31st.",
  ),
  killbillStop: github(
    "Kill Bill",
    "killbill/killbill/issues/127",
    "With the billing day 31, the period after 31 March was never found: the account wasn't billed any more.",
    "31 March to 30 April, and on.",
  ),
  twenty: github(
    "Twenty",
    "twentyhq/twenty/pull/25603",
    "Review found that the ends of later periods were each a month after the last: credits would expire on 28 March, in the middle of a period that ends on the 31st.",
    "The end of any later period comes from the anchor: 31 March.",
  ),
};
