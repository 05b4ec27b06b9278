import type { App } from "@hanyouxu/server";
import { sql } from "kysely";

/** What the tables say after a storm. */
export interface ToldOfAlarms {
  alarms: number;
  /** Messages that are not decided yet. */
  undecided: number;
  people: number;
  messages: number;
  /** Of the person with the most: all in the app, dangers and others that rang one by one, and digests that rang. */
  most: { inApp: number; dangers: number; others: number; digests: number };
}

type Context = App["ctx"];

export async function giveStaffPhones({ db, personalData }: Context): Promise<void> {
  await sql`
    update persons set phone_ciphertext = ${personalData.seal("phone", "13800000000")}
    where phone_ciphertext is null and person_id in (select person_id from role_grants)`.execute(db);
  // Everything by text message: so the limits alone decide what rings.
  await sql`
    insert into telling_preferences (person_id, channels, language, changed_at)
    select distinct person_id, '{"danger":["sms"],"warning":["sms"],"notice":["sms"]}'::jsonb, 'zh-CN', now()
    from role_grants on conflict do nothing`.execute(db);
}

export async function toldOfAlarms({ db }: Context): Promise<ToldOfAlarms> {
  const { rows } = await sql<Omit<ToldOfAlarms, "most"> & ToldOfAlarms["most"]>`
    with per_person as (
      select person_id, count(*) filter (where topic = 'alarm') as in_app,
             count(*) filter (where topic = 'alarm' and severity = 'danger' and channel_count > 0) as dangers,
             count(*) filter (where topic = 'alarm' and severity <> 'danger' and channel_count > 0) as others,
             count(*) filter (where topic = 'digest' and channel_count > 0) as digests
      from messages group by person_id)
    select (select count(*)::int from alarms) as alarms,
           (select count(*)::int from messages where plan_at <= now()) as undecided,
           (select count(*)::int from messages where topic = 'alarm') as messages,
           count(*)::int as people, coalesce(max(in_app), 0)::int as "inApp", coalesce(max(dangers), 0)::int as dangers,
           coalesce(max(others), 0)::int as others, coalesce(max(digests), 0)::int as digests
    from per_person`.execute(db);
  const { inApp, dangers, others, digests, ...told } = rows[0]!;
  return { ...told, most: { inApp, dangers, others, digests } };
}
