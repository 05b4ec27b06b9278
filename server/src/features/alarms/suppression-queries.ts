import type { PersonId, RegionCode } from "@hanyouxu/protocol";
import { type Insertable, type Kysely, sql } from "kysely";
import type { AlarmSuppressionsTable } from "../../db/tables/alarms.ts";
import type { Tables } from "../../db/tables.ts";
import { type ReachedRows, withinRegions } from "../../db/within-scope.ts";

type Db = Kysely<Tables>;

export interface SuppressionFilter {
  suppressionId?: string;
  scope?: Pick<ReachedRows, "everywhere" | "regions">;
  status?: "planned" | "going" | "over" | undefined;
  now: Date;
}

const STATUS = (now: Date) => sql<"planned" | "going" | "over">`case
  when s.ended_at is not null or s.ends_at <= ${now} then 'over'
  when s.starts_at > ${now} then 'planned' else 'going' end`;

function suppressionsMatching(db: Db, { suppressionId, scope, status, now }: SuppressionFilter) {
  return (
    db
      .selectFrom("alarm_suppressions as s")
      .leftJoin("machines as m", "m.machine_id", "s.machine_id")
      .leftJoin("enterprises as e", "e.enterprise_id", "s.enterprise_id")
      .leftJoin("regions as r", "r.region_code", "s.region_code")
      // Whatever names no region lies where its enterprise or machine does.
      .$if(scope !== undefined, (query) =>
        query.where(
          sql<boolean>`(${withinRegions(scope!, "s.region_code")} or ${withinRegions(scope!, "e.region_code")}
            or ${withinRegions(scope!, "m.region_code")})`,
        ),
      )
      .$if(suppressionId !== undefined, (query) => query.where("s.suppression_id", "=", suppressionId!))
      .$if(status !== undefined, (query) => query.where(STATUS(now), "=", status!))
  );
}

export async function selectSuppressions(db: Db, filter: SuppressionFilter, limit: number, offset: number) {
  return await suppressionsMatching(db, filter)
    .selectAll("s")
    .select(["r.name as region_name", "e.name as enterprise_name", "m.name as machine_name"])
    .select(sql<RegionCode>`coalesce(s.region_code, e.region_code, m.region_code)`.as("place_region_code"))
    .select(STATUS(filter.now).as("status"))
    .select((expression) =>
      expression
        .selectFrom("alarms as a")
        .select((inner) => inner.fn.countAll<number>().as("count"))
        .whereRef("a.suppression_id", "=", "s.suppression_id")
        .as("suppressed"),
    )
    .orderBy(sql`array_position(array['going', 'planned', 'over'], ${STATUS(filter.now)})`)
    .orderBy("s.starts_at", "desc")
    .orderBy("s.suppression_id")
    .limit(limit)
    .offset(offset)
    .execute();
}

export type SuppressionRow = Awaited<ReturnType<typeof selectSuppressions>>[number];

export async function countSuppressions(db: Db, filter: SuppressionFilter): Promise<number> {
  const row = await suppressionsMatching(db, filter)
    .select((expression) => expression.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return row.count;
}

export async function insertSuppression(tx: Db, row: Insertable<AlarmSuppressionsTable>): Promise<void> {
  await tx.insertInto("alarm_suppressions").values(row).execute();
}

/** False when it is over already. */
export async function changeEnd(
  tx: Db,
  suppressionId: string,
  change: { ends_at: Date } | { ended_at: Date; ended_by: PersonId },
  now: Date,
): Promise<boolean> {
  const result = await tx
    .updateTable("alarm_suppressions")
    .set(change)
    .where("suppression_id", "=", suppressionId)
    .where("ended_at", "is", null)
    .where("ends_at", ">", now)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Where each of what a window names lies; null: it does not exist. */
export async function regionsOfSubjects(
  db: Db,
  subjects: { region: string | null; enterpriseId: string | null; machineId: string | null },
): Promise<{ region: RegionCode | null; enterprise: RegionCode | null; machine: RegionCode | null }> {
  const { rows } = await sql<{
    region: RegionCode | null;
    enterprise: RegionCode | null;
    machine: RegionCode | null;
  }>`
    select (select region_code from regions where region_code = ${subjects.region}::text) as region,
           (select region_code from enterprises where enterprise_id = ${subjects.enterpriseId}::uuid) as enterprise,
           (select region_code from machines where machine_id = ${subjects.machineId}::uuid) as machine`.execute(
    db,
  );
  return rows[0]!;
}
