import type { HotWorkPermitId, KeyAreaId, MachineId, PersonId } from "@hanyouxu/protocol";
import type { Kysely } from "kysely";
import type { Tables } from "../../db/tables.ts";
import { type LockedPermit, type PermitRow, selectPermits } from "./queries.ts";

/** One permit with the names of what it names, whoever asks; undefined when there is none. */
export async function permitOf(
  db: Kysely<Tables>,
  permitId: HotWorkPermitId,
): Promise<PermitRow | undefined> {
  const [row] = await selectPermits(db, { permitId }, 1, 0);
  return row;
}

export interface PermitQuestion {
  welderPersonId: PersonId;
  /** A permit that names another machine is none; one that names none is. */
  machineId?: MachineId | undefined;
  keyAreaId: KeyAreaId | null;
  atMs: number;
}

/** The permit of a welder for an area that holds now or may hold yet: approved before submitted, then the newest. */
export async function selectPermitFor(
  db: Kysely<Tables>,
  { welderPersonId, machineId, keyAreaId, atMs }: PermitQuestion,
): Promise<LockedPermit | undefined> {
  const at = new Date(atMs);
  const rows = await db
    .selectFrom("hot_work_permits")
    .selectAll()
    .where("welder_person_id", "=", welderPersonId)
    .where("key_area_id", keyAreaId === null ? "is" : "=", keyAreaId)
    .where("status", "in", ["submitted", "approved", "suspended"])
    .$if(machineId !== undefined, (query) =>
      query.where((where) =>
        where.or([where("machine_id", "is", null), where("machine_id", "=", machineId!)]),
      ),
    )
    .where((where) => where(where.fn.coalesce("valid_to", "planned_to"), ">", at))
    .orderBy("created_at", "desc")
    .orderBy("permit_id", "desc")
    .execute();
  const rank = ["approved", "suspended", "submitted"];
  return rows.sort((a, b) => rank.indexOf(a.status) - rank.indexOf(b.status))[0];
}

export { findPermitCase } from "./permit-case.ts";
export type { OnPermitChange, PermitChange } from "./permit-changes.ts";
export { type HotWorkMomentFacts, hotWorkFactsOf } from "./permit-facts.ts";
export { decideHotWork } from "./permit-law.ts";
export { closePermit, expirePermits } from "./permit-status.ts";
export type { LockedPermit, PermitRow } from "./queries.ts";
export { countPermits } from "./queries.ts";
