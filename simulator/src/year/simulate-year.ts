import { chance, createRandom, normal, type Random } from "../random.ts";
import { calendarShare, dayFrom, YEAR_DAYS, YEAR_FIRST_DAY } from "./year-calendar.ts";
import { binomial, drawFirm, poisson, workingChance, type YearFirm } from "./year-firm.ts";

/** A firm's day as the platform would have seen it, and the incidents that truly happened. */
export interface FirmDay {
  machineHours: number;
  alarms: number;
  /** Of these, of a kind that the firm had within thirty days before. */
  repeatedAlarms: number;
  uncertifiedAttempts: number;
  refusals: number;
  /** As they stand at the end of the day. */
  openAlarms: number;
  overdueRectifications: number;
  creditMissing: number;
  expiringCertificates: number;
  /** Fires and near fires; nobody's score sees them. */
  incidents: number;
}

/** A year of a county that does not exist (演示): all of it follows from the seed. */
export interface SimulatedYear {
  firstDay: string;
  days: number;
  firms: readonly YearFirm[];
  /** Machines at work in each hour, all firms together: `days` × 24. */
  workByHour: readonly number[];
  alarmsByDay: readonly number[];
  /** By firm in the order of `firms`, then by day. */
  firmDays: readonly (readonly FirmDay[])[];
}

export interface YearOptions {
  firms: number;
  regions: number;
  /** Otherwise the year of `YEAR_FIRST_DAY`. */
  firstDay?: string;
  days?: number;
}

/** Simulates a year: weekdays, holidays, weather, a trend, shifts, and what firms do. */
export function simulateYear(
  seed: number,
  { firms: firmCount, regions, firstDay = YEAR_FIRST_DAY, days = YEAR_DAYS }: YearOptions = {
    firms: 200,
    regions: 10,
  },
): SimulatedYear {
  const places = Array.from({ length: regions }, (_, index) => `演示镇 ${index + 1}`);
  const people = createRandom(`${seed}/year/firms`);
  const firms = Array.from({ length: firmCount }, (_, index) => drawFirm(people, index, places));
  const shares = dayShares(createRandom(`${seed}/year/weather`), firstDay, days);
  const workByHour = new Array<number>(days * 24).fill(0);
  const alarmsByDay = new Array<number>(days).fill(0);
  const firmDays = firms.map((firm) => {
    const random = createRandom(`${seed}/year/${firm.id}`);
    const past = new FirmPast(random, firm);
    let busyness = 0;
    return shares.map((share, day) => {
      busyness = 0.9 * busyness + normal(random, 0, 0.12);
      const own = share.work * Math.exp(busyness);
      let machineHours = 0;
      for (let hour = 0; hour < 24; hour++) {
        const probability = Math.min(0.98, workingChance(firm, hour) * own);
        const working = binomial(random, firm.machines, probability);
        machineHours += working;
        workByHour[day * 24 + hour]! += working;
      }
      const seen = past.live(machineHours, share.dryness);
      alarmsByDay[day]! += seen.alarms;
      return seen;
    });
  });
  return { firstDay, days, firms, workByHour, alarmsByDay, firmDays };
}

function dayShares(random: Random, firstDay: string, days: number): { work: number; dryness: number }[] {
  let rain = 0;
  return Array.from({ length: days }, (_, day) => {
    const name = dayFrom(firstDay, day);
    rain = 0.6 * rain + normal(random, 0, 0.5);
    const wet = rain > 0.7 ? 0.8 : 1;
    const season = 1 + 0.06 * Math.sin((2 * Math.PI * (day - 60)) / 365);
    const trend = 1 + (0.18 * day) / YEAR_DAYS;
    return {
      work: calendarShare(name) * wet * season * trend * Math.exp(normal(random, 0, 0.03)),
      dryness: Math.max(0, -rain),
    };
  });
}

/** What piles up around a firm from day to day. */
class FirmPast {
  readonly #random: Random;
  readonly #firm: YearFirm;
  readonly #alarmDays: number[] = [];
  #day = 0;
  #openAlarms = 0;
  #overdue = 0;
  #creditMissing = 0;

  constructor(random: Random, firm: YearFirm) {
    this.#random = random;
    this.#firm = firm;
  }

  live(machineHours: number, dryness: number): FirmDay {
    const { danger, discipline, touchiness, keyAreaShare, welders } = this.#firm;
    const random = this.#random;
    const day = this.#day++;
    const alarms = poisson(
      random,
      machineHours * Math.exp(-6.6 + 0.45 * danger + 0.9 * touchiness) + 0.004 * Math.exp(touchiness),
    );
    const recent = this.#alarmDays.filter((at) => day - at <= 30).length;
    const repeatedAlarms = Math.min(alarms, binomial(random, alarms, recent / (recent + 4)));
    for (let index = 0; index < alarms; index++) this.#alarmDays.push(day);
    const working = Math.sqrt(machineHours);
    const uncertifiedAttempts = poisson(random, working * Math.exp(-4.6 - 0.8 * discipline + 0.2 * danger));
    const refusals = poisson(random, working * Math.exp(-3.2 + normal(random, 0, 0.4)));
    this.#openAlarms -= binomial(random, this.#openAlarms, 0.35 * Math.exp(0.35 * Math.min(2, discipline)));
    this.#openAlarms += alarms;
    if (chance(random, Math.min(0.5, 0.12 * alarms * (1 / (1 + Math.exp(1.2 + 1.2 * discipline)))))) {
      this.#overdue++;
      this.#creditMissing += 15;
    }
    this.#overdue -= binomial(random, this.#overdue, 0.07);
    if (chance(random, 0.5)) this.#creditMissing += uncertifiedAttempts;
    this.#creditMissing = Math.min(100, this.#creditMissing * 0.995);
    const expiringCertificates = binomial(random, welders, 0.02 + 0.05 / (1 + Math.exp(1 + discipline)));
    // Of the hidden traits, multiplied; exposure grows less than the hours do, and nothing here has seen an alarm.
    const incidents = poisson(
      random,
      machineHours ** 0.7 *
        Math.exp(-9.3 + 0.8 * danger - 0.55 * discipline + 1.1 * keyAreaShare + 0.35 * dryness),
    );
    return {
      machineHours,
      alarms,
      repeatedAlarms,
      uncertifiedAttempts,
      refusals,
      openAlarms: this.#openAlarms,
      overdueRectifications: this.#overdue,
      creditMissing: Math.round(this.#creditMissing),
      expiringCertificates,
      incidents,
    };
  }
}
