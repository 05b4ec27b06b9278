import { type Kysely, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";
import { inserts, type RowsFrom } from "../register/register.ts";
import type { StagedTable } from "./checker.ts";

/** Takes in what a check made ready, in the order of references: a few statements, whatever the number of rows. */
export async function applyStaged(tx: Kysely<Tables>, importId: string): Promise<void> {
  const staged =
    (table: StagedTable): RowsFrom =>
    (columns) =>
      sql`(select s.* from import_rows i
           cross join lateral jsonb_to_recordset(i.data -> ${sql.lit(table)}) as s(${sql.raw(columns)})
           where i.import_id = ${importId}::uuid and i.data ? ${sql.lit(table)}) as r`;
  await inserts.enterprises(tx, staged("enterprises"));
  await inserts.persons(tx, staged("persons"));
  await inserts.roles(tx, staged("roles"));
  await inserts.welders(tx, staged("welders"));
  await inserts.memberships(tx, staged("memberships"));
  await inserts.certificates(tx, staged("certificates"));
  await inserts.machines(tx, staged("machines"));
  await sql`
    update enterprises t set name = r.name, industry = r.industry, region_code = r.region_code
    from ${staged("enterpriseChanges")("enterprise_id uuid, name text, industry text, region_code text")}
    where t.enterprise_id = r.enterprise_id`.execute(tx);
  await sql`
    update machines t
    set name = r.name, model = r.model, process = r.process, serial_number = r.serial_number,
        is_mobile = r.is_mobile, region_code = r.region_code, home_latitude_degrees = r.home_latitude_degrees,
        home_longitude_degrees = r.home_longitude_degrees
    from ${staged("machineChanges")(
      `machine_id uuid, name text, model text, process text, serial_number text, is_mobile boolean, region_code text,
       home_latitude_degrees double precision, home_longitude_degrees double precision`,
    )}
    where t.machine_id = r.machine_id`.execute(tx);
  await sql`
    update welders t set region_code = r.region_code
    from ${staged("welderChanges")("welder_id uuid, region_code text")}
    where t.welder_id = r.welder_id`.execute(tx);
  await sql`
    update persons t set phone_ciphertext = decode(r.phone, 'base64'), phone_index = decode(r.phone_index, 'base64')
    from ${staged("phoneChanges")("person_id uuid, phone text, phone_index text")}
    where t.person_id = r.person_id and t.phone_index is null`.execute(tx);
  await sql`
    update certificates t
    set item = r.item, valid_from = r.valid_from, valid_to = r.valid_to, review_due_on = r.review_due_on
    from ${staged("certificateChanges")(
      "certificate_id uuid, item text, valid_from text, valid_to text, review_due_on text",
    )}
    where t.certificate_id = r.certificate_id`.execute(tx);
}
