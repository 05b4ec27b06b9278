import { randomBytes } from "node:crypto";
import {
  type ApiClient,
  type EvidencePurpose,
  fireWatchRoutes,
  keyAreaRoutes,
  measuresOf,
  permitForm,
} from "@hanyouxu/api";
import type { EnterpriseId, EvidenceId, HotWorkPermitId, KeyAreaId, PersonId } from "@hanyouxu/protocol";
import { type DemoMachine, type DemoSiteOwner, type DemoWelder, shiftPlace } from "@hanyouxu/simulator";
import type { System } from "../src/index.ts";

/** The demonstration's phones run from 19900000000; these are nobody's in it. */
const WATCH_PHONES = ["19900099901", "19900099902"] as const;
const SQUARE_METRES = 60;
const HOUR_MS = 3_600_000;

/** Everything said and in order. */
const GOOD_FORM = permitForm.parse({
  place: {
    isFixedHotWorkArea: false,
    isExplosiveArea: false,
    isRunningPlantOrTankFarm: false,
    isPipeRack: false,
    isOutdoors: true,
    isConfinedSpace: false,
    isOxygenEquipment: false,
    openingHours: "closed",
    isSharedBuilding: false,
    isFireSeparated: true,
  },
  distances: {
    combustibles: "none",
    leakCapableEquipment: "none",
    solventCleaningOrPainting: "none",
    dustSweeping: "none",
    combustibleLiquidDischarge: "none",
    combustibleGasDischarge: "none",
    hazardousTrain: "none",
    machine: 5,
    oxygenToAcetylene: "none",
    cylinders: "none",
  },
  windForceBeaufort: 2,
  usesGasCylinders: false,
  materials: ["non-combustible"],
  measures: Object.fromEntries(measuresOf("crowded-place").map(({ id }) => [id, "done"])),
  risks: "演示：火花飞溅",
});

/** A small hospital around one machine, with fire watches of its own. */
export interface HotWorkPlace {
  keyAreaId: string;
  name: string;
  siteOwner: DemoSiteOwner;
  machine: DemoMachine;
  welder: DemoWelder;
  /** Where the machine stands. */
  point: { latitudeDegrees: number; longitudeDegrees: number; accuracyMetres: number };
  watches: readonly { personId: string; phone: string }[];
  abolish(): Promise<void>;
}

export async function buildHotWorkPlace(
  { county, fleet }: System,
  regulator: ApiClient,
  {
    machineId,
    welder,
    name,
    east = 0,
    floors = null,
  }: {
    machineId: string;
    welder: DemoWelder;
    name: string;
    /** So many metres east of the machine is the middle. */
    east?: number;
    floors?: string[] | null;
  },
): Promise<HotWorkPlace> {
  const siteOwner = county.siteOwners[0]!;
  // Where it stands now: a mobile machine is not at home.
  const { machine, world } = fleet.machine(machineId)!;
  const { latitudeDegrees, longitudeDegrees } = world.body.place;
  const corner = (right: number, up: number): [number, number] => {
    const place = shiftPlace(world.body.place, east + right * SQUARE_METRES, up * SQUARE_METRES);
    return [place.longitudeDegrees, place.latitudeDegrees];
  };
  const ring = [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1), corner(-1, -1)];
  const { keyAreaId } = await regulator.call(keyAreaRoutes.createKeyArea, {
    body: {
      kind: "hospital",
      name,
      region: machine.townshipCode,
      siteOwnerEnterpriseId: siteOwner.enterpriseId,
      address: null,
      contacts: [],
      shape: { type: "polygon", geometry: { type: "Polygon", coordinates: [ring] } },
      floors,
      minHeightMetres: null,
      maxHeightMetres: null,
      validity: { from: null, until: null, openingHours: [], specialPeriods: [] },
      policy: {
        demands: { permit: true, sceneCheck: true, fireWatch: true, smoulderWatch: true },
        sceneCheckAttempts: 2,
        graceMinutes: 0,
        smoulderWatchMinutes: 60,
        workWhileOpen: "allowed",
      },
      reason: "演示登记",
    },
  });
  const params = { enterpriseId: siteOwner.enterpriseId };
  const known = (await regulator.call(fireWatchRoutes.listFireWatches, { params })).fireWatches;
  const watches = [];
  for (const [index, phone] of WATCH_PHONES.entries()) {
    const watch =
      // Phones are masked: the last four digits tell them apart.
      known.find((one) => one.phone?.endsWith(phone.slice(-4))) ??
      (await regulator.call(fireWatchRoutes.addFireWatch, {
        params,
        body: {
          name: `演示监护${"甲乙"[index]}`,
          phone,
          trainedOn: "2026-01-01",
          trainedTo: "2099-12-31",
          certificateNumber: null,
        },
      }));
    watches.push({ personId: watch.personId, phone });
  }
  return {
    keyAreaId,
    name,
    siteOwner,
    machine,
    welder,
    point: { latitudeDegrees, longitudeDegrees, accuracyMetres: 8 },
    watches,
    async abolish() {
      await regulator.call(keyAreaRoutes.abolishKeyArea, {
        params: { keyAreaId },
        body: { basedOnVersion: 1, reason: "演示结束" },
      });
    },
  };
}

const storeOf = ({ app }: System) => app!.ctx;

/** A permit that was approved a moment ago, for eight hours; how permits come about has tests of its own. */
export async function buildApprovedPermit(system: System, place: HotWorkPlace): Promise<string> {
  const { db, newId, clock, personalData } = storeOf(system);
  const permitId = newId() as HotWorkPermitId;
  const signatureId = newId();
  const now = new Date(clock.nowMs());
  const until = new Date(now.getTime() + 8 * HOUR_MS);
  const approver = place.siteOwner.officer.personId;
  await db
    .insertInto("blobs")
    .values({
      blob_id: signatureId,
      person_id: approver,
      kind: "permit-signature",
      media_type: "image/png",
      size_bytes: 1,
      key_ciphertext: personalData.seal("blob-key", "演示"),
      stored_at: now,
    })
    .execute();
  await db
    .insertInto("hot_work_permits")
    .values({
      permit_id: permitId,
      permit_number: `演示-${permitId.slice(-8)}`,
      status: "approved",
      region_code: place.machine.townshipCode,
      key_area_id: place.keyAreaId as KeyAreaId,
      site_owner_enterprise_id: place.siteOwner.enterpriseId as EnterpriseId,
      contractor_enterprise_id: place.machine.enterpriseId,
      machine_id: place.machine.machineId,
      welder_person_id: place.welder.personId,
      welder_id: place.welder.welderId,
      regime: "crowded-place",
      latitude_degrees: place.point.latitudeDegrees,
      longitude_degrees: place.point.longitudeDegrees,
      point_accuracy_metres: place.point.accuracyMetres,
      floor: null,
      place_description: "演示机房",
      grade_declared: null,
      work_description: "演示焊接支架",
      method: place.machine.process,
      form: JSON.stringify(GOOD_FORM),
      planned_from: now,
      planned_to: until,
      supervisor_person_id: null,
      fire_watch_person_id: null,
      created_at: now,
      submitted_at: now,
      copied_from: null,
      valid_from: now,
      valid_to: until,
      approver_person_id: approver,
      approved_at: now,
      approver_role: "unit",
      approval_distance_metres: 3,
      signature_blob_id: signatureId,
      verification_code: permitId,
    })
    .execute();
  return permitId;
}

/** A picture that has passed all checks. */
export async function buildEvidence(
  system: System,
  place: HotWorkPlace,
  by: string,
  subject: { purpose: EvidencePurpose; subjectId: string },
): Promise<string> {
  const { db, newId, clock, personalData } = storeOf(system);
  const evidenceId = newId() as EvidenceId;
  const now = new Date(clock.nowMs());
  await db
    .insertInto("evidence")
    .values({
      evidence_id: evidenceId,
      purpose: subject.purpose,
      subject_id: subject.subjectId,
      person_id: by as PersonId,
      kind: "photo",
      source: "camera",
      state: "accepted",
      challenge_id: null,
      size_bytes: 10,
      received_bytes: 10,
      media_type: "image/jpeg",
      said_sha256: null,
      found_sha256: randomBytes(32),
      taken_at: now,
      created_at: now,
      received_at: now,
      upload_expires_at: now,
      position_ciphertext: personalData.seal("evidence-position", JSON.stringify(place.point)),
      covered_sectors: 4095,
      key_ciphertext: null,
    })
    .execute();
  return evidenceId;
}

/** Nobody waits an hour in a test: minutes of the grace and of the smoulder watch become seconds, for one clearance. */
export async function shortenTimes(system: System, clearanceId: string): Promise<void> {
  const { db } = storeOf(system);
  const { policy, state } = await db
    .selectFrom("clearances")
    .select(["policy", "state"])
    .where("clearance_id", "=", clearanceId)
    .executeTakeFirstOrThrow();
  await db
    .updateTable("clearances")
    .set({
      policy: JSON.stringify({ ...policy, watchGraceMinutes: 0.1 }),
      state: JSON.stringify({ ...state, smoulderPlan: { minutes: 0.5, checkEveryMinutes: 0.25 } }),
    })
    .where("clearance_id", "=", clearanceId)
    .execute();
}
