import type { RegionCode } from "@hanyouxu/protocol";
import { shanghaiDay } from "@hanyouxu/rules";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";

/** The next number of a region on the Shanghai day of `atMs`: DH330723-20260301-0007. */
export async function nextPermitNumber(
  tx: Kysely<Tables>,
  regionCode: RegionCode,
  atMs: number,
): Promise<string> {
  const day = shanghaiDay(atMs);
  const { rows } = await sql<{ last_number: number }>`
    insert into hot_work_permit_counters (region_code, day, last_number) values (${regionCode}, ${day}, 1)
    on conflict (region_code, day) do update set last_number = hot_work_permit_counters.last_number + 1
    returning last_number`.execute(tx);
  const number = String(rows[0]!.last_number).padStart(4, "0");
  return `DH${regionCode}-${day.replaceAll("-", "")}-${number}`;
}
