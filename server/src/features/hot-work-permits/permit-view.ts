import type { HotWorkPermit, HotWorkPermitDetail } from "@hanyouxu/api";
import type { PersonId } from "@hanyouxu/protocol";
import { shanghaiDay } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import { HIDDEN_NAME, maskName } from "../../crypto/mask.ts";
import { trainedFireWatch } from "../fire-watches/fire-watches.ts";
import type { Person } from "../sign-in/sign-in.ts";
import { conflictsOf } from "../simultaneous-work/simultaneous-work.ts";
import { completenessOf } from "./permit-completeness.ts";
import { watchFirmsOf } from "./permit-facts.ts";
import { rightsOf, type VisiblePermit } from "./policy.ts";
import { type PermitRow, selectGasTests, selectNames, selectPermitPhotos } from "./queries.ts";

type ViewContext = Pick<AppContext, "db" | "clock" | "personalData">;
type OpenContext = Pick<AppContext, "personalData">;

/** A line of a list. The name is in full for the welder himself, masked for others, hidden from who may know nobody. */
export function permitOf(
  ctx: OpenContext,
  row: PermitRow,
  reader: Pick<Person, "personId"> | undefined,
  isNamed: boolean,
): HotWorkPermit {
  return {
    permitId: row.permit_id,
    permitNumber: row.permit_number,
    status: row.status,
    region: row.region_code,
    regionName: row.region_name,
    keyAreaId: row.key_area_id,
    keyAreaName: row.key_area_name,
    siteOwnerEnterpriseId: row.site_owner_enterprise_id,
    siteOwnerName: row.site_owner_name,
    contractorEnterpriseId: row.contractor_enterprise_id,
    contractorName: row.contractor_name,
    machineId: row.machine_id,
    machineName: row.machine_name,
    welderId: row.welder_id,
    welderName: nameFor(ctx, row.name_ciphertext, row.welder_person_id === reader?.personId, isNamed),
    regime: row.regime,
    grade: row.grade_decided ?? row.grade_declared,
    workDescription: row.work_description,
    placeDescription: row.place_description,
    plannedFrom: row.planned_from?.toISOString() ?? null,
    plannedTo: row.planned_to?.toISOString() ?? null,
    validFrom: row.valid_from?.toISOString() ?? null,
    validTo: row.valid_to?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    submittedAt: row.submitted_at?.toISOString() ?? null,
    approvedAt: row.approved_at?.toISOString() ?? null,
  };
}

export async function permitDetail(
  ctx: ViewContext,
  { person, row, isNamed }: VisiblePermit,
): Promise<HotWorkPermitDetail> {
  const nowMs = ctx.clock.nowMs();
  const isDraft = row.status === "draft";
  const completeness = isDraft ? await completenessOf(ctx.db, row, nowMs) : { missing: [], reasons: [] };
  return {
    ...permitOf(ctx, row, person, isNamed),
    machineCode: row.machine_code,
    point:
      row.latitude_degrees === null || row.longitude_degrees === null
        ? null
        : {
            latitudeDegrees: row.latitude_degrees,
            longitudeDegrees: row.longitude_degrees,
            accuracyMetres: row.point_accuracy_metres ?? 0,
            floor: row.floor,
            description: row.place_description,
          },
    method: row.method,
    form: row.form,
    gasTests: await gasTestsOf(ctx, row, person, isNamed),
    photos: (await selectPermitPhotos(ctx.db, row.permit_id)).map(({ photo_id, measure, taken_at }) => ({
      photoId: photo_id,
      measure,
      takenAt: taken_at.toISOString(),
    })),
    people: await peopleOf(ctx, row, person, isNamed),
    approval: row.approver_role && {
      role: row.approver_role,
      distanceMetres: Math.round(row.approval_distance_metres ?? 0),
      accuracyMetres: row.approval_accuracy_metres ?? 0,
    },
    decision: row.decision && {
      outcome: row.decision.decision.outcome,
      reasons: row.decision.decision.reasons as NonNullable<HotWorkPermitDetail["decision"]>["reasons"],
      decidedAt: new Date(row.decision.decision.evaluatedAtMs).toISOString(),
    },
    missing: completeness.missing,
    lawReasons: completeness.reasons as HotWorkPermitDetail["lawReasons"],
    statusReason: row.status_reason,
    conflicts: await conflictsOf(ctx, { subject: "permit", id: row.permit_id }),
    copiedFrom: row.copied_from,
    supersededBy: row.superseded_by,
    verificationCode: row.verification_code,
    may: rightsOf(person, row),
    now: new Date(nowMs).toISOString(),
  };
}

async function gasTestsOf(
  ctx: ViewContext,
  row: PermitRow,
  reader: Person,
  isNamed: boolean,
): Promise<HotWorkPermitDetail["gasTests"]> {
  return (await selectGasTests(ctx.db, row.permit_id)).map((test) => ({
    gasTestId: test.gas_test_id,
    sampledAt: test.sampled_at.toISOString(),
    recordedAt: test.recorded_at.toISOString(),
    place: test.place,
    gas: test.gas,
    lelVolPercent: test.lel_vol_percent,
    measuredVolPercent: test.measured_vol_percent,
    oxygenVolPercent: test.oxygen_vol_percent,
    withinMetres: test.within_metres,
    testerName: nameFor(ctx, test.name_ciphertext, test.tester_person_id === reader.personId, isNamed),
    photoId: test.photo_blob_id,
  }));
}

async function peopleOf(
  ctx: ViewContext,
  row: PermitRow,
  reader: Person,
  isNamed: boolean,
): Promise<HotWorkPermitDetail["people"]> {
  const ids = {
    welder: row.welder_person_id,
    supervisor: row.supervisor_person_id,
    fireWatch: row.fire_watch_person_id,
    approver: row.approver_person_id,
  };
  const names = await selectNames(
    ctx.db,
    Object.values(ids).filter((id) => id !== null),
  );
  const watch = ids.fireWatch;
  const today = shanghaiDay(ctx.clock.nowMs());
  const training = watch && (await trainedFireWatch(ctx.db, watch, today, watchFirmsOf(row)));
  const shown = (id: PersonId | null, trainedTo: string | null = null) =>
    id && {
      personId: id,
      name: nameFor(ctx, names.get(id)!, id === reader.personId, isNamed),
      trainedTo,
    };
  return {
    welder: shown(ids.welder),
    supervisor: shown(ids.supervisor),
    fireWatch: shown(ids.fireWatch, training ? training.trainedTo : null),
    approver: shown(ids.approver),
  };
}

function nameFor(ctx: OpenContext, sealed: Uint8Array, isOwn: boolean, isNamed: boolean): string {
  if (!isOwn && !isNamed) return HIDDEN_NAME;
  const name = ctx.personalData.open("name", sealed);
  return isOwn ? name : maskName(name);
}
