import type { WeldingProcess } from "./types.ts";

/**
 * A designation and the figures its physics run on: of GB/T 10249, where the number is the rated current in amperes
 * (kVA for resistance welders), or another that stands on nameplates all the same.
 */
export interface MachineModel {
  model: string;
  process: WeldingProcess;
  /** Light enough to be carried to where the work is. */
  isPortable: boolean;
  /** Open-circuit voltage: with the relay closed and no arc. */
  idleVolts: number;
  minAmps: number;
  maxAmps: number;
  /** Share in the county, relative to the others. */
  weight: number;
}

export const machineModels: readonly MachineModel[] = [
  row("ZX7-400", "SMAW", false, 67, 40, 400, 17),
  row("ZX7-315", "SMAW", true, 65, 30, 315, 9),
  row("ZX7-250", "SMAW", true, 63, 20, 250, 8),
  row("ZX7-200", "SMAW", true, 60, 20, 200, 6),
  row("BX1-315", "SMAW", false, 72, 60, 315, 7),
  row("BX1-500", "SMAW", false, 74, 100, 500, 3),
  row("BX6-200", "SMAW", true, 55, 60, 200, 3),
  row("NBC-350", "GMAW", false, 50, 50, 350, 14),
  row("NBC-270", "GMAW", false, 42, 40, 270, 6),
  row("NBC-500", "GMAW", false, 66, 60, 500, 5),
  row("NB-250", "GMAW", true, 45, 30, 250, 3),
  row("WSM-400", "GTAW", false, 70, 10, 400, 5),
  row("WS-250", "GTAW", true, 62, 10, 250, 3),
  row("WSE-315", "GTAW", false, 72, 10, 315, 2),
  row("LGK-100", "PAC", false, 260, 30, 100, 3),
  row("LGK-60", "PAC", true, 240, 20, 60, 2),
  row("DN-35", "RW", false, 6, 2000, 6000, 3),
  row("UN-100", "RW", false, 7, 2000, 6500, 1),
  row("MZ-1000", "SAW", false, 75, 200, 1000, 1),
  // What every county has some of: makers' own designations, words of the trade, plates that nobody can read.
  row("KRII-350", "GMAW", false, 52, 60, 350, 0.5),
  row("YD-350KR2", "GMAW", false, 52, 60, 350, 0.3),
  row("Powermax 45", "PAC", true, 250, 20, 45, 0.15),
  row("ARC-200", "SMAW", true, 60, 20, 200, 0.2),
  row("自制交流电焊机", "SMAW", false, 70, 60, 250, 0.2),
  row("SUPER-200D", "SMAW", true, 60, 20, 200, 0.1),
];

const byModel = new Map(machineModels.map((entry) => [entry.model, entry]));

/** @throws RangeError for a designation that no row has. */
export function machineModel(model: string): MachineModel {
  const found = byModel.get(model);
  if (!found) throw new RangeError(`unknown model ${model}`);
  return found;
}

function row(
  model: string,
  process: WeldingProcess,
  isPortable: boolean,
  idleVolts: number,
  minAmps: number,
  maxAmps: number,
  weight: number,
): MachineModel {
  return { model, process, isPortable, idleVolts, minAmps, maxAmps, weight };
}
