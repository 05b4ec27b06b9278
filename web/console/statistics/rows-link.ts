import type {
  StatisticsAnswer,
  StatisticsDimension,
  StatisticsMeasure,
  StatisticsQuestion,
} from "@hanyouxu/api";

interface List {
  to: string;
  /** What the list is narrowed by beside days and region. */
  query?: Record<string, string>;
  /** Dimensions that the list can be narrowed by as well, with its names for them. */
  narrowedBy?: Partial<Record<StatisticsDimension, string>>;
}

const SESSIONS: List = { to: "/sessions" };
const REFUSALS: List = { to: "/decisions", query: { outcome: "refuse" } };
const ALARMS: List = {
  to: "/alarms",
  query: { which: "all" },
  narrowedBy: { alarmKind: "kind", severity: "severity" },
};
const CLEARANCES: List = { to: "/clearances" };

const lists: Partial<Record<StatisticsMeasure, List>> = {
  sessions: SESSIONS,
  arcHours: SESSIONS,
  poweredHours: SESSIONS,
  energyKilowattHours: SESSIONS,
  unusedGrants: { to: "/sessions", query: { status: "not-started" } },
  workingFirms: SESSIONS,
  workingMachines: SESSIONS,
  startAttempts: { to: "/decisions" },
  refusals: REFUSALS,
  uncertifiedStopped: REFUSALS,
  alarmsRaised: ALARMS,
  alarmsClosed: { ...ALARMS, query: { which: "all", handling: "closed" } },
  closureMinutes: { ...ALARMS, query: { which: "all", handling: "closed" } },
  clearancesOpened: CLEARANCES,
  clearancesClosed: { to: "/clearances", query: { phase: "closed" } },
  clearancesForbidden: { to: "/clearances", query: { phase: "forbidden" } },
};
const REGIONS: readonly StatisticsDimension[] = ["province", "prefecture", "county", "township"];

/** The list with the rows that a figure counts; undefined where no list can be narrowed to them. */
export function rowsLink(
  answer: Pick<StatisticsAnswer, "dimensions" | "period">,
  row: Pick<StatisticsAnswer["rows"][number], "keys">,
  measure: StatisticsMeasure,
  { region, filters }: Pick<StatisticsQuestion, "region" | "filters">,
): { list: string; to: string } | undefined {
  const list = lists[measure];
  if (!list) return undefined;
  const search = new URLSearchParams({ ...answer.period, ...list.query, ...(region ? { region } : {}) });
  for (const [dimension, values] of Object.entries(filters)) {
    const name = list.narrowedBy?.[dimension as StatisticsDimension];
    if (!name || values.length > 1 || !values[0]) return undefined;
    search.set(name, values[0]);
  }
  for (const [at, dimension] of answer.dimensions.entries()) {
    const value = row.keys[at]?.value;
    if (!value) return undefined;
    if (dimension === "day") setDays(search, value, value);
    else if (dimension === "month") setDays(search, ...daysOfMonth(value, answer.period));
    else if (REGIONS.includes(dimension)) search.set("region", value);
    else if (list.narrowedBy?.[dimension]) search.set(list.narrowedBy[dimension], value);
    else return undefined;
  }
  return { list: list.to, to: `${list.to}?${search}` };
}

function setDays(search: URLSearchParams, from: string, to: string): void {
  search.set("from", from);
  search.set("to", to);
}

/** Those of a month that lie in the period. */
function daysOfMonth(month: string, period: StatisticsAnswer["period"]): [string, string] {
  const [year, number] = month.split("-").map(Number);
  const last = new Date(Date.UTC(year!, number!, 0)).toISOString().slice(0, 10);
  const first = `${month}-01`;
  return [[first, period.from].sort()[1]!, [last, period.to].sort()[0]!];
}
