import type { ChipId, MachineId, PersonId } from "@hanyouxu/protocol";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { sendCommand } from "../commands/commands.ts";

type RequestContext = Pick<
  AppContext,
  "db" | "clock" | "random" | "keys" | "broker" | "metrics" | "log" | "audit"
>;

/** Asks a machine's chip for pictures; they come as fast as its link carries them. @throws AppError camera.no_chip */
export async function requestPicture(
  ctx: RequestContext,
  machine: { machine_id: MachineId; chip_id: ChipId | null },
  personId: PersonId,
  { cameraNumber, reason }: { cameraNumber: number | null; reason: string },
): Promise<string> {
  if (!machine.chip_id) throw new AppError("camera.no_chip");
  await ctx.audit.record(ctx.db, {
    actor: personId,
    action: "camera.picture_requested",
    subject: `machine:${machine.machine_id}`,
    details: { cameraNumber, reason },
  });
  return await sendCommand(ctx, machine.chip_id, { kind: "picture-request", camera: cameraNumber });
}
