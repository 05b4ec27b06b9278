import type { ErasureRequest } from "@hanyouxu/api";
import type { PersonId, RegionCode } from "@hanyouxu/protocol";
import type { Kysely } from "kysely";
import type { AppContext } from "../../context.ts";
import { maskName } from "../../crypto/mask.ts";
import { isUniqueViolation } from "../../db/sql-errors.ts";
import type { KeptPart, PersonalPart } from "../../db/tables/sharing.ts";
import type { Tables } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { deletePhotoFiles } from "../photos/photos.ts";
import type { Person } from "../sign-in/sign-in.ts";
import { erase } from "./erase.ts";
import {
  changeRequest,
  type ErasureRow,
  insertRequest,
  isAtWork,
  isStaff,
  lockRequest,
  selectDue,
  selectRequests,
} from "./erasure-queries.ts";
import { selectPersons } from "./person-queries.ts";
import { keptNow } from "./retention.ts";

type ErasureContext = Pick<
  AppContext,
  "db" | "clock" | "random" | "newId" | "personalData" | "audit" | "blobs" | "log"
>;

const PARTS: readonly PersonalPart[] = ["contact", "identity", "certificates"];

/** A request as its owner and the staff see it; undecided ones with what would be kept now. */
export async function erasureRequestOf(
  ctx: Pick<AppContext, "db" | "clock" | "personalData">,
  row: ErasureRow,
): Promise<ErasureRequest> {
  return {
    erasureRequestId: row.erasure_request_id,
    personId: row.person_id,
    name: maskName(ctx.personalData.open("name", row.name_ciphertext)),
    regionName: row.region_name,
    status: row.status,
    requestedAt: row.requested_at.toISOString(),
    decidedAt: row.decided_at?.toISOString() ?? null,
    reason: row.reason,
    kept: row.status === "requested" ? await keptNow(ctx, row.person_id) : row.kept,
    finishedAt: row.finished_at?.toISOString() ?? null,
  };
}

/** @throws AppError erasure.by_operator, erasure.requested */
export async function requestErasure(ctx: ErasureContext, { personId }: Person): Promise<ErasureRequest> {
  const [person] = await selectPersons(ctx.db, { personId });
  const region = person?.region_code ?? person?.regions[0] ?? null;
  if (await isStaff(ctx.db, personId)) throw new AppError("erasure.by_operator");
  const erasure_request_id = ctx.newId();
  try {
    await ctx.db.transaction().execute(async (tx) => {
      await insertRequest(tx, {
        erasure_request_id,
        person_id: personId,
        region_code: region as RegionCode | null,
        requested_at: new Date(ctx.clock.nowMs()),
        status: "requested",
      });
      await record(ctx, tx, personId, "erasure.requested", personId);
    });
  } catch (error) {
    if (isUniqueViolation(error, "erasure_requests_open")) throw new AppError("erasure.requested");
    throw error;
  }
  return await erasureRequestOf(ctx, await requireRequest(ctx, erasure_request_id));
}

/** @throws AppError erasure.not_found */
export async function withdrawErasure(ctx: ErasureContext, { personId }: Person): Promise<void> {
  const [own] = await selectRequests(ctx.db, { personId, status: "requested" });
  if (!own) throw new AppError("erasure.not_found");
  await ctx.db.transaction().execute(async (tx) => {
    await requireUndecided(tx, own.erasure_request_id);
    await changeRequest(tx, own.erasure_request_id, { status: "withdrawn" });
    await record(ctx, tx, personId, "erasure.withdrawn", personId);
  });
}

/** @throws AppError erasure.not_found */
export async function requireRequest(ctx: Pick<AppContext, "db">, erasureRequestId: string) {
  const [row] = await selectRequests(ctx.db, { erasureRequestId });
  if (!row) throw new AppError("erasure.not_found");
  return row;
}

/** @throws AppError erasure.decided */
export async function refuseErasure(ctx: ErasureContext, row: ErasureRow, actor: PersonId, reason: string) {
  await ctx.db.transaction().execute(async (tx) => {
    await requireUndecided(tx, row.erasure_request_id);
    const decided_at = new Date(ctx.clock.nowMs());
    const change = { status: "refused", decided_at, decided_by: actor, reason } as const;
    await changeRequest(tx, row.erasure_request_id, change);
    await record(ctx, tx, actor, "erasure.refused", row.person_id, { reason });
  });
}

/**
 * Erases all that need not be kept, at once and for good; the rest is listed and goes when it is due.
 * @throws AppError erasure.decided, erasure.at_work
 */
export async function approveErasure(ctx: ErasureContext, row: ErasureRow, actor: PersonId, reason: string) {
  const blobIds = await ctx.db.transaction().execute(async (tx) => {
    await requireUndecided(tx, row.erasure_request_id);
    if (await isAtWork(tx, row.person_id)) throw new AppError("erasure.at_work");
    const decided_at = new Date(ctx.clock.nowMs());
    await changeRequest(tx, row.erasure_request_id, { decided_at, decided_by: actor, reason });
    const { kept, blobIds } = await eraseUnkept(ctx, tx, row.erasure_request_id, row.person_id);
    await record(ctx, tx, actor, "erasure.approved", row.person_id, {
      reason,
      kept: kept.map(({ part, until }) => ({ part, until })),
    });
    return blobIds;
  });
  await deletePhotoFiles(ctx, blobIds);
}

/** Erases what had to be kept and need not be any longer. */
export async function eraseDue(ctx: ErasureContext): Promise<number> {
  const due = await selectDue(ctx.db, new Date(ctx.clock.nowMs()));
  for (const { erasure_request_id, person_id } of due) {
    const blobIds = await ctx.db.transaction().execute(async (tx) => {
      if ((await lockRequest(tx, erasure_request_id))?.status !== "partly") return [];
      const { kept, blobIds } = await eraseUnkept(ctx, tx, erasure_request_id, person_id);
      await record(ctx, tx, "system", "erasure.continued", person_id, {
        kept: kept.map(({ part, until }) => ({ part, until })),
      });
      return blobIds;
    });
    await deletePhotoFiles(ctx, blobIds);
  }
  return due.length;
}

async function eraseUnkept(
  ctx: ErasureContext,
  tx: Kysely<Tables>,
  erasureRequestId: string,
  personId: PersonId,
): Promise<{ kept: KeptPart[]; blobIds: string[] }> {
  const kept = await keptNow({ ...ctx, db: tx }, personId);
  const isKept = new Set(kept.map(({ part }) => part));
  const blobIds = await erase(
    ctx,
    tx,
    personId,
    PARTS.filter((part) => !isKept.has(part)),
  );
  const [first] = kept.map(({ until }) => until).sort();
  await changeRequest(tx, erasureRequestId, {
    status: first ? "partly" : "done",
    kept: JSON.stringify(kept),
    due_at: first ? new Date(first) : null,
    finished_at: first ? null : new Date(ctx.clock.nowMs()),
  });
  return { kept, blobIds };
}

async function requireUndecided(tx: Kysely<Tables>, erasureRequestId: string): Promise<void> {
  if ((await lockRequest(tx, erasureRequestId))?.status !== "requested")
    throw new AppError("erasure.decided");
}

async function record(
  ctx: ErasureContext,
  tx: Kysely<Tables>,
  actor: string,
  action: string,
  personId: PersonId,
  details?: Record<string, unknown>,
): Promise<void> {
  await ctx.audit.record(tx, {
    actor,
    action,
    subject: `person:${personId}`,
    ...(details ? { details } : {}),
  });
}
