import { type PermitForm, permitMeasures } from "@hanyouxu/api";
import type { PersonId, WelderId } from "@hanyouxu/protocol";
import {
  type HotWorkFacts,
  type HotWorkMeasures,
  type HotWorkMoment,
  type HotWorkPermitFacts,
  type HotWorkPerson,
  type HotWorkProgress,
  isOpenToPublic,
  type KeyAreaValidity,
  type Known,
  type PermitStatus,
  shanghaiDay,
  unknownHotWorkFacts,
} from "@hanyouxu/rules";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";
import { trainedFireWatch } from "../fire-watches/fire-watches.ts";
import { type LockedPermit, selectGasTests } from "./queries.ts";

/** What the platform knows beside the permit itself; what is left out is unknown. */
export interface HotWorkMomentFacts {
  moment: HotWorkMoment;
  atMs: number;
  progress?: Partial<HotWorkProgress>;
  isWatchPresent?: Known;
  /** Hot-work points that the fire watch looks after now, this one among them. */
  pointsPerWatch?: number | null;
  /** Content, scope, place, process or conditions differ from what was approved. */
  hasChanged?: Known;
}

const statusFacts: Readonly<Record<LockedPermit["status"], PermitStatus>> = {
  draft: "draft",
  submitted: "draft",
  approved: "approved",
  suspended: "suspended",
  closed: "closed",
  void: "withdrawn",
  rejected: "withdrawn",
  expired: "withdrawn",
};

/** A permit as the law packs see it, with its gas tests and its people's training as of `atMs`. */
export async function hotWorkFactsOf(
  db: Kysely<Tables>,
  permit: LockedPermit,
  { moment, atMs, progress, ...asked }: HotWorkMomentFacts,
): Promise<HotWorkFacts> {
  const unknown = unknownHotWorkFacts(permit.regime, moment);
  const { form } = permit;
  const tests = await selectGasTests(db, permit.permit_id);
  const area = await areaHours(db, permit);
  return {
    ...unknown,
    permit: permitFacts(permit, asked.hasChanged ?? null),
    place: {
      ...unknown.place,
      ...form.place,
      ...(area && { openingHours: isOpenToPublic(area, atMs) ? "open" : "closed" }),
    },
    gasTests: permit.status === "draft" && tests.length === 0 ? null : tests.map(gasTestFacts),
    windForceBeaufort: form.windForceBeaufort,
    usesGasCylinders: form.usesGasCylinders,
    distances: { ...unknown.distances, ...form.distances },
    measures: measureFacts(form, unknown.measures, permit.approved_at !== null),
    people: {
      operator: await welderFacts(db, permit, atMs),
      supervisor: personFacts(permit.supervisor_person_id),
      fireWatch: await watchFacts(db, permit, atMs),
      approver: personFacts(permit.approver_person_id),
      isWatchPresent: asked.isWatchPresent ?? null,
      pointsPerWatch: asked.pointsPerWatch ?? null,
    },
    progress: { ...unknown.progress, ...progress },
    materials: form.materials,
  };
}

/** The lines of the list as facts: done, nothing of the kind, or nobody has said. */
function measureFacts(form: PermitForm, unknown: HotWorkMeasures, isApproved: boolean): HotWorkMeasures {
  const facts = { ...unknown, hasSignerInspected: isApproved ? true : null };
  for (const measure of permitMeasures) {
    const state = form.measures[measure.id];
    if (state === undefined) continue;
    for (const [key, said] of Object.entries(measure.facts ?? {})) {
      facts[key as keyof HotWorkMeasures] = state === "done" ? said.done : said.notInvolved;
    }
  }
  return facts;
}

function permitFacts(permit: LockedPermit, hasChanged: Known): HotWorkPermitFacts | null {
  const from = permit.valid_from ?? permit.planned_from;
  const to = permit.valid_to ?? permit.planned_to;
  if (!from || !to) return null;
  return {
    status: statusFacts[permit.status],
    gradeDeclared: permit.grade_declared,
    validFromMs: from.getTime(),
    validToMs: to.getTime(),
    approvedAtMs: permit.approved_at?.getTime() ?? null,
    // Nothing is approved elsewhere than at the place.
    isApprovedOnSite: permit.approved_at === null ? null : true,
    approverRole: permit.approver_role,
    hasChanged,
    isUnavoidableInWind: permit.form.isUnavoidableInWind,
  };
}

type GasTestRow = Awaited<ReturnType<typeof selectGasTests>>[number];

function gasTestFacts(row: GasTestRow) {
  return {
    sampledAtMs: row.sampled_at.getTime(),
    place: row.place,
    gas: row.gas,
    lelVolPercent: row.lel_vol_percent,
    measuredVolPercent: row.measured_vol_percent,
    oxygenVolPercent: row.oxygen_vol_percent,
    withinMetres: row.within_metres,
  };
}

function personFacts(id: PersonId | null): HotWorkPerson | null {
  return id && { id, isTrained: null, trainedToDay: null };
}

async function watchFacts(db: Kysely<Tables>, permit: LockedPermit, atMs: number) {
  const id = permit.fire_watch_person_id;
  if (id === null) return null;
  const training = await trainedFireWatch(db, id, shanghaiDay(atMs), watchFirmsOf(permit));
  return { id, isTrained: training !== undefined, trainedToDay: training?.trainedTo ?? null };
}

/** Whose fire watches may watch: the site owner's, and only where there is none the contractor's. */
export function watchFirmsOf(
  permit: Pick<LockedPermit, "site_owner_enterprise_id" | "contractor_enterprise_id">,
) {
  const firm = permit.site_owner_enterprise_id ?? permit.contractor_enterprise_id;
  return firm === null ? [] : [firm];
}

/** The welder counts as trained with any certificate in force; which one the work needs is decided at the start. */
async function welderFacts(db: Kysely<Tables>, permit: LockedPermit, atMs: number): Promise<HotWorkPerson> {
  const trainedToDay = await certifiedTo(db, permit.welder_id, shanghaiDay(atMs));
  return { id: permit.welder_person_id, isTrained: trainedToDay !== null, trainedToDay };
}

async function certifiedTo(db: Kysely<Tables>, welderId: WelderId, day: string): Promise<string | null> {
  const { rows } = await sql<{ valid_to: string | null }>`
    select max(valid_to) as valid_to from certificates
    where welder_id = ${welderId}::uuid and status = 'valid' and verification = 'verified'
      and valid_from <= ${day} and valid_to >= ${day}`.execute(db);
  return rows[0]?.valid_to ?? null;
}

/** When the public is inside, where the permit lies in a key area. */
async function areaHours(db: Kysely<Tables>, permit: LockedPermit): Promise<KeyAreaValidity | undefined> {
  if (permit.key_area_id === null) return undefined;
  const row = await db
    .selectFrom("key_areas as a")
    .innerJoin("key_area_versions as v", (join) =>
      join.onRef("v.key_area_id", "=", "a.key_area_id").onRef("v.version", "=", "a.version"),
    )
    .select("v.validity")
    .where("a.key_area_id", "=", permit.key_area_id)
    .executeTakeFirst();
  return row?.validity;
}
