import type { RandomBytes, RegionCode } from "@hanyouxu/protocol";
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

/** Crockford's base32: no letter that is read as a digit. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** 16 characters, 80 random bits: what a printed permit is looked up by, which nobody can guess. */
export function newVerificationCode(random: RandomBytes): string {
  return Array.from(random(16), (byte) => ALPHABET[byte % 32]).join("");
}
