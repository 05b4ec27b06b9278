import {
  type ChipId,
  decodeTelemetry,
  type EnterpriseId,
  type MachineId,
  type RegionCode,
} from "@hanyouxu/protocol";
import { GAS_TREND_WINDOW_MS, type GasSample, type GasTrend, gasLimitsOf, gasTrend } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import { policyFrom } from "../../db/region-policy.ts";
import { onlineSince } from "../machines/machines.ts";
import { type GasBatches, selectGasBatches } from "./queries.ts";

/** What does not reach this now is not on its way to a limit within minutes. */
const LEAST_LEL_PERCENT = 1;

const CHIPS_AT_ONCE = 25;

/** How the gas around one machine is developing, by what its chip looked at in the last minutes. */
export interface GasTrendNews {
  machineId: MachineId;
  chipId: ChipId;
  enterpriseId: EnterpriseId;
  regionCode: RegionCode;
  /** Where its chip was last; null: unknown. */
  place: { latitudeDegrees: number; longitudeDegrees: number } | null;
  /** When the newest of the samples was taken. */
  atMs: number;
  trend: GasTrend;
}

export type GasTrendContext = Pick<
  AppContext,
  "db" | "alarmNews" | "clock" | "newId" | "metrics" | "log" | "stationMap"
>;

/**
 * Takes the present state of every machine with gas around it, rising or not, once a run: level-triggered, so it may be
 * told the same again, and by several servers. A machine that is missing has no gas, or has not been heard.
 */
export type TakeGasTrends = (ctx: GasTrendContext, news: readonly GasTrendNews[]) => Promise<void> | void;

/** Judges the last minutes of every machine with gas around it. Samples that came late are too old to be looked at. */
export async function followGasTrends(
  ctx: GasTrendContext,
  take: TakeGasTrends = showRisingGas,
): Promise<number> {
  const nowMs = ctx.clock.nowMs();
  // A batch spans at most ten minutes; the roll-up leaves the last five minutes, at least, as they came.
  const startsSince = new Date(nowMs - GAS_TREND_WINDOW_MS - 600_000);
  const heardSince = onlineSince(nowMs);
  const news: GasTrendNews[] = [];
  // In short parts: one look at a county's chips would hold the embedded database for as long as a start may take.
  let after: ChipId | undefined;
  do {
    const range = { heardSince, startsSince, leastLelPercent: LEAST_LEL_PERCENT, after, most: CHIPS_AT_ONCE };
    const chips = await selectGasBatches(ctx.db, range, nowMs);
    news.push(...chips.flatMap((chip) => newsOf(chip, nowMs) ?? []));
    after = chips.length < CHIPS_AT_ONCE ? undefined : chips.at(-1)?.chip_id;
  } while (after);
  await take(ctx, news);
  return news.length;
}

/** On the platform's own dashboard and in its log. */
export const showRisingGas: TakeGasTrends = (ctx, news) => {
  const rising = news.filter(({ trend }) => trend.isRising);
  ctx.metrics.risingGasMachines.set(rising.length);
  for (const { machineId, chipId, trend } of rising)
    ctx.log.warn({ machineId, chipId, trend }, "gas is rising");
};

function newsOf(chip: GasBatches, nowMs: number): GasTrendNews | undefined {
  const samples = chip.payloads.flatMap(samplesOf);
  const { gasWarningLelPermille } = gasLimitsOf(policyFrom(chip.policy));
  const trend = gasTrend(samples, { nowMs, warningPermille: gasWarningLelPermille });
  const atMs = samples.reduce((latest, sample) => Math.max(latest, sample.atMs), 0);
  const { latitude_degrees: latitudeDegrees, longitude_degrees: longitudeDegrees } = chip;
  return trend
    ? {
        place:
          latitudeDegrees === null || longitudeDegrees === null
            ? null
            : { latitudeDegrees, longitudeDegrees },
        machineId: chip.machine_id,
        chipId: chip.chip_id,
        enterpriseId: chip.enterprise_id,
        regionCode: chip.region_code,
        atMs,
        trend,
      }
    : undefined;
}

function samplesOf({ startsAt, payload }: GasBatches["payloads"][number]): GasSample[] {
  const decoded = decodeTelemetry(payload);
  // What cannot be read was never stored.
  if (!decoded.ok) return [];
  return decoded.value.samples.flatMap(({ offsetMs, gasLelPermille }) =>
    gasLelPermille === null ? [] : [{ atMs: startsAt.getTime() + offsetMs, lelPermille: gasLelPermille }],
  );
}
