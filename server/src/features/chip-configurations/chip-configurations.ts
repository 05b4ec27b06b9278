import type { RegionCode } from "@hanyouxu/protocol";
import { gasLimitsOf, type StartPolicy } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import { policyFrom } from "../../db/region-policy.ts";
import type { ConfigurationBody } from "../../db/tables/gas-safety.ts";
import { sendCommand } from "../commands/commands.ts";
import { onlineSince } from "../machines/machines.ts";
import { noteTold, selectRegionPolicies, selectUntold, wantConfigurations } from "./queries.ts";

/** As a chip has them before it is told anything: no region has asked for others yet. */
const REPORTING = { idleTelemetrySeconds: 60, workingTelemetrySeconds: 10, arcGraceSeconds: 120 };
const TELL_AGAIN_AFTER_MS = 60_000;
/** Signatures of one run: a new number for a whole province goes out over some minutes. */
const TOLD_AT_ONCE = 500;

/** What a region's numbers make of its chips. Pure. */
export function configurationOf(policy: StartPolicy): ConfigurationBody {
  return {
    ...REPORTING,
    ...gasLimitsOf(policy),
    gasDemand: policy.gasSensorDemand,
    calibrationIntervalDays: policy.gasCalibrationDays,
    isOverdueCalibrationRefused: policy.overdueGasCalibration === "refuse",
  };
}

/** Works out what chips are to be set to, and tells those that are online and have not been told. */
export async function followConfigurations(
  ctx: Pick<AppContext, "db" | "clock" | "random" | "keys" | "broker" | "metrics" | "log">,
): Promise<number> {
  const nowMs = ctx.clock.nowMs();
  const bodies = new Map<RegionCode, ConfigurationBody>();
  for (const { region_code, policy } of await selectRegionPolicies(ctx.db, nowMs)) {
    bodies.set(region_code, configurationOf(policyFrom(policy)));
  }
  await wantConfigurations(ctx.db, bodies);
  const untold = await selectUntold(ctx.db, {
    heardSince: onlineSince(nowMs),
    sentBefore: new Date(nowMs - TELL_AGAIN_AFTER_MS),
    limit: TOLD_AT_ONCE,
  });
  for (const { chip_id, version, body } of untold) {
    const commandId = await sendCommand(ctx, chip_id, { kind: "full-configuration", ...body, version });
    await noteTold(ctx.db, chip_id, commandId, new Date(nowMs));
  }
  return untold.length;
}
