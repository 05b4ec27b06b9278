import type { ChipId, MachineId } from "@hanyouxu/protocol";
import type { MachineStatus } from "@hanyouxu/rules";
import { type Insertable, type Kysely, sql } from "kysely";
import type { EnrolmentTokensTable, Tables } from "../../db/tables.ts";

type Db = Kysely<Tables>;

export async function insertToken(db: Db, token: Insertable<EnrolmentTokensTable>): Promise<void> {
  await db.insertInto("enrolment_tokens").values(token).execute();
}

/** The token if it can still be used. */
export async function findOpenToken(db: Db, digest: Uint8Array, now: Date) {
  return await openToken(db, digest, now).executeTakeFirst();
}

/** The same, and nobody else can use it until the transaction ends. */
export async function lockOpenToken(tx: Db, digest: Uint8Array, now: Date) {
  return await openToken(tx, digest, now).forUpdate("t").executeTakeFirst();
}

function openToken(db: Db, digest: Uint8Array, now: Date) {
  return db
    .selectFrom("enrolment_tokens as t")
    .innerJoin("machines as m", "m.machine_id", "t.machine_id")
    .select([
      "t.enrolment_token_id",
      "t.machine_id",
      "t.issued_by",
      "m.machine_code",
      "m.chip_id",
      "m.status",
      "t.old_chip",
    ])
    .where("t.token_digest", "=", digest)
    .where("t.used_at", "is", null)
    .where("t.expires_at", ">", now);
}

export async function markTokenUsed(
  tx: Db,
  enrolmentTokenId: string,
  chipId: ChipId,
  now: Date,
): Promise<void> {
  await tx
    .updateTable("enrolment_tokens")
    .set({ used_at: now, chip_id: chipId })
    .where("enrolment_token_id", "=", enrolmentTokenId)
    .execute();
}

export interface CertifiedChip {
  chipId: ChipId;
  spki: Uint8Array;
  certificateSerial: string;
  certificateNotAfter: Date;
  now: Date;
}

/** Adds the chip, or gives a known one its new certificate; false when it is revoked. */
export async function upsertChip(tx: Db, chip: CertifiedChip): Promise<boolean> {
  const certificate = {
    certificate_serial: chip.certificateSerial,
    certificate_not_after: chip.certificateNotAfter,
  };
  const written = await tx
    .insertInto("chips")
    .values({ chip_id: chip.chipId, spki: chip.spki, enrolled_at: chip.now, ...certificate })
    .onConflict((conflict) =>
      conflict.column("chip_id").doUpdateSet(certificate).where("chips.revoked_at", "is", null),
    )
    .returning("chip_id")
    .executeTakeFirst();
  return written !== undefined;
}

/** The machine that the chip governs, if any. */
export async function machineOfChip(tx: Db, chipId: ChipId): Promise<MachineId | undefined> {
  const row = await tx
    .selectFrom("machines")
    .select("machine_id")
    .where("chip_id", "=", chipId)
    .executeTakeFirst();
  return row?.machine_id;
}

/** Whether a welder holds one of the machines. The rows are locked, so that no grant comes in between. */
export async function isAnyHeld(tx: Db, machineIds: readonly MachineId[]): Promise<boolean> {
  await tx
    .selectFrom("machines")
    .select("machine_id")
    .where("machine_id", "in", machineIds)
    .orderBy("machine_id")
    .forUpdate()
    .execute();
  const held = await tx
    .selectFrom("work_sessions")
    .select("work_session_id")
    .where("machine_id", "in", machineIds)
    .where("status", "in", ["granted", "energised"])
    .executeTakeFirst();
  return held !== undefined;
}

/** A machine that was only fitted is without its chip just registered again. */
export async function takeChipOut(tx: Db, machineId: MachineId): Promise<void> {
  await tx
    .updateTable("machines")
    .set((expression) => ({
      chip_id: null,
      status: expression
        .case()
        .when("status", "=", "fitted")
        .then(sql.lit("registered"))
        .else(expression.ref("status"))
        .end()
        .$castTo<MachineStatus>(),
    }))
    .where("machine_id", "=", machineId)
    .execute();
}

export async function putChipIn(
  tx: Db,
  machineId: MachineId,
  chipId: ChipId,
  status: MachineStatus,
): Promise<void> {
  await tx
    .updateTable("machines")
    .set({ chip_id: chipId, status })
    .where("machine_id", "=", machineId)
    .execute();
}

/** Gives an enrolled, unrevoked chip its renewed certificate; false for any other. */
export async function renewChip(tx: Db, chip: Omit<CertifiedChip, "spki" | "now">): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("chips")
    .set({ certificate_serial: chip.certificateSerial, certificate_not_after: chip.certificateNotAfter })
    .where("chip_id", "=", chip.chipId)
    .where("revoked_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** False when there is no such chip; a chip that is revoked stays as it was. */
export async function markRevoked(tx: Db, chipId: ChipId, reason: string, now: Date): Promise<boolean> {
  const chip = await tx
    .selectFrom("chips")
    .select("revoked_at")
    .where("chip_id", "=", chipId)
    .executeTakeFirst();
  if (!chip) return false;
  await tx
    .updateTable("chips")
    .set({ revoked_at: now, revocation_reason: reason })
    .where("chip_id", "=", chipId)
    .where("revoked_at", "is", null)
    .execute();
  return true;
}

/** Where the chip's machine lies, for the question who may revoke it. */
export async function placeOfChip(db: Db, chipId: ChipId) {
  return await db
    .selectFrom("chips as c")
    .leftJoin("machines as m", "m.chip_id", "c.chip_id")
    .select(["c.chip_id", "m.region_code", "m.enterprise_id"])
    .where("c.chip_id", "=", chipId)
    .executeTakeFirst();
}

export async function revokedChips(db: Db) {
  return await db
    .selectFrom("chips")
    .select(["chip_id", "certificate_serial", "revoked_at"])
    .where("revoked_at", "is not", null)
    .execute();
}
