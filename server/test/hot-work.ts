import { randomBytes } from "node:crypto";
import { type EvidencePurpose, keyAreaBody, permitForm } from "@hanyouxu/api";
import type { EnterpriseId, EvidenceId, HotWorkPermitId, KeyAreaId, PersonId } from "@hanyouxu/protocol";
import { sealSegment } from "../src/crypto/segment-sealing.ts";
import { createKeyArea } from "../src/features/key-areas/key-areas.ts";
import {
  type BuiltMachine,
  type BuiltWelder,
  buildEnterprise,
  buildMachine,
  buildRegion,
  buildStaff,
  buildWelder,
  county,
  here,
  township,
} from "./county.ts";
import { areaBody } from "./key-area-cases.ts";
import { goodForm } from "./permit-world.ts";
import type { TestPlatform } from "./platform.ts";

/** A hospital with everybody whom hot work in it needs. */
export interface HotWorkTown {
  keyAreaId: KeyAreaId;
  siteOwner: EnterpriseId;
  owner: EnterpriseId;
  machine: BuiltMachine;
  welder: BuiltWelder;
  /** Trained fire watches of the site owner. */
  watch: SignedIn;
  secondWatch: SignedIn;
  /** Officer of the site owner: approves permits. */
  approver: SignedIn;
  /** Staff of the township's station, and of the county. */
  station: SignedIn;
  regulator: SignedIn;
}

export interface SignedIn {
  personId: PersonId;
  cookie: string;
}

/** The hot-work point: inside the square that `areaBody` draws to the north-east of `here`. */
export const point = {
  latitudeDegrees: here.latitudeDegrees + 0.001,
  longitudeDegrees: here.longitudeDegrees + 0.001,
  accuracyMetres: 5,
};

/** So many metres north of the hot-work point. */
export const northOfPoint = (metres: number) => ({
  ...point,
  latitudeDegrees: point.latitudeDegrees + metres / 111_195,
});

export async function buildHotWorkTown(
  app: TestPlatform,
  area: Parameters<typeof areaBody>[0] = {},
): Promise<HotWorkTown> {
  const { ctx } = app;
  await buildRegion(ctx, county);
  await buildRegion(ctx, township, county);
  const siteOwner = await buildEnterprise(ctx, { name: "演示人民医院" });
  const owner = await buildEnterprise(ctx, { name: "演示焊接厂" });
  await ctx.db
    .updateTable("enterprises")
    .set({ is_site_owner: true })
    .where("enterprise_id", "=", siteOwner)
    .execute();
  const regulator = await buildStaff(app, "regulator", { region: county });
  const body = keyAreaBody.parse(areaBody({ siteOwnerEnterpriseId: siteOwner, region: township, ...area }));
  const keyAreaId = await createKeyArea(ctx, body, { actor: regulator.personId, reason: "演示登记" });
  const approver = await app.signInAs("enterprise-officer", { enterpriseId: siteOwner });
  const machine = await buildMachine(ctx, { enterpriseId: owner, isMobile: true });
  await app.bringOnline(machine.chip);
  return {
    keyAreaId,
    siteOwner,
    owner,
    machine,
    welder: await buildWelder(app, { enterprises: [owner] }),
    watch: await buildWatch(app, siteOwner, approver.personId),
    secondWatch: await buildWatch(app, siteOwner, approver.personId),
    approver,
    station: await buildStaff(app, "station-staff", { region: township }),
    regulator,
  };
}

export async function buildWatch(
  app: TestPlatform,
  enterpriseId: EnterpriseId,
  by: PersonId,
  trainedTo = "2026-12-31",
): Promise<SignedIn> {
  const watch = await app.signInAs("fire-watch", { enterpriseId });
  await app.ctx.db
    .insertInto("fire_watches")
    .values({
      fire_watch_id: app.ctx.newId(),
      person_id: watch.personId,
      enterprise_id: enterpriseId,
      trained_on: "2026-01-01",
      trained_to: trainedTo,
      certificate_number_ciphertext: null,
      added_by: by,
      added_at: new Date(app.ctx.clock.nowMs()),
    })
    .execute();
  return watch;
}

/** A permit that was applied for and, unless `status` says otherwise, approved for eight hours. */
export async function buildPermit(
  app: TestPlatform,
  town: HotWorkTown,
  status: "submitted" | "approved" = "approved",
): Promise<HotWorkPermitId> {
  const { ctx } = app;
  const permitId = ctx.newId() as HotWorkPermitId;
  const now = new Date(ctx.clock.nowMs());
  const signatureId = ctx.newId();
  await ctx.db
    .insertInto("blobs")
    .values({
      blob_id: signatureId,
      person_id: town.approver.personId,
      kind: "permit-signature",
      media_type: "image/png",
      size_bytes: 1,
      key_ciphertext: ctx.personalData.seal("blob-key", "演示"),
      stored_at: now,
    })
    .execute();
  const approval = {
    valid_from: now,
    valid_to: new Date(now.getTime() + 8 * 3_600_000),
    approver_person_id: town.approver.personId,
    approved_at: now,
    approver_role: "unit" as const,
    approval_distance_metres: 3,
    signature_blob_id: signatureId,
    verification_code: permitId,
  };
  await ctx.db
    .insertInto("hot_work_permits")
    .values({
      permit_id: permitId,
      permit_number: permitId,
      status,
      region_code: township,
      key_area_id: town.keyAreaId,
      site_owner_enterprise_id: town.siteOwner,
      contractor_enterprise_id: town.owner,
      machine_id: town.machine.machineId,
      welder_person_id: town.welder.personId,
      welder_id: town.welder.welderId,
      regime: "crowded-place",
      latitude_degrees: point.latitudeDegrees,
      longitude_degrees: point.longitudeDegrees,
      point_accuracy_metres: point.accuracyMetres,
      floor: null,
      place_description: "演示机房",
      grade_declared: null,
      work_description: "演示焊接支架",
      method: "SMAW",
      form: JSON.stringify(permitForm.parse(goodForm("crowded-place"))),
      planned_from: now,
      planned_to: new Date(now.getTime() + 8 * 3_600_000),
      supervisor_person_id: null,
      fire_watch_person_id: null,
      created_at: now,
      submitted_at: now,
      copied_from: null,
      ...(status === "approved" ? approval : {}),
    })
    .execute();
  return permitId;
}

/** A picture that has passed all checks. */
export async function buildEvidence(
  app: TestPlatform,
  by: PersonId,
  subject: { purpose: EvidencePurpose; subjectId: string },
  change: { position?: typeof point | null; takenAtMs?: number; bytes?: Uint8Array | undefined } = {},
): Promise<string> {
  const { ctx } = app;
  const evidenceId = ctx.newId() as EvidenceId;
  const now = new Date(ctx.clock.nowMs());
  const { position = point, takenAtMs = now.getTime(), bytes } = change;
  const key = ctx.random(32);
  // Less than a segment.
  if (bytes) await ctx.blobs.put(evidenceId, sealSegment({ blobId: evidenceId, key }, 0, bytes, ctx.random));
  await ctx.db
    .insertInto("evidence")
    .values({
      evidence_id: evidenceId,
      purpose: subject.purpose,
      subject_id: subject.subjectId,
      person_id: by,
      kind: "photo",
      source: "camera",
      state: "accepted",
      challenge_id: null,
      size_bytes: bytes?.length ?? 10,
      received_bytes: bytes?.length ?? 10,
      media_type: "image/jpeg",
      said_sha256: null,
      found_sha256: randomBytes(32),
      taken_at: new Date(takenAtMs),
      created_at: now,
      received_at: now,
      upload_expires_at: now,
      position_ciphertext: position
        ? ctx.personalData.seal("evidence-position", JSON.stringify(position))
        : null,
      covered_sectors: 4095,
      key_ciphertext: bytes ? ctx.personalData.seal("blob-key", Buffer.from(key).toString("base64")) : null,
    })
    .execute();
  return evidenceId;
}
