import {
  type BackTest,
  backTest,
  type DaySeries,
  type ForecastParameters,
  forecastParameters,
  type RiskFigures,
  type RiskWeights,
  riskScore,
  riskWeights,
} from "@hanyouxu/rules";
import { type FirmDay, type SimulatedYear, yearHolidays, yearWorkingWeekends } from "@hanyouxu/simulator";

const MONTH_DAYS = 30;
/** The first month's figures need a month before them. */
const FIRST_MONTH_DAY = 90;
const daysOff = { holidays: yearHolidays, workingWeekends: yearWorkingWeekends };

/** Back-tests of a year's hourly work and daily alarms, over all weeks that have enough before them. */
export function forecastsOf(year: SimulatedYear, parameters: ForecastParameters = forecastParameters) {
  const weeks = Math.floor(year.days / 7);
  const test = (perDay: number, values: readonly number[]): BackTest => {
    const series: DaySeries = { firstDay: year.firstDay, perDay, values };
    return backTest(series, weeks, daysOff, parameters)!;
  };
  return { work: test(24, year.workByHour), alarms: test(1, year.alarmsByDay) };
}

/** How well a ranking foretells who has an incident in the month after. */
export interface Ranking {
  /** The chance that a firm with an incident stands above one without. */
  auc: number;
  /** The share of the first tenth that had one. */
  precision: number;
}

/** Who is ranked by what, and how many of all firms had an incident. */
export interface Rankings {
  score: Ranking;
  alarmCount: Ranking;
  workVolume: Ranking;
  base: number;
}

/** Rankings of a year's months by the score, by the number of alarms alone and by the amount of work alone. */
export function rankingsOf(year: SimulatedYear, weights: RiskWeights = riskWeights): Rankings {
  const months: Rankings[] = [];
  for (let day = FIRST_MONTH_DAY; day + MONTH_DAYS <= year.days; day += MONTH_DAYS) {
    const firms = year.firms.map((firm, index) => {
      const days = year.firmDays[index]!;
      const past = days.slice(day - MONTH_DAYS, day);
      return {
        score: riskScore(figuresOf(past, firm.keyAreaShare), weights).score,
        alarmCount: total(past, "alarms"),
        workVolume: total(past, "machineHours"),
        hit: total(days.slice(day, day + MONTH_DAYS), "incidents") > 0,
      };
    });
    if (!firms.some(({ hit }) => hit)) continue;
    const by = (name: "score" | "alarmCount" | "workVolume") =>
      ranked(firms.map((firm) => ({ rank: firm[name], hit: firm.hit })));
    months.push({
      score: by("score"),
      alarmCount: by("alarmCount"),
      workVolume: by("workVolume"),
      base: firms.filter(({ hit }) => hit).length / firms.length,
    });
  }
  const mean = (of: (month: Rankings) => number) =>
    months.reduce((sum, month) => sum + of(month), 0) / months.length;
  const meanOf = (name: "score" | "alarmCount" | "workVolume"): Ranking => ({
    auc: mean((month) => month[name].auc),
    precision: mean((month) => month[name].precision),
  });
  return {
    score: meanOf("score"),
    alarmCount: meanOf("alarmCount"),
    workVolume: meanOf("workVolume"),
    base: mean(({ base }) => base),
  };
}

function figuresOf(past: readonly FirmDay[], keyAreaShare: number): RiskFigures {
  const last = past.at(-1)!;
  return {
    "open-alarms": last.openAlarms,
    "repeated-alarms": total(past, "repeatedAlarms"),
    "uncertified-attempts": total(past, "uncertifiedAttempts"),
    refusals: total(past, "refusals"),
    "expiring-certificates": last.expiringCertificates,
    "overdue-rectifications": last.overdueRectifications,
    "key-area-work": keyAreaShare * 100,
    "credit-missing": last.creditMissing,
    "work-volume": total(past, "machineHours"),
  };
}

/** Equal ranks count half, and share what is left of the first tenth. */
export function ranked(firms: readonly { rank: number; hit: boolean }[]): Ranking {
  const hits = firms.filter(({ hit }) => hit);
  const others = firms.filter(({ hit }) => !hit);
  let above = 0;
  for (const { rank } of hits) {
    for (const other of others) above += rank > other.rank ? 1 : rank === other.rank ? 0.5 : 0;
  }
  const first = Math.max(1, Math.round(firms.length / 10));
  const edge = firms.map(({ rank }) => rank).sort((one, other) => other - one)[first - 1]!;
  const over = firms.filter(({ rank }) => rank > edge);
  const at = firms.filter(({ rank }) => rank === edge);
  const hitsOf = (some: typeof at) => some.filter(({ hit }) => hit).length;
  const found = hitsOf(over) + (hitsOf(at) / at.length) * (first - over.length);
  return {
    auc: hits.length * others.length > 0 ? above / (hits.length * others.length) : 0.5,
    precision: found / first,
  };
}

function total(days: readonly FirmDay[], figure: keyof FirmDay): number {
  return days.reduce((sum, day) => sum + day[figure], 0);
}
