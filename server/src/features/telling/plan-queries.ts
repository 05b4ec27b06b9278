import type { Language, MessageChannel, MessageSeverity, MessageTopic } from "@hanyouxu/api";
import type { PersonId } from "@hanyouxu/protocol";
import { type Kysely, sql } from "kysely";
import { recordset } from "../../db/bulk.ts";
import type { ChannelsBySeverity } from "../../db/tables/telling.ts";
import type { Tables } from "../../db/tables.ts";

type Db = Kysely<Tables>;

/** One server at a time: what went out to a person before decides what goes out now. */
const PLAN_LOCK = 0x6879_0026;

export async function isOursToPlan(tx: Db): Promise<boolean> {
  const { rows } = await sql<{ is_ours: boolean }>`
    select pg_try_advisory_xact_lock(${PLAN_LOCK}::bigint) as is_ours`.execute(tx);
  return rows[0]!.is_ours;
}

export interface DueMessage {
  message_id: string;
  person_id: PersonId;
  topic: MessageTopic;
  severity: MessageSeverity;
  subject_kind: string;
  subject_id: string;
  template: string;
  created_at: Date;
  acknowledged_at: Date | null;
}

/** Those whose time has come, dangers first, then the oldest. */
export async function selectDue(tx: Db, now: Date, limit: number): Promise<DueMessage[]> {
  return await tx
    .selectFrom("messages")
    .select(["message_id", "person_id", "topic", "severity", "subject_kind", "subject_id", "template"])
    .select(["created_at", "acknowledged_at"])
    .where("plan_at", "<=", now)
    .orderBy(sql`severity = 'danger'`, "desc")
    .orderBy("created_at")
    .orderBy("message_id")
    .limit(limit)
    .execute();
}

export interface PlanFacts {
  person_id: PersonId;
  channels: ChannelsBySeverity | null;
  quiet_from: string | null;
  quiet_until: string | null;
  language: Language | null;
  has_phone: boolean;
  has_email: boolean;
  has_push: boolean;
  /** When messages other than dangers went out to the person since a time, as texts of ISO 8601. */
  went_out: string[];
  /** When dangers rang for the person, one by one, since a time. */
  dangers_out: string[];
  /** The digest that is being gathered, and that of dangers. */
  digest_id: string | null;
  danger_digest_id: string | null;
}

export async function selectPlanFacts(
  tx: Db,
  personIds: readonly PersonId[],
  { since, dangersSince }: { since: Date; dangersSince: Date },
): Promise<PlanFacts[]> {
  const { rows } = await sql<PlanFacts>`
    select p.person_id, t.channels, t.quiet_from, t.quiet_until, t.language,
           p.is_active and p.phone_ciphertext is not null as has_phone,
           p.is_active and exists (select from email_addresses e
                                   where e.person_id = p.person_id and e.confirmed_at is not null) as has_email,
           p.is_active and exists (select from push_subscriptions s where s.person_id = p.person_id) as has_push,
           coalesce((select jsonb_agg(m.planned_at order by m.planned_at) from messages m
                     where m.person_id = p.person_id and m.planned_at > ${since} and m.channel_count > 0
                       and m.severity <> 'danger'), '[]') as went_out,
           coalesce((select jsonb_agg(m.planned_at order by m.planned_at) from messages m
                     where m.person_id = p.person_id and m.planned_at > ${dangersSince} and m.channel_count > 0
                       and m.severity = 'danger' and m.topic <> 'digest' and m.gathered_in is null), '[]') as dangers_out,
           (select m.message_id from messages m
            where m.person_id = p.person_id and m.topic = 'digest' and m.severity <> 'danger'
              and m.plan_at is not null limit 1) as digest_id,
           (select m.message_id from messages m
            where m.person_id = p.person_id and m.topic = 'digest' and m.severity = 'danger'
              and m.plan_at is not null limit 1) as danger_digest_id
    from persons p left join telling_preferences t using (person_id)
    where p.person_id = any(${[...personIds]}::uuid[])`.execute(tx);
  return rows;
}

/** What makes two dangers the same to a phone. */
export function dangerKey(
  message: Pick<DueMessage, "person_id" | "template" | "subject_kind" | "subject_id">,
) {
  return [message.person_id, message.template, message.subject_kind, message.subject_id].join("\n");
}

/** Of dangers that are due, those of which the same went out to the person since a time, by `dangerKey`. */
export async function selectSameDangers(
  tx: Db,
  due: readonly DueMessage[],
  since: Date,
): Promise<Map<string, string>> {
  const dangers = due.filter(({ severity }) => severity === "danger");
  if (dangers.length === 0) return new Map();
  const asked = dangers.map((one) => ({
    person: one.person_id,
    template: one.template,
    kind: one.subject_kind,
    subject: one.subject_id,
  }));
  const { rows } = await sql<DueMessage>`
    select distinct m.message_id, m.person_id, m.template, m.subject_kind, m.subject_id
    from ${recordset(asked, "person uuid, template text, kind text, subject text")}
    join messages m on m.subject_kind = r.kind and m.subject_id = r.subject
      and m.person_id = r.person and m.template = r.template
    where m.severity = 'danger' and m.channel_count > 0 and m.gathered_in is null
      and m.planned_at > ${since}`.execute(tx);
  return new Map(rows.map((row) => [dangerKey(row), row.message_id]));
}

/** Writes into a digest how many it stands for that were not opened meanwhile. @returns that number */
export async function countGathered(tx: Db, digestId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    with gathered as (
      select count(*)::int as count from messages where gathered_in = ${digestId}::uuid and opened_at is null)
    update messages set words = jsonb_build_object('count', gathered.count) from gathered
    where message_id = ${digestId}::uuid
    returning gathered.count`.execute(tx);
  return rows[0]!.count;
}

/** A digest is as urgent as the most urgent that it stands for. */
export async function raiseDigests(tx: Db, digestIds: readonly string[]): Promise<void> {
  if (digestIds.length === 0) return;
  await tx
    .updateTable("messages")
    .set({ severity: "warning" })
    .where(sql<boolean>`message_id = any(${[...digestIds]}::uuid[])`)
    .execute();
}

export interface Plan {
  messageId: string;
  /** Held until then; null: decided. */
  holdUntil: Date | null;
  channels: readonly MessageChannel[];
  gatheredIn: string | null;
}

export async function savePlans(
  tx: Db,
  plans: readonly Plan[],
  now: Date,
  newId: () => string,
): Promise<void> {
  const deliveries = plans.flatMap(({ messageId, channels }) =>
    channels.map((channel) => ({ id: newId(), message: messageId, channel })),
  );
  await sql`
    insert into message_deliveries (delivery_id, message_id, channel, status, next_attempt_at)
    select id, message, channel, 'waiting', ${now}
    from ${recordset(deliveries, "id uuid, message uuid, channel text")}
    on conflict do nothing`.execute(tx);
  const rows = plans.map(({ messageId, holdUntil, channels, gatheredIn }) => ({
    id: messageId,
    hold: holdUntil?.toISOString() ?? null,
    count: channels.length,
    gathered: gatheredIn,
  }));
  await sql`
    update messages m
    set plan_at = r.hold, planned_at = case when r.hold is null then ${now}::timestamptz end,
        channel_count = r.count, gathered_in = r.gathered
    from ${recordset(rows, "id uuid, hold timestamptz, count integer, gathered uuid")}
    where m.message_id = r.id`.execute(tx);
}
