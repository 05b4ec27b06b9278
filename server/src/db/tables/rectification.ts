import type { Rectification, RectificationItem } from "@hanyouxu/api";
import type { EnterpriseId, MachineId, PersonId, RegionCode } from "@hanyouxu/protocol";
import type { AlarmSeverity } from "@hanyouxu/rules";
import type { ColumnType, Generated } from "kysely";

/** Read as a parsed value, written as JSON text. */
type Json<Value> = ColumnType<Value, string, string>;

export interface RectificationsTable {
  rectification_id: string;
  rectification_number: string;
  verification_code: string;
  region_code: RegionCode;
  enterprise_id: EnterpriseId;
  source: Rectification["source"];
  alarm_id: string | null;
  severity: AlarmSeverity;
  title: string;
  status: Rectification["status"];
  answerable_person_id: PersonId | null;
  issued_by: PersonId;
  issued_at: Date;
  round: number;
  due_at: Date;
  reinspect_by: Generated<Date | null>;
  overdue_at: Generated<Date | null>;
  lock_from: Generated<Date | null>;
  level: number;
  next_at: Date | null;
  extension_count: number;
  extension_until: Generated<Date | null>;
  extension_reason: Generated<string | null>;
  policy_version: string;
  ended_at: Generated<Date | null>;
  act_count: number;
}

/** A clause as somebody named it in an order. */
export interface NamedClause {
  source: { zh: string; en: string };
  article: string | null;
  verified: boolean;
}

export interface RectificationItemsTable {
  rectification_id: string;
  item_no: number;
  what: string;
  clause: ColumnType<NamedClause | null, string | null, string | null>;
  state: RectificationItem["state"];
  answer: Generated<string | null>;
  evidence_ids: Json<string[]>;
  answered_at: Generated<Date | null>;
}

export interface RectificationMachinesTable {
  rectification_id: string;
  machine_id: MachineId;
  locked_at: Generated<Date | null>;
  unlocked_at: Generated<Date | null>;
}

/** What is said or set with a step. */
export interface RectificationActDetails {
  itemNo?: number;
  text?: string;
  until?: string;
  evidenceIds?: string[];
  level?: number;
}

export interface RectificationActsTable {
  rectification_id: string;
  seq: number;
  at: Date;
  what: string;
  actor_id: PersonId | null;
  actor_role: string | null;
  details: Json<RectificationActDetails>;
}

export interface RectificationTables {
  rectifications: RectificationsTable;
  rectification_items: RectificationItemsTable;
  rectification_machines: RectificationMachinesTable;
  rectification_acts: RectificationActsTable;
}
