import type { Wall } from "@hanyouxu/api";
import { addDays, shanghaiDay, shanghaiDayStartMs } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import type { ReachedRows } from "../../db/within-scope.ts";
import { onlineSince } from "../machines/machines.ts";
import { countByCertificate, countByHalfHour, countByIndustry, measureHandling } from "./day-queries.ts";

/** What changes slowly or takes long to count. */
export type SlowFigures = Pick<Wall, "curve" | "industries" | "certificates" | "handling">;

const HALF_HOURS = 48;
const HALF_HOUR_MS = 1_800_000;
const DAY_MS = 24 * 3_600_000;
const WEEK_DAYS = 7;
const SOON_DAYS = 30;
const LATER_DAYS = 90;
const MOST_INDUSTRIES = 8;

interface Reach {
  machines: ReachedRows;
  enterprises?: ReachedRows;
  people?: ReachedRows;
  sessions?: ReachedRows;
  alarms?: ReachedRows;
}

export async function slowFigures(
  ctx: Pick<AppContext, "db" | "clock">,
  reach: Reach,
  region: string,
): Promise<SlowFigures> {
  const { db } = ctx;
  const nowMs = ctx.clock.nowMs();
  const today = shanghaiDay(nowMs);
  const within = (rows: ReachedRows) => ({ reach: rows, region });
  const days = { today, soon: addDays(today, SOON_DAYS), later: addDays(today, LATER_DAYS) };
  const from = addDays(today, 1 - WEEK_DAYS);
  const industries =
    reach.enterprises && (await countByIndustry(db, within(reach.machines), onlineSince(nowMs)));
  const certificates = reach.people && (await countByCertificate(db, within(reach.people), days));
  const handling =
    reach.alarms && (await measureHandling(db, within(reach.alarms), new Date(shanghaiDayStartMs(from))));
  return {
    curve: reach.sessions ? await workCurve(db, within(reach.sessions), today, nowMs) : null,
    industries:
      industries?.slice(0, MOST_INDUSTRIES).map(({ code, all, at_work }) => ({
        code,
        machines: { atWork: at_work, all },
      })) ?? null,
    certificates: certificates
      ? {
          valid: certificates.valid,
          within90Days: certificates.within_90,
          within30Days: certificates.within_30,
          expired: certificates.expired,
        }
      : null,
    handling: handling
      ? { closed: handling.closed, medianMinutes: handling.median, p90Minutes: handling.p90, from }
      : null,
  };
}

async function workCurve(
  db: AppContext["db"],
  within: Parameters<typeof countByHalfHour>[1],
  today: string,
  nowMs: number,
): Promise<NonNullable<Wall["curve"]>> {
  const curveOf = async (day: string, untilMs: number) => {
    const startMs = shanghaiDayStartMs(day);
    const rows = await countByHalfHour(db, within, new Date(startMs), new Date(untilMs));
    const bySlot = new Map(rows.map(({ slot, machines }) => [slot, machines]));
    return Array.from({ length: HALF_HOURS }, (_, slot) => bySlot.get(slot) ?? 0);
  };
  const begun = Math.floor((nowMs - shanghaiDayStartMs(today)) / HALF_HOUR_MS);
  const lastWeek = addDays(today, -WEEK_DAYS);
  return {
    today: (await curveOf(today, nowMs)).map((machines, slot) => (slot <= begun ? machines : null)),
    lastWeek: await curveOf(lastWeek, shanghaiDayStartMs(lastWeek) + DAY_MS),
  };
}
