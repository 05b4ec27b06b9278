import type { AlarmDetail } from "@hanyouxu/api";
import type { AppContext } from "../../context.ts";
import type { Person } from "../sign-in/sign-in.ts";
import { alarmDetailOf } from "./alarm-view.ts";
import {
  type AlarmRow,
  selectAlarms,
  selectHistory,
  selectLinked,
  selectPersonName,
} from "./list-queries.ts";
import { isNamedTo, mayAnswer, mayDoAbout, mayNote } from "./policy.ts";

type ShowContext = Pick<AppContext, "db" | "personalData">;

/** One alarm with all that belongs to it, as this person may see it. */
export async function showAlarm(ctx: ShowContext, person: Person, row: AlarmRow): Promise<AlarmDetail> {
  const parts = {
    history: await selectHistory(ctx.db, row.alarm_id),
    links: (await selectLinked(ctx.db, row.alarm_id)).map(({ alarm_id, kind, handling }) => ({
      alarmId: alarm_id,
      kind,
      handling,
    })),
    welderName: await nameOf(ctx, row.welder_person_id),
    assigneeName: await nameOf(ctx, row.assigned_person_id),
  };
  return alarmDetailOf(ctx, row, parts, {
    isNamed: isNamedTo(person, row),
    personId: person.personId,
    mayDo: mayDoAbout(person, row),
    mayNote: mayNote(person, row),
    mayAnswer: mayAnswer(person, row),
  });
}

async function nameOf(ctx: ShowContext, personId: AlarmRow["welder_person_id"]) {
  return personId === null ? undefined : await selectPersonName(ctx.db, personId);
}

/** The same after something was done about it. */
export async function showAlarmAgain(
  ctx: ShowContext,
  person: Person,
  alarmId: string,
): Promise<AlarmDetail> {
  const [row] = await selectAlarms(ctx.db, { alarmId }, 1, 0);
  return await showAlarm(ctx, person, row!);
}
