import type { MachineId } from "@hanyouxu/protocol";
import { isGasRising } from "@hanyouxu/rules";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";
import { type GasTrendNews, showRisingGas, type TakeGasTrends } from "../gas-trends/gas-trends.ts";
import { type AlarmFact, evidenceRef } from "./alarm-fact.ts";
import { selectMachinesAlarmed } from "./alarm-queries.ts";
import { machineSubject } from "./chip-alarms.ts";
import { openWorksOf } from "./chip-queries.ts";
import { followLevel } from "./follow-level.ts";

/** So long nothing is said again of gas that somebody has called a false alarm. */
const NOT_AGAIN_MS = 3_600_000;
const KIND = "gas-rising";

/** Raises and clears alarms of gas that rises towards its limit; it is shown on the platform's dashboard too. */
export const alarmOfRisingGas: TakeGasTrends = async (ctx, news) => {
  await showRisingGas(ctx, news);
  await followLevel(ctx, [KIND], async (_ctx, lasting) => {
    const nowMs = ctx.clock.nowMs();
    const alarmed = new Set(lasting.map(({ machine_id }) => machine_id));
    const calledFalseSince = new Date(nowMs - NOT_AGAIN_MS);
    const known = await selectMachinesAlarmed(ctx.db, KIND, { calledFalseSince });
    const facts: AlarmFact[] = [];
    for (const one of news) {
      const wasRising = alarmed.has(one.machineId);
      if (!isGasRising(one.trend, wasRising) || (known.has(one.machineId) && !wasRising)) continue;
      facts.push(await factOf(ctx.db, one));
    }
    // Of whom nothing is heard nothing is known: what rose may rise still.
    const heard = new Set(news.map(({ machineId }) => machineId));
    const unheard = lasting.flatMap(({ machine_id }) =>
      machine_id !== null && !heard.has(machine_id) ? [machine_id] : [],
    );
    for (const machineId of await selectWithGas(ctx.db, unheard)) facts.push(stillRising(machineId, nowMs));
    return facts;
  });
};

async function factOf(
  db: Kysely<Tables>,
  { machineId, chipId, enterpriseId, regionCode, place, atMs, trend }: GasTrendNews,
): Promise<AlarmFact> {
  const work = (await openWorksOf(db, [machineId])).get(machineId);
  return {
    kind: KIND,
    subjectKey: machineSubject(machineId),
    source: `${KIND}:${machineId}:${atMs}`,
    region: regionCode,
    enterpriseId,
    machineId,
    chipId,
    siteOwnerId: work?.site_owner_enterprise_id ?? null,
    welderId: work?.welder_id ?? null,
    workSessionId: work?.work_session_id ?? null,
    clearanceId: work?.clearance_id ?? null,
    place,
    occurredAtMs: atMs,
    data: {
      gasLelPermille: Math.round(trend.lelPermille),
      gasLelPermillePerMinute: Math.round(trend.permillePerMinute),
      warningInMinutes: trend.minutesToWarning === null ? null : Math.round(trend.minutesToWarning),
    },
    evidence: [evidenceRef("telemetry", chipId, atMs)],
  };
}

/** It is never raised anew from that: its alarm lasts. */
function stillRising(machineId: MachineId, nowMs: number): AlarmFact {
  const source = `${KIND}:${machineId}:unheard`;
  return {
    kind: KIND,
    subjectKey: machineSubject(machineId),
    source,
    region: null,
    occurredAtMs: nowMs,
    data: {},
    evidence: [],
  };
}

/** Those of some machines whose sensor last showed gas that nobody has judged since. */
async function selectWithGas(db: Kysely<Tables>, machineIds: readonly MachineId[]): Promise<MachineId[]> {
  if (machineIds.length === 0) return [];
  const { rows } = await sql<{ machine_id: MachineId }>`
    select m.machine_id from machines m join twins t on t.chip_id = m.chip_id
    where m.machine_id = any(${[...machineIds]}::uuid[]) and t.gas_lel_percent >= 1`.execute(db);
  return rows.map(({ machine_id }) => machine_id);
}
