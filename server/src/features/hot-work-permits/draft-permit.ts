import { type PermitBody, type PermitForm, permitForm } from "@hanyouxu/api";
import type { HotWorkPermitId } from "@hanyouxu/protocol";
import type { Kysely } from "kysely";
import type { Tables } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { changePermit, type PermitContext, requireStatus } from "./permit-changes.ts";
import { nextPermitNumber } from "./permit-number.ts";
import { type PermitReferences, type PermitWelder, referencesOf } from "./permit-references.ts";
import { insertPermit, type LockedPermit, lockPermit, updatePermit } from "./queries.ts";

/** What of a permit the welder says. */
type DraftColumns = ReturnType<typeof columnsOf>;

/** A welder begins a permit. @throws AppError as `referencesOf` */
export async function createPermit(
  ctx: PermitContext,
  welder: PermitWelder,
  body: PermitBody,
): Promise<HotWorkPermitId> {
  const found = await referencesOf(ctx, welder, body);
  return await ctx.db
    .transaction()
    .execute((tx) => insertDraft(ctx, tx, welder, { ...columnsOf(found, body), copied_from: null }));
}

/** The welder fills in his draft. @throws AppError hot_work_permit.not_found | .not_draft, role.forbidden */
export async function changeDraft(
  ctx: PermitContext,
  welder: PermitWelder,
  permitId: string,
  body: PermitBody,
): Promise<void> {
  const found = await referencesOf(ctx, welder, body);
  const step = { permitId, actor: welder.personId, action: "hot_work_permit.changed" };
  await changePermit(ctx, step, async (tx, permit) => {
    requireOwn(permit, welder);
    if (permit.status !== "draft") throw new AppError("hot_work_permit.not_draft");
    // Number and region stay together: the region of a draft is that of its first saving.
    const { region_code: _, ...columns } = columnsOf(found, body);
    await updatePermit(tx, permit.permit_id, columns);
    return undefined;
  });
}

/**
 * A new draft from an earlier permit of the welder's. Times, gas tests, confirmations and pictures are of their day and
 * are not copied.
 */
export async function copyPermit(
  ctx: PermitContext,
  welder: PermitWelder,
  permitId: string,
): Promise<HotWorkPermitId> {
  return await ctx.db.transaction().execute(async (tx) => {
    const permit = await lockPermit(tx, permitId);
    if (!permit) throw new AppError("hot_work_permit.not_found");
    requireOwn(permit, welder);
    return await insertDraft(ctx, tx, welder, copiedColumns(permit));
  });
}

/**
 * Something has changed: the permit is void from now on, and a new draft from it takes its place.
 * @throws AppError hot_work_permit.not_found | .wrong_status, role.forbidden
 */
export async function replacePermit(
  ctx: PermitContext,
  welder: PermitWelder,
  permitId: string,
  reason: string,
): Promise<HotWorkPermitId> {
  let draftId: HotWorkPermitId | undefined;
  const step = { permitId, actor: welder.personId, action: "hot_work_permit.replaced", details: { reason } };
  await changePermit(ctx, step, async (tx, permit) => {
    requireOwn(permit, welder);
    requireStatus(permit, "submitted", "approved", "suspended");
    const at = new Date(ctx.clock.nowMs());
    draftId = await insertDraft(ctx, tx, welder, copiedColumns(permit));
    await updatePermit(tx, permit.permit_id, {
      status: "void",
      superseded_by: draftId,
      ended_at: at,
      status_reason: reason,
      status_changed_by: welder.personId,
      status_changed_at: at,
    });
    if (permit.approved_at) await ctx.onChange(tx, { permitId: permit.permit_id, kind: "ended" });
    return { supersededBy: draftId };
  });
  return draftId!;
}

/** @throws AppError role.forbidden */
export function requireOwn(permit: Pick<LockedPermit, "welder_person_id">, welder: PermitWelder): void {
  if (permit.welder_person_id !== welder.personId) throw new AppError("role.forbidden");
}

async function insertDraft(
  ctx: PermitContext,
  tx: Kysely<Tables>,
  { personId, welderId }: PermitWelder,
  columns: DraftColumns & { copied_from: HotWorkPermitId | null },
): Promise<HotWorkPermitId> {
  const permitId = ctx.newId() as HotWorkPermitId;
  const nowMs = ctx.clock.nowMs();
  const permit_number = await nextPermitNumber(tx, columns.region_code, nowMs);
  await insertPermit(tx, {
    permit_id: permitId,
    permit_number,
    status: "draft",
    welder_person_id: personId,
    welder_id: welderId,
    created_at: new Date(nowMs),
    ...columns,
  });
  await ctx.audit.record(tx, {
    actor: personId,
    action: "hot_work_permit.begun",
    subject: `hot_work_permit:${permitId}`,
    details: { number: permit_number, copiedFrom: columns.copied_from },
  });
  return permitId;
}

function columnsOf(found: PermitReferences, body: PermitBody) {
  return {
    region_code: found.regionCode,
    key_area_id: found.keyAreaId,
    site_owner_enterprise_id: found.siteOwnerId,
    contractor_enterprise_id: found.contractorId,
    machine_id: found.machineId,
    regime: found.regime,
    latitude_degrees: body.point?.latitudeDegrees ?? null,
    longitude_degrees: body.point?.longitudeDegrees ?? null,
    point_accuracy_metres: body.point?.accuracyMetres ?? null,
    floor: body.point?.floor ?? null,
    place_description: body.point?.description ?? "",
    grade_declared: body.grade,
    work_description: body.workDescription,
    method: body.method,
    form: JSON.stringify(body.form),
    planned_from: body.plannedFrom === null ? null : new Date(body.plannedFrom),
    planned_to: body.plannedTo === null ? null : new Date(body.plannedTo),
    supervisor_person_id: found.supervisorId,
    fire_watch_person_id: found.fireWatchId,
  };
}

function copiedColumns(permit: LockedPermit): DraftColumns & { copied_from: HotWorkPermitId } {
  const { place, usesGasCylinders, materials, risks, relatedPermits, otherMeasures } = permit.form;
  const form: PermitForm = permitForm.parse({
    place: { ...place, openingHours: null },
    distances: {},
    usesGasCylinders,
    materials,
    risks,
    relatedPermits,
    otherMeasures,
  });
  return {
    region_code: permit.region_code,
    key_area_id: permit.key_area_id,
    site_owner_enterprise_id: permit.site_owner_enterprise_id,
    contractor_enterprise_id: permit.contractor_enterprise_id,
    machine_id: permit.machine_id,
    regime: permit.regime,
    latitude_degrees: null,
    longitude_degrees: null,
    point_accuracy_metres: null,
    floor: permit.floor,
    place_description: permit.place_description,
    grade_declared: permit.grade_declared,
    work_description: permit.work_description,
    method: permit.method,
    form: JSON.stringify(form),
    planned_from: null,
    planned_to: null,
    supervisor_person_id: permit.supervisor_person_id,
    fire_watch_person_id: permit.fire_watch_person_id,
    copied_from: permit.permit_id,
  };
}
