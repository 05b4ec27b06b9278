import type { WorkSession } from "@hanyouxu/api";
import type { AppContext } from "../../context.ts";
import { HIDDEN_NAME, maskName } from "../../crypto/mask.ts";
import type { WorkSessionRow } from "./queries.ts";

/**
 * A work session as the API shows it. The name is in full only for the welder himself, and hidden whole from who may not
 * know people.
 */
export function workSessionOf(
  ctx: Pick<AppContext, "personalData">,
  row: WorkSessionRow,
  { isOwn = false, isNamed = true } = {},
): WorkSession {
  const name = ctx.personalData.open("name", row.name_ciphertext);
  return {
    workSessionId: row.work_session_id,
    status: row.status,
    machineId: row.machine_id,
    machineName: row.machine_name,
    model: row.model,
    enterpriseId: row.enterprise_id,
    enterpriseName: row.enterprise_name,
    contractorEnterpriseId: row.contractor_enterprise_id,
    contractorName: row.contractor_name,
    siteOwnerEnterpriseId: row.site_owner_enterprise_id,
    siteOwnerName: row.site_owner_name,
    siteOwnerState: row.site_owner_state,
    siteOwnerReason: row.site_owner_reason,
    region: row.region_code,
    welderId: row.welder_id,
    welderName: isOwn ? name : isNamed ? maskName(name) : HIDDEN_NAME,
    decisionId: row.decision_id,
    grantedAt: row.granted_at.toISOString(),
    energisedAt: row.energised_at?.toISOString() ?? null,
    expiresAt: row.expires_at.toISOString(),
    stopRequestedAt: row.stop_requested_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    endReason: row.end_reason,
    retryAt: row.retry_at?.toISOString() ?? null,
    energisedMs: row.energised_ms,
    arcMs: row.arc_ms,
    arcCount: row.arc_count,
    energyKilojoules: row.energy_kilojoules,
    peakCurrentAmps: row.peak_deciamps / 10,
    checkpointVerified: row.checkpoint_verified,
  };
}
