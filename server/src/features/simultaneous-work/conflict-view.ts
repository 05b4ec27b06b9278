import type { FoundConflict, WorkConflict as ShownConflict } from "@hanyouxu/api";
import type { WorkConflict } from "@hanyouxu/rules";
import type { Person } from "../sign-in/sign-in.ts";
import { firmsOf } from "./acknowledge-conflict.ts";
import type { AcknowledgementRow, ConflictRow } from "./conflict-queries.ts";
import type { ConflictPair } from "./conflicts-among.ts";

/** The rule's word as the contract has it. */
export function findingOf({ kind, limitMetres, isSure, clause, ...finding }: WorkConflict) {
  return {
    kind,
    limitMetres,
    horizontalMetres: finding.horizontalMetres,
    verticalMetres: finding.verticalMetres,
    isSure,
    from: new Date(finding.fromMs).toISOString(),
    to: finding.toMs === null ? null : new Date(finding.toMs).toISOString(),
    clause,
  };
}

/** A pair as the work of that key sees it. */
export function foundConflictOf({ one, other, finding }: ConflictPair, ownKey: string): FoundConflict {
  return { ...findingOf(finding), other: (one.key === ownKey ? other : one).side };
}

/** A raised conflict for a person. @param said acknowledgements of this one and of others */
export function workConflictOf(
  row: ConflictRow,
  person: Person,
  said: readonly AcknowledgementRow[],
): ShownConflict {
  const ownSaid = said.filter(({ work_conflict_id }) => work_conflict_id === row.work_conflict_id);
  const isSilent = (firm: string) => !ownSaid.some(({ enterprise_id }) => enterprise_id === firm);
  return {
    workConflictId: row.work_conflict_id,
    ...findingOf(row.finding),
    one: row.one,
    other: row.other,
    region: row.one_region_code,
    regionName: row.region_name,
    raisedAt: row.raised_at.toISOString(),
    clearedAt: row.cleared_at?.toISOString() ?? null,
    clearedBecause: row.cleared_because,
    acknowledgements: ownSaid.map(({ name, note, acknowledged_at }) => ({
      enterpriseName: name,
      note,
      at: acknowledged_at.toISOString(),
    })),
    mayAcknowledge: row.cleared_at === null && firmsOf(person, row).some(isSilent),
  };
}
