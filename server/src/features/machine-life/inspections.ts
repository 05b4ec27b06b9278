import type { DueInspection } from "@hanyouxu/api";
import type { MachineId, PersonId } from "@hanyouxu/protocol";
import { addDays, daysBetween, shanghaiDay } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import type { ReachedRows } from "../../db/within-scope.ts";
import { AppError } from "../../errors.ts";
import { countDueInspections, lockMachine, selectDueInspections, setInspection } from "./queries.ts";
import { recordStep } from "./step-record.ts";

/** The due day itself is still good. */
export function isOverdue(inspectionDueOn: string | null, nowMs: number): boolean {
  return inspectionDueOn !== null && shanghaiDay(nowMs) > inspectionDueOn;
}

/** @throws AppError machine.not_found, machine.scrapped, inspection.in_future */
export async function recordInspection(
  ctx: Pick<AppContext, "db" | "clock" | "newId" | "audit">,
  input: {
    machineId: MachineId;
    inspectedOn: string;
    inspectionDueOn: string;
    reason: string;
    actor: PersonId;
  },
): Promise<void> {
  const { machineId, inspectedOn, inspectionDueOn, reason, actor } = input;
  if (inspectedOn > shanghaiDay(ctx.clock.nowMs())) throw new AppError("inspection.in_future");
  await ctx.db.transaction().execute(async (tx) => {
    const machine = await lockMachine(tx, machineId);
    if (!machine) throw new AppError("machine.not_found");
    if (machine.status === "scrapped") throw new AppError("machine.scrapped");
    await setInspection(tx, machineId, inspectedOn, inspectionDueOn);
    const details = { inspectedOn, inspectionDueOn };
    await recordStep(ctx, tx, { machineId, actor, step: "inspect", reason, details });
  });
}

/** What is overdue or due within some days, the most overdue first. */
export async function dueInspections(
  ctx: Pick<AppContext, "db" | "clock">,
  scope: ReachedRows,
  { withinDays, page, pageSize }: { withinDays: number; page: number; pageSize: number },
): Promise<{ items: DueInspection[]; total: number; page: number; pageSize: number }> {
  const today = shanghaiDay(ctx.clock.nowMs());
  const until = addDays(today, withinDays);
  const part = { limit: pageSize, offset: (page - 1) * pageSize };
  const rows = await selectDueInspections(ctx.db, scope, until, part);
  const items = rows.map((row) => ({
    machineId: row.machine_id,
    machineName: row.name,
    model: row.model,
    enterpriseName: row.enterprise_name,
    regionName: row.region_name,
    inspectedOn: row.inspected_on,
    inspectionDueOn: row.inspection_due_on!,
    daysLeft: daysBetween(today, row.inspection_due_on!),
  }));
  return { items, total: await countDueInspections(ctx.db, scope, until), page, pageSize };
}
