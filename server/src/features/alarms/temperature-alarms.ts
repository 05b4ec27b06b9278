import type { TelemetryBatch } from "@hanyouxu/protocol";
import { alarmPolicyFields, TEMPERATURE_HYSTERESIS_CELSIUS } from "@hanyouxu/rules";
import type { Kysely } from "kysely";
import { alarmPolicyFrom } from "../../db/region-policy.ts";
import type { Tables } from "../../db/tables.ts";
import { eachInTurn } from "../../each-in-turn.ts";
import type { LoadedChip } from "../chips/chips.ts";
import { evidenceRef } from "./alarm-fact.ts";
import { selectMachinesAlarmed } from "./alarm-queries.ts";
import { machineSubject } from "./chip-alarms.ts";
import { openWorksOf, policiesOf, selectHotMachines } from "./chip-queries.ts";
import { inAlarmTransaction } from "./in-alarm-transaction.ts";
import { clearAlarm, takeSigns } from "./raise-alarm.ts";
import type { AlarmContext, RaiseContext } from "./store-step.ts";

/** A batch of samples with the time of its offset 0. */
export interface TimedTelemetry {
  chip: LoadedChip;
  batch: TelemetryBatch;
  startsAtMs: number;
}

/** No region may set the limit lower: what stays below it needs no look at any policy. */
const LOWEST_CELSIUS = alarmPolicyFields.temperatureCelsius.min;

/** So long nothing is said again of heat that somebody has called a false alarm. */
const NOT_AGAIN_MS = 3_600_000;

/** Raises where a chip has measured the limit of its region or more, within the batch's transaction. @returns whether any was */
export async function raiseTemperatureAlarms(
  ctx: RaiseContext,
  tx: Kysely<Tables>,
  telemetry: readonly TimedTelemetry[],
): Promise<boolean> {
  const hot = telemetry.flatMap(hottestOf);
  if (hot.length === 0) return false;
  const known = await selectMachinesAlarmed(tx, "temperature", {
    calledFalseSince: new Date(ctx.clock.nowMs() - NOT_AGAIN_MS),
    machineIds: hot.flatMap(({ chip }) => (chip.machineId === null ? [] : [chip.machineId])),
  });
  const regions = hot.flatMap(({ chip }) => (chip.regionCode === null ? [] : [chip.regionCode]));
  const policies = await policiesOf(tx, regions, ctx.clock.nowMs());
  const tooHot = hot.flatMap(({ chip, ...measured }) => {
    const { machineId, regionCode } = chip;
    if (machineId === null || regionCode === null || known.has(machineId)) return [];
    const { temperatureCelsius: limitCelsius } = alarmPolicyFrom(policies.get(regionCode) ?? null);
    return measured.celsius < limitCelsius
      ? []
      : [{ ...measured, chip, machineId, regionCode, limitCelsius }];
  });
  if (tooHot.length === 0) return false;
  const works = await openWorksOf(
    tx,
    tooHot.map(({ machineId }) => machineId),
  );
  await takeSigns(
    ctx,
    tx,
    tooHot.map(({ chip, machineId, regionCode, celsius, limitCelsius, atMs, batch }) => {
      const work = works.get(machineId);
      const batchId = `${chip.chipId}/${batch.boot}/${batch.batch}`;
      return {
        raises: {
          kind: "temperature",
          subjectKey: machineSubject(machineId),
          source: `telemetry:${batchId}`,
          region: regionCode,
          enterpriseId: chip.enterpriseId,
          machineId,
          chipId: chip.chipId,
          welderId: work?.welder_id ?? null,
          workSessionId: work?.work_session_id ?? null,
          occurredAtMs: atMs,
          data: { celsius, limitCelsius },
          evidence: [evidenceRef("telemetry", batchId, atMs)],
        },
      };
    }),
  );
  return true;
}

/** The hottest sample of a batch, where it may be an alarm. */
function hottestOf({ chip, batch, startsAtMs }: TimedTelemetry) {
  const measured = batch.samples.flatMap(({ temperatureDecicelsius, offsetMs }) =>
    temperatureDecicelsius === null
      ? []
      : [{ celsius: temperatureDecicelsius / 10, atMs: startsAtMs + offsetMs }],
  );
  const hottest = measured.reduce<(typeof measured)[number] | undefined>(
    (most, one) => (most && most.celsius >= one.celsius ? most : one),
    undefined,
  );
  return hottest && hottest.celsius >= LOWEST_CELSIUS ? [{ chip, batch, ...hottest }] : [];
}

/** Clears temperature alarms of machines that have cooled down well below their limit. */
export async function clearCooledMachines(ctx: AlarmContext): Promise<void> {
  const machines = await selectHotMachines(ctx.db);
  const policies = await policiesOf(
    ctx.db,
    machines.map(({ region_code }) => region_code),
    ctx.clock.nowMs(),
  );
  const cooled = machines.filter(({ region_code, temperature_celsius: celsius }) => {
    const { temperatureCelsius } = alarmPolicyFrom(policies.get(region_code) ?? null);
    return celsius !== null && celsius <= temperatureCelsius - TEMPERATURE_HYSTERESIS_CELSIUS;
  });
  await eachInTurn(cooled, "machines that cooled down", async ({ machine_id }) => {
    await inAlarmTransaction(ctx, (tx) => clearAlarm(ctx, tx, "temperature", machineSubject(machine_id)));
  });
}
