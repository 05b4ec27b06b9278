import type { ChipId, EnterpriseId, MachineId, RegionCode } from "@hanyouxu/protocol";
import { workingTimeMs } from "@hanyouxu/rules";
import { sql } from "kysely";
import { alarmPolicyFrom } from "../../db/region-policy.ts";
import { type AlarmFact, evidenceRef } from "./alarm-fact.ts";
import { machineSubject } from "./chip-alarms.ts";
import { policiesOf } from "./chip-queries.ts";
import { followLevel } from "./follow-level.ts";
import { isOutage } from "./silent-chips.ts";
import type { AlarmContext } from "./store-step.ts";

const HOUR_MS = 3_600_000;
/** Chips that were heard within these days say whether many are away together. */
const LATELY_MS = 14 * 24 * HOUR_MS;
/** So many, and at least half of those heard lately, are away together in an outage or a holiday, not each for itself. */
const TOGETHER = { leastChips: 10, share: 0.5 };

interface IdleChip {
  machine_id: MachineId;
  chip_id: ChipId;
  region_code: RegionCode;
  enterprise_id: EnterpriseId;
  last_heard_at: Date;
  latitude_degrees: number | null;
  longitude_degrees: number | null;
}

/**
 * Chips of machines in service, not at work, that were not heard for the region's hours of working time. Whether their power
 * is off or they are broken nobody can tell from afar. Nothing is said of them while chips at work are unreachable together.
 */
export async function followChipsAway(ctx: AlarmContext): Promise<void> {
  const nowMs = ctx.clock.nowMs();
  if (await isOutage(ctx, nowMs)) return;
  const idle = await selectIdleChips(ctx);
  const regions = idle.map(({ region_code }) => region_code);
  const policies = await policiesOf(ctx.db, regions, nowMs);
  const away = idle.filter(({ last_heard_at, region_code }) => {
    const alarm = alarmPolicyFrom(policies.get(region_code) ?? null);
    const silentMs = workingTimeMs(last_heard_at.getTime(), nowMs, alarm);
    return alarm.chipAwayHours > 0 && silentMs >= alarm.chipAwayHours * HOUR_MS;
  });
  const isLately = ({ last_heard_at }: IdleChip) => nowMs - last_heard_at.getTime() < LATELY_MS;
  const together = away.filter(isLately).length;
  if (together >= Math.max(TOGETHER.leastChips, idle.filter(isLately).length * TOGETHER.share)) return;
  await followLevel(ctx, ["chip-away"], async () => away.map((chip) => factOf(chip, nowMs)));
}

async function selectIdleChips({ db }: AlarmContext): Promise<IdleChip[]> {
  const { rows } = await sql<IdleChip>`
    select m.machine_id, t.chip_id, m.region_code, m.enterprise_id, t.last_heard_at, t.latitude_degrees,
           t.longitude_degrees
    from machines m
    join twins t on t.chip_id = m.chip_id
    where m.status = 'in-service'
      and not exists (select from work_sessions s
                      where s.machine_id = m.machine_id and s.status in ('granted', 'energised'))`.execute(
    db,
  );
  return rows;
}

function factOf(chip: IdleChip, nowMs: number): AlarmFact {
  const { latitude_degrees: latitudeDegrees, longitude_degrees: longitudeDegrees } = chip;
  const lastHeardAtMs = chip.last_heard_at.getTime();
  return {
    kind: "chip-away",
    subjectKey: machineSubject(chip.machine_id),
    source: `chip-away:${chip.chip_id}:${lastHeardAtMs}`,
    region: chip.region_code,
    enterpriseId: chip.enterprise_id,
    machineId: chip.machine_id,
    chipId: chip.chip_id,
    place:
      latitudeDegrees === null || longitudeDegrees === null ? null : { latitudeDegrees, longitudeDegrees },
    occurredAtMs: nowMs,
    data: { lastHeardAtMs },
    evidence: [evidenceRef("chip-event", chip.chip_id, lastHeardAtMs)],
  };
}
