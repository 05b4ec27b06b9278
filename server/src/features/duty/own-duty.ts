import type { Handover, OwnDuty } from "@hanyouxu/api";
import type { PersonId } from "@hanyouxu/protocol";
import { addDays, shanghaiDay } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import { maskName } from "../../crypto/mask.ts";
import { AppError } from "../../errors.ts";
import { tell } from "../telling/telling.ts";
import { auditStation } from "./audit-station.ts";
import { findOwnStation } from "./member-queries.ts";
import { nextOn } from "./next-on.ts";
import { onDutyOf } from "./on-duty.ts";
import { shiftsBetween } from "./roster.ts";
import { selectMembers, selectRoster } from "./roster-queries.ts";
import { naming, shownShift } from "./rosters.ts";
import { insertTurn, selectHandovers, takeOver } from "./turn-queries.ts";

type DutyContext = Pick<AppContext, "db" | "clock" | "newId" | "audit" | "personalData">;

const SHOWN_DAYS = 14;
const HOUR_MS = 3_600_000;

/** The caller's station, shifts to come and whether on duty now. */
export async function ownDutyOf(ctx: DutyContext, personId: PersonId): Promise<OwnDuty> {
  const nowMs = ctx.clock.nowMs();
  const station = await findOwnStation(ctx.db, personId);
  if (!station) return { station: null, isOnDuty: false, until: null, shifts: [], handovers: [] };
  const id = station.fire_station_id;
  const today = shanghaiDay(nowMs);
  const from = addDays(today, -1);
  const to = addDays(today, SHOWN_DAYS - 1);
  const nameOf = naming(ctx, await selectMembers(ctx.db, [id]));
  const shifts = shiftsBetween(await selectRoster(ctx.db, [id], from, to), from, to)
    .filter((shift) => shift.personId === personId && shift.endsMs > nowMs)
    .map((shift) => shownShift(shift, nameOf));
  const own = (await onDutyOf(ctx.db, [id], nowMs)).find((person) => person.personId === personId);
  return {
    station: { fireStationId: id, name: station.name, phone: station.phone },
    isOnDuty: own !== undefined,
    until: own ? new Date(own.untilMs).toISOString() : null,
    shifts,
    handovers: await handoversOf(ctx, id),
  };
}

/** The latest notes of a station; names masked. */
export async function handoversOf(
  ctx: Pick<AppContext, "db" | "personalData">,
  fireStationId: string,
): Promise<Handover[]> {
  const rows = await selectHandovers(ctx.db, fireStationId);
  return rows.map((row) => ({
    dutyTurnId: row.duty_turn_id,
    name: maskName(ctx.personalData.open("name", row.name_ciphertext)),
    at: row.from_at.toISOString(),
    note: row.handover_note!,
    takenOverAt: row.taken_over_at?.toISOString() ?? null,
  }));
}

/** On duty from now, for so long at least; what was handed over is taken over. @throws AppError duty.no_station */
export async function goOnDuty(ctx: DutyContext, personId: PersonId, hours: number): Promise<void> {
  const nowMs = ctx.clock.nowMs();
  const station = await requireOwnStation(ctx, personId);
  await ctx.db.transaction().execute(async (tx) => {
    await insertTurn(tx, {
      duty_turn_id: ctx.newId(),
      fire_station_id: station.fire_station_id,
      person_id: personId,
      is_on: true,
      from_at: new Date(nowMs),
      until_at: new Date(nowMs + hours * HOUR_MS),
      handover_note: null,
    });
    await takeOver(tx, station.fire_station_id, personId, new Date(nowMs));
    await auditStation(ctx, tx, personId, station.fire_station_id, "duty.on", { hours });
  });
}

/**
 * Off duty until what goes on now would have ended, with a note for those after, who are told of it: whoever is on duty
 * now, else whoever comes next. @throws AppError duty.no_station | duty.not_on
 */
export async function goOffDuty(ctx: DutyContext, personId: PersonId, note: string): Promise<void> {
  const nowMs = ctx.clock.nowMs();
  const station = await requireOwnStation(ctx, personId);
  const id = station.fire_station_id;
  await ctx.db.transaction().execute(async (tx) => {
    const onDuty = await onDutyOf(tx, [id], nowMs);
    const own = onDuty.find((person) => person.personId === personId);
    if (!own) throw new AppError("duty.not_on");
    const dutyTurnId = ctx.newId();
    await insertTurn(tx, {
      duty_turn_id: dutyTurnId,
      fire_station_id: id,
      person_id: personId,
      is_on: false,
      from_at: new Date(nowMs),
      until_at: new Date(own.untilMs),
      handover_note: note,
    });
    const others = onDuty.map((person) => person.personId).filter((other) => other !== personId);
    await tell(ctx, tx, {
      personIds: others.length > 0 ? others : await nextOn(tx, id, new Set([personId]), nowMs),
      topic: "duty",
      severity: "notice",
      subject: { kind: "duty", id },
      template: "duty-handover",
      words: { station: station.name },
      onceKey: `duty-handover:${dutyTurnId}`,
    });
    await auditStation(ctx, tx, personId, id, "duty.off");
  });
}

async function requireOwnStation(ctx: Pick<AppContext, "db">, personId: PersonId) {
  const station = await findOwnStation(ctx.db, personId);
  if (!station) throw new AppError("duty.no_station");
  return station;
}
