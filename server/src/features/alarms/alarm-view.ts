import type { AlarmDetail, AlarmHistoryEntry, AlarmSummary, ShownAlarmKind } from "@hanyouxu/api";
import { type AlarmActKind, type AlarmKind, alarmKindTable } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import { HIDDEN_NAME, maskName } from "../../crypto/mask.ts";
import type { AlarmRow, HistoryRow } from "./list-queries.ts";

const isoOrNull = (at: Date | null) => at?.toISOString() ?? null;

/** Grows with every change that anybody may see. */
export function revisionOf(row: Pick<AlarmRow, "act_count" | "raised_count">): number {
  return row.act_count * 1_000_000 + row.raised_count;
}

/** As lists and the live channel show it. */
export function alarmSummaryOf(row: AlarmRow): AlarmSummary {
  const { latitude_degrees: latitudeDegrees, longitude_degrees: longitudeDegrees } = row;
  return {
    alarmId: row.alarm_id,
    kind: row.kind,
    severity: row.severity,
    condition: row.condition,
    handling: row.handling,
    level: row.level,
    dueAt: isoOrNull(row.due_at),
    wasLate: row.was_late,
    wasSuppressed: row.suppression_id !== null,
    raisedCount: row.raised_count,
    occurredAt: row.occurred_at.toISOString(),
    raisedAt: row.raised_at.toISOString(),
    lastRaisedAt: row.last_raised_at.toISOString(),
    clearedAt: isoOrNull(row.cleared_at),
    closedAt: isoOrNull(row.closed_at),
    region: row.region_code,
    regionName: row.region_name,
    enterpriseId: row.enterprise_id,
    enterpriseName: row.enterprise_name,
    siteOwnerName: row.site_owner_name,
    machineId: row.machine_id,
    machineName: row.machine_name,
    keyAreaId: row.key_area_id,
    keyAreaName: row.key_area_name,
    place:
      latitudeDegrees === null || longitudeDegrees === null ? null : { latitudeDegrees, longitudeDegrees },
    assignedDepartment: row.assigned_department,
    data: { ...row.data },
    revision: revisionOf(row),
  };
}

export function alarmKindOf(kind: AlarmKind): ShownAlarmKind {
  const { limits: _limits, evidence, told, ...rule } = alarmKindTable[kind];
  return { ...rule, evidence: [...evidence], told: [...told] };
}

export interface DetailParts {
  history: readonly HistoryRow[];
  links: AlarmDetail["links"];
  welderName: Uint8Array | undefined;
  assigneeName: Uint8Array | undefined;
}

/** What its reader may know of people, and do. */
export interface AlarmSight {
  isNamed: boolean;
  personId: string;
  mayDo: AlarmActKind[];
  mayNote: boolean;
  mayAnswer: boolean;
}

/** One alarm for one reader. */
export function alarmDetailOf(
  { personalData }: Pick<AppContext, "personalData">,
  row: AlarmRow,
  parts: DetailParts,
  sight: AlarmSight,
): AlarmDetail {
  const name = (sealed: Uint8Array | null | undefined) => {
    if (!sealed) return null;
    return sight.isNamed ? maskName(personalData.open("name", sealed)) : HIDDEN_NAME;
  };
  const isOwnWelder = row.welder_person_id === sight.personId;
  const { limits } = row.state;
  return {
    ...alarmSummaryOf(row),
    rule: alarmKindOf(row.kind),
    welder:
      row.welder_id !== null && row.welder_person_id !== null && (sight.isNamed || isOwnWelder)
        ? {
            welderId: row.welder_id,
            personId: row.welder_person_id,
            name: name(parts.welderName) ?? HIDDEN_NAME,
          }
        : null,
    workSessionId: row.work_session_id,
    clearanceId: row.clearance_id,
    decisionId: row.decision_id,
    evidence: [...row.evidence],
    limits: {
      acknowledgeMinutes: limits.acknowledge,
      arriveMinutes: limits.arrive,
      handleMinutes: limits.handle,
      verifyMinutes: limits.verify,
    },
    policyVersion: row.policy_version,
    assigneeName: name(parts.assigneeName),
    isAssignedToMe: row.assigned_person_id === sight.personId,
    history: parts.history.map((entry) => entryOf(entry, name)),
    links: parts.links,
    mergedInto: row.merged_into,
    mayDo: sight.mayDo,
    mayNote: sight.mayNote,
    mayAnswer: sight.mayAnswer,
  };
}

function entryOf(entry: HistoryRow, name: (sealed: Uint8Array | null) => string | null): AlarmHistoryEntry {
  const { text, department, otherAlarmId, evidenceIds, position, call } = entry.details;
  return {
    seq: entry.seq,
    at: entry.at.toISOString(),
    what: entry.what as AlarmHistoryEntry["what"],
    byName: name(entry.actor_ciphertext),
    byRole: entry.actor_role,
    condition: entry.condition,
    handling: entry.handling,
    level: entry.level,
    text: text ?? null,
    department: department ?? null,
    assigneeName: name(entry.assignee_ciphertext),
    otherAlarmId: otherAlarmId ?? null,
    evidenceIds: evidenceIds ?? [],
    position: position ?? null,
    call: call ?? null,
  };
}
