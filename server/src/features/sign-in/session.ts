import { createHash } from "node:crypto";
import type { PersonId } from "@hanyouxu/protocol";
import type { Kysely } from "kysely";
import type { AppContext } from "../../context.ts";
import type { Tables } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import type { Person } from "./person.ts";
import {
  findGrants,
  findSignIn,
  type GrantRow,
  insertSignIn,
  listSignIns,
  revokeSignIn,
  touchSignIn,
} from "./queries.ts";

type SessionContext = Pick<AppContext, "db" | "clock" | "random" | "config" | "newId" | "audit">;

/** Where a sign-in comes from, as its owner will see it in the list. */
export interface Device {
  userAgent: string;
  address: string;
}

export interface StartedSession {
  /** For the cookie; only its digest is stored. */
  token: string;
  signInId: string;
  expiresAt: Date;
}

const touchEveryMs = 60_000;

/** Opens a session for a person whose identity was just proved, within the caller's transaction. */
export async function startSession(
  ctx: SessionContext,
  tx: Kysely<Tables>,
  personId: PersonId,
  method: "phone" | "staff",
  device: Device,
): Promise<StartedSession> {
  const now = new Date(ctx.clock.nowMs());
  const token = Buffer.from(ctx.random(32)).toString("base64url");
  const signInId = ctx.newId();
  const expiresAt = new Date(now.getTime() + ctx.config.signIn.absoluteHours * 3_600_000);
  await insertSignIn(tx, {
    sign_in_id: signInId,
    person_id: personId,
    token_digest: digestOf(token),
    method,
    started_at: now,
    last_seen_at: now,
    expires_at: expiresAt,
    revoked_at: null,
    device: device.userAgent.slice(0, 200),
    address: device.address,
  });
  await ctx.audit.record(tx, {
    actor: personId,
    action: "sign_in.started",
    subject: `sign-in:${signInId}`,
    details: { method, address: device.address },
  });
  return { token, signInId, expiresAt };
}

/** The person of a token that is neither unknown, revoked, expired nor idle for too long. */
export async function personOfToken(
  ctx: Pick<AppContext, "db" | "clock" | "config">,
  token: string,
): Promise<Person | undefined> {
  const now = new Date(ctx.clock.nowMs());
  const rows = await findSignIn(ctx.db, digestOf(token), now, idleSince(ctx));
  const [first] = rows ?? [];
  if (!rows || !first) return undefined;
  if (now.getTime() - first.last_seen_at.getTime() >= touchEveryMs) {
    await touchSignIn(ctx.db, first.sign_in_id, now);
  }
  return { personId: first.person_id, signInId: first.sign_in_id, ...grantsOfRows(rows) };
}

/** What somebody may see and do now, who sent no request: for what is done in his name. Undefined: not active. */
export async function personOfId(
  ctx: Pick<AppContext, "db">,
  personId: PersonId,
): Promise<Omit<Person, "signInId"> | undefined> {
  const rows = await findGrants(ctx.db, personId);
  return rows && { personId, ...grantsOfRows(rows) };
}

function grantsOfRows(rows: readonly GrantRow[]): Pick<Person, "roles" | "departments"> {
  return {
    roles: rows.flatMap(({ role, region_code, enterprise_id, department_key }) =>
      role === null
        ? []
        : [
            {
              role: role as Person["roles"][number]["role"],
              region: region_code,
              enterpriseId: enterprise_id,
              ...(department_key === null ? {} : { department: department_key }),
            },
          ],
    ),
    departments: new Map(
      rows.flatMap(({ department_key, rights, may_command }) =>
        department_key === null || rights === null
          ? []
          : [[department_key, { rights, mayCommand: may_command === true }] as const],
      ),
    ),
  };
}

/** Ends a session of the person's own. @throws AppError sign_in.session_not_found */
export async function endSession(ctx: SessionContext, person: Person, signInId: string): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    const ended = await revokeSignIn(tx, person.personId, signInId, new Date(ctx.clock.nowMs()));
    if (!ended) throw new AppError("sign_in.session_not_found");
    await ctx.audit.record(tx, {
      actor: person.personId,
      action: "sign_in.ended",
      subject: `sign-in:${signInId}`,
      details: { own: signInId === person.signInId },
    });
  });
}

/** The person's sessions that are still good, the last used first. */
export async function ownSessions(ctx: Pick<AppContext, "db" | "clock" | "config">, person: Person) {
  return await listSignIns(ctx.db, person.personId, new Date(ctx.clock.nowMs()), idleSince(ctx));
}

function idleSince(ctx: Pick<AppContext, "clock" | "config">): Date {
  return new Date(ctx.clock.nowMs() - ctx.config.signIn.idleMinutes * 60_000);
}

function digestOf(token: string): Uint8Array {
  return new Uint8Array(createHash("sha256").update(token).digest());
}
