import { type Clause, hotWorkPacks } from "@hanyouxu/rules";
import type { NamedClause } from "../../db/tables/rectification.ts";
import { START_PACKS } from "../decisions/decisions.ts";

const keyOf = (source: string, article: string | null) => `${source} ${article ?? ""}`;

/** Clauses of law that the platform's own rules rest on, each once, those that were read first. */
export const knownClauses: readonly Clause[] = allClauses();

function allClauses(): Clause[] {
  const found = new Map<string, Clause>();
  for (const { rules } of [...START_PACKS, ...hotWorkPacks]) {
    for (const { clause } of rules) {
      if (clause.kind === "law") found.set(keyOf(clause.source.zh, clause.article), clause);
    }
  }
  return [...found.values()].sort(
    (one, other) =>
      Number(other.verified) - Number(one.verified) ||
      keyOf(one.source.zh, one.article).localeCompare(keyOf(other.source.zh, other.article)),
  );
}

/** What somebody named, as it is kept: verified only where the platform knows this very clause as read. */
export function namedClause({ source, article }: { source: string; article: string | null }): NamedClause {
  const known = knownClauses.find((one) => keyOf(one.source.zh, one.article) === keyOf(source, article));
  return known
    ? { source: { ...known.source }, article: known.article, verified: known.verified }
    : { source: { zh: source, en: source }, article, verified: false };
}
