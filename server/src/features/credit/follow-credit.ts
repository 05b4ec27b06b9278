import type { DecisionId, EnterpriseId, PersonId, RegionCode, WelderId } from "@hanyouxu/protocol";
import { type AlarmKind, shanghaiDay, shanghaiDayStartMs } from "@hanyouxu/rules";
import { type Kysely, sql } from "kysely";
import type { AppContext } from "../../context.ts";
import type { Tables } from "../../db/tables.ts";
import { eachInTurn } from "../../each-in-turn.ts";
import { tell } from "../telling/telling.ts";
import { bookCredit, endBookings, type HolderId, peopleOf } from "./book-credit.ts";
import { endBooking } from "./queries.ts";

type FollowContext = Pick<AppContext, "db" | "clock" | "newId">;

const AT_ONCE = 200;
/** Refused starts that are older were looked at, unless no server ran: then nothing is taken for them. */
const LOOK_BACK_MS = 24 * 3_600_000;
/** Rules of a start whose failing means that there was no valid certificate; one that waits for its review is none of them. */
const CERTIFICATE_RULES = [
  "certificate-present",
  "certificate-covers-process",
  "certificate-in-good-standing",
  "certificate-valid-on-day",
  "certificate-reviewed",
  "certificate-not-rejected",
];

/** Books what confirmed alarms and starts without a certificate take, ends what was false, gives back what time gives. */
export async function followCredit(ctx: FollowContext): Promise<void> {
  await eachInTurn([bookAlarms, endFalseAlarms, bookAttempts, giveBack], "ways of credit", (follow) =>
    follow(ctx),
  );
}

/** Each alarm once, when a person has verified it. */
async function bookAlarms(ctx: FollowContext): Promise<void> {
  const alarms = await selectConfirmedAlarms(ctx.db);
  await eachInTurn(alarms, "alarms to book", (alarm) =>
    ctx.db.transaction().execute(async (tx) => {
      const marked = await tx
        .updateTable("alarms")
        .set({ credited_at: new Date(ctx.clock.nowMs()) })
        .where("alarm_id", "=", alarm.alarm_id)
        .where("credited_at", "is", null)
        .executeTakeFirst();
      if (marked.numUpdatedRows === 0n || alarm.verified_by === null || alarm.region_code === null) return;
      for (const holder of holdersOf(alarm)) {
        await bookCredit(ctx, tx, {
          cause: `alarm:${alarm.kind}`,
          causeId: alarm.alarm_id,
          holder,
          region: alarm.region_code,
          madeBy: alarm.verified_by,
        });
      }
    }),
  );
}

function holdersOf(cause: { welder_id: WelderId | null; enterprise_id: EnterpriseId | null }): HolderId[] {
  return [
    ...(cause.welder_id ? [{ kind: "welder" as const, id: cause.welder_id }] : []),
    ...(cause.enterprise_id ? [{ kind: "enterprise" as const, id: cause.enterprise_id }] : []),
  ];
}

async function selectConfirmedAlarms(db: Kysely<Tables>) {
  const { rows } = await sql<{
    alarm_id: string;
    kind: AlarmKind;
    region_code: RegionCode | null;
    welder_id: WelderId | null;
    enterprise_id: EnterpriseId | null;
    /** Null: a notice that closed by itself. */
    verified_by: PersonId | null;
  }>`
    select a.alarm_id, a.kind, a.region_code, a.welder_id, a.enterprise_id,
           (select act.actor_id from alarm_acts act where act.alarm_id = a.alarm_id and act.what = 'verify'
            order by act.seq desc limit 1) as verified_by
    from alarms a
    where a.credited_at is null and a.handling in ('verified', 'closed')
    order by a.changed_at limit ${AT_ONCE}`.execute(db);
  return rows;
}

/** What was booked for an alarm that turned out false comes back; verified again later, it is booked anew. */
async function endFalseAlarms(ctx: FollowContext): Promise<void> {
  const { rows } = await sql<{ alarm_id: string }>`
    select a.alarm_id from alarms a
    where a.handling = 'false-alarm' and a.credited_at is not null limit ${AT_ONCE}`.execute(ctx.db);
  await eachInTurn(rows, "false alarms", ({ alarm_id: alarmId }) =>
    ctx.db.transaction().execute(async (tx) => {
      await tx
        .updateTable("alarms")
        .set({ credited_at: null })
        .where("alarm_id", "=", alarmId)
        .where("handling", "=", "false-alarm")
        .execute();
      await endBookings(ctx, tx, alarmId, "false-alarm");
    }),
  );
}

const seenSource = (decisionId: DecisionId) => `decision:${decisionId}:credit`;

async function bookAttempts(ctx: FollowContext): Promise<void> {
  const nowMs = ctx.clock.nowMs();
  const since = new Date(nowMs - LOOK_BACK_MS);
  const { rows } = await sql<{ decision_id: DecisionId; welder_id: WelderId; region_code: RegionCode }>`
    select d.decision_id, d.welder_id, d.region_code from decisions d
    where d.outcome = 'refuse' and d.decided_at > ${since}
      and exists (select from jsonb_array_elements(d.reasons) reason
                  where reason->>'kind' = 'fail' and reason->>'ruleId' = any(${CERTIFICATE_RULES}::text[]))
      and not exists (select from alarm_sources s where s.source = 'decision:' || d.decision_id || ':credit')
    order by d.decided_at limit ${AT_ONCE}`.execute(ctx.db);
  await eachInTurn(rows, "refused starts", (start) =>
    ctx.db.transaction().execute(async (tx) => {
      const marked = await tx
        .insertInto("alarm_sources")
        .values({ source: seenSource(start.decision_id), alarm_id: null, at: new Date(nowMs) })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      if (marked.numInsertedOrUpdatedRows !== 1n) return;
      if (await wasBookedToday(tx, start.welder_id, nowMs)) return;
      await bookCredit(ctx, tx, {
        cause: "uncertified-attempt",
        causeId: start.decision_id,
        holder: { kind: "welder", id: start.welder_id },
        region: start.region_code,
        madeBy: null,
      });
    }),
  );
}

/** Who taps again and again is taken points for one attempt a day. */
async function wasBookedToday(tx: Kysely<Tables>, welderId: WelderId, nowMs: number): Promise<boolean> {
  const row = await tx
    .selectFrom("credit_bookings")
    .select("credit_booking_id")
    .where("welder_id", "=", welderId)
    .where("cause", "=", "uncertified-attempt")
    .where("booked_at", ">=", new Date(shanghaiDayStartMs(shanghaiDay(nowMs))))
    .executeTakeFirst();
  return row !== undefined;
}

/** Points come back on the day that their rules said when they were taken. */
async function giveBack(ctx: FollowContext): Promise<void> {
  const now = new Date(ctx.clock.nowMs());
  const due = await ctx.db
    .selectFrom("credit_bookings")
    .select(["credit_booking_id", "welder_id", "enterprise_id", "points"])
    .where("ended_at", "is", null)
    .where("returns_at", "<=", now)
    .limit(AT_ONCE)
    .execute();
  await eachInTurn(due, "points to give back", (row) =>
    ctx.db.transaction().execute(async (tx) => {
      if (!(await endBooking(tx, row.credit_booking_id, "time", now))) return;
      const [holder] = holdersOf(row);
      await tell(ctx, tx, {
        personIds: await peopleOf(tx, holder!),
        topic: "credit",
        severity: "notice",
        subject: { kind: "credit", id: holder!.id },
        template: "credit-returned",
        words: { points: Math.abs(row.points) },
        onceKey: `credit:${row.credit_booking_id}:returned`,
      });
    }),
  );
}
