import type { MachineStep } from "@hanyouxu/api";
import type { MachineId, PersonId } from "@hanyouxu/protocol";
import { type MachineStatus, machineLife, type StepProblem, stepProblem } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import { AppError, type ErrorCode } from "../../errors.ts";
import { lockMachine, setStatus, unbindChip } from "./queries.ts";
import { recordStep } from "./step-record.ts";

const codes: Readonly<Record<StepProblem, ErrorCode>> = {
  scrapped: "machine.scrapped",
  "no-chip": "machine.no_chip",
  "out-of-order": "machine.step_out_of_order",
  "at-work": "machine.at_work",
};

/**
 * One step of a machine's life. A scrapped machine gives its chip back.
 * @throws AppError machine.not_found, scrapped, no_chip, step_out_of_order, at_work
 */
export async function takeStep(
  ctx: Pick<AppContext, "db" | "clock" | "newId" | "audit">,
  input: { machineId: MachineId; step: MachineStep; actor: PersonId; reason: string },
): Promise<MachineStatus> {
  const { machineId, step, actor, reason } = input;
  const { from, to } = machineLife[step];
  await ctx.db.transaction().execute(async (tx) => {
    const machine = await lockMachine(tx, machineId);
    if (!machine) throw new AppError("machine.not_found");
    const { status, chip_id, isHeld } = machine;
    const problem = stepProblem(step, { status, hasChip: chip_id !== null, isHeld });
    if (problem) throw new AppError(codes[problem], { details: { status, step, possibleFrom: from } });
    await setStatus(tx, machineId, to);
    const takesChip = to === "scrapped" && chip_id !== null;
    if (takesChip) await unbindChip(tx, machineId, new Date(ctx.clock.nowMs()));
    await recordStep(ctx, tx, {
      machineId,
      actor,
      step,
      from: status,
      to,
      reason,
      details: takesChip ? { removedChipId: chip_id } : {},
    });
  });
  return to;
}
