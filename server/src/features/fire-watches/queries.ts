import type { EnterpriseId, PersonId } from "@hanyouxu/protocol";
import type { CivilDay } from "@hanyouxu/rules";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";

type Db = Kysely<Tables>;

/** Current fire watches of an enterprise, or one of them, in the order they were added. */
export async function selectFireWatches(db: Db, enterpriseId: string, fireWatchId?: string) {
  return await db
    .selectFrom("fire_watches as f")
    .innerJoin("persons as p", "p.person_id", "f.person_id")
    .select(["f.fire_watch_id", "f.person_id", "f.trained_on", "f.trained_to", "f.added_at"])
    .select(["f.certificate_number_ciphertext", "p.name_ciphertext", "p.phone_ciphertext"])
    .where("f.enterprise_id", "=", enterpriseId as EnterpriseId)
    .where("f.ended_at", "is", null)
    .$if(fireWatchId !== undefined, (query) => query.where("f.fire_watch_id", "=", fireWatchId!))
    .orderBy("f.added_at")
    .orderBy("f.fire_watch_id")
    .execute();
}

export type FireWatchRow = Awaited<ReturnType<typeof selectFireWatches>>[number];

/** The training of a person that counts on a day, for whichever enterprise; the longest where there are several. */
export async function selectTraining(
  db: Db,
  personId: PersonId,
  atDay: CivilDay,
  enterpriseIds: readonly EnterpriseId[] | undefined,
) {
  return await db
    .selectFrom("fire_watches")
    .select(["fire_watch_id", "enterprise_id", "trained_on", "trained_to"])
    .where("person_id", "=", personId)
    .where("ended_at", "is", null)
    .where("trained_on", "<=", atDay)
    .where("trained_to", ">=", atDay)
    .$if(enterpriseIds !== undefined, (query) =>
      query.where(sql<boolean>`enterprise_id = any(${[...enterpriseIds!]}::uuid[])`),
    )
    .orderBy("trained_to", "desc")
    .executeTakeFirst();
}

/** Somebody watches no more; false when nobody of that id does. */
export async function endRow(tx: Db, fireWatchId: string, at: Date): Promise<boolean> {
  const result = await tx
    .updateTable("fire_watches")
    .set({ ended_at: at })
    .where("fire_watch_id", "=", fireWatchId)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}
