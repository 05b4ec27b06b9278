import type { DutyShift, dutyRoutes, RosterWeek, RouteBody } from "@hanyouxu/api";
import type { PersonId } from "@hanyouxu/protocol";
import { addDays, shanghaiDay } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import { maskName } from "../../crypto/mask.ts";
import { AppError } from "../../errors.ts";
import { auditStation } from "./audit-station.ts";
import { mondayOf, type Shift, shiftsBetween } from "./roster.ts";
import {
  deleteException,
  endPattern,
  insertException,
  insertPattern,
  type Member,
  selectMembers,
  selectRoster,
} from "./roster-queries.ts";

type ShowContext = Pick<AppContext, "db" | "personalData">;
type ChangeContext = Pick<AppContext, "db" | "clock" | "newId" | "audit">;

/** The week in which `day` lies; names masked. */
export async function rosterWeekOf(
  ctx: ShowContext,
  fireStationId: string,
  day: string,
): Promise<RosterWeek> {
  const from = mondayOf(day);
  const to = addDays(from, 6);
  const members = await selectMembers(ctx.db, [fireStationId]);
  const roster = await selectRoster(ctx.db, [fireStationId], from, to);
  const nameOf = naming(ctx, members);
  return {
    from,
    shifts: shiftsBetween(roster, from, to).map((shift) => shownShift(shift, nameOf)),
    absences: roster.exceptions
      .filter(({ kind }) => kind === "absent")
      .map(({ id, personId, day: on, reason }) => ({
        rosterExceptionId: id,
        personId,
        name: nameOf(personId),
        day: on,
        reason,
      })),
  };
}

export function naming({ personalData }: Pick<AppContext, "personalData">, members: readonly Member[]) {
  const names = new Map(
    members.map(({ personId, nameCiphertext }) => [
      personId,
      maskName(personalData.open("name", nameCiphertext)),
    ]),
  );
  return (personId: PersonId) => names.get(personId) ?? "";
}

export function shownShift(shift: Shift, nameOf: (personId: PersonId) => string): DutyShift {
  const { personId, day, startsMs, endsMs, source, id } = shift;
  return {
    personId,
    name: nameOf(personId),
    day,
    startsAt: new Date(startsMs).toISOString(),
    endsAt: new Date(endsMs).toISOString(),
    source,
    rosterShiftId: source === "pattern" ? id : null,
    rosterExceptionId: source === "extra" ? id : null,
  };
}

/** One row a weekday. @throws AppError fire_station.not_a_member | roster.days_reversed */
export async function addPattern(
  ctx: ChangeContext,
  fireStationId: string,
  body: RouteBody<typeof dutyRoutes.addRosterShift>,
  actor: PersonId,
): Promise<number> {
  const { personId, weekdays, startsAt, endsAt, fromDay, untilDay } = body;
  if (untilDay !== null && untilDay < fromDay) throw new AppError("roster.days_reversed");
  const days = [...new Set(weekdays)];
  await ctx.db.transaction().execute(async (tx) => {
    await requireMember({ db: tx }, fireStationId, personId);
    await insertPattern(
      tx,
      days.map((weekday) => ({
        roster_shift_id: ctx.newId(),
        fire_station_id: fireStationId,
        person_id: personId as PersonId,
        weekday,
        starts_at: startsAt,
        ends_at: endsAt,
        from_day: fromDay,
        until_day: untilDay,
      })),
    );
    await auditStation(ctx, tx, actor, fireStationId, "roster.shift_added", { ...body });
  });
  return days.length;
}

/** What was worked stays on record; a shift that has not begun to hold is taken away. @throws AppError roster.shift_not_found */
export async function endShift(
  ctx: ChangeContext,
  fireStationId: string,
  rosterShiftId: string,
  actor: PersonId,
): Promise<void> {
  const today = shanghaiDay(ctx.clock.nowMs());
  await ctx.db.transaction().execute(async (tx) => {
    if (!(await endPattern(tx, fireStationId, rosterShiftId, addDays(today, -1)))) {
      throw new AppError("roster.shift_not_found");
    }
    await auditStation(ctx, tx, actor, fireStationId, "roster.shift_ended", { rosterShiftId });
  });
}

/** @throws AppError fire_station.not_a_member */
export async function addException(
  ctx: ChangeContext,
  fireStationId: string,
  body: RouteBody<typeof dutyRoutes.addRosterException>,
  actor: PersonId,
): Promise<string> {
  const rosterExceptionId = ctx.newId();
  await ctx.db.transaction().execute(async (tx) => {
    await requireMember({ db: tx }, fireStationId, body.personId);
    await insertException(tx, {
      roster_exception_id: rosterExceptionId,
      fire_station_id: fireStationId,
      person_id: body.personId as PersonId,
      day: body.day,
      kind: body.kind,
      starts_at: body.kind === "extra" ? body.startsAt : null,
      ends_at: body.kind === "extra" ? body.endsAt : null,
      reason: body.reason,
      created_by: actor,
      created_at: new Date(ctx.clock.nowMs()),
    });
    await auditStation(ctx, tx, actor, fireStationId, "roster.exception_added", { ...body });
  });
  return rosterExceptionId;
}

/** @throws AppError roster.exception_not_found */
export async function removeException(
  ctx: ChangeContext,
  fireStationId: string,
  rosterExceptionId: string,
  actor: PersonId,
): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    if (!(await deleteException(tx, fireStationId, rosterExceptionId))) {
      throw new AppError("roster.exception_not_found");
    }
    await auditStation(ctx, tx, actor, fireStationId, "roster.exception_removed", { rosterExceptionId });
  });
}

async function requireMember(
  { db }: Pick<AppContext, "db">,
  fireStationId: string,
  personId: string,
): Promise<void> {
  const members = await selectMembers(db, [fireStationId]);
  if (!members.some((member) => member.personId === personId))
    throw new AppError("fire_station.not_a_member");
}
