import type { EnterpriseId, KeyAreaId, MachineId, RegionCode, WelderId } from "@hanyouxu/protocol";
import { defaultClearancePolicy, openClearance, phaseOf } from "@hanyouxu/rules";
import { here } from "./county.ts";
import type { TestPlatform } from "./platform.ts";

export interface TownClearance {
  code: RegionCode;
  keyAreaId: KeyAreaId;
  enterpriseId: EnterpriseId;
  machineId: MachineId;
  welderId: WelderId;
  welderPersonId: Parameters<typeof openClearance>[1]["welderPersonId"];
}

/** An open clearance of a town with a scene that waits for staff and a call that waits for the station. */
export async function buildTownClearance({ ctx }: TestPlatform, town: TownClearance) {
  const at = new Date(ctx.clock.nowMs());
  const [clearanceId, sceneCheckId, stationCallId] = [ctx.newId(), ctx.newId(), ctx.newId()];
  const demands = { permit: true, sceneCheck: true, fireWatch: true, smoulderWatch: true };
  const state = openClearance(at.getTime(), {
    demands,
    welderPersonId: town.welderPersonId,
    smoulderPlan: { minutes: 60, checkEveryMinutes: 15 },
  });
  await ctx.db
    .insertInto("clearances")
    .values({
      clearance_id: clearanceId,
      key_area_id: town.keyAreaId,
      key_area_version: 1,
      machine_id: town.machineId,
      welder_id: town.welderId,
      region_code: town.code,
      enterprise_id: town.enterpriseId,
      site_owner_enterprise_id: null,
      latitude_degrees: here.latitudeDegrees,
      longitude_degrees: here.longitudeDegrees,
      accuracy_metres: here.accuracyMetres,
      floor: null,
      phase: phaseOf(state),
      state: JSON.stringify(state),
      policy: JSON.stringify(defaultClearancePolicy),
      site_code_key: ctx.random(16),
      site_code_id: ctx.random(5),
      permit_id: null,
      watch_person_id: null,
      open_work_session_id: null,
      due_at: null,
      event_count: 0,
      opened_at: at,
      ended_at: null,
    })
    .execute();
  await ctx.db
    .insertInto("scene_checks")
    .values({
      scene_check_id: sceneCheckId,
      clearance_id: clearanceId,
      attempt: 1,
      region_code: town.code,
      status: "waiting",
      checker: "staff",
      evidence_ids: [],
      note: "演示",
      findings: "[]",
      reason: null,
      submitted_at: at,
      due_at: at,
      decided_at: null,
      decided_by: null,
    })
    .execute();
  await ctx.db
    .insertInto("station_calls")
    .values({
      station_call_id: stationCallId,
      clearance_id: clearanceId,
      cause: "scene",
      status: "alerted",
      region_code: town.code,
      level: 0,
      called_at: at,
      due_at: null,
      accepted_at: null,
      accepted_by: null,
      arrived_at: null,
      arrival_distance_metres: null,
      decided_at: null,
      reason: null,
    })
    .execute();
  return { clearanceId, sceneCheckId, stationCallId };
}
