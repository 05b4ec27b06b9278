import type {
  EnterpriseId,
  MachineCode,
  MachineId,
  PersonId,
  RegionCode,
  WelderId,
} from "@hanyouxu/protocol";
import { sql } from "kysely";
import { alarmPolicyFrom, policyOfRegion, type StoredPolicy } from "../../db/region-policy.ts";
import { eachInTurn } from "../../each-in-turn.ts";
import { type AlarmFact, evidenceRef } from "./alarm-fact.ts";
import { selectKnownSources } from "./alarm-queries.ts";
import { inAlarmTransaction } from "./in-alarm-transaction.ts";
import { raiseAlarm } from "./raise-alarm.ts";
import type { AlarmContext } from "./store-step.ts";

/** No region counts over a longer time; what is older was looked at, unless no server ran. */
const LOOK_BACK_MS = 60 * 60_000;
const MINUTE_MS = 60_000;

interface RefusedCode {
  refused_code_id: string;
  machine_code: MachineCode;
  refused_at: Date;
  person_id: PersonId;
  welder_id: WelderId | null;
  machine_id: MachineId | null;
  enterprise_id: EnterpriseId | null;
  region_code: RegionCode | null;
  policy: StoredPolicy | null;
}

/**
 * Raises where forged or void codes are scanned again and again: by one person, or one code by several people. Single ones
 * are counted on the metrics only; a blank label of our own is nobody's fraud.
 */
export async function followForgedCodes(ctx: AlarmContext): Promise<void> {
  const codes = await selectRefusedCodes(ctx);
  const facts = codes.flatMap((code) => burstOf(code, codes) ?? []);
  const known = await selectKnownSources(
    ctx.db,
    facts.map(({ source }) => source),
  );
  const fresh = facts.filter(({ source }) => !known.has(source));
  await eachInTurn(fresh, "forged codes", async (fact) => {
    await inAlarmTransaction(ctx, (tx) => raiseAlarm(ctx, tx, fact));
  });
}

function burstOf(code: RefusedCode, all: readonly RefusedCode[]): AlarmFact | undefined {
  const { forgedCodes, forgedCodesMinutes } = alarmPolicyFrom(code.policy);
  const atMs = code.refused_at.getTime();
  const sinceMs = atMs - forgedCodesMinutes * MINUTE_MS;
  const near = all.filter(({ refused_at: at }) => at.getTime() > sinceMs && at.getTime() <= atMs);
  const byPerson = near.filter(({ person_id }) => person_id === code.person_id);
  if (byPerson.length >= forgedCodes) {
    return factOf(code, byPerson, `person:${code.person_id}`, forgedCodesMinutes);
  }
  const ofCode = near.filter(({ machine_code }) => machine_code === code.machine_code);
  const people = new Set(ofCode.map(({ person_id }) => person_id));
  if (ofCode.length < forgedCodes || people.size < 2) return undefined;
  // A sticker that several people have met with is nobody's of them.
  return factOf({ ...code, welder_id: null }, ofCode, `code:${code.machine_code}`, forgedCodesMinutes);
}

function factOf(
  code: RefusedCode,
  burst: readonly RefusedCode[],
  subjectKey: string,
  minutes: number,
): AlarmFact {
  return {
    kind: "forged-codes",
    subjectKey,
    source: `refused-code:${code.refused_code_id}`,
    region: code.region_code,
    enterpriseId: code.enterprise_id,
    machineId: code.machine_id,
    welderId: code.welder_id,
    occurredAtMs: code.refused_at.getTime(),
    data: { codes: burst.length, withinMinutes: minutes },
    evidence: burst.map(({ refused_code_id, refused_at }) =>
      evidenceRef("refused-code", refused_code_id, refused_at.getTime()),
    ),
  };
}

/** Where: at the machine of a void label, or else where whoever scanned belongs; the whole platform's where that is unknown. */
async function selectRefusedCodes({ db, clock }: AlarmContext): Promise<RefusedCode[]> {
  const nowMs = clock.nowMs();
  const { rows } = await sql<RefusedCode>`
    select c.*, ${policyOfRegion(sql.ref("c.region_code"), nowMs)} as policy
    from (
      select f.refused_code_id, f.machine_code, f.refused_at, f.person_id, w.welder_id, f.machine_id, m.enterprise_id,
             coalesce(f.region_code, m.region_code, w.region_code,
               (select g.region_code from role_grants g
                where g.person_id = f.person_id and g.region_code is not null
                order by length(g.region_code) desc limit 1)) as region_code
      from refused_codes f
      left join machines m on m.machine_id = f.machine_id
      left join welders w on w.person_id = f.person_id
      where f.refused_at > ${new Date(nowMs - LOOK_BACK_MS)} and f.reason in ('forged', 'void')
      order by f.refused_at desc
      limit 2000) c
    order by c.refused_at`.execute(db);
  return rows;
}
