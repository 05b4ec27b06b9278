import type { ModelFacts } from "@hanyouxu/api";
import type { PersonId } from "@hanyouxu/protocol";
import type { Insertable, Kysely } from "kysely";
import type { AdaptationProfilesTable, MachineModelsTable } from "../../db/tables/machine-models.ts";
import type { Tables } from "../../db/tables.ts";
import { type ReachedRows, withinScope } from "../../db/within-scope.ts";

type Db = Kysely<Tables>;

/** Machines by what stands on their nameplates, within reach, without those that are scrapped. */
export async function countFleet(db: Db, scope: ReachedRows): Promise<{ model: string; count: number }[]> {
  return await db
    .selectFrom("machines as m")
    .select((expression) => ["m.model", expression.fn.countAll<number>().as("count")])
    .where(withinScope(scope, "m.region_code", "m.enterprise_id"))
    .where("m.status", "!=", "scrapped")
    .groupBy("m.model")
    .execute();
}

export async function selectCatalogue(db: Db, designation?: string) {
  return await db
    .selectFrom("machine_models")
    .selectAll()
    .$if(designation !== undefined, (query) => query.where("designation", "=", designation!))
    .execute();
}

function profiles(db: Db) {
  return db
    .selectFrom("adaptation_profiles as a")
    .leftJoin("persons as p", "p.person_id", "a.changed_by")
    .select([
      "a.profile_key",
      "a.version",
      "a.content",
      "a.proof",
      "a.changed_at",
      "a.change_reason",
      "p.name_ciphertext",
    ]);
}

/** Each profile in its present version, by key. */
export async function selectProfiles(db: Db) {
  return await profiles(db)
    .distinctOn("a.profile_key")
    .orderBy("a.profile_key")
    .orderBy("a.version", "desc")
    .execute();
}

export type ProfileRow = Awaited<ReturnType<typeof selectProfiles>>[number];

/** All versions of one profile, newest first. */
export async function selectVersions(db: Db, profileKey: string): Promise<ProfileRow[]> {
  return await profiles(db).where("a.profile_key", "=", profileKey).orderBy("a.version", "desc").execute();
}

/** Adds rows that are not there yet; returns the keys of those added. */
export async function insertProfiles(
  db: Db,
  rows: readonly Insertable<AdaptationProfilesTable>[],
): Promise<string[]> {
  const added = await db
    .insertInto("adaptation_profiles")
    .values([...rows])
    .onConflict((conflict) => conflict.doNothing())
    .returning("profile_key")
    .execute();
  return added.map(({ profile_key }) => profile_key);
}

export async function insertModels(db: Db, rows: readonly Insertable<MachineModelsTable>[]): Promise<void> {
  await db
    .insertInto("machine_models")
    .values([...rows])
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function upsertModel(
  tx: Db,
  designation: string,
  facts: Pick<
    ModelFacts,
    "ratedCurrentAmps" | "supplyPhases" | "supplyVolts" | "plug" | "dutyCyclePercent"
  > & {
    process: NonNullable<ModelFacts["process"]>;
    source: "desk" | "measured";
  },
  by: PersonId,
  at: Date,
): Promise<void> {
  const columns = {
    process: facts.process,
    rated_current_amps: facts.ratedCurrentAmps,
    supply_phases: facts.supplyPhases,
    supply_volts: JSON.stringify(facts.supplyVolts),
    plug: facts.plug,
    duty_cycle_percent: facts.dutyCyclePercent,
    source: facts.source,
    changed_at: at,
    changed_by: by,
  };
  await tx
    .insertInto("machine_models")
    .values({ designation, ...columns })
    .onConflict((conflict) => conflict.column("designation").doUpdateSet(columns))
    .execute();
}
