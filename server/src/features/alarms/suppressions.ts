import type { AlarmSuppression } from "@hanyouxu/api";
import type { EnterpriseId, MachineId, PersonId, RegionCode } from "@hanyouxu/protocol";
import type { AlarmKind } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { requireScope, type Scope } from "../sign-in/sign-in.ts";
import {
  changeEnd,
  insertSuppression,
  regionsOfSubjects,
  type SuppressionRow,
  selectSuppressions,
} from "./suppression-queries.ts";

type SuppressionContext = Pick<AppContext, "db" | "clock" | "newId" | "audit">;

export interface NewSuppression {
  region: RegionCode | null;
  enterpriseId: EnterpriseId | null;
  machineId: MachineId | null;
  kinds: AlarmKind[];
  reason: string;
  from: string;
  to: string;
}

/**
 * Declares a window, within reach of who declares it.
 * @throws AppError alarm_suppression.no_subject | alarm_suppression.end_passed | region.out_of_scope
 */
export async function declareSuppression(
  ctx: SuppressionContext,
  wish: NewSuppression,
  by: { personId: PersonId; scope: Scope },
): Promise<string> {
  const now = new Date(ctx.clock.nowMs());
  const endsAt = new Date(wish.to);
  if (endsAt <= now) throw new AppError("alarm_suppression.end_passed");
  const { region, enterpriseId, machineId } = wish;
  const found = await regionsOfSubjects(ctx.db, wish);
  const named = [
    [region, found.region],
    [enterpriseId, found.enterprise],
    [machineId, found.machine],
  ] as const;
  for (const [asked, lies] of named) {
    if (asked === null) continue;
    if (lies === null) throw new AppError("alarm_suppression.no_subject");
    requireScope(by.scope, lies);
  }
  const suppressionId = ctx.newId();
  await ctx.db.transaction().execute(async (tx) => {
    await insertSuppression(tx, {
      suppression_id: suppressionId,
      region_code: region,
      enterprise_id: enterpriseId,
      machine_id: machineId,
      kinds: wish.kinds,
      reason: wish.reason,
      starts_at: new Date(wish.from),
      ends_at: endsAt,
      created_by: by.personId,
      created_at: now,
    });
    await ctx.audit.record(tx, {
      actor: by.personId,
      action: "alarm_suppression.declared",
      subject: `alarm-suppression:${suppressionId}`,
      details: { ...wish },
    });
  });
  return suppressionId;
}

/**
 * Another end of a window, or the end now.
 * @throws AppError alarm_suppression.over | alarm_suppression.end_passed
 */
export async function moveEnd(
  ctx: SuppressionContext,
  row: SuppressionRow,
  to: string | "now",
  reason: string,
  by: PersonId,
): Promise<void> {
  const now = new Date(ctx.clock.nowMs());
  const endsAt = to === "now" ? now : new Date(to);
  if (to !== "now" && (endsAt <= now || endsAt <= row.starts_at)) {
    throw new AppError("alarm_suppression.end_passed");
  }
  const change = to === "now" ? { ended_at: now, ended_by: by } : { ends_at: endsAt };
  await ctx.db.transaction().execute(async (tx) => {
    if (!(await changeEnd(tx, row.suppression_id, change, now))) {
      throw new AppError("alarm_suppression.over");
    }
    await ctx.audit.record(tx, {
      actor: by,
      action: to === "now" ? "alarm_suppression.ended" : "alarm_suppression.moved",
      subject: `alarm-suppression:${row.suppression_id}`,
      details: { before: row.ends_at.toISOString(), to, reason },
    });
  });
}

/** @throws AppError alarm_suppression.not_found | region.out_of_scope */
export async function requireSuppression(
  ctx: Pick<AppContext, "db" | "clock">,
  suppressionId: string,
  scope: Scope,
): Promise<SuppressionRow> {
  const filter = { suppressionId, now: new Date(ctx.clock.nowMs()) };
  const [row] = await selectSuppressions(ctx.db, filter, 1, 0);
  if (!row) throw new AppError("alarm_suppression.not_found");
  requireScope(scope, row.place_region_code);
  return row;
}

export function suppressionOf(row: SuppressionRow): AlarmSuppression {
  return {
    suppressionId: row.suppression_id,
    region: row.region_code,
    regionName: row.region_name,
    enterpriseId: row.enterprise_id,
    enterpriseName: row.enterprise_name,
    machineId: row.machine_id,
    machineName: row.machine_name,
    kinds: row.kinds,
    reason: row.reason,
    from: row.starts_at.toISOString(),
    to: row.ends_at.toISOString(),
    status: row.status,
    createdAt: row.created_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    suppressed: row.suppressed ?? 0,
  };
}
