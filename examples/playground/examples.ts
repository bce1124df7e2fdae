import enterpriseYearly from "../enterprise-yearly.json";
import enterpriseUsage from "../enterprise-yearly.usage.json";
import lifetimeOnce from "../lifetime-once.json";
import proMonthly from "../pro-monthly.json";
import starterPlanYen from "../starter-plan-yen.json";
import teamMonthly from "../team-monthly.json";
import teamUsage from "../team-monthly.usage.json";
import {
  type Alternative,
  enterpriseAlternatives,
  lifetimeAlternatives,
  starterAlternatives,
  teamAlternatives,
} from "./alternatives.ts";

/** A contract to begin with, its usage, and an instant at which there is something to see. */
export interface Example {
  readonly key: string;
  readonly name: string;
  readonly document: unknown;
  readonly usage: unknown;
  readonly at: string;
  readonly alternatives: readonly Alternative[];
}

/** The examples of the repository. */
export const EXAMPLES: readonly Example[] = [
  {
    key: "team-monthly",
    name: "Team, by the month (EUR)",
    document: teamMonthly,
    usage: teamUsage,
    at: "2026-02-26T12:00:00Z",
    alternatives: [{ name: "Pro", document: proMonthly }, ...teamAlternatives(teamMonthly)],
  },
  {
    key: "enterprise-yearly",
    name: "Enterprise, by the year (USD)",
    document: enterpriseYearly,
    usage: enterpriseUsage,
    at: "2026-04-20T12:00:00Z",
    alternatives: enterpriseAlternatives(enterpriseYearly),
  },
  {
    key: "starter-plan-yen",
    name: "Starter, two months free (JPY)",
    document: starterPlanYen,
    usage: {},
    at: "2024-05-15T03:00:00Z",
    alternatives: starterAlternatives(starterPlanYen),
  },
  {
    key: "lifetime-once",
    name: "Lifetime, paid once (GBP)",
    document: lifetimeOnce,
    usage: {},
    at: "2026-06-01T12:00:00Z",
    alternatives: lifetimeAlternatives(lifetimeOnce),
  },
];
