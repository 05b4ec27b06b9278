import type {
  ChipId,
  EnterpriseId,
  MachineId,
  RegionCode,
  WelderId,
  WorkSessionId,
} from "@hanyouxu/protocol";
import { sql } from "kysely";
import { alarmPolicyFrom, policyOfRegion, type StoredPolicy } from "../../db/region-policy.ts";
import { type AlarmFact, evidenceRef } from "./alarm-fact.ts";
import { followLevel } from "./follow-level.ts";
import type { AlarmContext } from "./store-step.ts";

const MINUTE_MS = 60_000;
/** Shorter than any region's time for a single chip: what many have in common is found before each is blamed. */
const OUTAGE_AFTER_MS = 90_000;
/** So many chips at work, and at least half of all, fall silent together only when something between them and us is down. */
const OUTAGE = { leastChips: 10, share: 0.5 };
/** Chips come back one after another. */
const RECONNECTION_MS = 5 * MINUTE_MS;

interface ChipAtWork {
  machine_id: MachineId;
  chip_id: ChipId;
  region_code: RegionCode;
  enterprise_id: EnterpriseId;
  site_owner_enterprise_id: EnterpriseId | null;
  welder_id: WelderId;
  work_session_id: WorkSessionId;
  last_heard_at: Date;
  policy: StoredPolicy | null;
}

/**
 * Raises and clears alarms of chips that are silent while their machine is at work. When most are, that is one alarm, of
 * the outage, and no chip is blamed until all have had time to come back.
 */
export async function followSilentChips(ctx: AlarmContext): Promise<void> {
  const nowMs = ctx.clock.nowMs();
  const atWork = await selectChipsAtWork(ctx, nowMs);
  const together = atWork.filter(({ last_heard_at: at }) => nowMs - at.getTime() >= OUTAGE_AFTER_MS);
  const areUnreachable = together.length >= Math.max(OUTAGE.leastChips, atWork.length * OUTAGE.share);
  await followLevel(ctx, ["chips-unreachable"], async () =>
    areUnreachable ? [outageOf(together, nowMs)] : [],
  );
  if (await isOutage(ctx, nowMs)) return;
  const silent = atWork.filter(({ last_heard_at: at, policy }) => {
    return nowMs - at.getTime() >= alarmPolicyFrom(policy).chipSilentMinutes * MINUTE_MS;
  });
  await followLevel(ctx, ["chip-silent"], async () => silent.map((chip) => silenceOf(chip, nowMs)));
}

async function selectChipsAtWork({ db }: AlarmContext, nowMs: number): Promise<ChipAtWork[]> {
  const { rows } = await sql<ChipAtWork>`
    select m.machine_id, t.chip_id, m.region_code, m.enterprise_id, s.site_owner_enterprise_id, s.welder_id,
           s.work_session_id, t.last_heard_at, ${policyOfRegion(sql.ref("m.region_code"), nowMs)} as policy
    from work_sessions s
    join machines m on m.machine_id = s.machine_id
    join twins t on t.chip_id = s.chip_id
    where s.status = 'energised'`.execute(db);
  return rows;
}

/** Whether chips are unreachable together, or have just come back. */
export async function isOutage({ db }: AlarmContext, nowMs: number): Promise<boolean> {
  const row = await db
    .selectFrom("alarms")
    .select("alarm_id")
    .where("kind", "=", "chips-unreachable")
    .where((where) =>
      where.or([
        where("condition", "=", "active"),
        where("cleared_at", ">", new Date(nowMs - RECONNECTION_MS)),
      ]),
    )
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

function outageOf(silent: readonly ChipAtWork[], nowMs: number): AlarmFact {
  const lastHeardMs = Math.max(...silent.map(({ last_heard_at: at }) => at.getTime()));
  return {
    kind: "chips-unreachable",
    subjectKey: "platform",
    source: `chips-unreachable:${lastHeardMs}`,
    region: commonRegion(silent.map(({ region_code }) => region_code)),
    occurredAtMs: nowMs,
    data: { chips: silent.length, lastHeardAtMs: lastHeardMs },
    evidence: silent.slice(0, 20).map((chip) => evidenceRef("work-session", chip.work_session_id, nowMs)),
  };
}

/** The smallest region that holds all; null: they lie in several provinces. */
function commonRegion(regions: readonly RegionCode[]): RegionCode | null {
  const [first = ""] = regions;
  const length = [9, 6, 4, 2].find(
    (digits) => first.length >= digits && regions.every((code) => code.startsWith(first.slice(0, digits))),
  );
  return length === undefined ? null : (first.slice(0, length) as RegionCode);
}

function silenceOf(chip: ChipAtWork, nowMs: number): AlarmFact {
  return {
    kind: "chip-silent",
    subjectKey: `machine:${chip.machine_id}`,
    source: `chip-silent:${chip.chip_id}:${chip.last_heard_at.getTime()}`,
    region: chip.region_code,
    enterpriseId: chip.enterprise_id,
    siteOwnerId: chip.site_owner_enterprise_id,
    machineId: chip.machine_id,
    chipId: chip.chip_id,
    welderId: chip.welder_id,
    workSessionId: chip.work_session_id,
    occurredAtMs: nowMs,
    data: { lastHeardAtMs: chip.last_heard_at.getTime() },
    evidence: [evidenceRef("work-session", chip.work_session_id, nowMs)],
  };
}
