import { measuresOf } from "@hanyouxu/api";
import type { PersonId } from "@hanyouxu/protocol";
import { type HotWorkFacts, type Reason, shanghaiDay, unknownHotWorkFacts } from "@hanyouxu/rules";
import type { Kysely } from "kysely";
import { hotWorkPolicyOf } from "../../db/region-policy.ts";
import type { Tables } from "../../db/tables.ts";
import { trainedFireWatch } from "../fire-watches/fire-watches.ts";
import { hotWorkFactsOf, watchFirmsOf } from "./permit-facts.ts";
import { decideHotWork } from "./permit-law.ts";
import { type LockedPermit, selectGasTests, selectPermitPhotos } from "./queries.ts";

/** What keeps a draft from being submitted: fields that nobody has filled in, and what the law says about the rest. */
export interface Completeness {
  missing: string[];
  /** The law on the permit as it would be once approved by whoever may, with everybody at the place. */
  reasons: Reason[];
}

export async function completenessOf(
  db: Kysely<Tables>,
  permit: LockedPermit,
  nowMs: number,
): Promise<Completeness> {
  const photos = await selectPermitPhotos(db, permit.permit_id);
  const tests = await selectGasTests(db, permit.permit_id);
  const missing = [...missingFields(permit), ...missingMeasures(permit, photos)];
  if (needsGasTest(permit) && tests.length === 0) missing.push("gasTests");
  if (await isWatchUntrained(db, permit)) missing.push("fireWatchTraining");
  return { missing, reasons: await lawOn(db, permit, nowMs) };
}

/** Whether the watch named cannot watch until the permit's end. */
export async function isWatchUntrained(db: Kysely<Tables>, permit: LockedPermit): Promise<boolean> {
  const { fire_watch_person_id: watch, planned_to: to } = permit;
  if (watch === null || to === null) return false;
  return (await trainedFireWatch(db, watch, shanghaiDay(to.getTime()), watchFirmsOf(permit))) === undefined;
}

function missingFields(permit: LockedPermit): string[] {
  const isChemical = permit.regime === "chemical";
  const asked: Record<string, unknown> = {
    point: permit.latitude_degrees,
    placeDescription: permit.place_description,
    workDescription: permit.work_description,
    method: permit.method,
    plannedFrom: permit.planned_from,
    plannedTo: permit.planned_to,
    fireWatch: permit.fire_watch_person_id,
    risks: permit.form.risks,
    ...(isChemical && permit.form.place.isFixedHotWorkArea !== true ? { grade: permit.grade_declared } : {}),
    ...(isChemical ? { supervisor: permit.supervisor_person_id } : {}),
  };
  return Object.keys(asked).filter((key) => asked[key] === null || asked[key] === "");
}

function missingMeasures({ regime, form }: LockedPermit, photos: readonly { measure: string }[]): string[] {
  return measuresOf(regime).flatMap(({ id, isAlwaysInvolved, needsPhoto }) => {
    const state = form.measures[id];
    if (state === undefined || (isAlwaysInvolved && state !== "done")) return [`measures.${id}`];
    const isPictured = photos.some(({ measure }) => measure === id);
    return needsPhoto && state === "done" && !isPictured ? [`photos.${id}`] : [];
  });
}

function needsGasTest({ regime, form }: LockedPermit): boolean {
  return regime === "chemical" || form.place.isConfinedSpace === true;
}

/** Rules of the start that speak about its own moment, not about what the form says. */
const OF_THE_MOMENT = [
  "within-permit-time",
  "no-curfew",
  "gas-sample-fresh",
  "gas-retest-after-break",
  "gas-retest-daily",
  "gas-sampled-near",
  "gas-below-limit",
  "confined-space-air-fresh",
  "confined-space-retest-after-break",
  "confined-space-oxygen",
  "oxygen-equipment-lean",
];

/**
 * A permit never changes, so what would keep the work from starting is said before it is submitted: the law is asked
 * about the start too, as if the permit were approved by the highest and everybody were there.
 */
async function lawOn(db: Kysely<Tables>, permit: LockedPermit, nowMs: number): Promise<Reason[]> {
  const atMs = Math.max(nowMs, permit.planned_from?.getTime() ?? nowMs);
  const moments = ["issue", "start"] as const;
  const found = new Map<string, Reason>();
  const policy = await hotWorkPolicyOf(db, permit.region_code, atMs);
  for (const moment of moments) {
    const facts = await hotWorkFactsOf(db, permit, {
      moment,
      atMs,
      hasChanged: false,
      isWatchPresent: true,
      pointsPerWatch: 1,
    });
    for (const reason of decideHotWork(asApproved(facts, atMs), atMs, policy).decision.reasons) {
      if (!OF_THE_MOMENT.includes(reason.ruleId)) found.set(`${reason.pack}/${reason.ruleId}`, reason);
    }
  }
  return [...found.values()];
}

const SOMEBODY = "00000000-0000-0000-0000-000000000000" as PersonId;

function asApproved(facts: HotWorkFacts, atMs: number): HotWorkFacts {
  const permit = facts.permit && {
    ...facts.permit,
    status: facts.moment === "issue" ? ("draft" as const) : ("approved" as const),
    approvedAtMs: facts.moment === "issue" ? null : atMs,
    isApprovedOnSite: true,
    approverRole: "senior-manager" as const,
  };
  const unknown = unknownHotWorkFacts(facts.regime, facts.moment);
  return {
    ...facts,
    permit,
    progress: unknown.progress,
    measures: { ...facts.measures, hasSignerInspected: true },
    people: {
      ...facts.people,
      approver: facts.people.approver ?? { id: SOMEBODY, isTrained: null, trainedToDay: null },
    },
  };
}
