import type { Store } from "@hanyouxu/server";
import type { Province } from "@hanyouxu/simulator";
import { type RawBuilder, sql } from "kysely";
import { loadYear } from "./load-year.ts";

type Db = Store["db"];
const AT_ONCE = 5_000;

/**
 * Stores a simulated province and its year straight into a database of a bench: no chip and no phone takes part, and no
 * decision was judged. References are not checked row by row, which needs a superuser; the generator keeps them.
 * @returns how many decisions and work sessions there are
 */
export async function loadProvince(
  { db }: Pick<Store, "db">,
  province: Province,
  say: (line: string) => void,
): Promise<{ decisions: number; sessions: number }> {
  await insert(
    db,
    province.regions,
    "code text, parent text, name text",
    (rows) => sql`
    insert into regions (region_code, parent_code, name) select code, parent, name from ${rows}`,
  );
  await insert(
    db,
    province.firms,
    '"firmId" uuid, name text, region text, industry text, type text',
    (rows) => sql`
    insert into enterprises (enterprise_id, name, industry, type, region_code, status, created_at)
    select "firmId", name, industry, type, region, 'active', '2024-12-01' from ${rows}`,
  );
  await insert(
    db,
    province.welders,
    '"welderId" uuid, "personId" uuid, pseudonym text, region text',
    (rows) => sql`
    with people as (
      insert into persons (person_id, name_ciphertext, created_at) select "personId", ''::bytea, '2024-12-01' from ${rows})
    insert into welders (welder_id, person_id, pseudonym, region_code, status, created_at)
    select "welderId", "personId", pseudonym, region, 'active', '2024-12-01' from ${rows}`,
  );
  const machine =
    '"machineId" uuid, "machineCode" text, "chipId" text, "firmId" uuid, region text, name text, process text, "isMobile" boolean';
  await insert(
    db,
    province.machines,
    machine,
    (rows) => sql`
    with cores as (
      insert into chips (chip_id, spki, enrolled_at) select "chipId", ''::bytea, '2024-12-01' from ${rows}),
    fitted as (
      insert into chip_fittings (chip_fitting_id, machine_id, chip_id, fitted_at)
      select gen_random_uuid(), "machineId", "chipId", '2024-12-01' from ${rows})
    insert into machines (machine_id, machine_code, enterprise_id, region_code, name, model, process, is_mobile, status,
                          chip_id, created_at)
    select "machineId", "machineCode", "firmId", region, name, 'ZX7-400', process, "isMobile", 'in-service', "chipId",
           '2024-12-01' from ${rows}`,
  );
  const stored = await loadYear(db, province, say);
  await vacuum(db);
  return stored;
}

/** As autovacuum does within minutes; over a province it takes longer than a request may. */
export async function vacuum(db: Db): Promise<void> {
  await db.connection().execute(async (connection) => {
    await sql`set statement_timeout = 0`.execute(connection);
    await sql`vacuum analyze`.execute(connection);
    await sql`reset statement_timeout`.execute(connection);
  });
}

async function insert(
  db: Db,
  items: readonly object[],
  columns: string,
  statement: (rows: RawBuilder<unknown>) => RawBuilder<unknown>,
): Promise<void> {
  for (let from = 0; from < items.length; from += AT_ONCE) {
    const json = JSON.stringify(items.slice(from, from + AT_ONCE));
    await db.transaction().execute(async (tx) => {
      await sql`set local session_replication_role = replica`.execute(tx);
      const rows = sql`jsonb_to_recordset(${json}::text::jsonb) as r(${sql.raw(columns)})`;
      await statement(rows).execute(tx);
    });
  }
}
