import { type Anomaly, anomalyFigures } from "@hanyouxu/api";
import type { EnterpriseId, RegionCode } from "@hanyouxu/protocol";
import { addDays, type CivilDay, shanghaiDay, type Text, unusualFigure } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import { inBackground } from "../../db/background.ts";
import { rectificationPolicyOf } from "../../db/region-policy.ts";
import { type DayFigure, selectDayFigures, selectNames, selectSimulatedFigures } from "./anomaly-queries.ts";

/** Eight weeks that yesterday is compared with. */
const DAYS_LOOKED_BACK = 56;
const MOST_SHOWN = 100;

const titles: Readonly<Record<Anomaly["figure"], { title: Text; unit: Text }>> = {
  "work-hours": { title: { zh: "作业量", en: "Work" }, unit: { zh: "台时", en: "machine hours" } },
  alarms: { title: { zh: "预警", en: "Alarms" }, unit: { zh: "条", en: "alarms" } },
  refusals: { title: { zh: "开机被拒", en: "Refused starts" }, unit: { zh: "次", en: "times" } },
};

interface Subject {
  enterpriseId: EnterpriseId | null;
  region: RegionCode;
  values: number[];
}

/** What was unusual yesterday, of the region, its parts and its firms, each against its own past. */
export async function anomaliesOf(
  ctx: Pick<AppContext, "db" | "clock">,
  region: RegionCode,
): Promise<{ day: CivilDay; looked: number; isSimulated: boolean; items: Anomaly[] }> {
  const nowMs = ctx.clock.nowMs();
  const today = shanghaiDay(nowMs);
  const days = { region, from: addDays(today, -DAYS_LOOKED_BACK - 1), until: today };
  const { calendar } = await rectificationPolicyOf(ctx.db, region, nowMs);
  const found: Omit<Anomaly, "name">[] = [];
  let looked = 0;
  let isSimulated = false;
  for (const figure of anomalyFigures) {
    const rows = await inBackground(() => selectDayFigures(ctx.db, figure, days));
    const simulated = await inBackground(() => selectSimulatedFigures(ctx.db, figure, days));
    isSimulated ||= simulated.length > 0;
    for (const { enterpriseId, region: at, values } of subjectsOf([...rows, ...simulated], region)) {
      looked++;
      const first = values.findIndex((value) => value > 0);
      const series = { firstDay: addDays(days.from, first), perDay: 1, values: values.slice(first) };
      const unusual = unusualFigure(series, calendar);
      if (unusual) found.push({ enterpriseId, region: at, figure, ...titles[figure], ...unusual });
    }
  }
  const shown = found.sort((one, other) => other.strength - one.strength).slice(0, MOST_SHOWN);
  const names = await selectNames(
    ctx.db,
    shown.flatMap(({ enterpriseId }) => enterpriseId ?? []) as EnterpriseId[],
    shown.map(({ region: at }) => at as RegionCode),
  );
  const items = shown.map((one) => ({
    ...one,
    name: names.get(one.enterpriseId ?? one.region) ?? one.region,
  }));
  return { day: addDays(today, -1), looked, isSimulated, items };
}

/** Each firm, each place that something happened in, and the region as a whole. */
function subjectsOf(rows: readonly DayFigure[], whole: RegionCode): Subject[] {
  const subjects = new Map<string, Subject>();
  const add = (enterpriseId: EnterpriseId | null, region: RegionCode, { slot, value }: DayFigure) => {
    const key = enterpriseId ?? region;
    const subject = subjects.get(key) ?? {
      enterpriseId,
      region,
      values: new Array<number>(DAYS_LOOKED_BACK + 1).fill(0),
    };
    subject.values[slot]! += value;
    subjects.set(key, subject);
  };
  for (const row of rows) {
    if (row.enterprise_id) add(row.enterprise_id, row.region_code, row);
    add(null, whole, row);
    if (row.region_code !== whole) add(null, row.region_code, row);
  }
  return [...subjects.values()].filter(({ values }) => values.some((value) => value > 0));
}
