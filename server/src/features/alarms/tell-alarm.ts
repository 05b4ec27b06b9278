import type { EnterpriseId, PersonId } from "@hanyouxu/protocol";
import { type AlarmAudience, type AlarmNews, alarmKindTable } from "@hanyouxu/rules";
import type { Kysely } from "kysely";
import type { AppContext } from "../../context.ts";
import type { Tables } from "../../db/tables.ts";
import { notify } from "../notifications/notifications.ts";
import { callRegion, staffNearest } from "../staff-accounts/staff-accounts.ts";
import { type TemplateName, tell } from "../telling/telling.ts";
import type { StoredAlarm } from "./alarm-queries.ts";
import { selectDepartmentStaff, selectNames, selectOfficers, selectOperators } from "./people-queries.ts";

type Told = Pick<
  StoredAlarm,
  | "alarm_id"
  | "kind"
  | "severity"
  | "region_code"
  | "enterprise_id"
  | "site_owner_enterprise_id"
  | "machine_id"
  | "key_area_id"
  | "welder_id"
  | "level"
  | "act_count"
>;
export type ToldNews = AlarmNews | { kind: "raised" };

/** What somebody must act on goes out by every channel of theirs; the rest is a notice inside the app. */
const MESSAGES: Partial<Record<ToldNews["kind"], TemplateName>> = {
  raised: "alarm-raised",
  dispatched: "alarm-dispatched",
  escalated: "alarm-escalated",
};

/** Where a name is unknown, or there is none to give. */
const NAMELESS = "–";

/** Tells people what is new about an alarm, within the caller's transaction. The only place that does. */
export async function tellAlarm(
  ctx: Pick<AppContext, "clock" | "newId">,
  tx: Kysely<Tables>,
  alarm: Told,
  news: readonly ToldNews[],
): Promise<void> {
  if (news.length === 0) return;
  const names = await selectNames(tx, alarm);
  const { title } = alarmKindTable[alarm.kind];
  for (const one of news) {
    const people = await whom(tx, alarm, one);
    const level = one.kind === "escalated" ? one.level : alarm.level;
    const onceKey = `alarm:${alarm.alarm_id}:${one.kind}:${level}:${alarm.act_count}`;
    const template = MESSAGES[one.kind];
    if (template) {
      await tell(ctx, tx, {
        personIds: people,
        topic: "alarm",
        severity: alarm.severity,
        subject: { kind: "alarm", id: alarm.alarm_id },
        template,
        words: {
          kind: alarm.kind,
          machine: names.machine ?? names.keyArea ?? NAMELESS,
          place: names.region ?? NAMELESS,
          level,
        },
        onceKey,
      });
      continue;
    }
    await notify(
      ctx,
      tx,
      people.map((personId) => ({
        personId,
        kind: "alarm" as const,
        data: {
          alarmId: alarm.alarm_id,
          alarmKind: alarm.kind,
          severity: alarm.severity,
          what: one.kind,
          level,
          titleZh: title.zh,
          titleEn: title.en,
          machine: names.machine,
          area: names.keyArea,
        },
        dedupKey: `${onceKey}:${personId}`,
      })),
    );
  }
}

async function whom(tx: Kysely<Tables>, alarm: Told, news: ToldNews): Promise<PersonId[]> {
  switch (news.kind) {
    case "dispatched": {
      const { department, personId } = news.assignee;
      if (personId !== null) return [personId];
      return department === null ? [] : await selectDepartmentStaff(tx, department, alarm.region_code);
    }
    case "escalated":
      return await authorities(tx, alarm, news.level, ["station-staff", "regulator"]);
    default: {
      const people = new Set<PersonId>();
      for (const audience of alarmKindTable[alarm.kind].told) {
        for (const personId of await audienceOf(tx, alarm, audience)) people.add(personId);
      }
      return [...people];
    }
  }
}

async function audienceOf(tx: Kysely<Tables>, alarm: Told, audience: AlarmAudience): Promise<PersonId[]> {
  switch (audience) {
    case "welder":
      return alarm.welder_id === null ? [] : await selectWelder(tx, alarm.welder_id);
    case "officer":
      return await officers(tx, alarm.enterprise_id);
    case "site-owner":
      return await officers(tx, alarm.site_owner_enterprise_id);
    case "station":
      return await authorities(tx, alarm, alarm.level, ["station-staff"]);
    case "regulator":
      return await authorities(tx, alarm, alarm.level, ["regulator"]);
  }
}

/** Of the region so many levels up, or the nearest above it; of no region: the platform's operators. */
async function authorities(
  tx: Kysely<Tables>,
  { region_code: region }: Told,
  level: number,
  roles: readonly string[],
): Promise<PersonId[]> {
  if (region === null) return await selectOperators(tx);
  return await staffNearest(tx, region, callRegion(region, level), roles);
}

async function officers(tx: Kysely<Tables>, enterpriseId: EnterpriseId | null): Promise<PersonId[]> {
  return enterpriseId === null ? [] : await selectOfficers(tx, enterpriseId);
}

async function selectWelder(tx: Kysely<Tables>, welderId: NonNullable<Told["welder_id"]>) {
  const row = await tx
    .selectFrom("welders")
    .select("person_id")
    .where("welder_id", "=", welderId)
    .executeTakeFirst();
  return row ? [row.person_id] : [];
}
