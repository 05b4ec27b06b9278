import type { KeyAreaId, PersonId, SiteSignCode } from "@hanyouxu/protocol";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";

interface Voiding {
  actor: PersonId;
  reason: string;
  at: Date;
}

/** The signs of an area: valid ones first, the whole area's before those of floors, the newest first. */
export async function selectSigns(db: Kysely<Tables>, keyAreaId: KeyAreaId) {
  return await db
    .selectFrom("key_area_signs")
    .selectAll()
    .where("key_area_id", "=", keyAreaId)
    .orderBy("state")
    .orderBy(sql`floor nulls first`)
    .orderBy("made_at", "desc")
    .orderBy("sign_code")
    .execute();
}

export type SignRow = Awaited<ReturnType<typeof selectSigns>>[number];

export async function selectSign(db: Kysely<Tables>, signCode: SiteSignCode): Promise<SignRow | undefined> {
  return await db
    .selectFrom("key_area_signs")
    .selectAll()
    .where("sign_code", "=", signCode)
    .executeTakeFirst();
}

export async function insertSigns(
  tx: Kysely<Tables>,
  rows: readonly {
    sign_code: SiteSignCode;
    key_area_id: KeyAreaId;
    floor: string | null;
    made_at: Date;
    made_by: PersonId;
  }[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insertInto("key_area_signs")
    .values(rows.map((row) => ({ ...row, state: "valid" as const })))
    .execute();
}

export async function markSignsPrinted(
  tx: Kysely<Tables>,
  signCodes: readonly string[],
  at: Date,
): Promise<void> {
  await tx
    .updateTable("key_area_signs")
    .set({ printed_at: at, print_count: sql<number>`print_count + 1` })
    .where(sql<boolean>`sign_code = any(${[...signCodes]}::text[])`)
    .execute();
}

export async function voidSigns(
  tx: Kysely<Tables>,
  signCodes: readonly string[],
  { actor, reason, at }: Voiding,
): Promise<void> {
  await tx
    .updateTable("key_area_signs")
    .set({ state: "void", voided_at: at, voided_by: actor, void_reason: reason })
    .where(sql<boolean>`sign_code = any(${[...signCodes]}::text[])`)
    .where("state", "=", "valid")
    .execute();
}

/** Makes valid signs void: all of an area, or those of floors that are not among `floors`. */
export async function voidSignsOf(
  tx: Kysely<Tables>,
  { keyAreaId, floors }: { keyAreaId: KeyAreaId; floors?: readonly string[] },
  voiding: Voiding,
): Promise<void> {
  const signs = await selectSigns(tx, keyAreaId);
  const gone = signs.filter(
    ({ floor }) => floors === undefined || (floor !== null && !floors.includes(floor)),
  );
  await voidSigns(
    tx,
    gone.map(({ sign_code }) => sign_code),
    voiding,
  );
}
