import type { PersonId } from "@hanyouxu/protocol";
import { addDays, shanghaiDay } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import { shiftsBetween } from "./roster.ts";
import { selectRoster } from "./roster-queries.ts";

/** Whom the roster has next within a day, but for some people. */
export async function nextOn(
  db: AppContext["db"],
  fireStationId: string,
  but: ReadonlySet<PersonId>,
  nowMs: number,
): Promise<PersonId[]> {
  const today = shanghaiDay(nowMs);
  const roster = await selectRoster(db, [fireStationId], today, addDays(today, 1));
  const coming = shiftsBetween(roster, today, addDays(today, 1)).filter(
    ({ personId, startsMs }) => !but.has(personId) && startsMs >= nowMs,
  );
  return coming.filter(({ startsMs }) => startsMs === coming[0]!.startsMs).map(({ personId }) => personId);
}
