import type { FireWatch } from "@hanyouxu/api";
import type { EnterpriseId, PersonId } from "@hanyouxu/protocol";
import { type CivilDay, shanghaiDay } from "@hanyouxu/rules";
import type { Kysely } from "kysely";
import type { AppContext } from "../../context.ts";
import { maskIdentityNumber, maskName, maskPhone } from "../../crypto/mask.ts";
import type { Tables } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { personOfPhone } from "../enterprise-people/enterprise-people.ts";
import { lockEnterprise } from "../enterprises/enterprises.ts";
import { endRow, type FireWatchRow, selectFireWatches, selectTraining } from "./queries.ts";

type WatchContext = Pick<AppContext, "db" | "clock" | "newId" | "personalData" | "audit">;

interface Training {
  trainedOn: string;
  trainedTo: string;
  certificateNumber: string | null;
}

/** What lets a person watch hot work. */
export interface FireWatchTraining {
  fireWatchId: string;
  enterpriseId: EnterpriseId;
  trainedOn: CivilDay;
  /** The last day on which it counts. */
  trainedTo: CivilDay;
}

/**
 * The training of a person that counts on a day, or undefined.
 * @param enterpriseIds only as a fire watch of one of these; absent: of whichever
 */
export async function trainedFireWatch(
  db: Kysely<Tables>,
  personId: PersonId,
  atDay: CivilDay,
  enterpriseIds?: readonly EnterpriseId[],
): Promise<FireWatchTraining | undefined> {
  const row = await selectTraining(db, personId, atDay, enterpriseIds);
  return (
    row && {
      fireWatchId: row.fire_watch_id,
      enterpriseId: row.enterprise_id,
      trainedOn: row.trained_on as CivilDay,
      trainedTo: row.trained_to as CivilDay,
    }
  );
}

export function fireWatchOf(ctx: Pick<AppContext, "personalData" | "clock">, row: FireWatchRow): FireWatch {
  const { open } = ctx.personalData;
  const today = shanghaiDay(ctx.clock.nowMs());
  const number = row.certificate_number_ciphertext;
  return {
    fireWatchId: row.fire_watch_id,
    personId: row.person_id,
    name: maskName(open("name", row.name_ciphertext)),
    phone: row.phone_ciphertext && maskPhone(open("phone", row.phone_ciphertext)),
    trainedOn: row.trained_on,
    trainedTo: row.trained_to,
    certificateNumber: number && maskIdentityNumber(open("certificate-number", number)),
    isTrained: row.trained_on <= today && today <= row.trained_to,
    addedAt: row.added_at.toISOString(),
  };
}

/**
 * Makes the holder of a phone a fire watch of an enterprise, with the role that lets him see what he watches.
 * @throws AppError fire_watch.already
 */
export async function addFireWatch(
  ctx: WatchContext,
  enterpriseId: EnterpriseId,
  { name, phone, ...training }: { name: string; phone: string } & Training,
  actor: PersonId,
): Promise<FireWatch> {
  const at = new Date(ctx.clock.nowMs());
  return await ctx.db.transaction().execute(async (tx) => {
    await lockEnterprise(tx, enterpriseId);
    const { personId, isNewPerson } = await personOfPhone(ctx, tx, { name, phone });
    const before = await selectFireWatches(tx, enterpriseId);
    if (before.some((row) => row.person_id === personId)) throw new AppError("fire_watch.already");
    const fireWatchId = ctx.newId();
    await tx
      .insertInto("fire_watches")
      .values({
        fire_watch_id: fireWatchId,
        person_id: personId,
        enterprise_id: enterpriseId,
        ...trainingColumns(ctx, training),
        added_by: actor,
        added_at: at,
      })
      .execute();
    await tx
      .insertInto("role_grants")
      .values({
        role_grant_id: ctx.newId(),
        person_id: personId,
        role: "fire-watch",
        region_code: null,
        enterprise_id: enterpriseId,
        granted_at: at,
      })
      .execute();
    const [row] = await selectFireWatches(tx, enterpriseId, fireWatchId);
    const { trainedOn, trainedTo } = training;
    await ctx.audit.record(tx, {
      actor,
      action: "fire_watch.added",
      subject: `enterprise:${enterpriseId}`,
      details: { personId, phone: maskPhone(phone), isNewPerson, trainedOn, trainedTo },
    });
    return fireWatchOf(ctx, row!);
  });
}

/** A later training in place of the one before, which the audit log keeps. @throws AppError fire_watch.not_found */
export async function retrainFireWatch(
  ctx: WatchContext,
  enterpriseId: EnterpriseId,
  fireWatchId: string,
  training: Training,
  actor: PersonId,
): Promise<FireWatch> {
  return await ctx.db.transaction().execute(async (tx) => {
    const [before] = await selectFireWatches(tx, enterpriseId, fireWatchId);
    if (!before) throw new AppError("fire_watch.not_found");
    await tx
      .updateTable("fire_watches")
      .set(trainingColumns(ctx, training))
      .where("fire_watch_id", "=", before.fire_watch_id)
      .execute();
    const [row] = await selectFireWatches(tx, enterpriseId, fireWatchId);
    await ctx.audit.record(tx, {
      actor,
      action: "fire_watch.retrained",
      subject: `enterprise:${enterpriseId}`,
      details: {
        personId: before.person_id,
        before: [before.trained_on, before.trained_to],
        after: [training.trainedOn, training.trainedTo],
      },
    });
    return fireWatchOf(ctx, row!);
  });
}

/** @throws AppError fire_watch.not_found */
export async function endFireWatch(
  ctx: Pick<AppContext, "db" | "clock" | "audit">,
  enterpriseId: EnterpriseId,
  fireWatchId: string,
  actor: PersonId,
): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    const [row] = await selectFireWatches(tx, enterpriseId, fireWatchId);
    if (!row || !(await endRow(tx, row.fire_watch_id, new Date(ctx.clock.nowMs())))) {
      throw new AppError("fire_watch.not_found");
    }
    await tx
      .deleteFrom("role_grants")
      .where("role", "=", "fire-watch")
      .where("enterprise_id", "=", enterpriseId)
      .where("person_id", "=", row.person_id)
      .execute();
    await ctx.audit.record(tx, {
      actor,
      action: "fire_watch.ended",
      subject: `enterprise:${enterpriseId}`,
      details: { personId: row.person_id },
    });
  });
}

function trainingColumns({ personalData }: Pick<AppContext, "personalData">, training: Training) {
  const { trainedOn, trainedTo, certificateNumber } = training;
  return {
    trained_on: trainedOn,
    trained_to: trainedTo,
    certificate_number_ciphertext:
      certificateNumber === null ? null : personalData.seal("certificate-number", certificateNumber),
  };
}

export { type FireWatchRow, selectFireWatches } from "./queries.ts";
