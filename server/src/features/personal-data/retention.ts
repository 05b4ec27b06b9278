import type { PersonId } from "@hanyouxu/protocol";
import { addDays, shanghaiDay, shanghaiDayStartMs } from "@hanyouxu/rules";
import { type Kysely, sql } from "kysely";
import type { AppContext } from "../../context.ts";
import type { KeptPart, PersonalPart } from "../../db/tables/sharing.ts";
import type { Tables } from "../../db/tables.ts";

/** The rule of each part in force now, and the days that retention is counted from. */
async function selectRetention(db: Kysely<Tables>, personId: PersonId, now: Date) {
  const rules = await db
    .selectFrom("retention_rules")
    .selectAll()
    .distinctOn("part")
    .where("effective_from", "<=", now)
    .orderBy("part")
    .orderBy("version", "desc")
    .execute();
  const { rows } = await sql<{
    last_work: Date | null;
    certificate_end: string | null;
    has_identity: boolean;
    has_certificates: boolean;
  }>`
    select max(coalesce(s.ended_at, s.granted_at)) as last_work,
           (select max(c.valid_to) from certificates c where c.welder_id = any(array_agg(w.welder_id)))
             as certificate_end,
           coalesce(bool_or(s.work_session_id is not null), false) as has_identity,
           exists (select from certificates c where c.welder_id = any(array_agg(w.welder_id))
                   and c.number_ciphertext is not null) as has_certificates
    from welders w left join work_sessions s on s.welder_id = w.welder_id
    where w.person_id = ${personId}::uuid`.execute(db);
  return { rules, facts: rows[0] };
}

/** What must be kept of a person at this moment, why and until when; what is not listed may be erased. */
export async function keptNow(
  ctx: Pick<AppContext, "db" | "clock">,
  personId: PersonId,
): Promise<KeptPart[]> {
  const nowMs = ctx.clock.nowMs();
  const { rules, facts } = await selectRetention(ctx.db, personId, new Date(nowMs));
  const isThere: Record<PersonalPart, boolean> = {
    contact: true,
    identity: facts?.has_identity ?? false,
    certificates: facts?.has_certificates ?? false,
  };
  const anchors = {
    "last-work": facts?.last_work ? shanghaiDay(facts.last_work.getTime()) : undefined,
    "certificate-end": facts?.certificate_end ?? undefined,
  };
  return rules.flatMap((rule): KeptPart[] => {
    const anchor = anchors[rule.counted_from];
    if (!isThere[rule.part] || anchor === undefined) return [];
    const untilMs = shanghaiDayStartMs(addDays(monthsAfter(anchor, rule.months), 1));
    if (untilMs <= nowMs || rule.months === 0) return [];
    return [
      {
        part: rule.part,
        until: new Date(untilMs).toISOString(),
        basis: rule.basis,
        isVerified: rule.is_verified,
      },
    ];
  });
}

/** The same day of a later month, or that month's last. */
export function monthsAfter(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const index = year * 12 + month - 1 + months;
  const first = `${String(Math.floor(index / 12)).padStart(4, "0")}-${String((index % 12) + 1).padStart(2, "0")}-01`;
  const nextFirst = `${String(Math.floor((index + 1) / 12)).padStart(4, "0")}-${String(((index + 1) % 12) + 1).padStart(2, "0")}-01`;
  const same = addDays(first, date - 1);
  return same < nextFirst ? same : addDays(nextFirst, -1);
}
