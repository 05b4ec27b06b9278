import type { Appeal, CreditBooking } from "@hanyouxu/api";
import type { EnterpriseId, PersonId, RegionCode, WelderId } from "@hanyouxu/protocol";
import type { CreditCause, CreditRule } from "@hanyouxu/rules";
import type { ColumnType, Generated } from "kysely";

export interface CreditRuleVersionsTable {
  region_code: RegionCode;
  version: number;
  effective_from: Date;
  rules: ColumnType<CreditRule[], string, never>;
  returns_after_days: number;
  reason: string;
  published_by: PersonId;
  published_at: Date;
}

export interface CreditBookingsTable {
  credit_booking_id: string;
  welder_id: WelderId | null;
  enterprise_id: EnterpriseId | null;
  region_code: RegionCode;
  cause: CreditCause;
  cause_id: string | null;
  points: number;
  rule_version: string;
  note: string | null;
  made_by: PersonId | null;
  booked_at: Date;
  returns_at: Date | null;
  appeal_by: Date;
  ended_at: Generated<Date | null>;
  ended_why: Generated<CreditBooking["endedWhy"]>;
}

export interface AppealsTable {
  appeal_id: string;
  credit_booking_id: string | null;
  rectification_id: string | null;
  region_code: RegionCode;
  welder_id: WelderId | null;
  enterprise_id: EnterpriseId | null;
  asked_by: PersonId;
  asked_at: Date;
  reason: string;
  made_by: PersonId | null;
  status: Appeal["status"];
  decide_by: Date;
  level: number;
  next_at: Date | null;
  decided_by: Generated<PersonId | null>;
  decided_at: Generated<Date | null>;
  decision_reason: Generated<string | null>;
}

export interface CreditTables {
  credit_rule_versions: CreditRuleVersionsTable;
  credit_bookings: CreditBookingsTable;
  appeals: AppealsTable;
}
