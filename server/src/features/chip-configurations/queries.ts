import type { ChipId, RegionCode } from "@hanyouxu/protocol";
import { type Kysely, sql } from "kysely";
import { recordset } from "../../db/bulk.ts";
import { policyOfRegion, type StoredPolicy } from "../../db/region-policy.ts";
import type { ConfigurationBody } from "../../db/tables/gas-safety.ts";
import type { Tables } from "../../db/tables.ts";

/** Answers after which a chip is told again; any other settles it, "unsupported" of an older chip too. */
const RETRIED = ["expired", "clock-unknown"];

/** The policy of every region that has chips; null where the defaults hold. */
export async function selectRegionPolicies(db: Kysely<Tables>, nowMs: number) {
  const { rows } = await sql<{ region_code: RegionCode; policy: StoredPolicy | null }>`
    select region_code, ${policyOfRegion(sql.ref("region_code"), nowMs)} as policy
    from (select distinct region_code from machines where chip_id is not null) as with_chips`.execute(db);
  return rows;
}

/** Writes only what has changed; a new version is higher than any that the chip has named. */
export async function wantConfigurations(
  db: Kysely<Tables>,
  bodies: ReadonlyMap<RegionCode, ConfigurationBody>,
): Promise<void> {
  if (bodies.size === 0) return;
  const rows = [...bodies].map(([region_code, body]) => ({ region_code, body }));
  await sql`
    insert into chip_configurations (chip_id, version, body)
    select m.chip_id, greatest(coalesce(t.configuration_version, 0), coalesce(had.version, 0)) + 1, r.body
    from ${recordset(rows, "region_code text, body jsonb")}
    join machines m on m.region_code = r.region_code and m.chip_id is not null
    left join twins t on t.chip_id = m.chip_id
    left join chip_configurations had on had.chip_id = m.chip_id
    where had.chip_id is null or had.body <> r.body
    on conflict (chip_id) do update
      set version = excluded.version, body = excluded.body, command_id = null, sent_at = null`.execute(db);
}

/** Chips online that have not taken what they are to be set to. */
export async function selectUntold(
  db: Kysely<Tables>,
  { heardSince, sentBefore, limit }: { heardSince: Date; sentBefore: Date; limit: number },
) {
  return await db
    .selectFrom("chip_configurations as w")
    .innerJoin("twins as t", "t.chip_id", "w.chip_id")
    .leftJoin("commands as c", "c.command_id", "w.command_id")
    .select(["w.chip_id", "w.version", "w.body"])
    .where("t.last_heard_at", ">", heardSince)
    .where("t.is_gone", "=", false)
    .where("t.configuration_version", "<", sql.ref<number>("w.version"))
    .where((where) => where.or([where("w.sent_at", "is", null), where("w.sent_at", "<", sentBefore)]))
    .where((where) => where.or([where("c.result", "is", null), where("c.result", "in", RETRIED)]))
    .orderBy("w.chip_id")
    .limit(limit)
    .execute();
}

export async function noteTold(
  db: Kysely<Tables>,
  chipId: ChipId,
  commandId: string,
  sentAt: Date,
): Promise<void> {
  await db
    .updateTable("chip_configurations")
    .set({ command_id: commandId, sent_at: sentAt })
    .where("chip_id", "=", chipId)
    .execute();
}
