import type { AlarmDetail, AlarmSummary } from "@hanyouxu/api";
import type { PersonId } from "@hanyouxu/protocol";
import type { LightMyRequestResponse } from "fastify";
import { expect } from "vitest";
import { buildStaff, county } from "./county.ts";
import { codeOf, type TwoFirms, type Who } from "./two-firms.ts";

export const MINUTE_MS = 60_000;

/** What tests of alarms do again and again. */
export function alarmSteps(firms: TwoFirms) {
  const list = async (query = "?pageSize=200", who: Who = "regulator"): Promise<AlarmSummary[]> => {
    const response = await firms.get(who, `/api/alarms${query}`);
    expect(response.statusCode, response.body).toBe(200);
    return response.json().items;
  };
  const openOf = async (kind: string) => await list(`?isOpen=true&kind=${kind}`);
  const detail = async (alarmId: string, who: Who = "regulator"): Promise<AlarmDetail> =>
    (await firms.get(who, `/api/alarms/${alarmId}`)).json();
  const act = (who: Who | undefined, alarmId: string, what: string, body: object = {}) =>
    firms.post(who, `/api/alarms/${alarmId}/${what}`, body);
  const mustAct = async (
    who: Who,
    alarmId: string,
    what: string,
    body: object = {},
  ): Promise<AlarmDetail> => {
    const response = await act(who, alarmId, what, body);
    expect(codeOf(response), response.body).toBe("200");
    return response.json();
  };
  return {
    list,
    openOf,
    detail,
    act,
    mustAct,
    /** From wherever it stands to closed, by the station and two regulators. */
    async close(alarmId: string): Promise<void> {
      const { handling } = await detail(alarmId);
      if (handling === "unacknowledged") await mustAct("station", alarmId, "acknowledgement");
      await mustAct("station", alarmId, "handling", { result: "演示到场", measures: "演示处置" });
      await mustAct("regulator", alarmId, "verification");
      await mustAct("regulator", alarmId, "closure");
    },
    told: async (personId: PersonId): Promise<string[]> => {
      const rows = await firms.app.ctx.db
        .selectFrom("notifications")
        .select(["data", "created_at"])
        .where("person_id", "=", personId)
        .where("kind", "=", "alarm")
        .orderBy("created_at")
        .orderBy("notification_id")
        .execute();
      const notices = rows.map(({ data, created_at }) => {
        const { what, alarmKind, level } = data as Record<string, unknown>;
        return { at: created_at.getTime(), words: `${what} ${alarmKind} ${level}` };
      });
      const messages = (
        await firms.app.ctx.db
          .selectFrom("messages")
          .select(["template", "words", "created_at"])
          .where("person_id", "=", personId)
          .where("topic", "=", "alarm")
          .orderBy("created_at")
          .orderBy("message_id")
          .execute()
      ).map(({ template, words: { kind, level }, created_at }) => ({
        at: created_at.getTime(),
        words: `${template.replace("alarm-", "")} ${kind} ${level}`,
      }));
      return [...messages, ...notices].sort((one, other) => one.at - other.at).map(({ words }) => words);
    },
    staff: (region: string = county) => buildStaff(firms.app, "regulator", { region: region as never }),
    codes: (...responses: LightMyRequestResponse[]) => responses.map(codeOf),
  };
}
