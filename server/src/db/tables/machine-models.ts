import type { ProfileContent, ProfileProof } from "@hanyouxu/api";
import type { ChipId, EnterpriseId, MachineId, PersonId } from "@hanyouxu/protocol";
import type { WeldingProcess } from "@hanyouxu/rules";
import type { ColumnType, Generated } from "kysely";

type Json<Value> = ColumnType<Value, string, string>;

export interface MachineModelsTable {
  designation: string;
  process: WeldingProcess;
  rated_current_amps: number | null;
  supply_phases: number | null;
  supply_volts: Json<number[]>;
  plug: string | null;
  duty_cycle_percent: number | null;
  source: "desk" | "measured";
  changed_at: Date;
  changed_by: PersonId | null;
}

export interface AdaptationProfilesTable {
  profile_key: string;
  version: number;
  content: Json<ProfileContent>;
  proof: Json<ProfileProof>;
  changed_at: Date;
  changed_by: PersonId | null;
  change_reason: string;
}

export interface MachineStepsTable {
  machine_step_id: string;
  machine_id: MachineId;
  at: Date;
  actor: PersonId | null;
  step: string;
  from_status: string | null;
  to_status: string | null;
  reason: string | null;
  details: Json<Record<string, unknown>>;
}

export interface ChipFittingsTable {
  chip_fitting_id: string;
  machine_id: MachineId;
  chip_id: ChipId;
  fitted_at: Date;
  fitted_by: PersonId | null;
  removed_at: Date | null;
  removal: "swapped" | "moved" | "scrapped" | null;
  was_revoked: Generated<boolean>;
}

export type TransferStatus = "offered" | "accepted" | "declined" | "withdrawn";

export interface MachineTransfersTable {
  machine_transfer_id: string;
  machine_id: MachineId;
  from_enterprise_id: EnterpriseId;
  to_enterprise_id: EnterpriseId;
  status: TransferStatus;
  reason: string;
  offered_by: PersonId;
  offered_at: Date;
  decided_by: PersonId | null;
  decided_at: Date | null;
  decision_note: string | null;
}

export interface MachineModelsTables {
  machine_models: MachineModelsTable;
  adaptation_profiles: AdaptationProfilesTable;
  machine_steps: MachineStepsTable;
  chip_fittings: ChipFittingsTable;
  machine_transfers: MachineTransfersTable;
}
