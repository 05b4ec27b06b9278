import type { PersonId, Position } from "@hanyouxu/protocol";
import { distanceMetres, shanghaiDay } from "@hanyouxu/rules";
import type { Kysely } from "kysely";
import type { AppContext } from "../../context.ts";
import type { Tables } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { trainedFireWatch } from "../fire-watches/fire-watches.ts";
import type { Person } from "../sign-in/sign-in.ts";
import { type LockedClearance, selectWatchedBeside } from "./queries.ts";
import { isSiteCodeFresh, type SiteCodeSecret, siteCodeAt, siteCodeIdIn } from "./site-code.ts";
import { type EventContext, takeEvent } from "./take-event.ts";

/** A phone's fix that says nothing finer than this cannot prove a place. */
const WORST_ACCURACY_METRES = 100;
/** Two machines this close to each other are one hot-work point: one pair of eyes sees both. */
const SAME_POINT_METRES = 10;

/** Whether a phone is near the hot-work point, its own error set against it; null where it does not say where it is. */
export function nearPoint(
  row: Pick<LockedClearance, "latitude_degrees" | "longitude_degrees">,
  position: Position | null,
  withinMetres: number,
): { isNear: boolean; metres: number } | null {
  if (position === null || position.accuracyMetres > WORST_ACCURACY_METRES) return null;
  const point = { latitudeDegrees: row.latitude_degrees, longitudeDegrees: row.longitude_degrees };
  const metres = distanceMetres(point, position);
  return { isNear: metres - position.accuracyMetres <= withinMetres, metres };
}

/** @throws AppError clearance.place_unknown | clearance.too_far */
export function requireNear(
  row: Pick<LockedClearance, "latitude_degrees" | "longitude_degrees" | "policy">,
  position: Position | null,
): number {
  const near = nearPoint(row, position, row.policy.watchDistanceMetres);
  if (!near) throw new AppError("clearance.place_unknown");
  if (!near.isNear) {
    const { watchDistanceMetres } = row.policy;
    throw new AppError("clearance.too_far", {
      details: { metres: Math.round(near.metres), watchDistanceMetres },
    });
  }
  return near.metres;
}

/**
 * One fire watch looks after one hot-work point. Who was already found gone where nothing burns is free.
 * @throws AppError fire_watch.watches_elsewhere
 */
async function requireFree(
  tx: Kysely<Tables>,
  personId: PersonId,
  row: Pick<LockedClearance, "clearance_id" | "latitude_degrees" | "longitude_degrees">,
): Promise<void> {
  const here = { latitudeDegrees: row.latitude_degrees, longitudeDegrees: row.longitude_degrees };
  for (const other of await selectWatchedBeside(tx, personId, row.clearance_id)) {
    const { watch, smoulder } = other.state;
    if (watch?.status === "absent" && other.open_work_session_id === null && !smoulder) continue;
    const metres = distanceMetres(here, {
      latitudeDegrees: other.latitude_degrees,
      longitudeDegrees: other.longitude_degrees,
    });
    if (metres <= SAME_POINT_METRES) continue;
    throw new AppError("fire_watch.watches_elsewhere", { details: { metres: Math.round(metres) } });
  }
}

function secretOf(row: Pick<LockedClearance, "site_code_id" | "site_code_key" | "policy">): SiteCodeSecret {
  return {
    siteCodeId: row.site_code_id,
    siteCodeKey: row.site_code_key,
    siteCodeSeconds: row.policy.siteCodeSeconds,
  };
}

export function currentSiteCode(ctx: Pick<AppContext, "clock">, row: Parameters<typeof secretOf>[0]) {
  return siteCodeAt(secretOf(row), ctx.clock.nowMs());
}

/**
 * The fire watch takes over: by the code of this moment, at the place, trained.
 * @throws AppError site_code.invalid | site_code.stale | fire_watch.not_trained | fire_watch.watches_elsewhere |
 *   clearance.place_unknown | clearance.too_far | clearance.…
 */
export async function scanSiteCode(
  ctx: EventContext,
  person: Person,
  { code, position }: { code: string; position: Position | null },
): Promise<string> {
  const found = siteCodeIdIn(code);
  if (!found) throw new AppError("site_code.invalid");
  const named = await ctx.db
    .selectFrom("clearances")
    .select("clearance_id")
    .where("site_code_id", "=", found.siteCodeId)
    .executeTakeFirst();
  if (!named) throw new AppError("site_code.invalid");
  const nowMs = ctx.clock.nowMs();
  const training = await trainedFireWatch(ctx.db, person.personId, shanghaiDay(nowMs));
  if (!training) throw new AppError("fire_watch.not_trained");
  const clearanceId = named.clearance_id;
  const event = { kind: "watch-confirmed", personId: person.personId } as const;
  await takeEvent(ctx, { clearanceId, event, actor: person.personId }, async (tx, row) => {
    if (!isSiteCodeFresh(secretOf(row), found.code, nowMs)) throw new AppError("site_code.stale");
    const metres = requireNear(row, position);
    await requireFree(tx, person.personId, row);
    await ctx.audit.record(tx, {
      actor: person.personId,
      action: "clearance.watched",
      subject: `clearance:${clearanceId}`,
      details: { metres: Math.round(metres), accuracyMetres: Math.round(position!.accuracyMetres) },
    });
  });
  return clearanceId;
}

/**
 * Where the watch is now. A phone that cannot say where it is answers nothing: the question stays open.
 * @throws AppError clearance.place_unknown | clearance.…
 */
export async function reportWatch(
  ctx: EventContext,
  person: Person,
  row: LockedClearance,
  position: Position | null,
): Promise<void> {
  const near = nearPoint(row, position, row.policy.watchDistanceMetres);
  if (!near) throw new AppError("clearance.place_unknown");
  const event = { kind: "watch-seen", personId: person.personId, isAtPlace: near.isNear } as const;
  await takeEvent(ctx, { clearanceId: row.clearance_id, event, actor: person.personId });
}
