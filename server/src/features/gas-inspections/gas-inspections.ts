import type { MachineDetail } from "@hanyouxu/api";
import type { ChipId, MachineId, PersonId } from "@hanyouxu/protocol";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { sendCommand } from "../commands/commands.ts";
import { onlineSince } from "../machines/machines.ts";
import {
  findInspection,
  findNewestGasEvent,
  insertInspection,
  noteSent,
  selectUnanswered,
} from "./queries.ts";

/** A chip that has been away longer needs another look at its place. */
const TOLD_FOR_MS = 12 * 3_600_000;
const TELL_AGAIN_AFTER_MS = 30_000;

type TellContext = Pick<AppContext, "db" | "clock" | "random" | "keys" | "broker" | "metrics" | "log">;

/** The gas cut that still holds a chip's machine, as far as the platform has heard; null for none. */
export async function openGasCutOf(
  ctx: Pick<AppContext, "db">,
  chipId: ChipId | null,
): Promise<MachineDetail["openGasCut"]> {
  const cut = chipId && (await openCut(ctx, chipId));
  if (!cut) return null;
  const inspection = await findInspection(ctx.db, chipId, cut.boot, cut.seq);
  return {
    occurredAt: cut.occurred_at.toISOString(),
    gasLelPercent: Number(cut.data.gasLelPermille) / 10,
    inspectedAt: inspection?.inspected_at.toISOString() ?? null,
    inspectionAnswer: inspection?.result ?? null,
  };
}

/**
 * Somebody was at the place after the gas cut and found it safe. Kept first, then told to the chip until it answers; the
 * chip takes it only once its own sensor has seen the gas fall. @throws AppError gas_inspection.no_cut
 */
export async function inspectGasCut(
  ctx: TellContext & Pick<AppContext, "audit" | "newId">,
  machine: { machine_id: MachineId; chip_id: ChipId | null },
  inspectedBy: PersonId,
  finding: string,
): Promise<{ commandId: string }> {
  const chipId = machine.chip_id;
  const cut = chipId && (await openCut(ctx, chipId));
  if (!cut) throw new AppError("gas_inspection.no_cut");
  const inspectionId = ctx.newId();
  const nowMs = ctx.clock.nowMs();
  await ctx.db.transaction().execute(async (tx) => {
    await insertInspection(tx, {
      inspection_id: inspectionId,
      machine_id: machine.machine_id,
      chip_id: chipId,
      cut_boot: cut.boot,
      cut_seq: cut.seq,
      finding,
      inspected_by: inspectedBy,
      inspected_at: new Date(nowMs),
    });
    await ctx.audit.record(tx, {
      actor: inspectedBy,
      action: "machine.gas_inspected",
      subject: `machine:${machine.machine_id}`,
      details: { reason: finding, cutBoot: cut.boot, cutSeq: cut.seq },
    });
  });
  return { commandId: await tell(ctx, { inspectionId, chipId, cutBoot: cut.boot, cutSeq: cut.seq }) };
}

/** Tells chips that are online of inspections they have not answered: the command, or its answer, got lost. */
export async function tellInspections(ctx: TellContext): Promise<number> {
  const nowMs = ctx.clock.nowMs();
  const rows = await selectUnanswered(ctx.db, {
    inspectedSince: new Date(nowMs - TOLD_FOR_MS),
    sentBefore: new Date(nowMs - TELL_AGAIN_AFTER_MS),
    heardSince: onlineSince(nowMs),
  });
  for (const { inspection_id, chip_id, cut_boot, cut_seq } of rows) {
    await tell(ctx, { inspectionId: inspection_id, chipId: chip_id, cutBoot: cut_boot, cutSeq: cut_seq });
  }
  return rows.length;
}

async function tell(
  ctx: TellContext,
  { inspectionId, chipId, ...cut }: { inspectionId: string; chipId: ChipId; cutBoot: number; cutSeq: number },
): Promise<string> {
  const commandId = await sendCommand(ctx, chipId, { kind: "gas-inspection", ...cut });
  await noteSent(ctx.db, inspectionId, commandId, new Date(ctx.clock.nowMs()));
  return commandId;
}

async function openCut(ctx: Pick<AppContext, "db">, chipId: ChipId) {
  const newest = await findNewestGasEvent(ctx.db, chipId);
  return newest?.kind === "gas-cut" ? newest : null;
}
