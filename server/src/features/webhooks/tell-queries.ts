import { eventGroups, webhookEventKind } from "@hanyouxu/api";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";

type Db = Kysely<Tables>;

export async function hasSubscriptions(db: Db): Promise<boolean> {
  const row = await db
    .selectFrom("webhook_subscriptions")
    .select("subscription_id")
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Those that no other server is just telling. */
export async function lockSubscriptions(tx: Db): Promise<string[]> {
  const rows = await tx
    .selectFrom("webhook_subscriptions")
    .select("subscription_id")
    .orderBy("subscription_id")
    .forUpdate()
    .skipLocked()
    .execute();
  return rows.map(({ subscription_id }) => subscription_id);
}

/** The oldest transaction still running: whatever older ones wrote can be seen by now. */
export async function selectHorizon(tx: Db): Promise<string> {
  const { rows } = await sql<{ xid: string }>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as xid`.execute(tx);
  return rows[0]!.xid;
}

/** Which right of the department each kind of event needs, as a table. */
const KINDS = sql.join(
  webhookEventKind.options.map((kind) => sql`(${kind}::text, ${eventGroups[kind]}::text)`),
);

/**
 * What happened in the transactions from each subscription's place up to `horizon`, where its client and department
 * may know of it; and its new place. A session that changed twice shows only its last change: so it is looked at
 * whenever it changes, and told once. What happened before `notBefore` is no news: its deliveries may be forgotten.
 * Subscriptions that are switched off move on without being told.
 */
export async function recordEvents(
  tx: Db,
  subscriptionIds: readonly string[],
  horizon: string,
  notBefore: Date,
): Promise<number> {
  const { rows } = await sql<{ told: number }>`
    with subscription as (
      select s.*, c.region_code, d.rights, s.is_active and c.is_active as is_awake
      from webhook_subscriptions s join api_clients c using (client_id) join departments d using (department_key)
      where s.subscription_id = any(${[...subscriptionIds]}::uuid[]) and s.told_xid < ${horizon}::text::xid8
    ), since as (
      select min(told_xid) as xid from subscription where is_awake
    ), happened (kind, resource, id, source, region_code, occurred_at, xid, seen_xid, said) as (
      select event.kind, 'work-sessions', w.work_session_id, 'work-session:' || w.work_session_id, w.region_code,
             event.at, event.xid, w.changed_xid, '{}'::jsonb
      from since join work_sessions w on w.changed_xid >= since.xid and w.changed_xid < ${horizon}::text::xid8
      join decisions d using (decision_id)
      cross join lateral (values
        ('work-session.granted', w.granted_at, d.written_xid),
        ('work-session.ended', coalesce(w.ended_at, w.granted_at), w.ended_xid)) as event (kind, at, xid)
      where event.xid is not null
      union all
      select 'decision.refused', 'decisions', d.decision_id, 'decision:' || d.decision_id, d.region_code,
             d.decided_at, d.written_xid, d.written_xid, '{}'::jsonb
      from since join decisions d on d.outcome = 'refuse'
        and d.written_xid >= since.xid and d.written_xid < ${horizon}::text::xid8
      union all
      select case when a.what = 'raised' then 'alarm.raised' when a.what = 'acknowledge' then 'alarm.acknowledged'
                  when a.what = 'dispatch' then 'alarm.dispatched' else 'alarm.closed' end,
             'alarms', l.alarm_id, 'alarm:' || a.alarm_id || ':' || a.seq, l.region_code, a.at, a.written_xid,
             a.written_xid,
             jsonb_build_object('alarm', jsonb_build_object(
               'kind', l.kind, 'severity', l.severity, 'handling', a.handling, 'region', l.region_code,
               'machineId', l.machine_id, 'department', a.details ->> 'department'))
      from since join alarm_acts a
        on a.what in ('raised', 'acknowledge', 'dispatch', 'close', 'false-alarm', 'merge', 'cleared')
        and a.written_xid >= since.xid and a.written_xid < ${horizon}::text::xid8
        -- A notice is over when it is cleared.
        and (a.what <> 'cleared' or a.handling = 'closed')
      join alarms l on l.alarm_id = a.alarm_id
    ), told as (
      insert into webhook_deliveries
        (delivery_id, subscription_id, sequence, event_kind, event, source, occurred_at)
      select gen_random_uuid(), s.subscription_id,
             s.last_sequence + row_number() over (partition by s.subscription_id
                                                  order by h.xid, h.occurred_at, h.source, h.kind),
             h.kind, jsonb_build_object('resource', h.resource, 'id', h.id) || h.said, h.source, h.occurred_at
      from subscription s
      join happened h on h.seen_xid >= s.told_xid and h.xid >= s.since_xid
        and h.occurred_at >= ${notBefore}::timestamptz
      join (values ${KINDS}) as needs (kind, right_group) on needs.kind = h.kind
      where s.is_awake and s.event_kinds ? h.kind and starts_with(h.region_code, s.region_code)
        and s.rights ->> needs.right_group in ('rows', 'personal')
        and not exists (select from webhook_deliveries d where d.subscription_id = s.subscription_id
                        and d.event_kind = h.kind and d.source = h.source)
      returning subscription_id
    ), moved as (
      update webhook_subscriptions s
      set told_xid = ${horizon}::text::xid8,
          since_xid = case when subscription.is_awake then s.since_xid else ${horizon}::text::xid8 end,
          last_sequence = s.last_sequence
            + (select count(*) from told where told.subscription_id = s.subscription_id)
      from subscription where subscription.subscription_id = s.subscription_id
    )
    select count(*)::int as told from told`.execute(tx);
  return rows[0]?.told ?? 0;
}
