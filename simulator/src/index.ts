export { generateCounty } from "./county/generate-county.ts";
export { type MachineModel, machineModel, machineModels } from "./county/machine-models.ts";
export type * from "./county/types.ts";
