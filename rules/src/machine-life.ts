import type { MachineStatus } from "./start/facts.ts";

/** The steps of a machine's life that people take. Fitting a chip is the platform's own step: registered → fitted. */
export const machineSteps = ["commission", "send-to-repair", "return-to-service", "scrap"] as const;
export type MachineStep = (typeof machineSteps)[number];

interface StepRule {
  from: readonly MachineStatus[];
  to: MachineStatus;
  /** A chip must sit in the machine. */
  needsChip: boolean;
  /** Nobody may be working with it. */
  needsRest: boolean;
}

/** Every step there is; `scrapped` has no way out. */
export const machineLife: Readonly<Record<MachineStep, StepRule>> = {
  commission: { from: ["fitted"], to: "in-service", needsChip: true, needsRest: false },
  "send-to-repair": { from: ["fitted", "in-service"], to: "under-repair", needsChip: false, needsRest: true },
  "return-to-service": { from: ["under-repair"], to: "in-service", needsChip: true, needsRest: false },
  scrap: {
    from: ["registered", "fitted", "in-service", "under-repair"],
    to: "scrapped",
    needsChip: false,
    needsRest: true,
  },
};

/** Why a step is not possible now. */
export type StepProblem = "scrapped" | "no-chip" | "out-of-order" | "at-work";

/** What keeps the machine from the step; undefined when nothing does. */
export function stepProblem(
  step: MachineStep,
  machine: { status: MachineStatus; hasChip: boolean; isHeld: boolean },
): StepProblem | undefined {
  const rule = machineLife[step];
  if (machine.status === "scrapped") return "scrapped";
  if (rule.needsChip && !machine.hasChip) return "no-chip";
  if (!rule.from.includes(machine.status)) return "out-of-order";
  if (rule.needsRest && machine.isHeld) return "at-work";
  return undefined;
}
