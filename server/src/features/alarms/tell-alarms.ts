import type { PersonId } from "@hanyouxu/protocol";
import { type AlarmNews, alarmKindTable } from "@hanyouxu/rules";
import type { Kysely } from "kysely";
import type { Tables } from "../../db/tables.ts";
import { type NewNotification, notify } from "../notifications/notifications.ts";
import { type Telling, type TemplateName, tellAll } from "../telling/telling.ts";
import type { StoredAlarm } from "./alarm-queries.ts";
import { audiencesOf } from "./audiences.ts";
import { callOnDuty } from "./duty-calls.ts";
import { type AlarmNames, selectNames } from "./people-queries.ts";
import type { RaiseContext } from "./store-step.ts";

export type ToldNews = AlarmNews | { kind: "raised" };

/** What is new about an alarm as it then was. */
export interface ToldAlarm {
  alarm: StoredAlarm;
  news: readonly ToldNews[];
}

/** One piece of news, and of what. */
export interface AlarmNewsItem {
  alarm: StoredAlarm;
  one: ToldNews;
}

/** What somebody must act on goes out by every channel of theirs; the rest is a notice inside the app. */
const MESSAGES: Partial<Record<ToldNews["kind"], TemplateName>> = {
  raised: "alarm-raised",
  dispatched: "alarm-dispatched",
  escalated: "alarm-escalated",
};

/** Where a name is unknown, or there is none to give. */
const NAMELESS = "–";

/** Tells people what is new about alarms, within the caller's transaction. The only place that does. */
export async function tellAlarms(
  ctx: RaiseContext,
  tx: Kysely<Tables>,
  told: readonly ToldAlarm[],
): Promise<void> {
  const items = told.flatMap(({ alarm, news }) => news.map((one): AlarmNewsItem => ({ alarm, one })));
  if (items.length === 0) return;
  const nameOf = await selectNames(
    tx,
    items.map(({ alarm }) => alarm),
  );
  const audiences = await audiencesOf(tx, items, await callOnDuty(ctx, tx, items));
  const tellings: Telling[] = [];
  const notices: NewNotification[] = [];
  for (const [index, item] of items.entries()) {
    const template = MESSAGES[item.one.kind];
    const names = nameOf(item.alarm);
    if (template) tellings.push(tellingOf(item, template, names, audiences[index]!));
    else notices.push(...noticesOf(item, names, audiences[index]!));
  }
  await tellAll(ctx, tx, tellings);
  await notify(ctx, tx, notices);
}

const levelOf = ({ alarm, one }: AlarmNewsItem) => (one.kind === "escalated" ? one.level : alarm.level);

function onceKeyOf(item: AlarmNewsItem): string {
  const { alarm_id, act_count } = item.alarm;
  return `alarm:${alarm_id}:${item.one.kind}:${levelOf(item)}:${act_count}`;
}

function tellingOf(
  item: AlarmNewsItem,
  template: TemplateName,
  names: AlarmNames,
  personIds: readonly PersonId[],
): Telling {
  const { alarm } = item;
  return {
    personIds,
    topic: "alarm",
    severity: alarm.severity,
    subject: { kind: "alarm", id: alarm.alarm_id },
    template,
    words: {
      kind: alarm.kind,
      machine: names.machine ?? names.keyArea ?? NAMELESS,
      place: names.region ?? NAMELESS,
      level: levelOf(item),
    },
    onceKey: onceKeyOf(item),
  };
}

function noticesOf(
  item: AlarmNewsItem,
  names: AlarmNames,
  personIds: readonly PersonId[],
): NewNotification[] {
  const { alarm, one } = item;
  const { title } = alarmKindTable[alarm.kind];
  return personIds.map((personId) => ({
    personId,
    kind: "alarm",
    data: {
      alarmId: alarm.alarm_id,
      alarmKind: alarm.kind,
      severity: alarm.severity,
      what: one.kind,
      level: levelOf(item),
      titleZh: title.zh,
      titleEn: title.en,
      machine: names.machine,
      area: names.keyArea,
    },
    dedupKey: `${onceKeyOf(item)}:${personId}`,
  }));
}
