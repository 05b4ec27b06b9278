import type { EnterpriseId, MachineId, PersonId, RegionCode, WelderId } from "@hanyouxu/protocol";
import { raiseAlarm } from "../src/features/alarms/alarms.ts";
import type { TestPlatform } from "./platform.ts";

/** An open alarm of a town's machine and welder, and a suppression window of another kind there. */
export async function buildTownAlarms(
  { ctx }: TestPlatform,
  town: {
    code: RegionCode;
    enterpriseId: EnterpriseId;
    machineId: MachineId;
    welderId: WelderId;
    by: PersonId;
  },
): Promise<{ alarmId: string; suppressionId: string }> {
  const nowMs = ctx.clock.nowMs();
  const raised = await ctx.db.transaction().execute((tx) =>
    raiseAlarm(ctx, tx, {
      kind: "clock-stepped",
      subjectKey: `machine:${town.machineId}`,
      source: `town:${town.code}`,
      region: town.code,
      enterpriseId: town.enterpriseId,
      machineId: town.machineId,
      welderId: town.welderId,
      occurredAtMs: nowMs,
      data: {},
      evidence: [],
    }),
  );
  const suppressionId = ctx.newId();
  await ctx.db
    .insertInto("alarm_suppressions")
    .values({
      suppression_id: suppressionId,
      region_code: town.code,
      enterprise_id: null,
      machine_id: null,
      kinds: ["event-gap"],
      reason: "演示检修",
      starts_at: new Date(nowMs),
      ends_at: new Date(nowMs + 3_600_000),
      created_by: town.by,
      created_at: new Date(nowMs),
    })
    .execute();
  return { alarmId: raised!.alarmId, suppressionId };
}
