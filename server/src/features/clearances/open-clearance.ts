import type { KeyAreaId, MachineCode, Position } from "@hanyouxu/protocol";
import { failsToCarry, nextDeadlineMs, openClearance as opened, phaseOf } from "@hanyouxu/rules";
import type { Kysely } from "kysely";
import type { AppContext } from "../../context.ts";
import { inTransaction } from "../../db/in-transaction.ts";
import { storedPolicyOf } from "../../db/region-policy.ts";
import { isUniqueViolation } from "../../db/sql-errors.ts";
import type { Tables } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { authenticCode, whyNoMachine } from "../labels/labels.ts";
import { followKeyAreas } from "../places/places.ts";
import type { Person } from "../sign-in/sign-in.ts";
import { welderOf } from "../welders/welders.ts";
import { clearancePolicyOf, isAtArea, smoulderPlanOf } from "./area-demands.ts";
import { insertClearance, selectLastEnded, selectMachine, selectOpenOf } from "./queries.ts";

type OpenContext = Pick<
  AppContext,
  "db" | "clock" | "random" | "newId" | "audit" | "machineCodeKey" | "metrics" | "watchedAreas"
>;

const HOUR_MS = 3_600_000;

export interface NewClearance {
  machineCode: MachineCode;
  keyAreaId: KeyAreaId;
  /** Where the welder stands: the hot-work point. */
  position: Position;
  floor: string | null;
}

/**
 * A welder begins a clearance. His own open one for the same machine and area is that one.
 * @throws AppError machine_code.… | machine.not_found | welder.not_registered | key_area.not_found |
 *   clearance.not_at_area | clearance.machine_taken
 */
export async function openClearance(
  ctx: OpenContext,
  person: Person,
  { machineCode, keyAreaId, position, floor }: NewClearance,
): Promise<string> {
  const code = await authenticCode(ctx, machineCode, person.personId);
  const welderId = await welderOf(ctx, person);
  const machine = await selectMachine(ctx.db, code);
  if (!machine) throw await whyNoMachine(ctx, code, person.personId);
  const nowMs = ctx.clock.nowMs();
  // One that was drawn a moment ago counts too.
  await followKeyAreas(ctx);
  const area = ctx.watchedAreas.inForce(keyAreaId, nowMs);
  if (!area) throw new AppError("key_area.not_found");
  if (!isAtArea(ctx.watchedAreas, keyAreaId, position)) throw new AppError("clearance.not_at_area");
  const sameOne = async (tx: Kysely<Tables>) => {
    const open = await selectOpenOf(tx, machine.machine_id);
    if (!open) return undefined;
    if (open.welder_id === welderId && open.key_area_id === keyAreaId) return open.clearance_id;
    throw new AppError("clearance.machine_taken");
  };
  const clearanceId = ctx.newId();
  const stored = await storedPolicyOf(ctx.db, area.regionCode, nowMs);
  const policy = clearancePolicyOf(stored, area);
  const place = { keyAreaId, machineId: machine.machine_id, welderId };
  const endedSince = new Date(nowMs - policy.unusedHours * HOUR_MS);
  const last = await selectLastEnded(ctx.db, place, endedSince);
  const state = opened(nowMs, {
    demands: area.policy.demands,
    welderPersonId: person.personId,
    smoulderPlan: smoulderPlanOf(stored, area),
    earlierFails: last ? failsToCarry(last.state, policy) : 0,
  });
  try {
    return await inTransaction(ctx.db, async (tx) => {
      const before = await sameOne(tx);
      if (before) return before;
      const dueAtMs = nextDeadlineMs({ state, policy });
      await insertClearance(tx, {
        clearance_id: clearanceId,
        key_area_id: keyAreaId,
        key_area_version: area.version,
        machine_id: machine.machine_id,
        welder_id: welderId,
        region_code: area.regionCode,
        enterprise_id: machine.enterprise_id,
        site_owner_enterprise_id: area.siteOwnerEnterpriseId,
        latitude_degrees: position.latitudeDegrees,
        longitude_degrees: position.longitudeDegrees,
        accuracy_metres: position.accuracyMetres,
        floor,
        phase: phaseOf(state),
        state: JSON.stringify(state),
        policy: JSON.stringify(policy),
        site_code_key: ctx.random(16),
        site_code_id: ctx.random(5),
        permit_id: null,
        watch_person_id: null,
        open_work_session_id: null,
        due_at: dueAtMs === undefined ? null : new Date(dueAtMs),
        event_count: 0,
        opened_at: new Date(nowMs),
        ended_at: null,
      });
      await ctx.audit.record(tx, {
        actor: person.personId,
        action: "clearance.opened",
        subject: `clearance:${clearanceId}`,
        details: { machineId: machine.machine_id, keyAreaId, keyAreaVersion: area.version },
      });
      return clearanceId;
    });
  } catch (error) {
    // Two phones at once: the index lets one in, and it is the other's too when it is the same welder's.
    if (!isUniqueViolation(error, "clearances_one_open")) throw error;
    const before = await sameOne(ctx.db);
    if (before) return before;
    throw error;
  }
}
