import type { MessageDelivery, MessageSeverity, MessageTopic } from "@hanyouxu/api";
import { type Kysely, sql } from "kysely";
import { personsWithin } from "../../db/persons-within.ts";
import type { Tables } from "../../db/tables.ts";
import type { ReachedRows } from "../../db/within-scope.ts";

type Db = Kysely<Tables>;

export interface ToldFilter {
  scope: ReachedRows;
  severity?: MessageSeverity | undefined;
  topic?: MessageTopic | undefined;
  subjectKind?: string | undefined;
  subjectId?: string | undefined;
  state?: "failed" | "open" | undefined;
}

function toldMatching(db: Db, { scope, severity, topic, subjectKind, subjectId, state }: ToldFilter) {
  return db
    .selectFrom("messages as m")
    .innerJoin("persons as p", "p.person_id", "m.person_id")
    .where(sql<boolean>`m.person_id in ${personsWithin(scope)}`)
    .$if(severity !== undefined, (query) => query.where("m.severity", "=", severity!))
    .$if(topic !== undefined, (query) => query.where("m.topic", "=", topic!))
    .$if(subjectKind !== undefined, (query) => query.where("m.subject_kind", "=", subjectKind!))
    .$if(subjectId !== undefined, (query) => query.where("m.subject_id", "=", subjectId!))
    .$if(state === "open", (query) => query.where("m.acknowledged_at", "is", null))
    .$if(state === "failed", (query) =>
      query.where(
        sql<boolean>`exists (select from message_deliveries d
                             where d.message_id = m.message_id and d.status = 'given-up')`,
      ),
    );
}

export async function selectTold(db: Db, filter: ToldFilter, limit: number, offset: number) {
  return await toldMatching(db, filter)
    .selectAll("m")
    .select("p.name_ciphertext")
    .select(
      sql<MessageDelivery[]>`coalesce((
        select jsonb_agg(jsonb_build_object(
                 'channel', d.channel, 'status', d.status, 'attempts', d.attempts,
                 'nextAttemptAt', to_char(d.next_attempt_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                 'sentAt', to_char(d.sent_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                 'lastError', d.last_error) order by d.channel)
        from message_deliveries d where d.message_id = m.message_id), '[]')`.as("deliveries"),
    )
    .orderBy("m.created_at", "desc")
    .orderBy("m.message_id", "desc")
    .limit(limit)
    .offset(offset)
    .execute();
}

export async function countTold(db: Db, filter: ToldFilter): Promise<number> {
  const row = await toldMatching(db, filter)
    .select((on) => on.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return row.count;
}
