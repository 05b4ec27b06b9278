import type { MachineId, PersonId } from "@hanyouxu/protocol";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { deleteOverride, writeOverride } from "./machine-queries.ts";

type OverrideContext = Pick<AppContext, "db" | "clock" | "audit">;

/** Whatever the classifier finds, from now on this counts. */
export async function overrideMovement(
  ctx: OverrideContext,
  machineId: MachineId,
  { kind, reason, actor }: { kind: "mobile" | "fixed"; reason: string; actor: PersonId },
): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    await writeOverride(tx, machineId, { kind, reason, by: actor, at: new Date(ctx.clock.nowMs()) });
    await ctx.audit.record(tx, {
      actor,
      action: "movement.overridden",
      subject: `machine:${machineId}`,
      details: { kind, reason },
    });
  });
}

/** @throws AppError movement.not_overridden */
export async function clearOverride(
  ctx: OverrideContext,
  machineId: MachineId,
  { reason, actor }: { reason: string; actor: PersonId },
): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    if (!(await deleteOverride(tx, machineId))) throw new AppError("movement.not_overridden");
    await ctx.audit.record(tx, {
      actor,
      action: "movement.override_cleared",
      subject: `machine:${machineId}`,
      details: { reason },
    });
  });
}
