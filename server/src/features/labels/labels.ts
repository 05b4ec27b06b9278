import type { LabelBatch } from "@hanyouxu/api";
import {
  createMachineCode,
  type MachineCode,
  type MachineId,
  type PersonId,
  type RegionCode,
} from "@hanyouxu/protocol";
import type { Kysely } from "kysely";
import type { AppContext } from "../../context.ts";
import { machineCodeMac } from "../../crypto/machine-code-mac.ts";
import type { Tables } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { type BatchRow, insertBatch, selectBatches } from "./batch-queries.ts";
import {
  hasRegion,
  insertBatchItems,
  insertLabels,
  lockLabel,
  lockMachines,
  markBound,
  markVoid,
  setMachineCode,
} from "./queries.ts";
import { LABELS_A_SHEET } from "./sheet-layout.ts";

type LabelContext = Pick<
  AppContext,
  "db" | "clock" | "random" | "newId" | "machineCodeKey" | "audit" | "metrics"
>;

interface NewBatch {
  name: string;
  region: string;
  by: PersonId;
}

/** Codes made in advance, on paper before there is a machine. @throws AppError region.not_found */
export async function makeBlankLabels(
  ctx: LabelContext,
  batch: NewBatch & { count: number },
): Promise<string> {
  const region_code = batch.region as RegionCode;
  return await ctx.db.transaction().execute(async (tx) => {
    if (!(await hasRegion(tx, region_code))) throw new AppError("region.not_found");
    const codes = Array.from({ length: batch.count }, () => newCode(ctx));
    const labels = codes.map((machine_code) => ({ machine_code, region_code, machine_id: null }));
    await insertLabels(tx, labels, new Date(ctx.clock.nowMs()));
    return await addBatch(ctx, tx, batch, "blank", codes);
  });
}

export type LabelledMachine = Awaited<ReturnType<typeof lockMachines>>[number];

/**
 * The labels of machines, to print once more; with `voidOld` under new codes, so that what was printed before is void.
 * @param requireReach refuses a machine that the caller must not touch
 * @throws AppError machine.not_found, region.not_found
 */
export async function makeMachineLabels(
  ctx: LabelContext,
  batch: NewBatch & { machineIds: readonly string[]; voidOld: boolean },
  requireReach: (machine: LabelledMachine) => void,
): Promise<string> {
  return await ctx.db.transaction().execute(async (tx) => {
    if (!(await hasRegion(tx, batch.region))) throw new AppError("region.not_found");
    const asked = new Set(batch.machineIds);
    const machines = await lockMachines(tx, [...asked]);
    if (machines.length < asked.size) throw new AppError("machine.not_found");
    for (const machine of machines) requireReach(machine);
    const now = new Date(ctx.clock.nowMs());
    await insertLabels(tx, machines, now);
    const codes = batch.voidOld
      ? await recode(ctx, tx, machines, { by: batch.by, reason: batch.name })
      : machines.map(({ machine_code }) => machine_code);
    return await addBatch(ctx, tx, batch, "machines", codes);
  });
}

/** Every machine gets a new code; the labels with the old ones are void from now on. */
async function recode(
  ctx: LabelContext,
  tx: Kysely<Tables>,
  machines: readonly LabelledMachine[],
  { by, reason }: { by: PersonId; reason: string },
): Promise<MachineCode[]> {
  const now = new Date(ctx.clock.nowMs());
  await markVoid(
    tx,
    machines.map(({ machine_code }) => machine_code),
    by,
    reason,
    now,
  );
  const renewed = machines.map((machine) => ({ ...machine, machine_code: newCode(ctx) }));
  await insertLabels(tx, renewed, now);
  for (const { machine_id, machine_code } of renewed) await setMachineCode(tx, machine_id, machine_code);
  return renewed.map(({ machine_code }) => machine_code);
}

/**
 * Makes a label void. The machine it is on gets a new code, in a batch of its own that can be printed at once.
 * @throws AppError label.not_found, label.void_already
 */
export async function voidLabel(
  ctx: LabelContext,
  input: { machineCode: MachineCode; reason: string; by: PersonId },
  requireReach: (label: { region_code: RegionCode; enterprise_id?: string }) => void,
): Promise<{ newMachineCode: MachineCode | null; newBatchId: string | null }> {
  const { machineCode, reason, by } = input;
  return await ctx.db.transaction().execute(async (tx) => {
    const label = await labelOrMachine(ctx, tx, machineCode);
    requireReach(label);
    if (label.state === "void") throw new AppError("label.void_already");
    const subject = `label:${machineCode}`;
    if (!label.machine) {
      await markVoid(tx, [machineCode], by, reason, new Date(ctx.clock.nowMs()));
      await ctx.audit.record(tx, { actor: by, action: "label.voided", subject, details: { reason } });
      return { newMachineCode: null, newBatchId: null };
    }
    const [newMachineCode] = await recode(ctx, tx, [label.machine], { by, reason });
    const batch = { name: reason.slice(0, 60), region: label.region_code, by };
    const newBatchId = await addBatch(ctx, tx, batch, "machines", [newMachineCode!]);
    await ctx.audit.record(tx, {
      actor: by,
      action: "label.voided",
      subject,
      details: { reason, machineId: label.machine.machine_id },
    });
    return { newMachineCode: newMachineCode!, newBatchId };
  });
}

/** The label, or the one that a machine registered before labels were kept must have. */
async function labelOrMachine(ctx: LabelContext, tx: Kysely<Tables>, machineCode: MachineCode) {
  const bare = await tx
    .selectFrom("machines")
    .select(["machine_id", "machine_code", "region_code", "enterprise_id"])
    .where("machine_code", "=", machineCode)
    .forUpdate()
    .executeTakeFirst();
  if (bare) await insertLabels(tx, [bare], new Date(ctx.clock.nowMs()));
  const label = await lockLabel(tx, machineCode);
  if (!label) throw new AppError("label.not_found");
  return {
    state: label.state,
    region_code: bare?.region_code ?? label.region_code,
    ...(bare ? { machine: bare, enterprise_id: bare.enterprise_id } : { machine: undefined }),
  };
}

/**
 * Puts a blank label onto a machine, whose code it becomes; the label the machine had is void. Locks the label.
 * @throws AppError machine_code.void, label.bound_already, label.not_found
 */
export async function bindLabel(
  ctx: Pick<AppContext, "clock" | "audit">,
  tx: Kysely<Tables>,
  input: { machineCode: MachineCode; machineId: MachineId; by: PersonId },
): Promise<void> {
  const label = await lockLabel(tx, input.machineCode);
  if (!label) throw new AppError("label.not_found");
  if (label.state === "void") throw new AppError("machine_code.void");
  if (label.state === "bound") throw new AppError("label.bound_already");
  await markBound(tx, input.machineCode, input.machineId, new Date(ctx.clock.nowMs()));
  await ctx.audit.record(tx, {
    actor: input.by,
    action: "label.bound",
    subject: `label:${input.machineCode}`,
    details: { machineId: input.machineId },
  });
}

async function addBatch(
  ctx: LabelContext,
  tx: Kysely<Tables>,
  { name, region, by }: NewBatch,
  kind: "blank" | "machines",
  codes: readonly MachineCode[],
): Promise<string> {
  const labelBatchId = ctx.newId();
  await insertBatch(tx, {
    label_batch_id: labelBatchId,
    name,
    kind,
    region_code: region as RegionCode,
    label_count: codes.length,
    made_at: new Date(ctx.clock.nowMs()),
    made_by: by,
  });
  await insertBatchItems(tx, labelBatchId, codes);
  await ctx.audit.record(tx, {
    actor: by,
    action: "label_batch.made",
    subject: `label_batch:${labelBatchId}`,
    details: { kind, region, labels: codes.length },
  });
  return labelBatchId;
}

function newCode(ctx: Pick<AppContext, "random" | "machineCodeKey">): MachineCode {
  return createMachineCode(ctx.random, machineCodeMac(ctx.machineCodeKey));
}

/** @throws AppError label_batch.not_found */
export async function requireBatch(ctx: Pick<AppContext, "db">, labelBatchId: string): Promise<BatchRow> {
  const [row] = await selectBatches(ctx.db, { labelBatchId }, 1, 0);
  if (!row) throw new AppError("label_batch.not_found");
  return row;
}

export function batchOf(row: BatchRow): LabelBatch {
  return {
    batchId: row.label_batch_id,
    name: row.name,
    kind: row.kind,
    region: row.region_code,
    regionName: row.region_name,
    labelCount: row.label_count,
    sheetCount: Math.ceil(row.label_count / LABELS_A_SHEET),
    blankCount: row.blank_count,
    boundCount: row.bound_count,
    voidCount: row.void_count,
    madeAt: row.made_at.toISOString(),
    printedAt: row.printed_at?.toISOString() ?? null,
    printCount: row.print_count,
  };
}

export { authenticCode, whyNoMachine } from "./machine-code-use.ts";
export { lockLabel, selectLabel } from "./queries.ts";
