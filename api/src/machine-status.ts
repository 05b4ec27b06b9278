import { machineStatuses, machineSteps } from "@hanyouxu/rules";
import { z } from "zod";

/** Where a machine is in its life; a lock is apart from it. */
export const machineStatus = z.enum(machineStatuses);

/** A step of a machine's life that a person takes. */
export const machineStep = z.enum(machineSteps);
export type MachineStep = z.infer<typeof machineStep>;
