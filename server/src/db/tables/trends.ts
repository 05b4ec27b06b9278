import type { EnterpriseId, PersonId, RegionCode } from "@hanyouxu/protocol";
import type { InspectionFinding, InspectionMeans, RiskPart, RiskWeights } from "@hanyouxu/rules";
import type { ColumnType, Generated } from "kysely";

/** Read as a parsed value, written as JSON text. */
type Json<Value> = ColumnType<Value, string, string>;

export interface InspectionPlansTable {
  inspection_plan_id: string;
  region_code: RegionCode;
  created_by: PersonId;
  created_at: Date;
  weights_version: string;
  weights: Json<RiskWeights["weights"]>;
  means: Json<InspectionMeans>;
}

export interface InspectionVisitsTable {
  inspection_plan_id: string;
  enterprise_id: EnterpriseId;
  region_code: RegionCode;
  day: number;
  person: number;
  turn: number;
  score: number;
  parts: Json<RiskPart[]>;
  finding: Generated<InspectionFinding | null>;
  note: Generated<string | null>;
  reported_by: Generated<PersonId | null>;
  reported_at: Generated<Date | null>;
}

export interface SimulatedTrendDaysTable {
  region_code: RegionCode;
  day: string;
  work_by_hour: Json<number[]>;
  alarms: number;
}

/** Inspections, and a demonstration's past. */
export interface TrendsTables {
  inspection_plans: InspectionPlansTable;
  inspection_visits: InspectionVisitsTable;
  simulated_trend_days: SimulatedTrendDaysTable;
}
