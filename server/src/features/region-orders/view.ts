import type { RegionOrder, RegionOrderAct } from "@hanyouxu/api";
import type { AppContext } from "../../context.ts";
import { maskName } from "../../crypto/mask.ts";
import { isInScope, type Person, type Scope } from "../sign-in/sign-in.ts";
import type { Progress } from "./progress-queries.ts";
import type { RegionOrderRow } from "./queries.ts";

type ViewContext = Pick<AppContext, "personalData" | "clock">;

export function regionOrderOf(
  { personalData, clock }: ViewContext,
  row: RegionOrderRow,
  progress: Progress | undefined,
  caller: { person: Person; scope: Scope },
): RegionOrder {
  const by = (name: Uint8Array | null, at: Date | null) =>
    name && at ? { name: maskName(personalData.open("name", name)), at: at.toISOString() } : null;
  const liftAsked = by(row.lift_asker_name, row.lift_asked_at);
  return {
    regionOrderId: row.region_order_id,
    kind: row.kind,
    status: row.status,
    region: row.region_code,
    regionName: row.region_name,
    enterpriseId: row.enterprise_id,
    enterpriseName: row.enterprise_name,
    reason: row.reason,
    asked: by(row.asker_name, row.asked_at)!,
    confirmBy: row.confirm_by.toISOString(),
    answered: by(row.answerer_name, row.answered_at),
    refusal: row.refusal,
    lifting: liftAsked && {
      ...liftAsked,
      reason: row.lift_reason!,
      confirmBy: row.lift_confirm_by!.toISOString(),
    },
    lifted: by(row.lifter_name, row.ended_at),
    machines: {
      all: progress?.all_machines ?? 0,
      obeyed: progress?.obeyed ?? 0,
      away: progress?.away ?? 0,
    },
    mayDo: isInScope(caller.scope, row.region_code) ? actsOf(row, caller.person, clock.nowMs()) : [],
  };
}

/** What somebody who commands there may do: the one who asked never answers. */
function actsOf(row: RegionOrderRow, { personId }: Person, nowMs: number): RegionOrderAct[] {
  if (row.status === "asked") {
    if (row.confirm_by.getTime() <= nowMs) return [];
    return row.asked_by === personId ? ["withdraw"] : ["confirm", "refuse"];
  }
  if (row.status !== "in-force" || row.kind !== "lock") return [];
  if (row.lift_asked_by === null || row.lift_confirm_by!.getTime() <= nowMs) return ["ask-lift"];
  return row.lift_asked_by === personId ? ["refuse-lift"] : ["confirm-lift", "refuse-lift"];
}
