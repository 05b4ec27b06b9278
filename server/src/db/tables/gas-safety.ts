import type { ChipId, Configuration, GasSensorRules, MachineId, PersonId } from "@hanyouxu/protocol";
import type { ColumnType, Generated } from "kysely";

export type ConfigurationBody = Omit<Configuration, "version"> & GasSensorRules;

export interface ChipConfigurationsTable {
  chip_id: ChipId;
  version: number;
  body: ColumnType<ConfigurationBody, string, string>;
  command_id: Generated<string | null>;
  sent_at: Generated<Date | null>;
}

export interface GasInspectionsTable {
  inspection_id: string;
  machine_id: MachineId;
  chip_id: ChipId;
  cut_boot: number;
  cut_seq: number;
  finding: string;
  inspected_by: PersonId;
  inspected_at: Date;
  command_id: Generated<string | null>;
  sent_at: Generated<Date | null>;
}

export interface GasSafetyTables {
  chip_configurations: ChipConfigurationsTable;
  gas_inspections: GasInspectionsTable;
}
