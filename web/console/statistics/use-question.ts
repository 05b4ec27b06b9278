import {
  type StatisticsDimension,
  type StatisticsMeasure,
  type StatisticsQuestion,
  statisticsDimensions,
  statisticsMeasures,
} from "@hanyouxu/api";
import { useSearchParams } from "react-router";

const DAY_MS = 24 * 3_600_000;
const dayBefore = (days: number) =>
  new Date(Date.now() + 8 * 3_600_000 - days * DAY_MS).toISOString().slice(0, 10);
const isDay = (text: string | null): text is string => /^\d{4}-\d{2}-\d{2}$/.test(text ?? "");

/** The question in the address: a reload, a bookmark, a link to a colleague and the back button keep it. */
export function useQuestion(): {
  question: StatisticsQuestion;
  /** The kept view that is shown, until it is changed. */
  viewId: string | undefined;
  ask(question: StatisticsQuestion, viewId?: string): void;
} {
  const [search, setSearch] = useSearchParams();
  return {
    question: questionOf(search),
    viewId: search.get("view") ?? undefined,
    ask: (question, viewId) => {
      const after = searchOf(question);
      if (viewId) after.set("view", viewId);
      setSearch(after);
    },
  };
}

function questionOf(search: URLSearchParams): StatisticsQuestion {
  const several = <Value extends string>(name: string, allowed: readonly Value[]): Value[] =>
    (search.get(name)?.split(",") ?? []).flatMap((text) => allowed.find((value) => value === text) ?? []);
  const measures = several<StatisticsMeasure>("measures", statisticsMeasures);
  const [from, to] = [search.get("from"), search.get("to")];
  const isFirst = !search.has("measures");
  const ranked = search.get("rank");
  const rank = measures.find((measure) => measure === ranked?.replace(/^-/, ""));
  const limit = Number(search.get("limit"));
  const region = search.get("region");
  return {
    measures: isFirst ? ["sessions", "refusals", "alarmsRaised"] : measures,
    dimensions: isFirst ? ["day"] : several<StatisticsDimension>("dimensions", statisticsDimensions),
    filters: filtersOf(search),
    from: isDay(from) ? from : dayBefore(29),
    to: isDay(to) ? to : dayBefore(0),
    isCompared: search.get("compare") === "1",
    limit: Number.isInteger(limit) && limit > 0 ? limit : 5_000,
    ...(region ? { region } : {}),
    ...(rank ? { rank: { measure: rank, isDescending: ranked?.startsWith("-") ?? true } } : {}),
  };
}

function searchOf(question: StatisticsQuestion): URLSearchParams {
  const { measures, dimensions, filters, from, to, isCompared, rank, limit, region } = question;
  const search = new URLSearchParams({
    measures: measures.join(","),
    dimensions: dimensions.join(","),
    from,
    to,
    ...(region ? { region } : {}),
    ...(isCompared ? { compare: "1" } : {}),
    ...(rank ? { rank: `${rank.isDescending ? "-" : ""}${rank.measure}` } : {}),
    ...(limit < 5_000 ? { limit: String(limit) } : {}),
  });
  for (const [dimension, values] of Object.entries(filters)) {
    for (const value of values) search.append(`${ONLY}${dimension}`, value);
  }
  return search;
}

/** Each value a parameter of its own: `only.process=SMAW&only.process=GMAW`. */
const ONLY = "only.";
function filtersOf(search: URLSearchParams): StatisticsQuestion["filters"] {
  const filters: StatisticsQuestion["filters"] = {};
  for (const dimension of statisticsDimensions) {
    const values = search.getAll(`${ONLY}${dimension}`);
    if (values.length > 0) filters[dimension] = values;
  }
  return filters;
}
