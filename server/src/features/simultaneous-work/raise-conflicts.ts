import type { PersonId } from "@hanyouxu/protocol";
import type { Kysely } from "kysely";
import type { AppContext } from "../../context.ts";
import type { ToldPerson } from "../../db/tables/simultaneous-work.ts";
import type { Tables } from "../../db/tables.ts";
import { notify } from "../notifications/notifications.ts";
import { staffNearest } from "../staff-accounts/staff-accounts.ts";
import { clearRow, insertConflict, selectFirmOfficers } from "./conflict-queries.ts";
import type { ConflictPair } from "./conflicts-among.ts";
import type { GoingWork } from "./going-works.ts";

export type RaiseContext = Pick<AppContext, "db" | "clock" | "newId">;

/**
 * Raises a conflict and tells both firms, those at the hot work and the station, within the caller's transaction. Nothing
 * happens when it is open already.
 */
export async function raiseConflict(
  ctx: RaiseContext,
  tx: Kysely<Tables>,
  pair: ConflictPair,
): Promise<void> {
  const workConflictId = ctx.newId();
  const told = await whomToTell(tx, pair, workConflictId);
  const isNew = await insertConflict(tx, {
    work_conflict_id: workConflictId,
    kind: pair.finding.kind,
    ...columnsOf(pair),
    told: JSON.stringify(told),
    raised_at: new Date(ctx.clock.nowMs()),
  });
  if (isNew) await tell(ctx, tx, workConflictId, "raised", told);
}

/** What of a conflict follows its two works while it is open. */
export function columnsOf({ one, other, finding }: ConflictPair) {
  return {
    one_key: one.key,
    other_key: other.key,
    one_region_code: one.regionCode,
    other_region_code: other.regionCode,
    one_enterprise_id: one.enterpriseId,
    one_site_owner_enterprise_id: one.siteOwnerId,
    other_enterprise_id: other.enterpriseId,
    other_site_owner_enterprise_id: other.siteOwnerId,
    one: JSON.stringify(one.side),
    other: JSON.stringify(other.side),
    finding: JSON.stringify(finding),
  };
}

/** Clears an open conflict and tells everybody who was warned, within the caller's transaction. */
export async function clearConflict(
  ctx: RaiseContext,
  tx: Kysely<Tables>,
  workConflictId: string,
  because: "ended" | "apart",
): Promise<void> {
  const told = await clearRow(tx, workConflictId, new Date(ctx.clock.nowMs()), because);
  if (told) await tell(ctx, tx, workConflictId, "cleared", told);
}

async function tell(
  ctx: RaiseContext,
  tx: Kysely<Tables>,
  workConflictId: string,
  what: "raised" | "cleared",
  told: readonly ToldPerson[],
): Promise<void> {
  await notify(
    ctx,
    tx,
    told.map(({ personId, data }) => ({
      personId,
      kind: "work-conflict" as const,
      data: { ...data, what },
      dedupKey: `work-conflict:${workConflictId}:${what}:${personId}`,
    })),
  );
}

/** Officers of the firms and site owners, welder and watch, and the station's staff; everybody once, by his own side. */
async function whomToTell(
  tx: Kysely<Tables>,
  { one, other, finding }: ConflictPair,
  workConflictId: string,
): Promise<ToldPerson[]> {
  const told = new Map<PersonId, ToldPerson>();
  const add = (own: GoingWork, against: GoingWork, people: readonly PersonId[]) => {
    const data = {
      workConflictId,
      work: against.side.kind,
      metres: Math.round(finding.horizontalMetres),
      limitMetres: finding.limitMetres,
      // What the notice leads to, and whom it warns of.
      subject: own.side.subject,
      subjectId: own.side.id,
      firm: against.side.enterpriseName,
      place: against.side.placeName,
    };
    for (const personId of people) if (!told.has(personId)) told.set(personId, { personId, data });
  };
  const officersOf = async ({ enterpriseId, siteOwnerId }: GoingWork) =>
    await selectFirmOfficers(
      tx,
      [enterpriseId, siteOwnerId].filter((id) => id !== null),
    );
  // Who welds or watches hears of his own work first, whatever else he is.
  add(one, other, one.people);
  add(other, one, other.people);
  add(one, other, await officersOf(one));
  add(other, one, await officersOf(other));
  add(one, other, await staffNearest(tx, one.regionCode, one.regionCode, ["station-staff"]));
  return [...told.values()];
}
