import { isAlarmOver, type openAlarm } from "@hanyouxu/rules";
import type { AlarmFact } from "./alarm-fact.ts";
import type { StoredAlarm } from "./alarm-queries.ts";
import type { AlarmActRow } from "./alarm-step.ts";

/** Why a fact alarms nobody; both empty: it does. */
export type WhyRecorded = Pick<StoredAlarm, "was_late" | "suppression_id">;

/** The row of an alarm, or of history, as it begins. */
export function newAlarm(
  alarmId: string,
  fact: AlarmFact,
  state: ReturnType<typeof openAlarm>,
  policyVersion: string,
  now: Date,
  because: WhyRecorded,
): StoredAlarm {
  return {
    alarm_id: alarmId,
    kind: fact.kind,
    severity: state.severity,
    subject_key: fact.subjectKey,
    region_code: fact.region,
    enterprise_id: fact.enterpriseId ?? null,
    site_owner_enterprise_id: fact.siteOwnerId ?? null,
    machine_id: fact.machineId ?? null,
    chip_id: fact.chipId ?? null,
    welder_id: fact.welderId ?? null,
    work_session_id: fact.workSessionId ?? null,
    clearance_id: fact.clearanceId ?? null,
    key_area_id: fact.keyAreaId ?? null,
    decision_id: fact.decisionId ?? null,
    latitude_degrees: fact.place?.latitudeDegrees ?? null,
    longitude_degrees: fact.place?.longitudeDegrees ?? null,
    data: fact.data,
    evidence: [...fact.evidence],
    condition: state.condition,
    handling: state.handling,
    level: 0,
    due_at: state.dueAtMs === null ? null : new Date(state.dueAtMs),
    assigned_department: null,
    assigned_person_id: null,
    state,
    policy_version: policyVersion,
    ...because,
    promoted_to: null,
    merged_into: null,
    raised_count: 1,
    occurred_at: new Date(fact.occurredAtMs),
    raised_at: now,
    last_raised_at: now,
    cleared_at: state.condition === "cleared" ? now : null,
    closed_at: isAlarmOver(state) ? now : null,
    act_count: 1,
    credited_at: null,
    changed_at: now,
  };
}

/** The first line of its history. */
export function firstAct(row: StoredAlarm, what: "raised" | "recorded"): AlarmActRow {
  return {
    alarm_id: row.alarm_id,
    seq: 1,
    at: row.raised_at,
    what,
    actor_id: null,
    actor_role: null,
    details: {},
    condition: row.condition,
    handling: row.handling,
    level: 0,
  };
}
