import type { HotWorkPermitId, PersonId, RegionCode } from "@hanyouxu/protocol";
import type { ClearanceEffect, ClearanceNews } from "@hanyouxu/rules";
import type { Kysely } from "kysely";
import type { AppContext } from "../../context.ts";
import type { Tables } from "../../db/tables.ts";
import { closePermit } from "../hot-work-permits/hot-work-permits.ts";
import { type NewNotification, notify } from "../notifications/notifications.ts";
import { callRegion, staffNearest } from "../staff-accounts/staff-accounts.ts";
import { tell } from "../telling/telling.ts";
import { calledStaff } from "./called-staff.ts";
import type { LockedClearance } from "./queries.ts";
import { findAreaName, upsertCall } from "./station-queries.ts";

export type EffectContext = Pick<AppContext, "db" | "clock" | "newId" | "audit" | "stationMap">;

/**
 * Does what follows from a step, within its transaction. Stopping new arcs needs the chip: it is owed (`must_stop`)
 * until the sweep has sent it.
 */
export async function runEffects(
  ctx: EffectContext,
  tx: Kysely<Tables>,
  row: LockedClearance,
  effects: readonly ClearanceEffect[],
): Promise<void> {
  const notices: NewNotification[] = [];
  for (const effect of effects) {
    switch (effect.kind) {
      case "close-permit":
        await closePermit(ctx, tx, effect.permitId as HotWorkPermitId, ctx.clock.nowMs());
        break;
      case "call-station": {
        const region = callRegion(row.region_code, effect.level);
        const called = { ...effect, region, dueAtMs: row.state.station?.dueAtMs ?? null };
        const stationCallId = await upsertCall(tx, ctx.newId(), row.clearance_id, called, ctx.clock.nowMs());
        const staff = await calledStaff(ctx, tx, row, { ...effect, region });
        await tell(ctx, tx, {
          personIds: staff,
          topic: "station-call",
          severity: "danger",
          subject: { kind: "station-call", id: stationCallId },
          template: "station-called",
          words: { area: await findAreaName(tx, row.key_area_id), cause: effect.cause },
          onceKey: `station-called:${stationCallId}:${effect.level}`,
        });
        for (const personId of staff) {
          notices.push({
            personId,
            kind: "station-called",
            data: { stationCallId, clearanceId: row.clearance_id, cause: effect.cause, level: effect.level },
            dedupKey: `station-called:${stationCallId}:${effect.level}:${personId}`,
          });
        }
        break;
      }
      case "tell":
        for (const personId of await whom(tx, row, effect.whom)) {
          notices.push(news(row, personId, effect.what));
        }
        break;
      case "stop-new-arcs":
        break;
    }
  }
  await notify(ctx, tx, notices);
}

function news(row: LockedClearance, personId: PersonId, what: ClearanceNews): NewNotification {
  return { personId, kind: "clearance", data: { clearanceId: row.clearance_id, what } };
}

async function whom(
  tx: Kysely<Tables>,
  { state, region_code: regionCode }: { state: LockedClearance["state"]; region_code: RegionCode },
  one: "welder" | "watch" | "reviewers",
): Promise<readonly PersonId[]> {
  switch (one) {
    case "welder":
      return [state.welderPersonId];
    case "watch":
      return state.watch ? [state.watch.personId] : [];
    case "reviewers":
      return await staffNearest(tx, regionCode, regionCode, ["station-staff", "regulator"]);
  }
}
