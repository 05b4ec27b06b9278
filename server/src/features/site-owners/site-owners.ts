import type { SiteQuestion } from "@hanyouxu/api";
import type { PersonId, WelderId } from "@hanyouxu/protocol";
import { type TimedPosition, worksAwayFromHome } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { startPolicyOf } from "../decisions/decisions.ts";
import { selectMemberships } from "../enterprise-people/enterprise-people.ts";
import { type MachineRow, readingsOf } from "../machines/machines.ts";
import type { WorkSessionRow } from "../work-sessions/work-sessions.ts";
import { saveAnswer, selectNearby } from "./queries.ts";

/** More than this many nobody reads with a torch in the hand. */
const MOST_NEARBY = 8;

/** What is to be asked of a welder before he starts a machine: for whom, and which of his firms he works for. */
export async function siteQuestionFor(
  ctx: Pick<AppContext, "db" | "clock">,
  machine: MachineRow,
  welderId: WelderId,
  phonePosition: TimedPosition | null,
): Promise<SiteQuestion> {
  const nowMs = ctx.clock.nowMs();
  const policy = await startPolicyOf(ctx.db, machine.region_code, nowMs);
  const heard = readingsOf(machine);
  const chipPosition = heard?.position ? { ...heard.position, fixedAtMs: Date.parse(heard.heardAt) } : null;
  const isAsked = worksAwayFromHome(
    {
      machine: { isMobile: machine.is_mobile, home: homeOf(machine) },
      chip: { position: chipPosition },
      phonePosition,
    },
    policy,
  );
  const at = phonePosition ?? chipPosition;
  const nearby =
    isAsked && at ? await selectNearby(ctx.db, at, policy.siteOwnerNearbyMetres, MOST_NEARBY) : [];
  const firms = await selectMemberships(ctx.db, welderId);
  return {
    isAsked,
    isRequired: isAsked && policy.unnamedSiteOwner === "require",
    nearby: nearby.map((found) => ({ ...found, distanceMetres: Math.round(found.distanceMetres) })),
    firms: firms.map(({ enterprise_id: enterpriseId, name }) => ({ enterpriseId, name })),
  };
}

/**
 * The site owner's officer says whether the work is at its place. Audited; a dispute stays with the session, where the
 * regulator sees it.
 * @throws AppError site_owner.not_named
 */
export async function answerForSite(
  ctx: Pick<AppContext, "db" | "clock" | "audit" | "changes">,
  session: WorkSessionRow,
  { isConfirmed, reason }: { isConfirmed: boolean; reason: string },
  actor: PersonId,
): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    const isSaved = await saveAnswer(tx, session.work_session_id, {
      state: isConfirmed ? "confirmed" : "disputed",
      reason: reason === "" ? null : reason,
      by: actor,
      at: new Date(ctx.clock.nowMs()),
    });
    if (!isSaved) throw new AppError("site_owner.not_named");
    await ctx.audit.record(tx, {
      actor,
      action: isConfirmed ? "site_owner.confirmed" : "site_owner.disputed",
      subject: `work_session:${session.work_session_id}`,
      details: { enterpriseId: session.site_owner_enterprise_id, reason },
    });
  });
  ctx.changes.announce([session.work_session_id]);
}

function homeOf({ home_latitude_degrees, home_longitude_degrees }: MachineRow) {
  return home_latitude_degrees === null || home_longitude_degrees === null
    ? null
    : { latitudeDegrees: home_latitude_degrees, longitudeDegrees: home_longitude_degrees };
}
