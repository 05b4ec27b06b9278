import type { PersonId } from "@hanyouxu/protocol";
import { type Insertable, type Kysely, sql } from "kysely";
import type { PersonsTable, SignInsTable, Tables } from "../../db/tables.ts";

type Db = Kysely<Tables>;

/** The sign-in of a token that is still good, with its person's roles; undefined otherwise. */
export async function findSignIn(db: Db, tokenDigest: Uint8Array, now: Date, idleSince: Date) {
  const rows = await db
    .selectFrom("sign_ins")
    .innerJoin("persons", "persons.person_id", "sign_ins.person_id")
    .leftJoin("role_grants", "role_grants.person_id", "sign_ins.person_id")
    .leftJoin("departments", "departments.department_key", "role_grants.department_key")
    .select([
      "sign_ins.sign_in_id",
      "sign_ins.person_id",
      "sign_ins.last_seen_at",
      "role_grants.role",
      "role_grants.region_code",
      "role_grants.enterprise_id",
      "role_grants.department_key",
      "departments.rights",
      "departments.may_command",
    ])
    .where("token_digest", "=", tokenDigest)
    .where("revoked_at", "is", null)
    .where("expires_at", ">", now)
    .where("last_seen_at", ">", idleSince)
    .where("persons.is_active", "=", true)
    .execute();
  return rows.length === 0 ? undefined : rows;
}

/** The roles of an active person; undefined: there is none. */
export async function findGrants(db: Db, personId: PersonId) {
  const rows = await db
    .selectFrom("persons")
    .leftJoin("role_grants", "role_grants.person_id", "persons.person_id")
    .leftJoin("departments", "departments.department_key", "role_grants.department_key")
    .select(["role", "role_grants.region_code", "enterprise_id", "role_grants.department_key"])
    .select(["departments.rights", "departments.may_command"])
    .where("persons.person_id", "=", personId)
    .where("persons.is_active", "=", true)
    .execute();
  return rows.length === 0 ? undefined : rows;
}
export type GrantRow = NonNullable<Awaited<ReturnType<typeof findGrants>>>[number];

export async function touchSignIn(db: Db, signInId: string, now: Date): Promise<void> {
  await db.updateTable("sign_ins").set({ last_seen_at: now }).where("sign_in_id", "=", signInId).execute();
}

export async function insertSignIn(db: Db, row: SignInsTable): Promise<void> {
  await db.insertInto("sign_ins").values(row).execute();
}

export async function listSignIns(db: Db, personId: PersonId, now: Date, idleSince: Date) {
  return await db
    .selectFrom("sign_ins")
    .select(["sign_in_id", "method", "started_at", "last_seen_at", "expires_at", "device", "address"])
    .where("person_id", "=", personId)
    .where("revoked_at", "is", null)
    .where("expires_at", ">", now)
    .where("last_seen_at", ">", idleSince)
    .orderBy("last_seen_at", "desc")
    .execute();
}

/** False when the person has no such sign-in, or it was revoked before. */
export async function revokeSignIn(
  db: Db,
  personId: PersonId,
  signInId: string,
  now: Date,
): Promise<boolean> {
  const result = await db
    .updateTable("sign_ins")
    .set({ revoked_at: now })
    .where("sign_in_id", "=", signInId)
    .where("person_id", "=", personId)
    .where("revoked_at", "is", null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** The person who has a phone, also one who was deactivated. */
export async function findPhoneHolder(db: Db, phoneIndex: Uint8Array) {
  return await db
    .selectFrom("persons")
    .select(["person_id", "is_active"])
    .where("phone_index", "=", phoneIndex)
    .executeTakeFirst();
}

export async function insertNewcomer(db: Db, person: Insertable<PersonsTable>): Promise<void> {
  await db.insertInto("persons").values(person).execute();
}

export async function findPersonData(db: Db, personId: PersonId) {
  return await db
    .selectFrom("persons")
    .select(["name_ciphertext", "phone_ciphertext"])
    .where("person_id", "=", personId)
    .executeTakeFirstOrThrow();
}

export interface NewCode {
  phoneIndex: Uint8Array;
  codeDigest: Uint8Array;
  now: Date;
  expiresAt: Date;
  attempts: number;
  /** A code sent after this moment blocks a new one. */
  resendAfter: Date;
  /** A window begun after this moment still counts. */
  windowSince: Date;
  maxSends: number;
}

/** Replaces the phone's code; false when the last is too fresh or the window's messages are used up. */
export async function replaceCode(db: Db, code: NewCode): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`
    insert into sign_in_codes as c
      (phone_index, code_digest, sent_at, expires_at, attempts_left, window_started_at, window_sends)
    values (${code.phoneIndex}::bytea, ${code.codeDigest}::bytea, ${code.now}::timestamptz,
            ${code.expiresAt}::timestamptz, ${code.attempts}::smallint, ${code.now}::timestamptz, 1)
    on conflict (phone_index) do update set
      code_digest = excluded.code_digest, sent_at = excluded.sent_at, expires_at = excluded.expires_at,
      attempts_left = excluded.attempts_left,
      window_started_at = case when c.window_started_at > ${code.windowSince}::timestamptz
        then c.window_started_at else excluded.window_started_at end,
      window_sends = case when c.window_started_at > ${code.windowSince}::timestamptz
        then c.window_sends + 1 else 1 end
    where c.sent_at <= ${code.resendAfter}::timestamptz
      and (c.window_started_at <= ${code.windowSince}::timestamptz or c.window_sends < ${code.maxSends}::integer)`.execute(
    db,
  );
  return numAffectedRows > 0n;
}

/** When the phone's last code was sent and its window began. */
export async function findCodeTimes(db: Db, phoneIndex: Uint8Array) {
  return await db
    .selectFrom("sign_in_codes")
    .select(["sent_at", "window_started_at", "window_sends"])
    .where("phone_index", "=", phoneIndex)
    .executeTakeFirst();
}

/** Spends one attempt on the phone's live code and returns its digest; undefined when there is none to try. */
export async function spendAttempt(
  db: Db,
  phoneIndex: Uint8Array,
  now: Date,
): Promise<Uint8Array | undefined> {
  const row = await db
    .updateTable("sign_in_codes")
    .set({ attempts_left: sql<number>`attempts_left - 1` })
    .where("phone_index", "=", phoneIndex)
    .where("attempts_left", ">", 0)
    .where("expires_at", ">", now)
    .returning("code_digest")
    .executeTakeFirst();
  return row?.code_digest;
}

/** Ends a code, once: false when another request was quicker. The row stays, to count the phone's messages. */
export async function consumeCode(db: Db, phoneIndex: Uint8Array, codeDigest: Uint8Array, now: Date) {
  const result = await db
    .updateTable("sign_in_codes")
    .set({ expires_at: now, attempts_left: 0, code_digest: new Uint8Array(0) })
    .where("phone_index", "=", phoneIndex)
    .where("code_digest", "=", codeDigest)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function findStaff(db: Db, username: string) {
  return await db
    .selectFrom("staff_accounts")
    .innerJoin("persons", "persons.person_id", "staff_accounts.person_id")
    .select(["staff_accounts.person_id", "password_hash", "totp_ciphertext"])
    .where("username", "=", username)
    .where("persons.is_active", "=", true)
    .executeTakeFirst();
}

/** Marks a time step as used; false when it, or a later one, was used before. */
export async function useTotpStep(db: Db, personId: PersonId, step: number): Promise<boolean> {
  const result = await db
    .updateTable("staff_accounts")
    .set({ totp_last_step: step })
    .where("person_id", "=", personId)
    .where("totp_last_step", "<", step)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export interface LockRule {
  /** From so many failures in a row a name is locked, */
  fromFailure: number;
  /** at first for so long, twice as long at each further failure, */
  firstSeconds: number;
  longestSeconds: number;
  /** Failures before this moment are forgotten. */
  forgetBefore: Date;
}

/**
 * Counts an attempt as failed, and locks the name, before the attempt is examined: guesses that come together count one
 * after another. False while the name is locked.
 */
export async function countAttempt(db: Db, username: string, now: Date, rule: LockRule): Promise<boolean> {
  const { rows } = await sql`
    insert into sign_in_failures as f (username, failed_attempts, last_failed_at, locked_until)
    values (${username}, 1, ${now}::timestamptz, ${now}::timestamptz)
    on conflict (username) do update set
      failed_attempts = case when f.last_failed_at < ${rule.forgetBefore}::timestamptz
        then 1 else f.failed_attempts + 1 end,
      last_failed_at = excluded.last_failed_at,
      locked_until = case
        when f.last_failed_at < ${rule.forgetBefore}::timestamptz or f.failed_attempts + 1 < ${rule.fromFailure}::integer
        then excluded.locked_until
        else excluded.locked_until + interval '1 second' * least(${rule.longestSeconds}::float8,
          ${rule.firstSeconds}::float8 * power(2, least(f.failed_attempts + 1 - ${rule.fromFailure}::integer, 30)))
        end
    where f.locked_until <= ${now}::timestamptz
    returning failed_attempts`.execute(db);
  return rows.length > 0;
}

export async function findLock(db: Db, username: string): Promise<Date | undefined> {
  const row = await db
    .selectFrom("sign_in_failures")
    .select("locked_until")
    .where("username", "=", username)
    .executeTakeFirst();
  return row?.locked_until;
}

export async function forgetFailures(db: Db, username: string): Promise<void> {
  await db.deleteFrom("sign_in_failures").where("username", "=", username).execute();
}
