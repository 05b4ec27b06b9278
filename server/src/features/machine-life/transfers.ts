import type { MachineTransfer } from "@hanyouxu/api";
import type { MachineId, PersonId } from "@hanyouxu/protocol";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { isInScope, type Person, scopeOf } from "../sign-in/sign-in.ts";
import { mayKeepRegister } from "./policy.ts";
import { findEnterprise, lockMachine } from "./queries.ts";
import { refuseTakenSerialNumber } from "./serial-number-taken.ts";
import { recordStep } from "./step-record.ts";
import {
  decideTransfer,
  insertTransfer,
  moveMachine,
  selectTransfers,
  type TransferRow,
} from "./transfer-queries.ts";

type TransferContext = Pick<AppContext, "db" | "clock" | "newId" | "audit">;

/** A transfer as one person sees it, with what he may do. */
export function transferOf(row: TransferRow, person: Person): MachineTransfer {
  const isOpen = row.status === "offered";
  const receives = scopeOf(person, "enterprise-officer").enterprises.includes(row.to_enterprise_id);
  const from = { region_code: row.from_region, enterprise_id: row.from_enterprise_id };
  return {
    transferId: row.machine_transfer_id,
    machineId: row.machine_id,
    machineName: row.machine_name,
    model: row.model,
    status: row.status,
    fromName: row.from_name,
    toName: row.to_name,
    reason: row.reason,
    offeredAt: row.offered_at.toISOString(),
    decidedAt: row.decided_at?.toISOString() ?? null,
    decisionNote: row.decision_note,
    mayAccept: isOpen && receives,
    mayWithdraw: isOpen && mayKeepRegister(person, from),
  };
}

/**
 * Offers the machine to the enterprise with that credit code.
 * @throws AppError machine.not_found, scrapped, at_work; transfer.unknown_receiver, same_owner, already_offered
 */
export async function offerTransfer(
  ctx: TransferContext,
  input: { machineId: MachineId; toUscc: string; reason: string; actor: PersonId },
): Promise<TransferRow> {
  const { machineId, toUscc, reason, actor } = input;
  const transferId = ctx.newId();
  await ctx.db.transaction().execute(async (tx) => {
    const machine = await requireMovable(tx, machineId);
    const receiver = await findEnterprise(tx, { uscc: toUscc });
    if (receiver?.status !== "active") throw new AppError("transfer.unknown_receiver");
    if (receiver.enterprise_id === machine.enterprise_id) throw new AppError("transfer.same_owner");
    const [open] = await selectTransfers(tx, { machineId, status: "offered" });
    if (open)
      throw new AppError("transfer.already_offered", { details: { transferId: open.machine_transfer_id } });
    await insertTransfer(tx, {
      machine_transfer_id: transferId,
      machine_id: machineId,
      from_enterprise_id: machine.enterprise_id,
      to_enterprise_id: receiver.enterprise_id,
      status: "offered",
      reason,
      offered_by: actor,
      offered_at: new Date(ctx.clock.nowMs()),
      decided_by: null,
      decided_at: null,
      decision_note: null,
    });
    const details = { transferId, toEnterpriseId: receiver.enterprise_id, to: receiver.name };
    await recordStep(ctx, tx, { machineId, actor, step: "offer-transfer", reason, details });
  });
  return await requireTransfer(ctx, transferId);
}

/** @throws AppError transfer.not_found */
export async function requireTransfer(ctx: Pick<AppContext, "db">, transferId: string): Promise<TransferRow> {
  const [row] = await selectTransfers(ctx.db, { transferId });
  if (!row) throw new AppError("transfer.not_found");
  return row;
}

/**
 * The machine goes to its new owner, with its code, its chip and its history.
 * @throws AppError transfer.not_open; machine.scrapped, at_work, serial_number_taken
 */
export async function acceptTransfer(
  ctx: TransferContext,
  transfer: TransferRow,
  actor: PersonId,
): Promise<void> {
  const written = ctx.db.transaction().execute(async (tx) => {
    const machineId = transfer.machine_id;
    const machine = await requireMovable(tx, machineId);
    await endOffer(ctx, tx, transfer, "accepted", actor, null);
    if (machine.enterprise_id !== transfer.from_enterprise_id) throw new AppError("transfer.not_open");
    await moveMachine(tx, machineId, transfer.to_enterprise_id, transfer.to_region);
    const details = {
      transferId: transfer.machine_transfer_id,
      fromEnterpriseId: transfer.from_enterprise_id,
      toEnterpriseId: transfer.to_enterprise_id,
      from: transfer.from_name,
      to: transfer.to_name,
    };
    await recordStep(ctx, tx, { machineId, actor, step: "accept-transfer", details });
  });
  await refuseTakenSerialNumber(written);
}

/** The offer ends without a change. @throws AppError transfer.not_open */
export async function endTransfer(
  ctx: TransferContext,
  transfer: TransferRow,
  status: "declined" | "withdrawn",
  actor: PersonId,
  reason: string,
): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    await endOffer(ctx, tx, transfer, status, actor, reason);
    const details = { transferId: transfer.machine_transfer_id };
    const step = status === "declined" ? "decline-transfer" : "withdraw-transfer";
    await recordStep(ctx, tx, { machineId: transfer.machine_id, actor, step, reason, details });
  });
}

/** The receiving firm's own officer. @throws AppError region.out_of_scope */
export function requireReceivingSide(person: Person, transfer: TransferRow): void {
  const { enterprises } = scopeOf(person, "enterprise-officer");
  const own = { everywhere: false, regions: [], enterprises };
  if (!isInScope(own, "", transfer.to_enterprise_id)) throw new AppError("region.out_of_scope");
}

type Tx = Parameters<typeof lockMachine>[0];

async function requireMovable(tx: Tx, machineId: MachineId) {
  const machine = await lockMachine(tx, machineId);
  if (!machine) throw new AppError("machine.not_found");
  if (machine.status === "scrapped") throw new AppError("machine.scrapped");
  if (machine.isHeld) throw new AppError("machine.at_work");
  return machine;
}

async function endOffer(
  ctx: Pick<AppContext, "clock">,
  tx: Tx,
  transfer: TransferRow,
  status: "accepted" | "declined" | "withdrawn",
  by: PersonId,
  note: string | null,
): Promise<void> {
  const at = new Date(ctx.clock.nowMs());
  const isOpen = await decideTransfer(tx, transfer.machine_transfer_id, { status, by, at, note });
  if (!isOpen) throw new AppError("transfer.not_open");
}
