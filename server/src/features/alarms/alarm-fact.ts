import type {
  ChipId,
  EnterpriseId,
  KeyAreaId,
  MachineId,
  PersonId,
  RegionCode,
  WelderId,
} from "@hanyouxu/protocol";
import type { AlarmKind, ReasonData } from "@hanyouxu/rules";
import type { AlarmEvidenceRef } from "../../db/tables/alarms.ts";

/** Something that raises an alarm, whatever has found it. */
export interface AlarmFact {
  kind: AlarmKind;
  /** What it is about, such as `machine:…`: one open alarm a kind and subject. */
  subjectKey: string;
  /** Names this very occurrence: taken in once, however often it comes. */
  source: string;
  /** Null: the whole platform's. */
  region: RegionCode | null;
  enterpriseId?: EnterpriseId | null;
  siteOwnerId?: EnterpriseId | null;
  machineId?: MachineId | null;
  chipId?: ChipId | null;
  welderId?: WelderId | null;
  workSessionId?: string | null;
  clearanceId?: string | null;
  keyAreaId?: KeyAreaId | null;
  decisionId?: string | null;
  place?: { latitudeDegrees: number; longitudeDegrees: number } | null;
  /** By the chip's corrected clock, or the platform's. */
  occurredAtMs: number;
  data: ReasonData;
  evidence: readonly AlarmEvidenceRef[];
}

/** Who did something about an alarm; undefined: the platform. */
export interface AlarmActor {
  personId: PersonId;
  role: string;
}

export function evidenceRef(kind: AlarmEvidenceRef["kind"], id: string, atMs: number): AlarmEvidenceRef {
  return { kind, id, at: new Date(atMs).toISOString() };
}
